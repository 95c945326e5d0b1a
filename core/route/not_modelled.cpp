#include "core/route/not_modelled.h"

#include <algorithm>
#include <map>

namespace fairway::route {

std::vector<std::string> notModelled(const RouteObject &route, const Rule &rule, std::span<const value::Value> objects)
{
    static constexpr std::string_view Kinds[] = {"EnvoyFilter", "AuthorizationPolicy", "PeerAuthentication",
        "RequestAuthentication", "WasmPlugin", "BackendTLSPolicy"};
    static constexpr std::string_view Root = "istio-system"; // what lives there holds for the whole mesh
    std::vector<std::string> out;
    if (route.kind == RouteKind::VirtualService)
        out.emplace_back("mTLS");
    std::map<std::string_view, int> counts;
    for (const value::Value &object : objects) {
        const std::string_view kind = object["kind"].stringOr();
        if (std::find(std::begin(Kinds), std::end(Kinds), kind) == std::end(Kinds))
            continue;
        const std::string_view ns = object["metadata"]["namespace"].stringOr();
        const bool concerns = ns.empty() || ns == Root || ns == route.ns
            || std::any_of(rule.destinations.begin(), rule.destinations.end(), [&](const Destination &d) { return d.ns == ns; });
        if (concerns)
            ++counts[kind];
    }
    for (const std::string_view kind : Kinds) {
        if (const auto found = counts.find(kind); found != counts.end())
            out.push_back(std::to_string(found->second).append(" ").append(kind));
    }
    out.insert(out.end(), rule.features.begin(), rule.features.end());
    return out;
}

} // namespace fairway::route
