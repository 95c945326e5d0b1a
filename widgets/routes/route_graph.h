#pragma once

#include "widgets/routes/graph_layout.h"

#include <QWidget>

namespace fairway::ui {

/// The chosen route, drawn from left to right. A click on a rule chooses it, as do Up and Down; Return opens what is
/// collapsed. As tall as its content asks for.
class RouteGraph final : public QWidget {
    Q_OBJECT
public:
    explicit RouteGraph(QWidget *parent = nullptr);

    void setInput(const GraphInput &input);
    [[nodiscard]] int selectedRule() const { return m_input.selected; }
    /// The rule before or after the chosen one.
    void step(int direction);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

Q_SIGNALS:
    void ruleChosen(int rule);
    void podChosen(const fairway::engine::Destination &destination);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void relayout();
    [[nodiscard]] int ruleAt(const QPointF &at) const; ///< Position in m_layout.rules, or -1.
    void paintHeads(QPainter &painter) const;
    void paintHost(QPainter &painter) const;
    void paintRibbons(QPainter &painter) const;
    void paintShares(QPainter &painter) const;
    void paintRule(QPainter &painter, const GraphLayout::RuleBox &box, bool isHovered) const;
    void paintDestination(QPainter &painter, const GraphLayout::DestinationBox &box) const;
    void paintPods(QPainter &painter, const GraphLayout::DestinationBox &box) const;

    GraphInput m_input;
    GraphLayout m_layout;
    int m_hovered = -1;
};

} // namespace fairway::ui
