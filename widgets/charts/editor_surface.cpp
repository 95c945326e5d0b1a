#include "widgets/charts/editor_surface.h"

#include "widgets/theme/icons.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

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
    SendScintilla(SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>('\n'));
    SendScintilla(SCI_AUTOCSETMAXHEIGHT, 12UL);
    SendScintilla(SCI_AUTOCSETIGNORECASE, 1UL);
    // Keys of the application that Scintilla would take for itself.
    for (const int key : {int('D'), int('L'), int('T'), int('U')})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key | (SCMOD_CTRL << 16)));
    for (const int key : {int('D'), int('L'), int('T'), int('U')})
        SendScintilla(SCI_CLEARCMDKEY, static_cast<unsigned long>(key | ((SCMOD_CTRL | SCMOD_SHIFT) << 16)));
}

void EditorSurface::setSyntax(Syntax syntax)
{
    m_lexer = new EditorLexer(syntax, this);
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
    recolor();
    fitNumbers();
}

void EditorSurface::fitNumbers()
{
    setMarginWidth(NumbersAt, QString(std::max<qsizetype>(3, QString::number(lines()).size()) + 1, QLatin1Char('0')));
}

void EditorSurface::replaceText(const QString &text, bool keepsUndo)
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
    const QByteArray bytes = text.toUtf8();
    if (keepsUndo) {
        beginUndoAction();
        SendScintilla(SCI_TARGETWHOLEDOCUMENT);
        SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(bytes.size()), bytes.constData());
        endUndoAction();
    } else {
        SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
        SendScintilla(SCI_SETTEXT, bytes.constData());
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

void EditorSurface::setHighlight(const QList<int> &highlighted)
{
    markerDeleteAll(HighlightMarker);
    for (const int line : highlighted)
        markerAdd(line - 1, HighlightMarker);
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

void EditorSurface::foldAll(bool isFolded)
{
    for (auto header = m_headers.cbegin(); header != m_headers.cend(); ++header) {
        SendScintilla(SCI_FOLDLINE, static_cast<unsigned long>(header.key()), static_cast<long>(isFolded ? SC_FOLDACTION_CONTRACT : SC_FOLDACTION_EXPAND));
    }
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
    painter.drawText(QRect(22, top, 24, height), Qt::AlignRight | Qt::AlignVCenter, QString::number(header.number));
    const int noteWidth = painter.fontMetrics().horizontalAdvance(header.note);
    painter.drawText(row.adjusted(0, 0, -12, 0), Qt::AlignRight | Qt::AlignVCenter, header.note);
    int x = 54;
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
        if (const auto header = m_headers.constFind(line); header != m_headers.cend())
            paintHeader(painter, *header, i * height, height, ask(SCI_GETFOLDEXPANDED, static_cast<unsigned long>(line)) == 0);
        else if (const auto mark = m_marks.constFind(line); mark != m_marks.cend() && !mark->note.isEmpty())
            paintNote(painter, *mark, i * height, height, line);
    }
}

void EditorSurface::mousePressEvent(QMouseEvent *event)
{
    const int line = lineAt(event->pos());
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
        Q_EMIT m_owner.lineClicked(line + 1);
}

bool EditorSurface::event(QEvent *event)
{
    // Scintilla takes every Ctrl+key it knows before the window's shortcuts see it.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
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
    if (isReadOnly() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        const int line = caretLine() - 1;
        if (m_headers.contains(line))
            SendScintilla(SCI_TOGGLEFOLD, static_cast<unsigned long>(line));
        else
            Q_EMIT m_owner.lineClicked(line + 1);
        return;
    }
    // Tab leaves a text that can't be changed, as everywhere.
    if (isReadOnly() && (event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab)) {
        focusNextPrevChild(event->key() == Qt::Key_Tab);
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

QString EditorSurface::pathAbove(int line, int indent) const
{
    QStringList parts;
    for (int above = line - 1; above >= 0 && indent > 0; --above) {
        const QString text = this->text(above);
        const QString trimmed = text.trimmed();
        const int own = static_cast<int>(ask(SCI_GETLINEINDENTATION, static_cast<unsigned long>(above)));
        if (trimmed.isEmpty() || trimmed.startsWith(QLatin1Char('#')) || own >= indent)
            continue;
        const qsizetype colon = trimmed.indexOf(QLatin1Char(':'));
        if (colon <= 0 || trimmed.startsWith(QLatin1Char('-')))
            return {}; // In a list: nothing to offer.
        parts.prepend(trimmed.left(colon));
        indent = own;
    }
    return parts.join(QLatin1Char('.'));
}

void EditorSurface::complete()
{
    const int line = caretLine() - 1;
    int column = 0;
    int unused = 0;
    getCursorPosition(&unused, &column);
    const QString before = text(line).left(column);
    const QString typed = before.trimmed();
    if (!m_owner.completion() || isReadOnly() || typed.contains(QLatin1Char(':')) || typed.startsWith(QLatin1Char('#')))
        return;
    QStringList names;
    for (const engine::ValueKey &key : m_owner.completion()(pathAbove(line, int(before.size() - typed.size())))) {
        if (key.name.startsWith(typed, Qt::CaseInsensitive) && key.name != typed)
            names << key.name + QLatin1Char(':');
    }
    names.sort(Qt::CaseInsensitive);
    if (names.isEmpty())
        return;
    SendScintilla(SCI_AUTOCSHOW, static_cast<unsigned long>(typed.toUtf8().size()), names.join(QLatin1Char('\n')).toUtf8().constData());
}

} // namespace fairway::ui
