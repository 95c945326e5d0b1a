#pragma once

#include "widgets/theme/theme.h"

#include <QProxyStyle>

namespace fairway::ui {

/// Paints the standard controls to the design: radius 6, one hairline, accent focus ring, dashed when disabled. Sits over
/// Fusion, which still decides behaviour and whatever is not painted here. Uses no style sheets: they would break palette
/// changes and cost a layout of every widget.
class FairwayStyle final : public QProxyStyle {
    Q_OBJECT
public:
    FairwayStyle();
    [[nodiscard]] Theme &currentTheme() { return *m_theme; }

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;
    [[nodiscard]] QPalette standardPalette() const override { return m_theme->palette(); }
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
        const QWidget *widget) const override;
    [[nodiscard]] QRect subElementRect(
        SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] QSize sizeFromContents(
        ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
    [[nodiscard]] int pixelMetric(
        PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *returnData) const override;

private:
    Theme *m_theme;
};

} // namespace fairway::ui
