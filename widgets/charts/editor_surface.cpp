#include "widgets/charts/editor_surface.h"

#include "widgets/charts/completion_popup.h"
#include "widgets/theme/icons.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <string_view>
#include <utility>

namespace fairway::ui {
namespace {

constexpr int MarkWidth = 20;
constexpr int LineSpace = 2; ///< Above and below each line.

Token markToken(LineMark::Kind kind)
{
    switch (kind) {
    case LineMark::Kind::Error: return Token::Bad;
    case LineMark::Kind::Warning: return Token::Warning;
    case LineMark::Kind::Winner: return Token::Accent;
    default: return Token::Muted;
    }
}

QPixmap margin(const char *icon, Token token, const QWidget &widget)
{
    return linePixmap(QString::fromLatin1(icon), theme().color(token), 14, widget.devicePixelRatioF());
}

} // namespace

EditorSurface::EditorSurface(CodeEditor &owner)
    : QsciScintilla(&owner)
    , m_owner(owner)
{
    setFrameShape(QFrame::NoFrame);
    setUtf8(true);
    setIndentationsUseTabs(false);
    setTabWidth(2);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setWrapMode(WrapNone);
    setEolMode(EolUnix);
    setMarginType(MarksAt, SymbolMargin);
    setMarginWidth(MarksAt, MarkWidth);
    setMarginSensitivity(MarksAt, false);
    setMarginMarkerMask(MarksAt, (1 << ErrorMarker) | (1 << WarningMarker) | (1 << InfoMarker) | (1 << WinnerMarker) | (1 << PinMarker));
    setMarginType(NumbersAt, NumberMargin);
    setFolding(PlainFoldStyle, FoldsAt);
    SendScintilla(SCI_SETMARGINMASKN, static_cast<unsigned long>(NumbersAt), 0L);
    SendScintilla(SCI_SETMARGINMASKN, static_cast<unsigned long>(FoldsAt), static_cast<long>(SC_MASK_FOLDERS));
    markerDefine(Background, HighlightMarker);
    setMarginWidth(FoldsAt, 14);
    SendScintilla(SCI_SETEXTRAASCENT, LineSpace);
    SendScintilla(SCI_SETEXTRADESCENT, LineSpace);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 6L);
    SendScintilla(SCI_SETYCARETPOLICY, static_cast<unsigned long>(CARET_SLOP), 2L);
    SendScintilla(SCI_INDICSETSTYLE, static_cast<unsigned long>(ErrorWave), static_cast<long>(INDIC_SQUIGGLE));
    SendScintilla(SCI_INDICSETSTYLE, static_cast<unsigned long>(WarningWave), static_cast<long>(INDIC_SQUIGGLE));
    // Keys of the application that Scintilla would take for itself.
    for (const int key : {int('D'), int('L'), int('T'), int('U')})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key | (SCMOD_CTRL << 16)));
    for (const int key : {int('D'), int('L'), int('T'), int('U')})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key | ((SCMOD_CTRL | SCMOD_SHIFT) << 16)));
}

void EditorSurface::setSyntax(Syntax syntax)
{
    m_lexer = new EditorLexer(syntax, this);
    // It asks in the middle of a paint.
    m_lexer->setWhenBehind([this] { QMetaObject::invokeMethod(this, [this] { m_owner.styleOn(); }, Qt::QueuedConnection); });
    setLexer(m_lexer);
    if (syntax == Syntax::Stream) { // documents fold by their heads; a mark at every map would hide them
        SendScintilla(SCI_SETMARGINMASKN, static_cast<unsigned long>(FoldsAt), 0L);
        setMarginWidth(FoldsAt, 6);
    }
    refreshColors();
}

