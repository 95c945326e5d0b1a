#include "widgets/charts/code_editor.h"

#include "core/engine/text.h"
#include "widgets/charts/editor_surface.h"
#include "widgets/charts/editor_work.h"
#include "widgets/charts/find_bar.h"
#include "widgets/common/text_label.h"

#include <QVBoxLayout>

#include <utility>

namespace fairway::ui {
namespace {

constexpr qsizetype LargeBytes = 256 << 10; ///< Of the texts before and after: smaller ones are replaced in a few milliseconds.
constexpr int PatienceMs = 300;

} // namespace

CodeEditor::CodeEditor(Syntax syntax, const QString &accessibleName, QWidget *parent)
    : QWidget(parent)
    , m_surface(new EditorSurface(*this))
    , m_find(new FindBar(*this))
    , m_work(new EditorWork(*m_surface))
    , m_busy(new TextLabel(tr("Working on a large text"), FontRole::Small, Token::Muted, this))
{
    m_work->setParent(this);
    m_surface->setSyntax(syntax);
    m_surface->setAccessibleName(accessibleName);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_surface, 1);
    m_find->hide();
    setFocusProxy(m_surface);
    connect(m_work, &EditorWork::textSet, this, &CodeEditor::settle);
    connect(m_work, &EditorWork::matchesCounted, this, &CodeEditor::matchesCounted);
    connect(m_work, &EditorWork::busyChanged, this, &CodeEditor::showBusy);
    m_busy->setAutoFillBackground(true);
    m_busy->setContentsMargins(8, 4, 8, 4);
    m_busy->hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(PatienceMs);
    connect(&m_patience, &QTimer::timeout, m_busy, [this] {
        m_busy->show();
        m_busy->raise();
    });
    connect(&theme(), &Theme::changed, this, [this] { m_surface->refreshColors(); });
}

CodeEditor::~CodeEditor()
{
    delete m_work; // before the surface it works on
}

std::string CodeEditor::utf8() const
{
    return m_work->isSettingText() ? *m_work->target().bytes() : std::string(m_surface->bytes());
}

bool CodeEditor::holds(std::string_view utf8) const
{
    return m_work->isSettingText() ? *m_work->target().bytes() == utf8 : m_surface->bytes() == utf8;
}

QString CodeEditor::text() const
{
    if (m_work->isSettingText())
        return m_work->target().utf8 ? engine::toQString(*m_work->target().utf8) : m_work->target().text;
    const std::string_view bytes = m_surface->bytes();
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void CodeEditor::setText(const QString &text, bool keepsUndo)
{
    if (m_work->isSettingText() || text.size() + m_surface->length() > LargeBytes)
        setLarge({nullptr, text, keepsUndo});
    else
        setSmall(text.toUtf8(), keepsUndo);
}

void CodeEditor::setUtf8(const engine::SharedText &text, bool keepsUndo)
{
    const auto size = static_cast<qsizetype>(text->size());
    if (m_work->isSettingText() || size + m_surface->length() > LargeBytes)
        setLarge({text, QString(), keepsUndo});
    else
        setSmall(QByteArray::fromRawData(text->data(), size), keepsUndo);
}

void CodeEditor::noteEdit()
{
    if (m_isSetting || !isSettled() || std::exchange(m_isEditNoted, true))
        return;
    QMetaObject::invokeMethod(this, &CodeEditor::tellEdit, Qt::QueuedConnection); // for what is no key: text that is dropped
}

void CodeEditor::tellEdit()
{
    if (std::exchange(m_isEditNoted, false))
        Q_EMIT textEdited();
}

void CodeEditor::setSmall(const QByteArray &text, bool keepsUndo)
{
    m_isSetting = true;
    m_surface->replaceText(text, keepsUndo);
    m_isSetting = false;
    // Marks belong to lines of the text before.
    m_marks.clear();
    m_headers.clear();
    m_surface->setMarks({});
    m_surface->setHeaders({});
    m_work->mark(m_highlight, true);
}

void CodeEditor::setLarge(const EditorText &text)
{
    m_isFresh = m_surface->length() == 0 && !m_work->isSettingText();
    m_marks.clear();
    m_headers.clear();
    m_surface->setMarks({});
    if (m_isFresh)
        m_surface->setHeaders({});
    m_work->setText(text);
}

bool CodeEditor::isSettled() const
{
    return !m_work->isSettingText();
}

void CodeEditor::styleOn()
{
    m_work->styleOn();
}

/// In a text on its way to the next a line is neither's.
void CodeEditor::clickLine(int line)
{
    if (isSettled())
        Q_EMIT lineClicked(line);
}

/// What was said about the text while it came.
void CodeEditor::settle()
{
    m_surface->setReadOnly(m_isReadOnly);
    m_surface->setMarks(m_marks);
    m_surface->setHeaders(m_headers);
    m_work->mark(m_highlight);
    if (const int line = std::exchange(m_wantedLine, 0); line > 0) {
        if (m_wantsCaret)
            goTo(line, m_isCentred);
        else
            reveal(line);
    }
    Q_EMIT settled();
}

void CodeEditor::showBusy()
{
    if (!m_work->isBusy()) {
        m_patience.stop();
        m_busy->hide();
    } else if (!m_patience.isActive() && m_busy->isHidden()) {
        m_patience.start();
    }
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_busy->adjustSize();
    m_busy->move(width() - m_busy->width() - 20, height() - m_busy->height() - 20);
}

void CodeEditor::setReadOnly(bool isReadOnly)
{
    m_isReadOnly = isReadOnly;
    if (isSettled())
        m_surface->setReadOnly(isReadOnly);
    m_surface->setCaretLineVisible(!isReadOnly);
}

bool CodeEditor::isReadOnly() const
{
    return m_isReadOnly;
}

void CodeEditor::setMarks(const QList<LineMark> &marks)
{
    if (marks == m_marks)
        return;
    m_marks = marks;
    if (isSettled())
        m_surface->setMarks(marks);
}

void CodeEditor::setHeaders(const QList<LineHeader> &headers)
{
    if (headers == m_headers)
        return;
    m_headers = headers;
    if (isSettled() || m_isFresh)
        m_surface->setHeaders(headers);
}

void CodeEditor::setHighlight(const QList<int> &lines)
{
    if (lines == m_highlight)
        return;
    m_highlight = lines;
    m_work->mark(lines);
}

void CodeEditor::goTo(int line, bool isCentred)
{
    m_wantedLine = isSettled() ? 0 : line;
    m_wantsCaret = true;
    m_isCentred = isCentred;
    if (m_wantedLine > 0)
        return;
    m_surface->setCursorPosition(line - 1, 0);
    m_surface->showLine(line - 1, isCentred);
}

void CodeEditor::reveal(int line)
{
    m_wantedLine = isSettled() ? 0 : line;
    m_wantsCaret = false;
    if (m_wantedLine == 0)
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
    m_work->foldAll(isFolded);
}

void CodeEditor::setHidden(const QList<QPair<int, int>> &runs)
{
    m_work->setHidden(runs);
}

void CodeEditor::openFind()
{
    m_find->open(m_surface->selectedText());
}

void CodeEditor::find(const QString &text, bool isForward, bool fromHere)
{
    m_work->find(text.toUtf8(), isForward, fromHere);
}

void CodeEditor::complete()
{
    m_surface->suggestions().ask();
}

void CodeEditor::suggest(const chart::CompletionPlace &place, const std::vector<chart::Completion> &offers)
{
    m_surface->suggestions().show(place, offers);
}

} // namespace fairway::ui
