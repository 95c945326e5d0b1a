#pragma once

#include "core/route/route_object.h"

#include <span>
#include <string>
#include <vector>

namespace fairway::route {

/// What a mesh or gateway would do with the requests of this rule and a rehearsal in the built-in proxy does not, in the words
/// of the field: "mTLS", "fault", "2 AuthorizationPolicy". `objects` are those known of the cluster or the files; what concerns
/// other namespaces is left out where that is certain.
[[nodiscard]] std::vector<std::string> notModelled(
    const RouteObject &route, const Rule &rule, std::span<const value::Value> objects = {});

} // namespace fairway::route