void EditorSurface::refreshColors()
{
    const Theme &t = theme();
    m_lexer->refresh();
    const QColor window = t.color(Token::Window);
    setPaper(window);
    setColor(t.color(Token::Text));
    setCaretForegroundColor(t.color(Token::Accent));
    setCaretLineVisible(!isReadOnly());
    setCaretLineBackgroundColor(t.color(Token::Hover));
    setSelectionBackgroundColor(t.isDark() ? t.color(Token::Accent).darker(260) : t.color(Token::Accent).lighter(260));
    setSelectionForegroundColor(t.color(Token::Text));
    setMarginsBackgroundColor(window);
    setMarginsForegroundColor(t.color(Token::Muted));
    setMarginsFont(m_lexer->defaultFont(EditorLexer::Default));
    setFoldMarginColors(window, window);
    setMarkerBackgroundColor(t.color(Token::Selection), HighlightMarker);
    setMarkerForegroundColor(t.color(Token::Selection), HighlightMarker);
    markerDefine(margin("error", Token::Bad, *this), ErrorMarker);
    markerDefine(margin("warning", Token::Warning, *this), WarningMarker);
    markerDefine(margin("info", Token::Muted, *this), InfoMarker);
    markerDefine(margin("chevron-right", Token::Accent, *this), WinnerMarker);
    markerDefine(margin("pin", Token::Muted, *this), PinMarker);
    const auto foldIcon = [&](int marker, const char *icon) { markerDefine(margin(icon, Token::Muted, *this), marker); };
    foldIcon(SC_MARKNUM_FOLDER, "chevron-right");
    foldIcon(SC_MARKNUM_FOLDEROPEN, "chevron-down");
    foldIcon(SC_MARKNUM_FOLDEREND, "chevron-right");
    foldIcon(SC_MARKNUM_FOLDEROPENMID, "chevron-down");
    for (const int marker : {SC_MARKNUM_FOLDERSUB, SC_MARKNUM_FOLDERTAIL, SC_MARKNUM_FOLDERMIDTAIL})
        markerDefine(Invisible, marker);
    setIndicatorForegroundColor(t.color(Token::Bad), ErrorWave);
    setIndicatorForegroundColor(t.color(Token::Warning), WarningWave);
    SendScintilla(SCI_SETWHITESPACEFORE, 0UL, 0L);
    fitNumbers();
}

void EditorSurface::fitNumbers()
{
    setMarginWidth(NumbersAt, QString(std::max<qsizetype>(3, QString::number(lines()).size()) + 1, QLatin1Char('0')));
}

std::string_view EditorSurface::bytes() const
{
    // Its messages answer with a number, pointers too.
    return {reinterpret_cast<const char *>(ask(SCI_GETCHARACTERPOINTER)), static_cast<std::size_t>(ask(SCI_GETLENGTH))};
}

bool EditorSurface::stylePiece(long bytes)
{
    const long from = ask(SCI_GETENDSTYLED);
    const long length = ask(SCI_GETLENGTH);
    if (from >= length)
        return false;
    const long last = ask(SCI_LINEFROMPOSITION, static_cast<unsigned long>(std::min(length, from + bytes)));
    const long to = last + 1 < ask(SCI_GETLINECOUNT) ? ask(SCI_POSITIONFROMLINE, static_cast<unsigned long>(last + 1)) : length;
    m_lexer->stylePiece(static_cast<int>(from), static_cast<int>(to));
    return to < length;
}

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
        }
    }
}

void EditorSurface::setMarks(const QList<LineMark> &marks)
{
    m_marks.clear();
    for (const int marker : {ErrorMarker, WarningMarker, InfoMarker, WinnerMarker, PinMarker})
        markerDeleteAll(marker);
    const int end = static_cast<int>(ask(SCI_GETLENGTH));
    for (const int wave : {ErrorWave, WarningWave}) {
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(wave));
        SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, static_cast<long>(end));
    }
    for (const LineMark &mark : marks) {
        const int line = mark.line - 1;
        if (line < 0 || line >= lines())
            continue;
        if (const auto other = m_marks.constFind(line); other == m_marks.cend() || other->kind < mark.kind)
            m_marks.insert(line, mark);
        switch (mark.kind) {
        case LineMark::Kind::Error: markerAdd(line, ErrorMarker); break;
        case LineMark::Kind::Warning: markerAdd(line, WarningMarker); break;
        case LineMark::Kind::Info: markerAdd(line, InfoMarker); break;
        case LineMark::Kind::Winner: markerAdd(line, WinnerMarker); break;
        case LineMark::Kind::Pin: markerAdd(line, PinMarker); break;
        case LineMark::Kind::Note: break;
        }
        if (mark.kind != LineMark::Kind::Error && mark.kind != LineMark::Kind::Warning)
            continue;
        const long from = ask(SCI_GETLINEINDENTPOSITION, static_cast<unsigned long>(line));
        const long to = ask(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(mark.kind == LineMark::Kind::Error ? ErrorWave : WarningWave));
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), to - from);
    }
    viewport()->update();
}

