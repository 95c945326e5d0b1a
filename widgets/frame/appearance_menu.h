#pragma once

class QMenu;
class QSettings;
class QWidget;

namespace fairway::ui {

/// Menu of the rail's foot: scheme (at once) and language (from the next start), both remembered in `settings`.
[[nodiscard]] QMenu *makeAppearanceMenu(QSettings &settings, QWidget *parent);

} // namespace fairway::ui
