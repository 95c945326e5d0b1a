#pragma once

#include "core/engine/types.h"

#include <QWidget>

class QPainter;
class QRectF;

namespace fairway::ui {

/// Paints a bar with a segment per destination: 1 px gaps, round ends, at least 2 px for a weight above 0. All zero: an
/// empty track. `weights` and `roles` are parallel.
void paintMiniBar(
    QPainter &painter, const QRectF &rect, const QList<qint64> &weights, const QList<engine::Role> &roles);

/// The same as a widget, 6 px high.
class SplitMiniBar : public QWidget {
    Q_OBJECT
public:
    explicit SplitMiniBar(QWidget *parent = nullptr);
    void setSplit(const QList<qint64> &weights, const QList<engine::Role> &roles);
    [[nodiscard]] QSize sizeHint() const override { return {116, 6}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<qint64> m_weights;
    QList<engine::Role> m_roles;
};

} // namespace fairway::ui
