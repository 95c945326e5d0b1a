#include "core/route/route_object.h"

#include "core/route/route_readers.h"

#include <algorithm>

namespace fairway::route {
namespace {

    bool isOneOf(std::string_view text, std::initializer_list<std::string_view> all)
    {
        return std::find(all.begin(), all.end(), text) != all.end();
    }

    std::optional<RouteKind> kindOf(std::string_view apiVersion, std::string_view kind)
    {
        const std::size_t slash = apiVersion.find('/');
        const std::string_view group = slash == std::string_view::npos ? std::string_view() : apiVersion.substr(0, slash);
        const std::string_view version = slash == std::string_view::npos ? apiVersion : apiVersion.substr(slash + 1);
        if (kind == "VirtualService" && group == "networking.istio.io" && isOneOf(version, {"v1", "v1beta1", "v1alpha3"}))
            return RouteKind::VirtualService;
        if (group == "gateway.networking.k8s.io" && isOneOf(version, {"v1", "v1beta1", "v1alpha2", "v1alpha3"})) {
            if (kind == "HTTPRoute")
                return RouteKind::HttpRoute;
            if (kind == "GRPCRoute")
                return RouteKind::GrpcRoute;
            if (kind == "TLSRoute")
                return RouteKind::TlsRoute;
            if (kind == "TCPRoute")
                return RouteKind::TcpRoute;
        }
        if (kind == "Ingress" && isOneOf(group, {"networking.k8s.io", "extensions"}) && isOneOf(version, {"v1", "v1beta1"}))
            return RouteKind::Ingress;
        return std::nullopt;
    }

} // namespace

std::string_view toString(RouteKind kind)
{
    switch (kind) {
    case RouteKind::VirtualService:
        return "VirtualService";
    case RouteKind::HttpRoute:
        return "HTTPRoute";
    case RouteKind::GrpcRoute:
        return "GRPCRoute";
    case RouteKind::TlsRoute:
        return "TLSRoute";
    case RouteKind::TcpRoute:
        return "TCPRoute";
    case RouteKind::Ingress:
        return "Ingress";
    }
    return {};
}

bool isRoute(std::string_view apiVersion, std::string_view kind)
{
    return kindOf(apiVersion, kind).has_value();
}

std::vector<std::int64_t> Rule::weights() const
{
    std::vector<std::int64_t> out;
    out.reserve(destinations.size());
    for (const Destination &d : destinations)
        out.push_back(d.weight);
    return out;
}

bool RouteObject::isGatewayApi() const
{
    return kind != RouteKind::VirtualService && kind != RouteKind::Ingress;
}

WeightRules RouteObject::weightRules() const
{
    return isGatewayApi() ? WeightRules::GatewayApi : kind == RouteKind::Ingress ? WeightRules::NginxCanary : WeightRules::Istio;
}

std::string RouteObject::id() const
{
    return std::string(toString(kind)).append("/").append(ns).append("/").append(name);
}

const Rule *RouteObject::find(std::string_view section, int index) const
{
    for (const Rule &rule : rules) {
        if (rule.index == index && (rule.section == section || (rule.section == "canary" && section == "rules")))
            return &rule;
    }
    return nullptr;
}

const Rule *RouteObject::headline() const
{
    const Rule *best = nullptr;
    int bestRank = 0;
    for (const Rule &rule : rules) {
        const int rank = rule.isSplit() ? 3 : rule.destinations.empty() ? 0 : rule.isCatchAll ? 2 : 1;
        if (rank > bestRank) {
            best = &rule;
            bestRank = rank;
        }
    }
    return best;
}

Result<RouteObject> parseRoute(const value::Value &object, const RouteLimits &limits)
{
    if (!object.isMap())
        return fail(ErrorCode::InvalidInput, "a route must be an object");
    const std::string_view apiVersion = object["apiVersion"].stringOr();
    const std::optional<RouteKind> kind = kindOf(apiVersion, object["kind"].stringOr());
    if (!kind)
        return fail(ErrorCode::InvalidInput,
            "not a VirtualService, a route of the Gateway API or an Ingress of a known version");
    RouteObject route;
    route.kind = *kind;
    route.apiVersion = apiVersion;
    route.ns = object["metadata"]["namespace"].stringOr();
    route.name = object["metadata"]["name"].stringOr();
    if (route.name.empty())
        return fail(ErrorCode::InvalidInput, std::string(toString(*kind)) + " without metadata.name");
    switch (*kind) {
    case RouteKind::VirtualService:
        readVirtualService(route, object, limits);
        break;
    case RouteKind::HttpRoute:
    case RouteKind::GrpcRoute:
    case RouteKind::TlsRoute:
    case RouteKind::TcpRoute:
        readGatewayRoute(route, object, limits);
        break;
    case RouteKind::Ingress:
        readIngress(route, object, limits);
        break;
    }
    return route;
}

} // namespace fairway::route
