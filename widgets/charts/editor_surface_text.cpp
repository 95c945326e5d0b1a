#include "widgets/charts/editor_surface.h"

#include <algorithm>

// Another text in the place of a small one, at once; large ones are EditorWork's.
namespace fairway::ui {

void EditorSurface::replaceText(const QByteArray &text, bool keepsUndo)
{
    const bool wasReadOnly = isReadOnly();
    const long first = ask(SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(ask(SCI_GETFIRSTVISIBLELINE)));
    const long x = ask(SCI_GETXOFFSET);
    int lineFrom = 0;
    int columnFrom = 0;
    int lineTo = 0;
    int columnTo = 0;
    if (hasSelectedText())
        getSelection(&lineFrom, &columnFrom, &lineTo, &columnTo);
    else
        getCursorPosition(&lineTo, &columnTo);
    const bool hadSelection = hasSelectedText();
    setReadOnly(false);
    if (!keepsUndo)
        SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    beginUndoAction();
    replaceChanged(text, keepsUndo);
    endUndoAction();
    if (!keepsUndo) {
        SendScintilla(SCI_EMPTYUNDOBUFFER);
        SendScintilla(SCI_SETUNDOCOLLECTION, wasReadOnly ? 0UL : 1UL);
    }
    setReadOnly(wasReadOnly);
    const int last = std::max(0, lines() - 1);
    if (hadSelection)
        setSelection(std::min(lineFrom, last), columnFrom, std::min(lineTo, last), columnTo);
    else
        setCursorPosition(std::min(lineTo, last), columnTo);
    SendScintilla(SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(ask(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(first))));
    SendScintilla(SCI_SETXOFFSET, static_cast<unsigned long>(x));
    fitNumbers();
}

/// Only from the first line that differs to the last one: the rest keeps its colours and folds, and costs nothing.
void EditorSurface::replaceChanged(const QByteArray &text, bool keepsUndo)
{
    const std::string_view old = bytes();
    const std::string_view now(text.constData(), static_cast<std::size_t>(text.size()));
    const auto shared = std::mismatch(old.begin(), old.end(), now.begin(), now.end());
    auto start = static_cast<std::size_t>(shared.first - old.begin());
    if (start == old.size() && start == now.size())
        return;
    while (start > 0 && old[start - 1] != '\n')
        --start;
    const auto end = std::mismatch(old.rbegin(), old.rend() - static_cast<std::ptrdiff_t>(start), now.rbegin(), now.rend() - static_cast<std::ptrdiff_t>(start));
    auto tail = static_cast<std::size_t>(end.first - old.rbegin());
    while (tail > 0 && old[old.size() - tail] != '\n')
        --tail;
    if (!keepsUndo && start + tail < old.size() / 2) { // giving all of it anew is quicker then
        SendScintilla(SCI_SETTEXT, text.constData());
        return;
    }
    unfoldBetween(static_cast<long>(start), static_cast<long>(old.size() - tail));
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(start), static_cast<long>(old.size() - tail));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(now.size() - start - tail), now.data() + start);
}

/// What changes is shown; and lines whose head goes would stay hidden for good.
void EditorSurface::unfoldBetween(long start, long end)
{
    if (ask(SCI_GETALLLINESVISIBLE) != 0)
        return;
    const long first = ask(SCI_LINEFROMPOSITION, static_cast<unsigned long>(start));
    const long last = ask(SCI_LINEFROMPOSITION, static_cast<unsigned long>(end));
    for (long line = first; line <= last; ++line) {
        for (long head = line; head >= 0; head = ask(SCI_GETFOLDPARENT, static_cast<unsigned long>(head))) {
            if (ask(SCI_GETFOLDEXPANDED, static_cast<unsigned long>(head)) == 0)
                SendScintilla(SCI_FOLDLINE, static_cast<unsigned long>(head), static_cast<long>(SC_FOLDACTION_EXPAND));
            // Asked for what is above the outermost, Scintilla looks through all lines before it.
            if ((ask(SCI_GETFOLDLEVEL, static_cast<unsigned long>(head)) & SC_FOLDLEVELNUMBERMASK) <= SC_FOLDLEVELBASE)
                break;
        }
    }
}

} // namespace fairway::ui
