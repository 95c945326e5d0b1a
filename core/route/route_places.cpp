#include "core/route/route_places.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::size_t MostClients = 8;
    constexpr std::string_view GatewayParent = "Gateway ";

    /// "shop/public" of "shop/public" (Istio) and "Gateway shop/public https" (Gateway API); empty for the mesh and for Services.
    std::string gatewayNamed(const RouteObject &route, std::string_view text)
    {
        if (route.kind == RouteKind::VirtualService)
            return text.find('/') == std::string_view::npos ? std::string() : std::string(text);
        if (!text.starts_with(GatewayParent))
            return {};
        text.remove_prefix(GatewayParent.size());
        return std::string(text.substr(0, text.find(' '))); // behind it the listener
    }

    bool isInMesh(std::string_view gateway)
    {
        return gateway == "mesh" || gateway.starts_with("Service ");
    }

    Value plainGateway(std::string_view ns, std::string_view name, bool isApi)
    {
        const Value metadata = Value::map({{"name", Value(name)}, {"namespace", Value(ns)}});
        if (isApi) {
            const Value everybody = Value::map({{"namespaces", Value::map({{"from", Value("All")}})}});
            return Value::map({{"apiVersion", Value("gateway.networking.k8s.io/v1")}, {"kind", Value("Gateway")}, {"metadata", metadata},
                {"spec", Value::map({{"gatewayClassName", Value("plain")},
                             {"listeners", Value::list({Value::map({{"name", Value("http")}, {"port", Value(80)}, {"protocol", Value("HTTP")}, {"allowedRoutes", everybody}})})}})}});
        }
        const Value port = Value::map({{"number", Value(80)}, {"name", Value("http")}, {"protocol", Value("HTTP")}});
        return Value::map({{"apiVersion", Value("networking.istio.io/v1")}, {"kind", Value("Gateway")}, {"metadata", metadata},
            {"spec", Value::map({{"servers", Value::list({Value::map({{"port", port}, {"hosts", Value::list({Value("*")})}})})}})}});
    }

    /// Those that delegate to the route. A delegate has no gateways of its own, and may not delegate again.
    std::vector<RouteObject> rootsOf(const std::vector<Value> &objects, const RouteObject &route)
    {
        std::vector<RouteObject> out;
        const std::string name = (route.ns.empty() ? "default" : route.ns) + "/" + route.name;
        for (const Value &object : objects) {
            if (!route.isDelegate || object["kind"].stringOr() != "VirtualService")
                continue;
            Result<RouteObject> root = parseRoute(object);
            const bool isRoot = root && !root->isDelegate
                && std::any_of(root->rules.begin(), root->rules.end(), [&name](const Rule &rule) { return rule.delegate == name; });
            if (isRoot)
                out.push_back(std::move(*root));
        }
        return out;
    }

} // namespace

bool isPlaceOf(const RouteObject &route, const Viewpoint &place)
{
    if (place.kind == Viewpoint::Kind::Ingress)
        return route.kind == RouteKind::Ingress;
    const std::string name = place.ns + "/" + place.name;
    return std::any_of(route.gateways.begin(), route.gateways.end(), [&](const std::string &gateway) {
        return place.kind == Viewpoint::Kind::Mesh ? place.ns == route.ns && isInMesh(gateway) : gatewayNamed(route, gateway) == name;
    });
}

std::vector<Viewpoint> placesOf(const TrafficConfig &config, const RouteObject &route)
{
    std::vector<Viewpoint> places = config.viewpoints();
    if (route.isDelegate)
        return places; // wherever somebody delegates to it
    std::erase_if(places, [&](const Viewpoint &place) { return place.kind == Viewpoint::Kind::Mesh || !isPlaceOf(route, place); });
    if (std::none_of(route.gateways.begin(), route.gateways.end(), isInMesh))
        return places;
    const Viewpoint mesh {Viewpoint::Kind::Mesh, route.ns.empty() ? "default" : route.ns, {}, {}};
    places.insert(places.begin(), mesh);
    std::set<std::pair<std::string, std::map<std::string, std::string>>> clients;
    for (const Rule &rule : route.rules) {
        for (const Match &match : rule.matches) {
            const std::string ns = match.sourceNamespace.empty() ? mesh.ns : match.sourceNamespace;
            std::map<std::string, std::string> labels(match.sourceLabels.begin(), match.sourceLabels.end());
            const bool isOther = !labels.empty() || ns != mesh.ns;
            if (isOther && clients.size() < MostClients && clients.emplace(ns, labels).second)
                places.push_back({Viewpoint::Kind::Mesh, ns, {}, std::move(labels)});
        }
    }
    return places;
}

std::vector<Text> addPlainGateways(std::vector<Value> &objects, const RouteObject &route)
{
    std::vector<Text> notes;
    for (const RouteObject &root : rootsOf(objects, route)) {
        for (Text &note : addPlainGateways(objects, root))
            notes.push_back(std::move(note));
    }
    for (const std::string &gateway : route.gateways) {
        const std::string named = route.kind == RouteKind::Ingress ? std::string() : gatewayNamed(route, gateway);
        const std::size_t slash = named.find('/');
        if (slash == std::string::npos)
            continue;
        const std::string ns = named.substr(0, slash);
        const std::string name = named.substr(slash + 1);
        const bool isKnown = std::any_of(objects.begin(), objects.end(), [&](const Value &object) {
            return object["kind"].stringOr() == "Gateway" && object["metadata"]["name"].stringOr() == name
                && object["metadata"]["namespace"].stringOr("default") == ns;
        });
        if (isKnown)
            continue;
        objects.push_back(plainGateway(ns, name, route.isGatewayApi()));
        notes.push_back(phrase("route", "Gateway %1 is not known: a plain one on port 80 was taken").with(named));
    }
    return notes;
}

} // namespace fairway::route
