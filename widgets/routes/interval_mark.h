#pragma once

#include "core/engine/types.h"

#include <QWidget>

namespace fairway::ui {

/// A measured share with its interval on a short scale: whiskers at spec ± `reach`, a block from low to high, a tick at the
/// measured value and a dotted one at the spec. What lies outside is drawn at the edge.
class IntervalMark final : public QWidget {
    Q_OBJECT
public:
    explicit IntervalMark(QWidget *parent = nullptr);
    /// Shares 0..1. `reach` is the half width of the scale.
    void setInterval(double spec, double low, double share, double high, engine::Role role, double reach = 0.02);
    void setEmpty();
    [[nodiscard]] bool hasInterval() const { return !m_isEmpty; }
    [[nodiscard]] QSize sizeHint() const override { return {82, 20}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_isEmpty = true;
    double m_spec = 0;
    double m_low = 0;
    double m_share = 0;
    double m_high = 0;
    double m_reach = 0.02;
    engine::Role m_role = engine::Role::Canary;
};

} // namespace fairway::ui
