#include "widgets/charts/code_editor.h"

#include "widgets/charts/editor_surface.h"
#include "widgets/charts/find_bar.h"

#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

CodeEditor::CodeEditor(Syntax syntax, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_surface(new EditorSurface(*this))
    , m_find(new FindBar(*this))
{
    m_surface->setSyntax(syntax);
    m_surface->setAccessibleName(accessibleName);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_surface, 1);
    m_find->hide();
    setFocusProxy(m_surface);
    connect(m_surface, &QsciScintilla::textChanged, this, [this] {
        if (!m_isSetting)
            Q_EMIT textEdited();
    });
    connect(m_surface, &QsciScintilla::cursorPositionChanged, this, [this](int line, int) {
        if (!m_isSetting)
            Q_EMIT caretMoved(line + 1);
    });
    m_counting.setInterval(0);
    connect(&m_counting, &QTimer::timeout, this, &CodeEditor::countOn);
    connect(&theme(), &Theme::changed, this, [this] { m_surface->refreshColors(); });
}

CodeEditor::~CodeEditor() = default;

QString CodeEditor::text() const
{
    // From its memory at once; what the editor offers goes letter by letter.
    const auto *at = reinterpret_cast<const char *>(m_surface->ask(QsciScintilla::SCI_GETCHARACTERPOINTER));
    return QString::fromUtf8(at, m_surface->ask(QsciScintilla::SCI_GETLENGTH));
}

void CodeEditor::setText(const QString &text, bool keepsUndo)
{
    m_isSetting = true;
    m_surface->replaceText(text, keepsUndo);
    m_isSetting = false;
    // Marks belong to lines of the text before.
    m_marks.clear();
    m_headers.clear();
    m_surface->setMarks({});
    m_surface->setHeaders({});
    m_surface->setHighlight(m_highlight);
}

void CodeEditor::setReadOnly(bool isReadOnly)
{
    m_surface->setReadOnly(isReadOnly);
    m_surface->refreshColors();
}

bool CodeEditor::isReadOnly() const
{
    return m_surface->isReadOnly();
}

void CodeEditor::setMarks(const QList<LineMark> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    m_surface->setMarks(marks);
}

void CodeEditor::setHeaders(const QList<LineHeader> &headers)
{
    if (headers == m_headers)
        return;
    m_headers = headers;
    m_surface->setHeaders(headers);
}

void CodeEditor::setHighlight(const QList<int> &lines)
{
    if (lines == m_highlight)
        return;
    m_highlight = lines;
    m_surface->setHighlight(lines);
}

void CodeEditor::goTo(int line, bool isCentred)
{
    m_isSetting = true;
    m_surface->setCursorPosition(line - 1, 0);
    m_isSetting = false;
    m_surface->showLine(line - 1, isCentred);
}

void CodeEditor::reveal(int line)
{
    m_surface->showLine(line - 1, true);
}

int CodeEditor::caretLine() const
{
    return m_surface->caretLine();
}

QString CodeEditor::lineText(int line) const
{
    QString text = m_surface->text(line - 1);
    while (text.endsWith(QLatin1Char('\n')) || text.endsWith(QLatin1Char('\r')))
        text.chop(1);
    return text;
}

void CodeEditor::foldAll(bool isFolded)
{
    m_surface->foldAll(isFolded);
}

void CodeEditor::setHidden(const QList<QPair<int, int>> &runs)
{
    m_surface->SendScintilla(QsciScintilla::SCI_SHOWLINES, 0UL, static_cast<long>(m_surface->lines()));
    for (const auto &[first, last] : runs)
        m_surface->SendScintilla(QsciScintilla::SCI_HIDELINES, static_cast<unsigned long>(first - 1), static_cast<long>(last - 1));
}

void CodeEditor::openFind()
{
    m_find->open(m_surface->selectedText());
}

void CodeEditor::find(const QString &text, bool isForward, bool fromHere)
{
    m_counting.stop();
    if (text.isEmpty()) {
        Q_EMIT matchesCounted(-1);
        return;
    }
    int line = 0;
    int column = 0;
    m_surface->getCursorPosition(&line, &column);
    if (fromHere && m_surface->hasSelectedText()) {
        int endLine = 0;
        int endColumn = 0;
        m_surface->getSelection(&line, &column, &endLine, &endColumn);
    } else if (!isForward && m_surface->hasSelectedText()) {
        int endLine = 0;
        int endColumn = 0;
        m_surface->getSelection(&line, &column, &endLine, &endColumn);
        column = std::max(0, column - 1);
    }
    m_surface->findFirst(text, false, false, false, true, isForward, line, column, true);
    m_wanted = text;
    m_countedTo = 0;
    m_count = 0;
    m_counting.start();
    countOn();
}

/// A large text takes a while to look through: a piece each time there is nothing else to do.
void CodeEditor::countOn()
{
    constexpr long Piece = 1L << 20;
    const QByteArray wanted = m_wanted.toUtf8();
    const long length = m_surface->ask(QsciScintilla::SCI_GETLENGTH);
    const long end = std::min(length, m_countedTo + Piece);
    m_surface->SendScintilla(QsciScintilla::SCI_SETSEARCHFLAGS, 0UL);
    while (m_countedTo < end) {
        m_surface->SendScintilla(QsciScintilla::SCI_SETTARGETRANGE, static_cast<unsigned long>(m_countedTo), std::min(length, end + static_cast<long>(wanted.size())));
        const long at = m_surface->SendScintilla(QsciScintilla::SCI_SEARCHINTARGET, static_cast<unsigned long>(wanted.size()), wanted.constData());
        if (at < 0 || at >= end) {
            m_countedTo = end;
            break;
        }
        ++m_count;
        m_countedTo = std::max(at + 1, m_surface->ask(QsciScintilla::SCI_GETTARGETEND));
    }
    if (m_countedTo < length)
        return;
    m_counting.stop();
    Q_EMIT matchesCounted(m_count);
}

void CodeEditor::complete()
{
    m_surface->complete();
}

void CodeEditor::suggest(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers)
{
    m_surface->suggest(place, offers);
}

} // namespace fairway::ui
