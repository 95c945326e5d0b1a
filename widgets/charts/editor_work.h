#pragma once

#include "core/engine/chart_types.h"
#include "core/value/text_patch.h"
#include "widgets/common/sliced_task.h"

#include <QByteArray>
#include <QList>
#include <QPair>
#include <QString>

#include <memory>
#include <vector>

namespace fairway::engine {
class TaskThread;
}

namespace fairway::ui {

class EditorSurface;

/// A text for an editor, in one of the two: from UTF-8 to QString and back takes a frame's time with megabytes.
struct EditorText {
    engine::SharedText utf8; ///< Null: `text` is it.
    QString text;
    bool keepsUndo = false;
    [[nodiscard]] engine::SharedText bytes() const { return utf8 ? utf8 : std::make_shared<const std::string>(text.toStdString()); }
};

/// What takes long on a text of megabytes, done so that the GUI thread is never away: new texts, folding, hiding, marking, searching, and the
/// colours of what is out of sight.
///
/// Texts:  what differs is found on a thread of its own and then put in place in slices. Meanwhile the editor takes no keys, and a further
///         text waits: the last one wins.
/// Order:  a new text ends a search; folding that is asked for meanwhile follows it.
class EditorWork final : public QObject {
    Q_OBJECT
public:
    explicit EditorWork(EditorSurface &surface);
    ~EditorWork() override;

    void setText(const EditorText &text);
    [[nodiscard]] bool isSettingText() const { return m_isSetting; }
    [[nodiscard]] const EditorText &target() const { return m_hasNext ? m_next : m_target; } ///< While isSettingText().
    [[nodiscard]] bool isBusy() const; ///< With what can be seen happening.

    void foldAll(bool isFolded);
    /// Runs of lines, first and last from 1, sorted; all others show.
    void setHidden(const QList<QPair<int, int>> &runs);
    /// The tint of these lines, from 1; all others have none. `isTextNew`: it was replaced at once, without setText().
    void mark(const QList<int> &lines, bool isTextNew = false);
    void styleOn();
    /// Selects the next match from the caret on, around the end, and counts them all.
    void find(const QByteArray &wanted, bool isForward, bool fromHere);

Q_SIGNALS:
    void textSet();
    void matchesCounted(int count);
    void busyChanged();

private:
    struct Patch {
        engine::SharedText now;
        std::vector<value::TextHunk> hunks;
        std::size_t hunk = 0;    ///< The one being put in place.
        std::size_t added = 0;   ///< Of it so far.
        std::size_t removed = 0;
    };
    struct Search {
        QByteArray wanted;
        bool isForward = true;
        bool isAround = false; ///< Past the end.
        bool isFound = false;  ///< Or known not to be there: the rest counts.
        long from = 0;
        long at = 0;
        int count = 0;
    };
    /// What a user sees of a text besides its letters.
    struct Place {
        struct Spot {
            long line = 0;
            long column = 0; ///< In bytes.
        };
        long first = 0; ///< Line at the top, of the text.
        Spot caret;
        Spot anchor;
        // As the last slice left them: what differs the user has moved.
        long caretAt = 0;
        long topAt = 0;
        bool isCaretMoved = false;
        bool isTopMoved = false;
    };

    void begin();
    void replace(Patch patch);
    bool putPiece();
    void finish();
    void setLocked(bool isLocked);
    bool foldPiece(bool isFolded);
    bool searchPiece();
    bool countPiece();
    [[nodiscard]] long match(long start, long end) const; ///< -1: none. Backwards when end is before start.
    void select(long at);
    bool unmarkPiece();
    bool markPiece();
    void keepPlace();
    void watchPlace(); ///< Before a slice; notePlace() after it.
    void notePlace();
    void restorePlace();
    [[nodiscard]] Place::Spot spotOf(long position) const;
    [[nodiscard]] long positionOf(const Place::Spot &spot) const;

    EditorSurface &m_surface;
    EditorText m_target;
    EditorText m_next;
    bool m_hasNext = false;
    bool m_isSetting = false;
    bool m_wasReadOnly = false;
    Patch m_patch;
    Place m_place;
    Search m_search;
    QList<QPair<int, int>> m_hidden;
    QList<int> m_marks;
    qsizetype m_marked = 0;   ///< Of those, so far.
    long m_unmarkedTo = -1;   ///< The line from which on there may be old ones; -1: there are none.
    bool m_areMarksOld = false; ///< The text changed under them.
    bool m_isFolded = false;
    bool m_foldsAfter = false;
    int m_line = 0; ///< Folding has come to.
    SlicedTask m_patching;
    SlicedTask m_folding;
    SlicedTask m_hiding;
    SlicedTask m_marking;
    SlicedTask m_searching;
    SlicedTask m_styling;
    std::unique_ptr<engine::TaskThread> m_thread; ///< Made for the first large text. Last: stops before what it reports to.
};

} // namespace fairway::ui
