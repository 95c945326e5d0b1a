#pragma once

#include "core/base/text.h"
#include "core/route/route_object.h"
#include "core/value/value.h"

#include <vector>

namespace fairway::route {

/// What two versions of a route make of requests differently, one sentence each: hosts, places where it is loaded, rules that only one has,
/// their order, destinations and weights. Rules are paired by what they match, not by their place. What is not read into a RouteObject (a
/// rewrite, say) is not told here. Empty: no such difference.
[[nodiscard]] std::vector<Text> compareRoutes(const RouteObject &first, const RouteObject &second);

/// A copy without what a server writes into an object, and without kubectl's copy of what was applied: what is left is somebody's intent.
[[nodiscard]] value::Value withoutServerFields(const value::Value &object);

} // namespace fairway::route
