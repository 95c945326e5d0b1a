#pragma once

#include "core/engine/types.h"

#include <QList>

namespace fairway::engine {

/// The row with these counted in: warnings and errors, the worst of them in its words.
[[nodiscard]] RouteRow withFindings(RouteRow row, const QList<Finding> &findings);

} // namespace fairway::engine
