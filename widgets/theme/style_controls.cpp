#include "widgets/theme/style_controls.h"

#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace fairway::ui::paint {
namespace {

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

bool isFocused(const QStyleOption &option)
{
    return has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange);
}

QColor buttonInk(const QStyleOption &option, ButtonKind kind)
{
    if (!has(option, QStyle::State_Enabled))
        return theme().color(Token::Muted);
    switch (kind) {
    case ButtonKind::Primary: return theme().color(Token::AccentInk);
    case ButtonKind::Danger: return theme().color(Token::Bad);
    case ButtonKind::Link: return theme().color(Token::Accent);
    case ButtonKind::Chip:
    case ButtonKind::Segment: return theme().color(has(option, QStyle::State_On) ? Token::Text : Token::Muted);
    default: return theme().color(Token::Text);
    }
}

/// Text and icon side by side in `rect`; the icon is 16 px, or 14 in a compact control.
void iconAndText(QPainter &painter, const QRect &rect, const QIcon &icon, const QString &text, const QStyleOption &option,
    const QColor &ink, int iconSize, Qt::Alignment alignment, bool isUnderlined)
{
    const int gap = !icon.isNull() && !text.isEmpty() ? 6 : 0;
    const int iconWidth = icon.isNull() ? 0 : iconSize;
    const QFontMetrics metrics(painter.font());
    const int room = rect.width() - iconWidth - gap;
    const QString shown = metrics.elidedText(text, Qt::ElideRight, room, Qt::TextShowMnemonic);
    const int textWidth = metrics.size(Qt::TextShowMnemonic, shown).width();
    int x = rect.left();
    if (alignment.testFlag(Qt::AlignHCenter))
        x += std::max(0, (rect.width() - iconWidth - gap - textWidth) / 2);
    if (!icon.isNull()) {
        const QIcon::Mode mode = has(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled;
        const QIcon::State state = has(option, QStyle::State_On) ? QIcon::On : QIcon::Off;
        icon.paint(&painter, QRect(x, rect.center().y() - iconSize / 2 + 1, iconSize, iconSize), Qt::AlignCenter, mode, state);
    }
    if (isUnderlined) {
        QFont font = painter.font();
        font.setUnderline(true);
        painter.setFont(font);
    }
    painter.setPen(ink);
    painter.drawText(QRect(x + iconWidth + gap, rect.top(), rect.right() - x - iconWidth - gap + 1, rect.height()),
        Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic, shown);
}

} // namespace

void box(QPainter &painter, const QRectF &rect, const QColor &fill, const QColor &border, double radius, Qt::PenStyle style)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    QPen pen(border, 1, style);
    if (style == Qt::DashLine)
        pen.setDashPattern({3, 3});
    painter.setPen(border.isValid() ? pen : QPen(Qt::NoPen));
    const QRectF inner = border.isValid() ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect;
    painter.drawRoundedRect(inner, radius, radius);
    painter.restore();
}

void focusRing(QPainter &painter, const QRectF &rect, double radius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().color(Token::Accent), 2));
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
    painter.restore();
}

QColor mixed(const QColor &base, const QColor &over, double amount)
{
    const auto mix = [amount](int a, int b) { return qRound(a * (1 - amount) + b * amount); };
    return {mix(base.red(), over.red()), mix(base.green(), over.green()), mix(base.blue(), over.blue())};
}

QFont buttonFont(const QWidget *widget)
{
    QFont font = widget ? widget->font() : theme().font(FontRole::Body);
    const ButtonKind kind = buttonKind(widget);
    if (kind == ButtonKind::Chip || kind == ButtonKind::Pick)
        return font;
    font.setWeight(kind == ButtonKind::Primary || kind == ButtonKind::Segment ? QFont::DemiBold : QFont::Medium);
    return font;
}

