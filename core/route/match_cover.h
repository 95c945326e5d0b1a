#pragma once

#include "core/route/compiled_route.h"

namespace fairway::route {

/// Whether everything `inner` takes is taken by `outer`, as far as that can be told from their conditions: expressions are compared
/// by their text.
[[nodiscard]] bool covers(const RouteMatch &outer, const RouteMatch &inner);

} // namespace fairway::route
