#include "widgets/theme/button_kind.h"

#include <QAbstractButton>
#include <QVariant>

namespace fairway::ui {
namespace {
constexpr char KindProperty[] = "fairwayButtonKind";
constexpr char CompactProperty[] = "fairwayCompact";
} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty(KindProperty, static_cast<int>(kind));
    button->setAttribute(Qt::WA_Hover);
    button->updateGeometry();
    button->update();
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? static_cast<ButtonKind>(button->property(KindProperty).toInt()) : ButtonKind::Normal;
}

void setCompact(QWidget *control, bool isCompact)
{
    control->setProperty(CompactProperty, isCompact);
    QFont font = control->font();
    font.setPixelSize(isCompact ? 12 : 13);
    control->setFont(font);
    control->updateGeometry();
}

bool isCompact(const QWidget *control)
{
    return control && control->property(CompactProperty).toBool();
}

} // namespace fairway::ui
