#include "widgets/home/concern_lines.h"

#include "widgets/common/split_mini_bar.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QPainter>

#include <algorithm>

namespace fairway::ui {
namespace {
constexpr int LineHeight = 24;
constexpr int ValueWidth = 76;
} // namespace

ConcernLine::ConcernLine(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ConcernLine::paintGround(QPainter &painter) const
{
    if (underMouse())
        paint::box(painter, QRectF(rect()).adjusted(-1, 0, 1, 0), theme().color(Token::Hover), QColor(), 4);
    if (hasFocus())
        paint::focusRing(painter, rect(), 4);
}

void RouteLine::setRow(const engine::RouteRow &row, bool tellsTrouble)
{
    const bool isOther = m_tellsTrouble != (tellsTrouble && !row.trouble.isEmpty());
    m_row = row;
    m_tellsTrouble = tellsTrouble && !row.trouble.isEmpty();
    m_target = QStringLiteral("routes:") + row.id;
    setAccessibleName(row.trouble.isEmpty() ? tr("Route %1 in %2, %3").arg(row.name, row.ns, row.summary)
                                            : tr("Route %1 in %2, %3: %4").arg(row.name, row.ns, row.summary, row.trouble));
    const QString open = tr("Open %1 %2/%3").arg(row.kind, row.ns, row.name);
    setToolTip(row.trouble.isEmpty() ? open : row.trouble + QLatin1Char('\n') + open);
    if (isOther)
        updateGeometry();
    update();
}

void RouteLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paintGround(painter);
    const int nameWidth = std::min(150, width() * 3 / 10 + 8);
    const bool isBad = m_row.severity >= engine::Severity::Warning;
    const bool hasIcon = isBad && !m_tellsTrouble;
    painter.setFont(t.font(FontRole::Body));
    painter.setPen(t.color(Token::Text));
    painter.drawText(QRect(2, 0, nameWidth - (hasIcon ? 20 : 0), LineHeight), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_row.name, Qt::ElideRight, nameWidth - (hasIcon ? 24 : 4)));
    if (hasIcon)
        paintLineIcon(painter, Theme::severityIcon(m_row.severity), t.severityColor(m_row.severity), QPointF(nameWidth - 16, 5), 14);
    paintMiniBar(painter, QRectF(nameWidth + 8, LineHeight / 2.0 - 3, width() - nameWidth - ValueWidth - 16, 6), m_row.weights, m_row.roles);
    painter.setPen(t.color(Token::Muted));
    painter.drawText(QRect(width() - ValueWidth - 2, 0, ValueWidth, LineHeight), Qt::AlignVCenter | Qt::AlignRight,
        painter.fontMetrics().elidedText(m_row.summary, Qt::ElideRight, ValueWidth));
    if (!m_tellsTrouble)
        return;
    const QColor ink = t.severityColor(m_row.severity);
    paintLineIcon(painter, Theme::severityIcon(m_row.severity), ink, QPointF(2, LineHeight + 2), 14);
    painter.setFont(t.font(FontRole::Small));
    painter.setPen(ink);
    painter.drawText(QRect(22, LineHeight - 2, width() - 24, 20), Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_row.trouble, Qt::ElideRight, width() - 24));
}

void ItemLine::setItem(const engine::ConcernItem &item, engine::Severity severity)
{
    m_item = item;
    m_severity = severity;
    m_target = item.target;
    setAccessibleName(QStringLiteral("%1: %2").arg(item.name, item.state));
    setToolTip(QStringLiteral("%1\n%2").arg(item.name, item.state));
    update();
}

void ItemLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &t = theme();
    paintGround(painter);
    painter.setFont(t.font(FontRole::Body));
    // The state is the news: of a long name the middle gives way first.
    const int stateWidth = std::min(painter.fontMetrics().horizontalAdvance(m_item.state) + 2, width() * 6 / 10);
    painter.setPen(t.color(Token::Text));
    const int room = width() - stateWidth - 14;
    painter.drawText(QRect(2, 0, room, LineHeight), Qt::AlignVCenter, painter.fontMetrics().elidedText(m_item.name, Qt::ElideMiddle, room));
    painter.setPen(t.severityColor(m_severity));
    painter.drawText(QRect(width() - stateWidth - 2, 0, stateWidth, LineHeight), Qt::AlignVCenter | Qt::AlignRight,
        painter.fontMetrics().elidedText(m_item.state, Qt::ElideRight, stateWidth));
}

} // namespace fairway::ui