void EditorSurface::setHeaders(const QList<LineHeader> &headers)
{
    m_headers.clear();
    for (const LineHeader &header : headers)
        m_headers.insert(header.line - 1, header);
    viewport()->update();
}

void EditorSurface::showLine(int line, bool isCentred)
{
    SendScintilla(SCI_ENSUREVISIBLE, static_cast<unsigned long>(line));
    const long visible = ask(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(line));
    const long first = ask(SCI_GETFIRSTVISIBLELINE);
    const long count = ask(SCI_LINESONSCREEN);
    if (visible >= first + 1 && visible < first + count - 1)
        return; // In sight: nothing jumps.
    SendScintilla(SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(std::max(0L, isCentred ? visible - count / 2 : visible - 1)));
}

int EditorSurface::caretLine() const
{
    return static_cast<int>(ask(SCI_LINEFROMPOSITION, static_cast<unsigned long>(ask(SCI_GETCURRENTPOS)))) + 1;
}

int EditorSurface::lineAt(const QPoint &point) const
{
    const long height = std::max(1L, ask(SCI_TEXTHEIGHT));
    const long visible = ask(SCI_GETFIRSTVISIBLELINE) + point.y() / height;
    if (visible >= ask(SCI_VISIBLEFROMDOCLINE, static_cast<unsigned long>(std::max(0, lines() - 1))) + 1)
        return -1;
    return static_cast<int>(ask(SCI_DOCLINEFROMVISIBLE, static_cast<unsigned long>(visible)));
}

void EditorSurface::paintNote(QPainter &painter, const LineMark &mark, int top, int height, int line) const
{
    const Theme &t = theme();
    painter.setFont(t.font(FontRole::Tiny));
    const QFontMetrics metrics = painter.fontMetrics();
    const long end = ask(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    const int textEnd = static_cast<int>(ask(SCI_POINTXFROMPOSITION, 0, end)) + 16;
    const int room = viewport()->width() - textEnd - 12;
    if (room < 40)
        return;
    const QString text = metrics.elidedText(mark.note, Qt::ElideRight, room);
    painter.setPen(t.color(markToken(mark.kind)));
    painter.drawText(QRect(textEnd, top, room, height), Qt::AlignRight | Qt::AlignVCenter, text);
}

void EditorSurface::paintHeader(QPainter &painter, const LineHeader &header, int top, int height, bool isFolded) const
{
    const Theme &t = theme();
    const QRect row(0, top, viewport()->width(), height);
    painter.fillRect(row, t.color(Token::Surface));
    painter.fillRect(row.left(), row.top(), row.width(), 1, t.color(Token::Line));
    paintLineIcon(painter, isFolded ? QStringLiteral("chevron-right") : QStringLiteral("chevron-down"), t.color(Token::Muted), QPointF(6, top + (height - 14) / 2.0), 14);
    painter.setFont(t.font(FontRole::Small));
    painter.setPen(t.color(Token::Muted));
    const int numberWidth = std::max(24, painter.fontMetrics().horizontalAdvance(QString::number(m_headers.size())));
    painter.drawText(QRect(22, top, numberWidth, height), Qt::AlignRight | Qt::AlignVCenter, QString::number(header.number));
    const int noteWidth = painter.fontMetrics().horizontalAdvance(header.note);
    painter.drawText(row.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, header.note);
    int x = 22 + numberWidth + 8;
    const int right = row.right() - 12 - noteWidth - 12;
    painter.setFont(t.font(FontRole::Medium));
    painter.setPen(t.color(Token::Text));
    const QString title = painter.fontMetrics().elidedText(header.title, Qt::ElideRight, right - x);
    painter.drawText(QRect(x, top, right - x, height), Qt::AlignVCenter, title);
    x += painter.fontMetrics().horizontalAdvance(title) + 8;
    if (right - x < 24)
        return;
    painter.setFont(t.font(FontRole::Small));
    painter.setPen(t.color(Token::Muted));
    painter.drawText(QRect(x, top, right - x, height), Qt::AlignVCenter, painter.fontMetrics().elidedText(header.name, Qt::ElideRight, right - x));
}

void EditorSurface::paintEvent(QPaintEvent *event)
{
    QsciScintilla::paintEvent(event);
    if (m_marks.isEmpty() && m_headers.isEmpty())
        return;
    QPainter painter(viewport());
    const int height = static_cast<int>(ask(SCI_TEXTHEIGHT));
    const int count = viewport()->height() / std::max(1, height) + 1;
    for (int i = 0; i <= count; ++i) {
        const int line = lineAt(QPoint(0, i * height));
        if (line < 0)
            break;
        // A text on its way to the next has lines elsewhere than its heads.
        if (const auto header = m_headers.constFind(line); header != m_headers.cend() && ask(SCI_GETCHARAT, static_cast<unsigned long>(ask(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)))) == '-')
            paintHeader(painter, *header, i * height, height, ask(SCI_GETFOLDEXPANDED, static_cast<unsigned long>(line)) == 0);
        else if (const auto mark = m_marks.constFind(line); mark != m_marks.cend() && !mark->note.isEmpty())
            paintNote(painter, *mark, i * height, height, line);
    }
}