void buttonBevel(QPainter &painter, const QStyleOption &option, const QWidget *widget)
{
    const ButtonKind kind = buttonKind(widget);
    const Theme &t = theme();
    const bool isHovered = has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
    const bool isDown = has(option, QStyle::State_Sunken);
    const bool isOn = has(option, QStyle::State_On);
    const double radius = kind == ButtonKind::Chip ? option.rect.height() / 2.0 : 6;
    const double lift = isDown ? 0.14 : isHovered ? 0.07 : 0;
    QColor fill;
    QColor border;
    switch (kind) {
    case ButtonKind::Normal:
    case ButtonKind::Pick:
        fill = mixed(t.color(Token::Raised), t.color(Token::Text), lift);
        border = t.color(Token::Line);
        if (isOn)
            fill = t.color(Token::Selection);
        break;
    case ButtonKind::Primary:
        fill = mixed(t.color(Token::Accent), t.color(t.isDark() ? Token::Text : Token::AccentInk), lift);
        break;
    case ButtonKind::Danger:
        fill = lift > 0 ? mixed(t.color(Token::Surface), t.color(Token::Bad), lift * 1.5) : QColor();
        border = t.color(Token::Bad);
        break;
    case ButtonKind::Flat:
        if (isHovered || isDown || isOn)
            fill = mixed(t.color(Token::Hover), t.color(Token::Text), isOn || isDown ? 0.07 : 0.03);
        break;
    case ButtonKind::Link: break;
    case ButtonKind::Segment:
        if (isOn || isHovered || isDown)
            fill = isOn ? mixed(t.color(Token::Hover), t.color(Token::Text), 0.04) : t.color(Token::Hover);
        break;
    case ButtonKind::Chip:
        fill = isOn ? t.color(Token::Selection) : isHovered ? t.color(Token::Hover) : QColor();
        border = t.color(isOn ? Token::Accent : Token::Line);
        break;
    }
    if (!has(option, QStyle::State_Enabled)) {
        const bool isBare = kind == ButtonKind::Flat || kind == ButtonKind::Link;
        box(painter, option.rect, QColor(), isBare ? QColor() : t.color(Token::Line), radius, Qt::DashLine);
        return;
    }
    box(painter, option.rect, fill, border, radius);
    if (isFocused(option)) {
        // On the accent itself the ring needs a gap to be seen.
        if (kind == ButtonKind::Primary)
            box(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), QColor(), t.color(Token::AccentInk), 4);
        else
            focusRing(painter, option.rect, radius);
    }
}

void buttonLabel(QPainter &painter, const QStyleOptionButton &option, const QWidget *widget)
{
    painter.save();
    painter.setFont(buttonFont(widget));
    const ButtonKind kind = buttonKind(widget);
    const int iconSize = isCompact(widget) ? 14 : 16;
    const QColor ink = buttonInk(option, kind);
    const bool isUnderlined = kind == ButtonKind::Link && has(option, QStyle::State_MouseOver);
    if (kind == ButtonKind::Pick) {
        iconAndText(painter, option.rect.adjusted(8, 0, -28, 0), option.icon, option.text, option, ink, iconSize,
            Qt::AlignLeft, false);
        paintLineIcon(painter, QStringLiteral("chevron-down"), theme().color(Token::Muted),
            QPointF(option.rect.right() - 22, option.rect.center().y() - 7));
    } else {
        const int margin = kind == ButtonKind::Link ? 0 : 2;
        iconAndText(painter, option.rect.adjusted(margin, 0, -margin, 0), option.icon, option.text, option, ink, iconSize,
            Qt::AlignHCenter, isUnderlined);
    }
    painter.restore();
}

void toolButton(QPainter &painter, const QStyleOptionToolButton &option, const QWidget *widget)
{
    buttonBevel(painter, option, widget);
    painter.save();
    painter.setFont(buttonFont(widget));
    const bool isText = option.toolButtonStyle != Qt::ToolButtonIconOnly || option.icon.isNull();
    iconAndText(painter, option.rect.adjusted(4, 0, -4, 0),
        option.toolButtonStyle == Qt::ToolButtonTextOnly ? QIcon() : option.icon, isText ? option.text : QString(), option,
        buttonInk(option, buttonKind(widget)), isCompact(widget) ? 14 : 16, Qt::AlignHCenter, false);
    painter.restore();
}

void field(QPainter &painter, const QStyleOption &option, const QWidget *widget)
{
    Q_UNUSED(widget)
    const Theme &t = theme();
    const bool isEnabled = has(option, QStyle::State_Enabled);
    box(painter, option.rect, isEnabled ? t.color(Token::Window) : QColor(), t.color(Token::Line), 6,
        isEnabled ? Qt::SolidLine : Qt::DashLine);
    if (isEnabled && has(option, QStyle::State_HasFocus))
        focusRing(painter, option.rect);
}

void comboBox(QPainter &painter, const QStyleOptionComboBox &option, const QWidget *widget)
{
    const Theme &t = theme();
    const bool isEnabled = has(option, QStyle::State_Enabled);
    if (option.editable) {
        field(painter, option, widget);
    } else {
        const bool isHovered = has(option, QStyle::State_MouseOver);
        box(painter, option.rect,
            isEnabled ? mixed(t.color(Token::Raised), t.color(Token::Text), isHovered ? 0.05 : 0) : QColor(),
            t.color(Token::Line), 6, isEnabled ? Qt::SolidLine : Qt::DashLine);
        if (isEnabled && isFocused(option))
            focusRing(painter, option.rect);
    }
    paintLineIcon(painter, QStringLiteral("chevron-down"), t.color(Token::Muted),
        QPointF(option.rect.right() - 21, option.rect.center().y() - 7));
}

