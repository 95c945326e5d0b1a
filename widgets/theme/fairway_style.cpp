#include "widgets/theme/fairway_style.h"

#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/style_controls.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QMenu>
#include <QPainter>
#include <QPixmapCache>
#include <QScrollBar>
#include <QStyleOption>
#include <QTabBar>

namespace fairway::ui {

FairwayStyle::FairwayStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_theme(new Theme(this))
{
}

Theme &installTheme(QApplication &application, SchemeChoice choice)
{
    // Asked before our palette hides it: what the desktop prefers.
    const bool isDesktopDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    auto *style = new FairwayStyle;
    Theme &made = style->currentTheme();
    made.setDesktopIsDark(isDesktopDark);
    made.setChoice(choice);
    QPixmapCache::setCacheLimit(4096);
    QApplication::setStyle(style);
    QApplication::setFont(made.font(FontRole::Body));
    QApplication::setPalette(made.palette());
    QObject::connect(&made, &Theme::changed, &application, [&made] { QApplication::setPalette(made.palette()); });
    return made;
}

Theme &theme()
{
    auto *style = qobject_cast<FairwayStyle *>(QApplication::style());
    Q_ASSERT_X(style, "theme()", "installTheme() comes before the first widget");
    return style->currentTheme();
}

void FairwayStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget) || qobject_cast<QTabBar *>(widget)
        || widget->inherits("QAbstractSpinBox") || widget->inherits("QScrollBar") || widget->inherits("QHeaderView"))
        widget->setAttribute(Qt::WA_Hover);
    // Qt's own areas make theirs without a name.
    if (const auto *bar = qobject_cast<QScrollBar *>(widget); bar && widget->accessibleName().isEmpty())
        widget->setAccessibleName(bar->orientation() == Qt::Vertical ? QCoreApplication::translate("FairwayStyle", "Scroll up and down")
                                                                     : QCoreApplication::translate("FairwayStyle", "Scroll sideways"));
    if (auto *menu = qobject_cast<QMenu *>(widget)) {
        // Round corners need a window without its own background.
        menu->setWindowFlag(Qt::FramelessWindowHint);
        menu->setWindowFlag(Qt::NoDropShadowWindowHint);
        menu->setAttribute(Qt::WA_TranslucentBackground);
    }
}

void FairwayStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &t = *m_theme;
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool: paint::buttonBevel(*painter, *option, widget); return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            paint::field(*painter, *option, widget);
        return;
    case PE_FrameLineEdit: return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck: paint::checkMark(*painter, *option, false); return;
    case PE_IndicatorRadioButton: paint::checkMark(*painter, *option, true); return;
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractItemView *>(widget))
            paint::focusRing(*painter, option->rect, 5);
        return;
    case PE_PanelItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (item->state.testFlag(State_Selected))
                painter->fillRect(item->rect, t.color(Token::Selection));
            else if (item->backgroundBrush.style() != Qt::NoBrush)
                painter->fillRect(item->rect, item->backgroundBrush);
            else if (item->state.testFlag(State_MouseOver))
                painter->fillRect(item->rect, t.color(Token::Hover));
        }
        return;
    case PE_PanelItemViewRow: return;
    case PE_Frame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            paint::box(*painter, option->rect, QColor(), t.color(Token::Line));
        return;
    case PE_FrameMenu: return;
    case PE_PanelMenu:
    case PE_PanelTipLabel:
        paint::box(*painter, option->rect, t.color(Token::Raised), t.color(Token::Line), element == PE_PanelMenu ? 7 : 0);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), t.color(Token::Line));
        return;
    case PE_FrameTabWidget:
    case PE_FrameDockWidget:
    case PE_FrameStatusBarItem: return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            const bool isUp = header->sortIndicator == QStyleOptionHeader::SortUp;
            paintLineIcon(*painter, isUp ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                t.color(Token::Accent), QPointF(option->rect.left(), option->rect.center().y() - 5), 12);
        }
        return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FairwayStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &t = *m_theme;
    switch (element) {
    case CE_PushButtonBevel: paint::buttonBevel(*painter, *option, widget); return;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            paint::buttonLabel(*painter, *button, widget);
        return;
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            paint::comboLabel(*painter, *combo,
                subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget), widget);
        return;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            paint::tab(*painter, *tab);
        return;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            paint::tabLabel(*painter, *tab, widget);
        return;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            painter->save();
            paint::menuItem(*painter, *item, widget);
            painter->restore();
        }
        return;
    case CE_MenuEmptyArea: return;
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            paint::header(*painter, *header);
        return;
    case CE_HeaderLabel:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            painter->save();
            QFont font = t.font(FontRole::Small);
            font.setWeight(QFont::Medium);
            painter->setFont(font);
            painter->setPen(t.color(Token::Muted));
            const QFontMetrics metrics(font);
            painter->drawText(header->rect, int(Qt::AlignVCenter | (header->textAlignment & Qt::AlignHorizontal_Mask)),
                metrics.elidedText(header->text, Qt::ElideRight, header->rect.width()));
            painter->restore();
        }
        return;
    case CE_HeaderEmptyArea: painter->fillRect(option->rect, t.color(Token::Window)); return;
    case CE_ProgressBarGroove:
    case CE_ProgressBarLabel: return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            paint::progress(*painter, *bar);
        return;
    case CE_Splitter: painter->fillRect(option->rect, t.color(Token::Line)); return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)
                break;
            if (frame->lineWidth > 0)
                paint::box(*painter, option->rect, QColor(), t.color(Token::Line));
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void FairwayStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            paint::toolButton(*painter, *button, widget);
            return;
        }
        break;
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option)) {
            paint::comboBox(*painter, *combo, widget);
            return;
        }
        break;
    case CC_SpinBox:
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            if (spin->frame)
                paint::field(*painter, *spin, widget);
            if (spin->buttonSymbols != QAbstractSpinBox::NoButtons)
                paint::spinButtons(*painter, *spin, subControlRect(control, option, SC_SpinBoxUp, widget),
                    subControlRect(control, option, SC_SpinBoxDown, widget));
            return;
        }
        break;
    case CC_ScrollBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            paint::scrollBar(*painter, *bar, subControlRect(control, option, SC_ScrollBarSlider, widget));
            return;
        }
        break;
    case CC_Slider:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            paint::slider(*painter, *bar, subControlRect(control, option, SC_SliderGroove, widget),
                subControlRect(control, option, SC_SliderHandle, widget));
            return;
        }
        break;
    default: break;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect FairwayStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl subControl, const QWidget *widget) const
{
    const QRect rect = option->rect;
    if (control == CC_ComboBox) {
        if (subControl == SC_ComboBoxEditField)
            return rect.adjusted(8, 1, -26, -1);
        if (subControl == SC_ComboBoxArrow)
            return {rect.right() - 25, rect.top(), 26, rect.height()};
    }
    if (control == CC_SpinBox) {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const bool hasButtons = spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons;
        const int buttons = hasButtons ? 18 : 0;
        const int half = rect.height() / 2;
        if (subControl == SC_SpinBoxEditField)
            return rect.adjusted(4, 1, -buttons - 4, -1);
        if (subControl == SC_SpinBoxUp)
            return hasButtons ? QRect(rect.right() - buttons, rect.top() + 1, buttons, half - 1) : QRect();
        if (subControl == SC_SpinBoxDown)
            return hasButtons ? QRect(rect.right() - buttons, rect.top() + half, buttons, half - 1) : QRect();
    }
    if (control == CC_ScrollBar) {
        // No arrow buttons: the groove is the whole bar.
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!bar)
            return rect;
        const bool isVertical = bar->orientation == Qt::Vertical;
        const int length = isVertical ? rect.height() : rect.width();
        const qint64 range = qint64(bar->maximum) - bar->minimum;
        int handle = length;
        if (range > 0)
            handle = qMax(28, int(qint64(length) * bar->pageStep / (range + bar->pageStep)));
        handle = qMin(handle, length);
        const int at = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
        switch (subControl) {
        case SC_ScrollBarGroove: return rect;
        case SC_ScrollBarSlider:
            return isVertical ? QRect(rect.left(), rect.top() + at, rect.width(), handle)
                              : QRect(rect.left() + at, rect.top(), handle, rect.height());
        case SC_ScrollBarSubPage:
            return isVertical ? QRect(rect.left(), rect.top(), rect.width(), at)
                              : QRect(rect.left(), rect.top(), at, rect.height());
        case SC_ScrollBarAddPage:
            return isVertical ? QRect(rect.left(), rect.top() + at + handle, rect.width(), length - at - handle)
                              : QRect(rect.left() + at + handle, rect.top(), length - at - handle, rect.height());
        default: return {};
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

QRect FairwayStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_LineEditContents)
        return option->rect.adjusted(6, 1, -6, -1);
    if (element == SE_PushButtonContents && buttonKind(widget) == ButtonKind::Link)
        return option->rect;
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize FairwayStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    const bool isSmall = isCompact(widget);
    const int height = isSmall ? 24 : 28;
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const ButtonKind kind = buttonKind(widget);
            const QFontMetrics metrics(paint::buttonFont(widget));
            int width = button->text.isEmpty() ? 0 : metrics.size(Qt::TextShowMnemonic, button->text).width() + 2;
            if (!button->icon.isNull())
                width += (isSmall ? 14 : 16) + (button->text.isEmpty() ? 0 : 6);
            if (kind == ButtonKind::Link)
                return {width, qMax(20, metrics.height())};
            if (kind == ButtonKind::Pick)
                return {width + 8 + 30, height};
            if (button->text.isEmpty())
                return {height, height};
            return {width + (isSmall || kind == ButtonKind::Chip ? 16 : 24), kind == ButtonKind::Chip ? 24 : height};
        }
        break;
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            if (button->toolButtonStyle == Qt::ToolButtonIconOnly && !button->icon.isNull())
                return {height, height};
            const QFontMetrics metrics(paint::buttonFont(widget));
            const int icon = button->icon.isNull() || button->toolButtonStyle == Qt::ToolButtonTextOnly ? 0 : 22;
            return {metrics.size(Qt::TextShowMnemonic, button->text).width() + icon + 16, height};
        }
        break;
    case CT_ComboBox: return {size.width() + 38, height};
    case CT_LineEdit: return {size.width() + 12, height};
    case CT_SpinBox: return {size.width() + 30, height};
    case CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QFont font = widget ? widget->font() : m_theme->font(FontRole::Body);
            font.setWeight(QFont::DemiBold); // The widest it gets: selecting a tab must not move the others.
            return {QFontMetrics(font).size(Qt::TextShowMnemonic, tab->text).width() + 18 + (tab->icon.isNull() ? 0 : 20),
                isSmall ? 32 : 40};
        }
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            if (item->menuItemType == QStyleOptionMenuItem::Separator)
                return {size.width(), item->text.isEmpty() ? 9 : 26};
            return {size.width() + 64 + (item->maxIconWidth > 0 ? 24 : 0), 30};
        }
        break;
    case CT_HeaderSection: {
        QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
        base.setHeight(28);
        return base;
    }
    case CT_ProgressBar: return {size.width(), 8};
    default: break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

int FairwayStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return 11;
    case PM_ScrollBarSliderMin: return 28;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    case PM_SplitterWidth: return 1;
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return 16;
    case PM_ToolTipLabelFrameWidth: return 6;
    case PM_MenuPanelWidth:
    case PM_MenuHMargin: return 0;
    case PM_MenuVMargin: return 6;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap: return 0;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return 8;
    case PM_HeaderMargin: return 8;
    case PM_FocusFrameHMargin:
        // The margin left and right of a cell's text.
        return qobject_cast<const QAbstractItemView *>(widget) ? 7 : QProxyStyle::pixelMetric(metric, option, widget);
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FairwayStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ComboBox_Popup: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_UnderlineShortcut: return 0;
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    case SH_Widget_Animation_Duration: return m_theme->hasMotion() ? 150 : 0;
    case SH_ToolTip_WakeUpDelay: return 400;
    case SH_Menu_SubMenuPopupDelay: return 150;
    case SH_ScrollBar_LeftClickAbsolutePosition: return 1;
    default: return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace fairway::ui
