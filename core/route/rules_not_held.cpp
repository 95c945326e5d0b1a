#include "core/route/rules_not_held.h"

#include "core/route/istio_rules.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    constexpr std::size_t MostRules = 200;

    template <typename Range, typename ToText>
    std::string joined(const Range &range, const ToText &toText)
    {
        std::string out;
        for (const auto &item : range)
            out += (out.empty() ? "" : ", ") + toText(item);
        return out;
    }

    /// The selector that keeps the match away; they are looked at in Istio's order.
    Text whyNotHeld(const Match &match, const Origin &origin)
    {
        if (match.port != 0 && origin.port != 0 && match.port != origin.port)
            return phrase("route", "not loaded here: it is for port %1").with(match.port);
        if (!match.gateways.empty())
            return phrase("route", "not loaded here: it is for %1").with(joined(match.gateways, [](const std::string &name) { return name; }));
        if (!match.sourceNamespace.empty() && match.sourceNamespace != origin.ns)
            return phrase("route", "not loaded here: it is for clients of namespace %1").with(match.sourceNamespace);
        return phrase("route", "not loaded here: it is for clients with %1")
            .with(joined(match.sourceLabels, [](const auto &label) { return label.first + "=" + label.second; }));
    }

} // namespace

std::vector<TriedRule> rulesNotHeld(const TrafficConfig &config, const Viewpoint &viewpoint, const Decision &decision)
{
    std::vector<TriedRule> out;
    if (decision.host == nullptr || viewpoint.kind == Viewpoint::Kind::Ingress)
        return out;
    Origin origin {"mesh", viewpoint.labels, viewpoint.ns, decision.listener == nullptr ? 0 : decision.listener->port};
    if (viewpoint.kind == Viewpoint::Kind::Gateway) {
        origin.gateway = viewpoint.ns + "/" + viewpoint.name;
        if (const std::optional<GatewayView> view = viewOfGateway(config.istio(), viewpoint.ns, viewpoint.name)) {
            origin.ns = view->ns;
            origin.labels = view->labels;
        }
    }
    std::set<std::string> objects;
    for (const CompiledRoute &route : decision.host->routes)
        objects.insert(route.origin.via.empty() ? route.origin.object() : route.origin.via.substr(0, route.origin.via.rfind(' ')));
    for (const MeshVirtualService &service : config.istio().virtualServices()) {
        if (!objects.contains("VirtualService " + service.key()))
            continue;
        for (const Rule &rule : service.route.rules) {
            for (std::size_t i = 0; rule.section == "http" && i < rule.matches.size() && out.size() < MostRules; ++i) {
                if (isLoaded(rule.matches[i], origin))
                    continue;
                TriedRule absent;
                absent.origin = originOf(service, rule, static_cast<int>(i));
                absent.isHeld = false;
                absent.reason = whyNotHeld(rule.matches[i], origin);
                out.push_back(std::move(absent));
            }
        }
    }
    return out;
}

} // namespace fairway::route
