#include "widgets/charts/editor_work.h"

#include "core/engine/task_thread.h"
#include "widgets/charts/editor_surface.h"

#include <QMetaObject>

#include <algorithm>
#include <string_view>
#include <utility>

namespace fairway::ui {
namespace {

constexpr long PieceBytes = 32 << 10; ///< About a millisecond of whatever is done with it.
constexpr int PieceLines = 500;
constexpr int PieceMarks = 100;
constexpr long FoldReadyLines = 10'000;

unsigned long toIndex(long number)
{
    return static_cast<unsigned long>(number);
}

} // namespace

EditorWork::EditorWork(EditorSurface &surface)
    : m_surface(surface)
{
    connect(&m_patching, &SlicedTask::finished, this, &EditorWork::finish);
    for (const SlicedTask *task : {&m_folding, &m_hiding})
        connect(task, &SlicedTask::finished, this, &EditorWork::busyChanged);
}

EditorWork::~EditorWork()
{
    if (m_thread)
        m_thread->stop();
}

bool EditorWork::isBusy() const
{
    return m_isSetting || m_folding.isRunning() || m_hiding.isRunning();
}

// --- a new text -----------------------------------------------------------------------------------------------------------------

void EditorWork::setText(const EditorText &text)
{
    m_next = text;
    m_hasNext = true;
    if (!m_isSetting) {
        m_wasReadOnly = m_surface.isReadOnly();
        m_isSetting = true;
        begin();
        Q_EMIT busyChanged();
    }
}

void EditorWork::begin()
{
    m_target = std::exchange(m_next, {});
    m_hasNext = false;
    m_searching.stop();
    m_hiding.stop();
    m_areMarksOld = m_areMarksOld || m_marking.isRunning();
    m_marking.stop();
    m_foldsAfter = m_foldsAfter || m_folding.isRunning();
    m_folding.stop();
    setLocked(true);
    keepPlace();
    // Scintilla begins to keep what is visible by line when something is hidden first, and takes a tenth of a second for a large text to do so.
    // On a small one that costs nothing, and it stays.
    if (m_surface.ask(QsciScintilla::SCI_GETLINECOUNT) <= FoldReadyLines && m_surface.ask(QsciScintilla::SCI_GETFOLDEXPANDED, 0) != 0) {
        m_surface.SendScintilla(QsciScintilla::SCI_SETFOLDEXPANDED, 0UL, 0L);
        m_surface.SendScintilla(QsciScintilla::SCI_SETFOLDEXPANDED, 0UL, 1L);
    }
    const auto *at = reinterpret_cast<const char *>(m_surface.ask(QsciScintilla::SCI_GETCHARACTERPOINTER));
    const QByteArray old(at, m_surface.ask(QsciScintilla::SCI_GETLENGTH));
    if (!m_thread)
        m_thread = std::make_unique<engine::TaskThread>();
    m_thread->post([this, old, target = m_target] {
        auto patch = std::make_shared<Patch>();
        patch->now = target.bytes();
        patch->hunks = value::textPatch({old.constData(), static_cast<std::size_t>(old.size())}, *patch->now);
        QMetaObject::invokeMethod(this, [this, patch] { replace(std::move(*patch)); }, Qt::QueuedConnection);
    });
}

void EditorWork::replace(Patch patch)
{
    m_patch = std::move(patch);
    setLocked(false);
    if (m_target.keepsUndo)
        m_surface.beginUndoAction();
    else
        m_surface.SendScintilla(QsciScintilla::SCI_SETUNDOCOLLECTION, 0UL);
    setLocked(true);
    m_patching.start([this] { return putPiece(); });
}

/// Everything before the hunk is the new text already, so its place in the new text is its place in the editor.
bool EditorWork::putPiece()
{
    if (m_patch.hunk >= m_patch.hunks.size())
        return false;
    watchPlace();
    setLocked(false);
    m_areMarksOld = true;
    const value::TextHunk &hunk = m_patch.hunks[m_patch.hunk];
    const long at = static_cast<long>(hunk.after + m_patch.added);
    const long toAdd = std::min(PieceBytes, static_cast<long>(hunk.added - m_patch.added));
    // Out goes the old when the new is in: a text that got shorter in between would scroll.
    const bool isSmall = static_cast<long>(hunk.added + hunk.removed) <= PieceBytes;
    const long toRemove = isSmall || toAdd == 0 ? std::min(PieceBytes, static_cast<long>(hunk.removed - m_patch.removed)) : 0;
    m_surface.unfoldBetween(at, at + toRemove);
    m_surface.SendScintilla(QsciScintilla::SCI_SETTARGETRANGE, toIndex(at), at + toRemove);
    m_surface.SendScintilla(QsciScintilla::SCI_REPLACETARGET, toIndex(toAdd), m_patch.now->data() + hunk.after + m_patch.added);
    m_patch.added += static_cast<std::size_t>(toAdd);
    m_patch.removed += static_cast<std::size_t>(toRemove);
    if (m_patch.added == hunk.added && m_patch.removed == hunk.removed) {
        ++m_patch.hunk;
        m_patch.added = 0;
        m_patch.removed = 0;
    }
    setLocked(true);
    notePlace();
    return m_patch.hunk < m_patch.hunks.size();
}

void EditorWork::finish()
{
    setLocked(false);
    if (m_target.keepsUndo) {
        m_surface.endUndoAction();
    } else {
        m_surface.SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
        m_surface.SendScintilla(QsciScintilla::SCI_SETUNDOCOLLECTION, m_wasReadOnly ? 0UL : 1UL);
    }
    // The last share of either may be ours, and megabytes take longer to give back than a frame.
    m_thread->post([patch = std::exchange(m_patch, {}), target = std::exchange(m_target, {})] {});
    watchPlace();
    restorePlace();
    m_surface.fitNumbers();
    setLocked(true);
    styleOn();
    if (m_hasNext) {
        begin();
        return;
    }
    m_surface.setReadOnly(m_wasReadOnly);
    m_isSetting = false;
    if (!m_hidden.isEmpty())
        setHidden(QList<QPair<int, int>>(m_hidden));
    if (std::exchange(m_foldsAfter, false))
        foldAll(m_isFolded);
    Q_EMIT textSet();
    Q_EMIT busyChanged();
}

/// Locked: the user can't type. Unlocked, for ourselves: nobody is told of each piece; what QScintilla does then grows with the text.
void EditorWork::setLocked(bool isLocked)
{
    m_surface.SendScintilla(QsciScintilla::SCI_SETREADONLY, isLocked ? 1UL : 0UL);
    m_surface.watchEdits(isLocked);
}

// --- where the user was -----------------------------------------------------------------------------------------------------------

EditorWork::Place::Spot EditorWork::spotOf(long position) const
{
    const long line = m_surface.ask(QsciScintilla::SCI_LINEFROMPOSITION, toIndex(position));
    return {line, position - m_surface.ask(QsciScintilla::SCI_POSITIONFROMLINE, toIndex(line))};
}

long EditorWork::positionOf(const Place::Spot &spot) const
{
    const long line = std::min(spot.line, m_surface.ask(QsciScintilla::SCI_GETLINECOUNT) - 1);
    const long start = m_surface.ask(QsciScintilla::SCI_POSITIONFROMLINE, toIndex(line));
    const long end = m_surface.ask(QsciScintilla::SCI_GETLINEENDPOSITION, toIndex(line));
    return std::min(end, start + spot.column);
}

void EditorWork::keepPlace()
{
    m_place = {};
    m_place.first = m_surface.ask(QsciScintilla::SCI_DOCLINEFROMVISIBLE, toIndex(m_surface.ask(QsciScintilla::SCI_GETFIRSTVISIBLELINE)));
    m_place.caret = spotOf(m_surface.ask(QsciScintilla::SCI_GETCURRENTPOS));
    m_place.anchor = spotOf(m_surface.ask(QsciScintilla::SCI_GETANCHOR));
    notePlace();
}

void EditorWork::watchPlace()
{
    m_place.isCaretMoved = m_place.isCaretMoved || m_place.caretAt != m_surface.ask(QsciScintilla::SCI_GETCURRENTPOS);
    m_place.isTopMoved = m_place.isTopMoved || m_place.topAt != m_surface.ask(QsciScintilla::SCI_GETFIRSTVISIBLELINE);
}

void EditorWork::notePlace()
{
    m_place.caretAt = m_surface.ask(QsciScintilla::SCI_GETCURRENTPOS);
    m_place.topAt = m_surface.ask(QsciScintilla::SCI_GETFIRSTVISIBLELINE);
}

void EditorWork::restorePlace()
{
    if (!m_place.isCaretMoved)
        m_surface.SendScintilla(QsciScintilla::SCI_SETSELECTION, toIndex(positionOf(m_place.caret)), positionOf(m_place.anchor));
    if (!m_place.isTopMoved)
        m_surface.SendScintilla(QsciScintilla::SCI_SETFIRSTVISIBLELINE, toIndex(m_surface.ask(QsciScintilla::SCI_VISIBLEFROMDOCLINE, toIndex(m_place.first))));
}

// --- colours, folds, marks --------------------------------------------------------------------------------------------------------

void EditorWork::styleOn()
{
    if (!m_styling.isRunning())
        m_styling.start([this] { return m_surface.stylePiece(PieceBytes); });
}

void EditorWork::foldAll(bool isFolded)
{
    m_isFolded = isFolded;
    m_line = 0;
    if (m_isSetting) {
        m_foldsAfter = true;
        return;
    }
    m_folding.start([this] { return foldPiece(m_isFolded); });
    Q_EMIT busyChanged();
}

bool EditorWork::foldPiece(bool isFolded)
{
    if (m_surface.stylePiece(PieceBytes)) // where a fold ends is known when all is coloured
        return true;
    const int end = static_cast<int>(m_surface.ask(QsciScintilla::SCI_GETLINECOUNT));
    const int until = std::min(end, m_line + PieceLines);
    if (!isFolded)
        m_surface.SendScintilla(QsciScintilla::SCI_SHOWLINES, toIndex(m_line), static_cast<long>(until - 1));
    for (; m_line < until; ++m_line) {
        const long level = m_surface.ask(QsciScintilla::SCI_GETFOLDLEVEL, toIndex(m_line));
        if ((level & QsciScintilla::SC_FOLDLEVELHEADERFLAG) == 0)
            continue;
        if (!isFolded) {
            m_surface.SendScintilla(QsciScintilla::SCI_SETFOLDEXPANDED, toIndex(m_line), 1L);
        } else if ((level & QsciScintilla::SC_FOLDLEVELNUMBERMASK) == QsciScintilla::SC_FOLDLEVELBASE) {
            const long last = m_surface.ask(QsciScintilla::SCI_GETLASTCHILD, toIndex(m_line), -1);
            m_surface.SendScintilla(QsciScintilla::SCI_SETFOLDEXPANDED, toIndex(m_line), 0L);
            if (last > m_line)
                m_surface.SendScintilla(QsciScintilla::SCI_HIDELINES, toIndex(m_line + 1), last);
            m_line = static_cast<int>(std::max<long>(m_line, last)) + 1;
            break; // a piece of its own
        }
    }
    return m_line < end;
}

void EditorWork::setHidden(const QList<QPair<int, int>> &runs)
{
    m_hidden.clear();
    for (const auto &run : runs) {
        if (!m_hidden.isEmpty() && run.first <= m_hidden.last().second + 1)
            m_hidden.last().second = run.second; // each call has its price
        else
            m_hidden.append(run);
    }
    if (m_isSetting)
        return;
    if (m_hidden.isEmpty() && m_surface.ask(QsciScintilla::SCI_GETALLLINESVISIBLE) != 0)
        return;
    m_hiding.start([this, line = 0, run = 0]() mutable {
        const int end = static_cast<int>(m_surface.ask(QsciScintilla::SCI_GETLINECOUNT));
        while (run < m_hidden.size() && m_hidden[run].second - 1 < line)
            ++run;
        const bool isHidden = run < m_hidden.size() && m_hidden[run].first - 1 <= line;
        const int next = isHidden ? m_hidden[run].second : run < m_hidden.size() ? m_hidden[run].first - 1 : end;
        const int until = std::min({end, next, line + PieceLines});
        m_surface.SendScintilla(isHidden ? QsciScintilla::SCI_HIDELINES : QsciScintilla::SCI_SHOWLINES, toIndex(line), static_cast<long>(until - 1));
        line = until;
        return line < end;
    });
    Q_EMIT busyChanged();
}

void EditorWork::mark(const QList<int> &lines, bool isTextNew)
{
    if (lines == m_marks && !m_areMarksOld && !isTextNew)
        return;
    if (m_marked > 0 || m_unmarkedTo >= 0)
        m_unmarkedTo = 0;
    m_marks = lines;
    m_marked = 0;
    m_areMarksOld = m_isSetting; // then they are set once it is there
    if (m_isSetting)
        m_marking.stop();
    else
        m_marking.start([this] { return unmarkPiece() || markPiece(); });
}

bool EditorWork::unmarkPiece()
{
    for (int i = 0; i < PieceMarks && m_unmarkedTo >= 0; ++i) {
        m_unmarkedTo = m_surface.ask(QsciScintilla::SCI_MARKERNEXT, toIndex(m_unmarkedTo), 1L << EditorSurface::HighlightMarker);
        if (m_unmarkedTo >= 0)
            m_surface.SendScintilla(QsciScintilla::SCI_MARKERDELETE, toIndex(m_unmarkedTo), static_cast<long>(EditorSurface::HighlightMarker));
    }
    return m_unmarkedTo >= 0;
}

bool EditorWork::markPiece()
{
    for (const qsizetype until = std::min<qsizetype>(m_marks.size(), m_marked + PieceMarks); m_marked < until; ++m_marked)
        m_surface.markerAdd(m_marks[m_marked] - 1, EditorSurface::HighlightMarker);
    return m_marked < m_marks.size();
}

// --- search -------------------------------------------------------------------------------------------------------------------------

void EditorWork::find(const QByteArray &wanted, bool isForward, bool fromHere)
{
    m_searching.stop();
    if (wanted.isEmpty()) {
        Q_EMIT matchesCounted(-1);
        return;
    }
    m_search = {};
    m_search.wanted = wanted;
    m_search.isForward = isForward;
    // The match one is at counts while its words are typed, and when one goes back is passed over.
    m_search.from = m_surface.ask(fromHere || !isForward ? QsciScintilla::SCI_GETSELECTIONSTART : QsciScintilla::SCI_GETSELECTIONEND);
    m_search.at = m_search.from;
    m_surface.SendScintilla(QsciScintilla::SCI_SETSEARCHFLAGS, 0UL);
    m_searching.start([this] { return m_search.isFound ? countPiece() : searchPiece(); });
}

long EditorWork::match(long start, long end) const
{
    m_surface.SendScintilla(QsciScintilla::SCI_SETTARGETRANGE, toIndex(start), end);
    return m_surface.SendScintilla(QsciScintilla::SCI_SEARCHINTARGET, toIndex(m_search.wanted.size()), m_search.wanted.constData());
}

bool EditorWork::searchPiece()
{
    Search &search = m_search;
    const long length = m_surface.ask(QsciScintilla::SCI_GETLENGTH);
    const long size = static_cast<long>(search.wanted.size());
    // First the way to the end, then from the other end to where it began; matches are told by where they start.
    const long limit = search.isForward ? (search.isAround ? std::min(search.from, length) : length) : (search.isAround ? search.from : 0);
    const long next = search.isForward ? std::min(limit, search.at + PieceBytes) : std::max(limit, search.at - PieceBytes);
    const long low = std::min(search.at, next);
    const long high = std::max(search.at, next);
    const long beyond = std::min(length, high + size - 1);
    const long at = low == high ? -1 : search.isForward ? match(low, beyond) : match(beyond, low);
    if (at >= low && at < high) {
        select(at);
        search.isFound = true;
    } else if (next != limit) {
        search.at = next;
    } else if (!search.isAround) {
        search.isAround = true;
        search.at = search.isForward ? 0 : length;
    } else {
        search.isFound = true;
    }
    if (search.isFound)
        search.at = 0;
    return true;
}

bool EditorWork::countPiece()
{
    const long length = m_surface.ask(QsciScintilla::SCI_GETLENGTH);
    const long end = std::min(length, m_search.at + PieceBytes);
    const long beyond = std::min(length, end + static_cast<long>(m_search.wanted.size()) - 1);
    while (m_search.at < end) {
        const long at = match(m_search.at, beyond);
        if (at < 0 || at >= end) {
            m_search.at = end;
            break;
        }
        ++m_search.count;
        m_search.at = std::max(at + 1, m_surface.ask(QsciScintilla::SCI_GETTARGETEND));
    }
    if (m_search.at < length)
        return true;
    Q_EMIT matchesCounted(m_search.count);
    return false;
}

void EditorWork::select(long at)
{
    const long end = m_surface.ask(QsciScintilla::SCI_GETTARGETEND);
    m_surface.SendScintilla(QsciScintilla::SCI_ENSUREVISIBLE, toIndex(m_surface.ask(QsciScintilla::SCI_LINEFROMPOSITION, toIndex(at))));
    m_surface.SendScintilla(QsciScintilla::SCI_SETSEL, toIndex(at), end);
}

} // namespace fairway::ui
