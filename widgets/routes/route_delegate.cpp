#include "widgets/routes/route_delegate.h"

#include "widgets/common/badge.h"
#include "widgets/common/split_mini_bar.h"
#include "widgets/routes/route_list_model.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/theme.h"

#include <QPainter>

namespace fairway::ui {

namespace {
constexpr int margin = 16;

void paintHost(QPainter &painter, const QRect &rect, const QString &host)
{
    painter.setFont(theme().font(FontRole::Tiny));
    painter.setPen(theme().color(Token::Muted));
    const QString text = painter.fontMetrics().elidedText(host, Qt::ElideMiddle, rect.width() - 2 * margin);
    painter.drawText(rect.adjusted(margin, 2, -margin, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void paintBackground(QPainter &painter, const QStyleOptionViewItem &option, int flash)
{
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    if (isSelected) {
        painter.fillRect(option.rect, theme().color(Token::Selection));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter.fillRect(option.rect, theme().color(Token::Hover));
    }
    if (flash >= 0 && flash < RouteDelegate::flashMilliseconds) {
        QColor tint = theme().color(Token::Accent);
        // Without motion the tint is steady and simply ends.
        const double rest = theme().hasMotion() ? 1.0 - static_cast<double>(flash) / RouteDelegate::flashMilliseconds : 0.6;
        tint.setAlphaF(static_cast<float>(0.22 * rest));
        painter.fillRect(option.rect, tint);
    }
    if (isSelected) {
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme().color(Token::Accent));
    }
    if (option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_KeyboardFocusChange)) {
        painter.setPen(QPen(theme().color(Token::Accent), 1));
        painter.drawRect(option.rect.adjusted(3, 0, -1, -1));
    }
}
} // namespace

QSize RouteDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {160, index.data(RouteListModel::IsHostRole).toBool() ? hostHeight : routeHeight};
}

void RouteDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect rect = option.rect;
    if (index.data(RouteListModel::IsHostRole).toBool()) {
        paintHost(*painter, rect, index.data().toString());
        painter->restore();
        return;
    }
    const auto row = index.data(RouteListModel::RowRole).value<engine::RouteRow>();
    paintBackground(*painter, option, index.data(RouteListModel::FlashRole).toInt());
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const int left = rect.left() + margin;
    const int right = rect.right() + 1 - margin;
    const int middle = rect.top() + 15;

    painter->setFont(theme().font(FontRole::Body));
    painter->setPen(theme().color(Token::Muted));
    const int summaryRoom = (right - left) / 2;
    const QString summary = painter->fontMetrics().elidedText(row.summary, Qt::ElideRight, summaryRoom);
    const int summaryWidth = painter->fontMetrics().horizontalAdvance(summary);
    painter->drawText(QRect(right - summaryWidth, rect.top() + 3, summaryWidth + 1, 24), Qt::AlignVCenter | Qt::AlignRight, summary);

    const bool hasIcon = row.severity == engine::Severity::Warning || row.severity == engine::Severity::Error;
    const int after = 8 + kindBadgeWidth(row.badge) + (hasIcon ? 22 : 0);
    painter->setFont(theme().font(isSelected ? FontRole::Strong : FontRole::Body));
    painter->setPen(theme().color(Token::Text));
    const int nameRoom = right - summaryWidth - 8 - after - left;
    const QString name = painter->fontMetrics().elidedText(row.name, Qt::ElideRight, nameRoom);
    const int nameWidth = painter->fontMetrics().horizontalAdvance(name);
    painter->drawText(QRect(left, rect.top() + 3, nameWidth + 1, 24), Qt::AlignVCenter | Qt::AlignLeft, name);
    const int badge = paintKindBadge(*painter, QPointF(left + nameWidth + 8, middle), row.badge);
    if (hasIcon) {
        paintLineIcon(*painter, Theme::severityIcon(row.severity), theme().severityColor(row.severity),
            QPointF(left + nameWidth + 8 + badge + 7, middle - 7), 14);
    }
    paintMiniBar(*painter, QRectF(left, rect.top() + 29, right - left, 6), row.weights, row.roles);
    painter->restore();
}

} // namespace fairway::ui
