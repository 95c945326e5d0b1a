#pragma once

#include "core/chart/value_completion.h"
#include "widgets/charts/editor_syntax.h"
#include "widgets/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <vector>

namespace fairway::ui {

class EditorSurface;
class FindBar;

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

    [[nodiscard]] QString text() const;
    /// Replaces the text; scroll, caret and selection stay where they were as far as they can. `keepsUndo`: as one step that can be undone.
    void setText(const QString &text, bool keepsUndo = false);
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
    void caretMoved(int line);
    void lineClicked(int line); ///< With the mouse or with Enter in a read-only text.
    void matchesCounted(int count); ///< Of what was looked for last; -1 when that is empty.
    void suggestionsWanted(int line, int column); ///< At the caret; the column in bytes of UTF-8.

private:
    friend class EditorSurface;
    void countOn();

    EditorSurface *m_surface;
    FindBar *m_find;
    QList<LineMark> m_marks;
    QList<LineHeader> m_headers;
    QList<int> m_highlight;
    bool m_isSetting = false;
    QString m_wanted;      ///< That is counted.
    long m_countedTo = -1; ///< Position in the text; -1: all of it was looked through.
    int m_count = 0;
    QTimer m_counting;
};

} // namespace fairway::ui
