#pragma once

#include "core/chart/value_completion.h"
#include "core/engine/chart_types.h"
#include "widgets/charts/editor_syntax.h"
#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <string>
#include <string_view>
#include <vector>

namespace fairway::ui {

class EditorSurface;
class EditorWork;
struct EditorText;
class FindBar;
class TextLabel;

/// Something to say about a line: an icon in the margin, words at the line's right end.
struct LineMark {
    enum class Kind { Note, Pin, Info, Winner, Warning, Error }; ///< Of two on a line the later one shows its note.
    int line = 0; ///< From 1.
    Kind kind = Kind::Note;
    QString note;
    friend bool operator==(const LineMark &, const LineMark &) = default;
};

/// A document's head in a stream: painted over its `---`; a click folds it.
struct LineHeader {
    int line = 0; ///< From 1.
    int number = 0;
    QString title;
    QString name;
    QString note; ///< At the right.
    friend bool operator==(const LineHeader &, const LineHeader &) = default;
};

/// The editor of the Charts page: YAML and templates in the theme's colours, line numbers, folding, search (Ctrl+F), undo, completion of
/// keys. Lines count from 1.
class CodeEditor : public QWidget {
    Q_OBJECT
public:
    CodeEditor(Syntax syntax, const QString &accessibleName, QWidget *parent = nullptr);
    ~CodeEditor() override;

    [[nodiscard]] QString text() const; ///< What it holds, or will once a large one is in place.
    [[nodiscard]] std::string utf8() const;
    [[nodiscard]] bool holds(std::string_view utf8) const;
    /// Replaces the text; scroll, caret and selection stay where they were as far as they can. `keepsUndo`: as one step that can be undone.
    /// A large one is put in place by and by (isSettled(), settled()); marks, heads and places given meanwhile follow it.
    void setText(const QString &text, bool keepsUndo = false);
    void setUtf8(const engine::SharedText &text, bool keepsUndo = false);
    [[nodiscard]] bool isSettled() const;
    void setReadOnly(bool isReadOnly);
    [[nodiscard]] bool isReadOnly() const;

    void setMarks(const QList<LineMark> &marks);
    void setHeaders(const QList<LineHeader> &headers);
    void setHighlight(const QList<int> &lines); ///< Tinted lines.
    [[nodiscard]] QList<int> highlight() const { return m_highlight; }
    void goTo(int line, bool isCentred = true); ///< Caret and view; opens folds.
    void reveal(int line);                      ///< View only.
    [[nodiscard]] int caretLine() const;
    [[nodiscard]] QString lineText(int line) const;
    void foldAll(bool isFolded);
    /// Hides runs of lines, first and last; all others show.
    void setHidden(const QList<QPair<int, int>> &runs);

    void openFind();
    /// Selects the next match from the caret on, around the end, and counts them all: matchesCounted().
    void find(const QString &text, bool isForward, bool fromHere);

    void complete(); ///< Ctrl+Space: asks for suggestions.
    /// The answer to suggestionsWanted(): shown at the caret; none says so.
    void suggest(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers);

Q_SIGNALS:
    void textEdited();          ///< By the user.
    void settled();             ///< A large text is in place.
    void lineClicked(int line); ///< With the mouse or with Enter in a read-only text.
    void matchesCounted(int count); ///< Of what was looked for last; -1 when that is empty.
    void suggestionsWanted(int line, int column); ///< At the caret; the column in bytes of UTF-8.

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class EditorSurface;
    friend class EditorSuggestions;
    void noteEdit(); ///< The user is changing the text.
    void tellEdit(); ///< Once for all that was noted.
    void setSmall(const QByteArray &text, bool keepsUndo);
    void setLarge(const EditorText &text);
    void styleOn(); ///< Some of what is above the lines in sight has no colours yet.
    void clickLine(int line);
    void settle();
    void showBusy();

    EditorSurface *m_surface;
    FindBar *m_find;
    QList<LineMark> m_marks;
    QList<LineHeader> m_headers;
    QList<int> m_highlight;
    bool m_isSetting = false;
    bool m_isEditNoted = false;
    EditorWork *m_work;
    TextLabel *m_busy; ///< Says that something takes a while.
    QTimer m_patience;
    int m_wantedLine = 0;       ///< To go to once the text is there.
    bool m_wantsCaret = false;  ///< Not only the view.
    bool m_isCentred = true;
    bool m_isReadOnly = false;
    bool m_isFresh = false; ///< The large text comes into an empty editor: its heads stand where they will.
};

} // namespace fairway::ui
