#pragma once

#include "core/route/explain.h"
#include "core/route/traffic_config.h"

#include <vector>

namespace fairway::route {

/// Rules of the VirtualServices behind the decision's host that the proxy at `viewpoint` does not hold, with what keeps them away
/// (source labels or namespace, gateways, port): they are never tried, and whoever wrote them may wonder why.
/// At most 200, in the order of their objects and rules.
[[nodiscard]] std::vector<TriedRule> rulesNotHeld(const TrafficConfig &config, const Viewpoint &viewpoint, const Decision &decision);

} // namespace fairway::route