void comboLabel(QPainter &painter, const QStyleOptionComboBox &option, const QRect &rect, const QWidget *widget)
{
    if (option.editable)
        return;
    painter.save();
    if (widget)
        painter.setFont(widget->font());
    iconAndText(painter, rect, option.currentIcon, option.currentText, option,
        theme().color(has(option, QStyle::State_Enabled) ? Token::Text : Token::Muted), 16, Qt::AlignLeft, false);
    painter.restore();
}

void spinButtons(QPainter &painter, const QStyleOptionSpinBox &option, const QRect &up, const QRect &down)
{
    const Theme &t = theme();
    const auto arrow = [&](const QRect &rect, const QString &name, QStyle::SubControl which, bool isPossible) {
        const bool isActive = option.activeSubControls.testFlag(which) && has(option, QStyle::State_MouseOver);
        QColor ink = t.color(isActive && isPossible ? Token::Text : Token::Muted);
        if (!isPossible)
            ink = t.color(Token::Line);
        paintLineIcon(painter, name, ink, QPointF(rect.center().x() - 5, rect.center().y() - 5), 12);
    };
    arrow(up, QStringLiteral("chevron-up"), QStyle::SC_SpinBoxUp,
        option.stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled));
    arrow(down, QStringLiteral("chevron-down"), QStyle::SC_SpinBoxDown,
        option.stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled));
}

void checkMark(QPainter &painter, const QStyleOption &option, bool isRound)
{
    const Theme &t = theme();
    const bool isOn = has(option, QStyle::State_On) || has(option, QStyle::State_NoChange);
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const QRectF rect(option.rect);
    const double radius = isRound ? rect.width() / 2 : 4;
    // The frame is muted text, not a hairline: an unchecked box must be seen on every surface.
    const QColor edge = isEnabled ? (isOn ? t.color(Token::Accent) : t.color(Token::Muted)) : t.color(Token::Line);
    box(painter, rect, isOn && isEnabled ? t.color(Token::Accent) : t.color(Token::Window), edge, radius);
    if (isOn) {
        const QColor ink = isEnabled ? t.color(Token::AccentInk) : t.color(Token::Muted);
        if (isRound) {
            painter.save();
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(Qt::NoPen);
            painter.setBrush(ink);
            painter.drawEllipse(rect.center(), 3, 3);
            painter.restore();
        } else {
            paintLineIcon(painter, has(option, QStyle::State_NoChange) ? QStringLiteral("minus") : QStringLiteral("check"),
                ink, rect.topLeft() + QPointF(1, 1), 14);
        }
    }
}

void tab(QPainter &painter, const QStyleOptionTab &option)
{
    const Theme &t = theme();
    if (has(option, QStyle::State_Selected))
        painter.fillRect(QRect(option.rect.left() + 8, option.rect.bottom() - 1, option.rect.width() - 16, 2),
            t.color(Token::Accent));
    if (isFocused(option))
        focusRing(painter, QRectF(option.rect).adjusted(2, 6, -2, -6), 5);
}

void tabLabel(QPainter &painter, const QStyleOptionTab &option, const QWidget *widget)
{
    painter.save();
    QFont font = widget ? widget->font() : painter.font();
    const bool isSelected = has(option, QStyle::State_Selected);
    font.setWeight(isSelected ? QFont::DemiBold : QFont::Normal);
    painter.setFont(font);
    const bool isBright = isSelected || has(option, QStyle::State_MouseOver);
    iconAndText(painter, option.rect.adjusted(4, 0, -4, 0), option.icon, option.text, option,
        theme().color(isBright ? Token::Text : Token::Muted), 14, Qt::AlignHCenter, false);
    painter.restore();
}

void scrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &handle)
{
    if (option.maximum <= option.minimum)
        return;
    const bool isHovered = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    const Theme &t = theme();
    const QRectF rect = option.orientation == Qt::Vertical ? QRectF(handle).adjusted(3, 2, -2, -2)
                                                           : QRectF(handle).adjusted(2, 3, -2, -2);
    box(painter, rect, mixed(t.color(Token::Line), t.color(Token::Muted), isHovered ? 0.5 : 0.15), QColor(), 3);
}

