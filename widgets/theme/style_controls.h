#pragma once

#include "widgets/theme/theme.h"

#include <QFont>

class QPainter;
class QRect;
class QStyleOption;
class QStyleOptionButton;
class QStyleOptionComboBox;
class QStyleOptionComplex;
class QStyleOptionFrame;
class QStyleOptionHeader;
class QStyleOptionMenuItem;
class QStyleOptionProgressBar;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QStyleOptionToolButton;
class QWidget;

/// What FairwayStyle paints, one function a control. Each gets the rectangle in `option` and leaves the painter as it was.
namespace fairway::ui::paint {

/// A rounded box with a crisp 1 px border (or none with an invalid colour).
void box(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &border, double radius = 6,
    Qt::PenStyle style = Qt::SolidLine);
void focusRing(QPainter &painter, const QRectF &rect, double radius = 6);
[[nodiscard]] QColor mixed(const QColor &base, const QColor &over, double amount);
[[nodiscard]] QFont buttonFont(const QWidget *widget);

void buttonBevel(QPainter &painter, const QStyleOption &option, const QWidget *widget);
void buttonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget);
void toolButton(QPainter &painter, const QStyleOptionToolButton &option, const QWidget *widget);
void field(QPainter &painter, const QStyleOption &option, const QWidget *widget);
void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget);
void comboLabel(QPainter &painter, const QStyleOptionComboBox &option, const QRect &rect, const QWidget *widget);
void spinButtons(QPainter &painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down);
void checkMark(QPainter &painter, const QStyleOption &option, bool isRound);
void tab(QPainter &painter, const QStyleOptionTab &option);
void tabLabel(QPainter &painter, const QStyleOptionTab &option, const QWidget *widget);
void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle);
void slider(QPainter &painter, const QStyleOptionSlider &option, const QRect &groove, const QRect &handle);
void menuItem(QPainter &painter, const QStyleOptionMenuItem &option, const QWidget *widget);
void header(QPainter &painter, const QStyleOptionHeader &option);
void progress(QPainter &painter, const QStyleOptionProgressBar &option);

} // namespace fairway::ui::paint
