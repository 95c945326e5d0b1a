#pragma once

#include "core/route/gateway_api_table.h"
#include "core/route/validation_report.h"

namespace fairway::route {

/// What the Gateway API's own rules say about a route: limits of its lists, filters that exclude each other, values no server takes,
/// parents that won't have it, backends it may not use.
/// Codes: FW0020 a list is too long, FW0021 filters or matches that don't go together, FW0022 not accepted by a parent,
/// FW0023 a backend that can't be used, FW0024 a backend without a share, FW0026 a Gateway that objects without any can't tell of.
/// (FW0025, a listener that its Gateway does not open, is told of ListenerSets by checkObjects().)
/// Source: apis/v1 httproute_types.go and grpcroute_types.go (validation markers and prose).
void checkApiRoute(Report &report, const GatewayApiConfig &config, const ApiRoute &route);

} // namespace fairway::route
