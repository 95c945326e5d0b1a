#pragma once

#include "core/base/text.h"
#include "core/route/route_object.h"

#include <vector>

namespace fairway::route {

/// What two versions of a route make of requests differently, one sentence each: hosts, places where it is loaded, rules that only one has,
/// their order, destinations and weights. Rules are paired by what they match, not by their place. What is not read into a RouteObject (a
/// rewrite, say) is not told here. Empty: no such difference.
[[nodiscard]] std::vector<Text> compareRoutes(const RouteObject &first, const RouteObject &second);

} // namespace fairway::route
