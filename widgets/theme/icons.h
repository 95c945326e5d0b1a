#pragma once

#include "widgets/theme/theme.h"

#include <QIcon>
#include <QPixmap>

namespace fairway::ui {

/// Line icons of one stroke width, drawn for Fairway: resources/icons/NAME.svg, 16 x 16. The icon takes its colour from the
/// theme each time it is painted, so a change of scheme needs no new icon. A disabled control shows it muted.
[[nodiscard]] QIcon lineIcon(const QString &name, Token color = Token::Muted);
/// With another colour while checked or selected.
[[nodiscard]] QIcon lineIcon(const QString &name, Token color, Token checked);
/// For painters: sharp at the device's pixel ratio; cached.
[[nodiscard]] QPixmap linePixmap(const QString &name, const QColor &color, int size, qreal pixelRatio);
/// Paints the icon with its top left corner at `at`, 16 or 14 px.
void paintLineIcon(QPainter &painter, const QString &name, const QColor &color, const QPointF &at, int size = 16);

} // namespace fairway::ui