void EditorSurface::mousePressEvent(QMouseEvent *event)
{
    stopSuggesting();
    const int line = lineAt(event->pos());
    if (event->button() == Qt::RightButton && line >= 0 && !hasSelectedText())
        setCursorPosition(line, 0); // what the menu offers is about the line it was opened on
    if (event->button() == Qt::LeftButton && m_headers.contains(line)) {
        SendScintilla(SCI_TOGGLEFOLD, static_cast<unsigned long>(line));
        setFocus(Qt::MouseFocusReason);
        return;
    }
    QsciScintilla::mousePressEvent(event);
}

void EditorSurface::mouseReleaseEvent(QMouseEvent *event)
{
    const int line = lineAt(event->pos());
    QsciScintilla::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && line >= 0 && !m_headers.contains(line) && !hasSelectedText())
        m_owner.clickLine(line + 1);
}

bool EditorSurface::event(QEvent *event)
{
    // Scintilla takes every Ctrl+key it knows before the window's shortcuts see it.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (isSuggesting() && key->key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
        const bool isEditing = key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Cut) || key->matches(QKeySequence::Paste)
            || key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo) || key->matches(QKeySequence::SelectAll);
        const bool isPlain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0 && key->key() != Qt::Key_Escape
            && !(key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F35);
        const bool isMove = key->key() == Qt::Key_Left || key->key() == Qt::Key_Right || key->key() == Qt::Key_Home || key->key() == Qt::Key_End;
        event->setAccepted(isEditing || isPlain || (isMove && key->modifiers().testFlag(Qt::ControlModifier)));
        return event->isAccepted();
    }
    return QsciScintilla::event(event);
}

void EditorSurface::keyPressEvent(QKeyEvent *event)
{
    if (isSuggesting()) {
        if ((event->modifiers() & ~Qt::KeypadModifier) == 0 && m_popup->takeKey(event->key()))
            return;
        const bool isMove = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
        if (isMove)
            stopSuggesting();
    }
    if (isReadOnly() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        const int line = caretLine() - 1;
        if (m_headers.contains(line))
            SendScintilla(SCI_TOGGLEFOLD, static_cast<unsigned long>(line));
        else
            m_owner.clickLine(line + 1);
        return;
    }
    // Tab leaves a text that can't be changed, as everywhere.
    if (isReadOnly() && (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab)) {
        focusNextPrevChild(event->key() == Qt::Key_Tab);
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

/// Files that are dropped are for the page to open, not for the text: whoever takes the first event gets those that follow.
void EditorSurface::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->ignore();
    else
        QsciScintilla::dragEnterEvent(event);
}

void EditorSurface::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->setAccessibleName(accessibleName());
    const auto add = [&](const QString &text, QKeySequence::StandardKey keys, bool isEnabled, auto run) {
        QAction *action = menu->addAction(text + QLatin1Char('\t') + QKeySequence(keys).toString(QKeySequence::NativeText));
        action->setEnabled(isEnabled);
        connect(action, &QAction::triggered, this, run);
    };
    if (!isReadOnly()) {
        add(CodeEditor::tr("Undo"), QKeySequence::Undo, isUndoAvailable(), [this] { undo(); });
        add(CodeEditor::tr("Redo"), QKeySequence::Redo, isRedoAvailable(), [this] { redo(); });
        menu->addSeparator();
        add(CodeEditor::tr("Cut"), QKeySequence::Cut, hasSelectedText(), [this] { cut(); });
    }
    add(CodeEditor::tr("Copy"), QKeySequence::Copy, hasSelectedText(), [this] { copy(); });
    if (!isReadOnly())
        add(CodeEditor::tr("Paste"), QKeySequence::Paste, ask(SCI_CANPASTE) != 0, [this] { paste(); });
    add(CodeEditor::tr("Select all"), QKeySequence::SelectAll, length() > 0, [this] { selectAll(); });
    if (!m_owner.actions().isEmpty()) {
        menu->addSeparator();
        menu->addActions(m_owner.actions());
    }
    menu->popup(event->globalPos());
}

