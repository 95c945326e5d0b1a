#pragma once

#include <QStyledItemDelegate>

namespace fairway::ui {

/// Paints a cell of the matrix: icon and words for its state, below them what differs or why it fails.
class MatrixDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace fairway::ui
