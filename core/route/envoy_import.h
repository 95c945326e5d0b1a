#pragma once

#include "core/base/result.h"
#include "core/route/route_table.h"
#include "core/value/value.h"

namespace fairway::route {

/// A RouteConfiguration of Envoy's v3 API as it stands in a config dump or a file (snake_case or camelCase names).
/// Targets have kind "Cluster" and the cluster's name as host.
///
/// Errors: InvalidInput when it is no map or has no virtual_hosts. What the table can't hold is told in `notes` and left out:
///         a route whose match can't be read never matches.
/// Source: envoy/config/route/v3/route.proto and route_components.proto.
[[nodiscard]] Result<HostTable> importEnvoyRoutes(const value::Value &configuration, std::vector<Text> &notes);

} // namespace fairway::route
