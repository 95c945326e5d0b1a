#include "app/fairwayctl/target_pods.h"

#include "core/proxy/whole_route.h"

namespace fairway::ctl {

TargetPods podsOf(const route::RouteTarget &target, const route::TopologyView &topology)
{
    using Problem = route::Resolution::Problem;
    if (target.kind != "Service")
        return {};
    route::Resolution found = topology.resolve(proxy::destinationOf(target), target.ns);
    TargetPods out;
    out.endpoints = std::move(found.endpoints);
    const bool isAboutPods = found.problem == Problem::NoEndpoint || found.problem == Problem::NoReadyEndpoint;
    const bool isKnown = found.problem == Problem::NoSubset || (isAboutPods ? topology.podCount() > 0 : topology.serviceCount() > 0);
    if (found.isBroken() && isKnown)
        out.problem = found.message.plain();
    return out;
}

} // namespace fairway::ctl