void slider(QPainter &painter, const QStyleOptionSlider &option, const QRect &groove, const QRect &handle)
{
    const Theme &t = theme();
    const bool isEnabled = has(option, QStyle::State_Enabled);
    const bool isFlat = option.orientation == Qt::Horizontal;
    QRectF track(groove);
    track = isFlat ? QRectF(track.left(), track.center().y() - 2, track.width(), 4)
                   : QRectF(track.center().x() - 2, track.top(), 4, track.height());
    box(painter, track, t.color(Token::Line), QColor(), 2);
    QRectF done = track;
    if (isFlat)
        done.setRight(handle.center().x());
    else
        done.setTop(handle.center().y());
    box(painter, done, t.color(isEnabled ? Token::Accent : Token::Muted), QColor(), 2);
    const QRectF knob(QPointF(handle.center()) - QPointF(6.5, 6.5), QSizeF(14, 14));
    box(painter, knob, t.color(Token::Raised), t.color(isEnabled ? Token::Accent : Token::Line), 7);
    if (has(option, QStyle::State_HasFocus))
        focusRing(painter, knob, 7);
}

void menuItem(QPainter &painter, const QStyleOptionMenuItem &option, const QWidget *widget)
{
    const Theme &t = theme();
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        if (option.text.isEmpty()) {
            painter.fillRect(QRect(option.rect.left(), option.rect.center().y(), option.rect.width(), 1),
                t.color(Token::Line));
        } else {
            painter.setFont(t.font(FontRole::Tiny));
            painter.setPen(t.color(Token::Muted));
            painter.drawText(option.rect.adjusted(12, 4, -12, 0), Qt::AlignVCenter | Qt::AlignLeft, option.text);
        }
        return;
    }
    const bool isEnabled = has(option, QStyle::State_Enabled);
    if (has(option, QStyle::State_Selected) && isEnabled)
        box(painter, QRectF(option.rect).adjusted(4, 0, -4, 0), t.color(Token::Selection), QColor(), 5);
    QFont font = widget ? widget->font() : option.font;
    if (option.checked)
        font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    int left = option.rect.left() + 12;
    if (!option.icon.isNull()) {
        option.icon.paint(&painter, QRect(left, option.rect.center().y() - 7, 16, 16), Qt::AlignCenter,
            isEnabled ? QIcon::Normal : QIcon::Disabled);
    }
    if (option.maxIconWidth > 0)
        left += 24;
    const QString text = option.text.section(QLatin1Char('\t'), 0, 0);
    const QString keys = option.text.section(QLatin1Char('\t'), 1);
    const QRect rest(left, option.rect.top(), option.rect.right() - left - 12, option.rect.height());
    painter.setPen(t.color(isEnabled ? Token::Text : Token::Muted));
    painter.drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextHideMnemonic, text);
    if (option.checked) {
        paintLineIcon(painter, QStringLiteral("check"), t.color(Token::Accent),
            QPointF(option.rect.right() - 26, option.rect.center().y() - 7));
    } else if (option.menuItemType == QStyleOptionMenuItem::SubMenu) {
        paintLineIcon(painter, QStringLiteral("chevron-right"), t.color(Token::Muted),
            QPointF(option.rect.right() - 24, option.rect.center().y() - 7));
    } else {
        painter.setPen(t.color(Token::Muted));
        painter.drawText(rest, Qt::AlignVCenter | Qt::AlignRight, keys);
    }
}

void header(QPainter &painter, const QStyleOptionHeader &option)
{
    const Theme &t = theme();
    const QRect &rect = option.rect;
    if (has(option, QStyle::State_MouseOver))
        painter.fillRect(rect, t.color(Token::Hover));
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), t.color(Token::Line));
}

void progress(QPainter &painter, const QStyleOptionProgressBar &option)
{
    const Theme &t = theme();
    const QRectF track(option.rect.left(), option.rect.center().y() - 1, option.rect.width(), 4);
    box(painter, track, t.color(Token::Line), QColor(), 2);
    QRectF done = track;
    if (option.maximum > option.minimum) {
        const double part = double(option.progress - option.minimum) / double(option.maximum - option.minimum);
        done.setWidth(track.width() * qBound(0.0, part, 1.0));
    } else {
        // Length unknown: a piece in the middle, no animation that would never end.
        done.setLeft(track.left() + track.width() * 0.35);
        done.setWidth(track.width() * 0.3);
    }
    if (done.width() > 0)
        box(painter, done, t.color(Token::Muted), QColor(), 2);
}

} // namespace fairway::ui::paint
