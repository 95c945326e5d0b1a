#pragma once

class QAbstractButton;
class QWidget;

namespace fairway::ui {

/// How a button looks; the style paints it. Normal: raised with a hairline. One Primary a screen. A disabled button is
/// dashed whatever its kind, and must say why in its tool tip.
enum class ButtonKind {
    Normal,
    Primary,
    Danger,
    Flat,  ///< No frame until hovered or focused: "Reset to live", icon buttons.
    Link,  ///< Accent text only: "Undo".
    Chip,  ///< Round filter chip, checkable: "In flight 7".
    Segment, ///< One of a SegmentedControl, which paints the frame around them.
    Pick   ///< Picker of the top bar: left-aligned, with a chevron.
};

void setButtonKind(QAbstractButton *button, ButtonKind kind);
[[nodiscard]] ButtonKind buttonKind(const QWidget *button);
/// 24 px high with 12 px text instead of 28 and 13; also for line edits, spin boxes and combo boxes.
void setCompact(QWidget *control, bool isCompact = true);
[[nodiscard]] bool isCompact(const QWidget *control);

} // namespace fairway::ui
