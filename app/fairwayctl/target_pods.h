#pragma once

#include "core/route/compiled_route.h"
#include "core/route/topology.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// Where a target of a route leads, as far as the files tell: they may hold a part of a cluster only.
struct TargetPods {
    std::string problem; ///< "no subset v3 in DestinationRule shop/reviews"; of Services and pods only where the files hold such.
    std::vector<route::Endpoint> endpoints; ///< Ready ones first.
};
[[nodiscard]] TargetPods podsOf(const route::RouteTarget &target, const route::TopologyView &topology);

} // namespace fairway::ctl
