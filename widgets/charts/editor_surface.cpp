#include "widgets/charts/editor_surface.h"

#include "widgets/charts/editor_notes.h"
#include "widgets/theme/icons.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <string_view>
#include <utility>

namespace fairway::ui {
namespace {

constexpr int MarkWidth = 20;
constexpr int LineSpace = 2; ///< Above and below each line.
constexpr int NoteGap = 16;
constexpr int NoteMargin = 12;

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
    watchEdits(true);
    // Said before the change, so that it can be left unsaid after it; see watchEdits().
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this, [this](int, int type) {
        if ((type & (SC_MOD_BEFOREINSERT | SC_MOD_BEFOREDELETE)) != 0)
            m_owner.noteEdit();
    });
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

/// Of an insertion QScintilla tells assistive programs at which character it is, whether or not there are any, and counts all before it.
/// While there are none it hears of folds alone.
void EditorSurface::watchEdits(bool isOn)
{
    m_watchesEdits = isOn;
    constexpr int Quiet = SC_MOD_BEFOREINSERT | SC_MOD_BEFOREDELETE | SC_MOD_CHANGEFOLD;
    SendScintilla(SCI_SETMODEVENTMASK, static_cast<unsigned long>(!isOn ? 0 : QAccessible::isActive() ? SC_MODEVENTMASKALL : Quiet));
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

void EditorSurface::setMarks(const QList<LineMark> &marks)
{
    m_marks.clear();
    for (const int marker : {ErrorMarker, WarningMarker, InfoMarker, WinnerMarker, PinMarker}) {
        if ((m_markers & (1U << marker)) != 0)
            markerDeleteAll(marker);
    }
    m_markers = 0;
    if (std::exchange(m_hasWaves, false)) {
        for (const int wave : {ErrorWave, WarningWave}) {
            SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(wave));
            SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, ask(SCI_GETLENGTH));
        }
    }
    const auto add = [this](int line, Marker marker) {
        markerAdd(line, marker);
        m_markers |= 1U << marker;
    };
    for (const LineMark &mark : marks) {
        const int line = mark.line - 1;
        if (line < 0 || line >= lines())
            continue;
        if (const auto other = m_marks.constFind(line); other == m_marks.cend() || other->kind < mark.kind)
            m_marks.insert(line, mark);
        switch (mark.kind) {
        case LineMark::Kind::Error: add(line, ErrorMarker); break;
        case LineMark::Kind::Warning: add(line, WarningMarker); break;
        case LineMark::Kind::Info: add(line, InfoMarker); break;
        case LineMark::Kind::Winner: add(line, WinnerMarker); break;
        case LineMark::Kind::Pin: add(line, PinMarker); break;
        case LineMark::Kind::Note: break;
        }
        if (mark.kind != LineMark::Kind::Error && mark.kind != LineMark::Kind::Warning)
            continue;
        const long from = ask(SCI_GETLINEINDENTPOSITION, static_cast<unsigned long>(line));
        const long to = ask(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
        SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(mark.kind == LineMark::Kind::Error ? ErrorWave : WarningWave));
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), to - from);
        m_hasWaves = true;
    }
    viewport()->update();
}

void EditorSurface::setHeaders(const QList<LineHeader> &headers)
{
    m_headers.clear();
    m_headers.reserve(headers.size());
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

QRect EditorSurface::behindLine(int line, int top, int height) const
{
    const long end = ask(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line));
    const int left = static_cast<int>(ask(SCI_POINTXFROMPOSITION, 0, end)) + NoteGap;
    return {left, top, viewport()->width() - left - NoteMargin, height};
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
            paintHeader(painter, *header, QRect(0, i * height, viewport()->width(), height), m_headers.size(), ask(SCI_GETFOLDEXPANDED, static_cast<unsigned long>(line)) == 0);
        else if (const auto mark = m_marks.constFind(line); mark != m_marks.cend() && !mark->note.isEmpty())
            paintNote(painter, *mark, behindLine(line, i * height, height));
    }
}

void EditorSurface::mousePressEvent(QMouseEvent *event)
{
    m_suggestions.stop();
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
        if (m_suggestions.isShown() && key->key() == Qt::Key_Escape) {
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

/// What was typed is known before the next key is: it may save.
void EditorSurface::keyPressEvent(QKeyEvent *event)
{
    handleKey(event);
    m_owner.tellEdit();
}

void EditorSurface::inputMethodEvent(QInputMethodEvent *event)
{
    QsciScintilla::inputMethodEvent(event);
    m_owner.tellEdit();
}

void EditorSurface::handleKey(QKeyEvent *event)
{
    if (m_suggestions.takeKey(*event))
        return;
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

void EditorSurface::focusOutEvent(QFocusEvent *event)
{
    m_suggestions.stop();
    QsciScintilla::focusOutEvent(event);
}

} // namespace fairway::ui
