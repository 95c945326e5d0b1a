#include "app/fairwayctl/route_set.h"

#include <utility>

namespace fairway::ctl {

RouteSet routeSetOf(const std::vector<Manifest> &manifests)
{
    RouteSet set;
    for (const Manifest &manifest : manifests) {
        const value::Value &object = manifest.object;
        const std::string_view kind = object["kind"].stringOr();
        if (route::isRoute(object["apiVersion"].stringOr(), kind)) {
            if (Result<route::RouteObject> route = route::parseRoute(object))
                set.routes.push_back(std::move(*route));
            continue;
        }
        if (!route::TopologyView::takes(kind))
            continue;
        value::Value placed = object;
        if (object["metadata"]["namespace"].isNull() && object["metadata"].isMap()) {
            placed = value::deepCopy(object);
            value::Value metadata = placed["metadata"];
            metadata.set("namespace", value::Value("default"));
        }
        set.hasServices = set.hasServices || kind == "Service";
        set.hasPods = set.hasPods || kind == "Pod" || kind == "EndpointSlice";
        (void)set.topology.upsert(placed);
    }
    for (std::size_t i = 0; i < set.routes.size(); ++i) {
        const bool isIngress = set.routes[i].kind == route::RouteKind::Ingress;
        for (std::size_t other = 0; other < set.routes.size() && isIngress && set.routes[i].canaryOf.empty(); ++other) {
            if (other != i)
                route::pairIngress(set.routes[i], set.routes[other]);
        }
    }
    return set;
}

} // namespace fairway::ctl
