#pragma once

#include "core/base/text.h"
#include "core/route/route_object.h"
#include "core/route/traffic_config.h"

#include <vector>

namespace fairway::route {

/// Whether the proxy at this place is one the route is bound to.
[[nodiscard]] bool isPlaceOf(const RouteObject &route, const Viewpoint &place);

/// Where a route is loaded: the mesh as its own namespace sees it, the mesh as those clients see it whose labels and namespaces its
/// rules ask for (at most eight kinds of them), its gateways, the Ingress controllers; of a delegate every place.
[[nodiscard]] std::vector<Viewpoint> placesOf(const TrafficConfig &config, const RouteObject &route);

/// Adds a Gateway for plain HTTP on port 80 for each that the route names, or those that delegate to it do, and the
/// objects lack, and says so.
[[nodiscard]] std::vector<Text> addPlainGateways(std::vector<value::Value> &objects, const RouteObject &route);

} // namespace fairway::route
