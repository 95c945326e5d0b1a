#include "core/route/traffic_config.h"

#include <algorithm>

namespace fairway::route {

Result<Viewpoint> Viewpoint::parse(std::string_view text)
{
    Viewpoint out;
    if (text == "mesh")
        return out;
    if (text == "ingress" || text.starts_with("ingress/")) {
        out.kind = Kind::Ingress;
        out.name = text.size() > 8 ? text.substr(8) : std::string_view();
        return out;
    }
    constexpr std::string_view gateway = "gateway/";
    const std::size_t slash = text.starts_with(gateway) ? text.find('/', gateway.size()) : std::string_view::npos;
    if (slash == std::string_view::npos || slash == gateway.size() || slash + 1 == text.size()
        || text.find('/', slash + 1) != std::string_view::npos)
        return fail(ErrorCode::InvalidInput, "\"" + std::string(text) + "\" is no place: mesh, gateway/NAMESPACE/NAME or ingress/CLASS");
    out.kind = Kind::Gateway;
    out.ns = text.substr(gateway.size(), slash - gateway.size());
    out.name = text.substr(slash + 1);
    return out;
}

std::string Viewpoint::display() const
{
    switch (kind) {
    case Kind::Mesh:
        return "mesh";
    case Kind::Gateway:
        return "gateway/" + ns + "/" + name;
    case Kind::Ingress:
        break;
    }
    return name.empty() ? "ingress" : "ingress/" + name;
}

TrafficConfig::TrafficConfig(std::vector<value::Value> objects)
    : TrafficConfig(std::move(objects), IstioConfig::Options())
{
}

TrafficConfig::TrafficConfig(std::vector<value::Value> objects, IstioConfig::Options options)
    : m_objects(std::move(objects))
    , m_istio(m_objects, std::move(options))
    , m_gatewayApi(m_objects)
{
}

Result<RouteTable> TrafficConfig::tableAt(const Viewpoint &viewpoint) const
{
    if (viewpoint.kind == Viewpoint::Kind::Ingress)
        return compileIngress(m_objects, viewpoint.name);
    if (viewpoint.kind == Viewpoint::Kind::Gateway) {
        if (const std::optional<GatewayView> view = viewOfGateway(m_istio, viewpoint.ns, viewpoint.name))
            return compileGateway(m_istio, *view);
        if (const ApiGateway *gateway = m_gatewayApi.gateway(viewpoint.ns, viewpoint.name))
            return compileApiGateway(m_gatewayApi, *gateway);
        return fail(ErrorCode::NotFound, "there is no Gateway " + viewpoint.ns + "/" + viewpoint.name);
    }
    RegexCache regexes;
    std::vector<Text> notes;
    AttachedRoutes attached;
    const auto isForService = [](const ApiRoute &route) {
        return std::any_of(route.parents.begin(), route.parents.end(), [](const ApiParentRef &parent) { return parent.kind == "Service"; });
    };
    if (std::any_of(m_gatewayApi.routes().begin(), m_gatewayApi.routes().end(), isForService)) {
        attached = [&](const MeshService &service, int port) {
            return serviceRoutes(m_gatewayApi, service.ns, service.name, port, viewpoint.ns, regexes, notes);
        };
    }
    RouteTable table = compileSidecar(m_istio, {viewpoint.ns, viewpoint.labels}, attached);
    table.notes.insert(table.notes.end(), notes.begin(), notes.end());
    return table;
}

std::vector<Viewpoint> TrafficConfig::viewpoints() const
{
    std::vector<Viewpoint> out;
    std::vector<std::string> namespaces;
    for (const MeshVirtualService &service : m_istio.virtualServices()) {
        const bool isOnMesh = std::find(service.gateways.begin(), service.gateways.end(), "mesh") != service.gateways.end();
        if (isOnMesh && std::find(namespaces.begin(), namespaces.end(), service.route.ns) == namespaces.end())
            namespaces.push_back(service.route.ns);
    }
    for (const std::string &ns : namespaces)
        out.push_back({Viewpoint::Kind::Mesh, ns, {}, {}});
    for (const MeshGateway &gateway : m_istio.gateways())
        out.push_back({Viewpoint::Kind::Gateway, gateway.ns, gateway.name, {}});
    for (const ApiGateway &gateway : m_gatewayApi.gateways())
        out.push_back({Viewpoint::Kind::Gateway, gateway.ns, gateway.name, {}});
    const bool hasIngress = std::any_of(
        m_objects.begin(), m_objects.end(), [](const value::Value &object) { return object["kind"].stringOr() == "Ingress"; });
    if (hasIngress)
        out.push_back({Viewpoint::Kind::Ingress, {}, {}, {}});
    return out;
}

} // namespace fairway::route
