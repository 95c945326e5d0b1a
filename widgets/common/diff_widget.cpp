#include "widgets/common/diff_widget.h"

#include "widgets/theme/style_controls.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace fairway::ui {
namespace {
constexpr int LineHeight = 20;
using Kind = engine::DiffLine::Kind;

/// At the right end, over the line where that is long.
void drawNote(QPainter &painter, const QRect &row, const QString &words)
{
    const QRect place = QRect(0, 0, QFontMetrics(painter.font()).horizontalAdvance(words) + 12, row.height() - 4);
    const QRect box = place.translated(row.right() - place.width() - 4, row.top() + 2);
    painter.fillRect(box, theme().color(Token::Window));
    painter.setPen(theme().color(Token::Muted));
    painter.drawText(box, Qt::AlignCenter, words);
}

} // namespace

DiffWidget::DiffWidget(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setAccessibleName(tr("Diff"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    viewport()->setFont(theme().font(FontRole::Mono));
    setFont(theme().font(FontRole::Mono));
}

void DiffWidget::setLines(const QList<engine::DiffLine> &lines)
{
    m_lines = lines;
    setAccessibleDescription(described(true));
    updateBars();
    updateGeometry();
    viewport()->update();
}

void DiffWidget::setMaximumLines(int count)
{
    m_maximumLines = count;
    updateGeometry();
}

QString DiffWidget::text() const
{
    return described(false);
}

QString DiffWidget::described(bool withNotes) const
{
    QStringList out;
    for (const auto &line : m_lines) {
        const QString sign = line.kind == Kind::Removed ? QStringLiteral("- ")
            : line.kind == Kind::Added                  ? QStringLiteral("+ ")
            : line.kind == Kind::Header                 ? QString()
                                                        : QStringLiteral("  ");
        out << sign + line.text + (withNotes && line.isRandom ? QStringLiteral(" (%1)").arg(tr("random")) : QString());
    }
    return out.join(QLatin1Char('\n'));
}

QSize DiffWidget::sizeHint() const
{
    const int lines = std::clamp(int(m_lines.size()), 1, m_maximumLines);
    return {200, lines * LineHeight + 2};
}

QSize DiffWidget::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void DiffWidget::paintEvent(QPaintEvent *)
{
    const Theme &t = theme();
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), t.color(Token::Window));
    const int dx = horizontalScrollBar()->value();
    int y = -verticalScrollBar()->value();
    painter.setFont(t.font(FontRole::Mono));
    for (const auto &line : m_lines) {
        const QRect row(0, y, viewport()->width(), LineHeight);
        y += LineHeight;
        if (row.bottom() < 0 || row.top() > viewport()->height())
            continue;
        if (line.kind == Kind::Removed)
            painter.fillRect(row, t.color(Token::DiffRemoved));
        if (line.kind == Kind::Added)
            painter.fillRect(row, t.color(Token::DiffAdded));
        const QRect text = row.adjusted(8 - dx, 0, 4096, 0);
        if (line.kind == Kind::Header) {
            painter.setPen(t.color(Token::Muted));
            painter.drawText(text, Qt::AlignVCenter, line.text);
            painter.fillRect(QRect(0, row.bottom(), row.width(), 1), t.color(Token::Line));
            continue;
        }
        if (line.kind != Kind::Context) {
            painter.setPen(t.color(line.kind == Kind::Removed ? Token::Bad : Token::Good));
            painter.drawText(text, Qt::AlignVCenter, line.kind == Kind::Removed ? QStringLiteral("-") : QStringLiteral("+"));
        }
        painter.setPen(t.color(line.kind == Kind::Context ? Token::Muted : Token::Text));
        painter.drawText(text.adjusted(16, 0, 0, 0), Qt::AlignVCenter, line.text);
        if (line.isRandom)
            drawNote(painter, row, tr("random"));
    }
}

void DiffWidget::resizeEvent(QResizeEvent *)
{
    updateBars();
}

void DiffWidget::updateBars()
{
    const QFontMetrics metrics(theme().font(FontRole::Mono));
    int width = 0;
    for (const auto &line : m_lines)
        width = std::max(width, metrics.horizontalAdvance(line.text) + 32);
    verticalScrollBar()->setRange(0, std::max(0, int(m_lines.size()) * LineHeight - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(LineHeight);
    horizontalScrollBar()->setRange(0, std::max(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}

void DiffWidget::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(text());
        return;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

} // namespace fairway::ui