// --- suggestions ------------------------------------------------------------------------------------------------------------------

void EditorSurface::complete()
{
    if (isReadOnly())
        return;
    m_isAsked = true;
    m_isAskedByHand = !isSuggesting();
    const long caret = ask(SCI_GETCURRENTPOS);
    const long line = ask(SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    Q_EMIT m_owner.suggestionsWanted(static_cast<int>(line) + 1, static_cast<int>(caret - ask(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line))));
}

void EditorSurface::suggest(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers)
{
    if (!std::exchange(m_isAsked, false))
        return;
    const long caret = ask(SCI_GETCURRENTPOS);
    const long start = caret - static_cast<long>(place.typed.size());
    const QPoint at(static_cast<int>(ask(SCI_POINTXFROMPOSITION, 0, start)), static_cast<int>(ask(SCI_POINTYFROMPOSITION, 0, start)));
    // What stands there already needs no suggestion.
    const bool isThere = offers.size() == 1 && offers.front().name == place.typed;
    if (offers.empty() || isThere) {
        stopSuggesting();
        if (m_isAskedByHand && !isThere)
            QToolTip::showText(viewport()->mapToGlobal(at), CodeEditor::tr("Nothing is known that may stand here"), this);
        return;
    }
    if (!m_popup) {
        m_popup = new CompletionPopup(this);
        connect(m_popup, &CompletionPopup::chosen, this, [this](const chart::Completion &offer) { takeOffer(offer); });
        // A key typed on: what fits now. Any other move of the caret ends it.
        connect(this, &QsciScintilla::cursorPositionChanged, this, [this] {
            if (isSuggesting())
                QMetaObject::invokeMethod(this, [this] { isSuggesting() ? complete() : void(); }, Qt::QueuedConnection);
        });
        connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { stopSuggesting(); });
    }
    m_place = place;
    m_popup->show(offers, viewport()->mapTo(this, at), static_cast<int>(ask(SCI_TEXTHEIGHT)));
}

void EditorSurface::takeOffer(const chart::Completion &offer)
{
    const long caret = ask(SCI_GETCURRENTPOS);
    const long line = ask(SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    const long end = ask(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    const long start = std::max(ask(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)), caret - static_cast<long>(m_place.typed.size()));
    QByteArray insert = QByteArray::fromStdString(offer.insert);
    // Its colon may stand behind the caret already.
    const bool hasColon = offer.isKey && caret < end && ask(SCI_GETCHARAT, static_cast<unsigned long>(caret)) == ':';
    if (hasColon)
        insert.truncate(insert.lastIndexOf(':'));
    beginUndoAction();
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(start), caret);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(insert.size()), insert.constData());
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(start + insert.size()));
    endUndoAction();
    setFocus();
    using Kind = chart::FieldFacts::Kind;
    if (offer.isKey && !hasColon && (offer.kind == Kind::Section || offer.kind == Kind::Enum || offer.kind == Kind::Bool)) {
        complete();
        m_isAskedByHand = false; // what comes next is offered, but nobody asked for it
    }
}

bool EditorSurface::isSuggesting() const
{
    return m_popup && m_popup->isVisible();
}

void EditorSurface::stopSuggesting()
{
    m_isAsked = false;
    if (isSuggesting())
        m_popup->hide();
}

void EditorSurface::focusOutEvent(QFocusEvent *event)
{
    stopSuggesting();
    QsciScintilla::focusOutEvent(event);
}

} // namespace fairway::ui
