#pragma once

#include "app/fairwayctl/manifests.h"
#include "core/route/route_object.h"
#include "core/route/topology.h"

#include <vector>

namespace fairway::ctl {

/// The routes among some objects, and where they lead.
struct RouteSet {
    std::vector<route::RouteObject> routes; ///< Canary Ingresses paired with theirs.
    route::TopologyView topology;
    bool hasServices = false; ///< Without, nothing can be said of where a route leads.
    bool hasPods = false;     ///< Nor, without pods or slices, of who is ready.
};

[[nodiscard]] RouteSet routeSetOf(const std::vector<Manifest> &manifests);

} // namespace fairway::ctl
