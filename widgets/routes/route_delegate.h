#pragma once

#include <QStyledItemDelegate>

namespace fairway::ui {

/// Paints a host as a quiet heading and a route as name, kind, warning, weights and a mini split bar below.
class RouteDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    static constexpr int hostHeight = 28;
    static constexpr int routeHeight = 43;
    static constexpr int flashMilliseconds = 900;

    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace fairway::ui
