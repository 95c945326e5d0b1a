#pragma once

#include "core/route/istio_config.h"
#include "core/route/route_table.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fairway::route {

/// A client's sidecar.
struct SidecarView {
    std::string ns = "default";
    std::map<std::string, std::string> labels;
};

/// Routes that somebody else attached to a port of a Service (Gateway API); empty when there are none.
using AttachedRoutes = std::function<std::vector<CompiledRoute>(const MeshService &service, int port)>;

/// What the sidecar holds for outgoing requests: a listener per port of the services it sees, their hosts and the virtual services
/// bound to the mesh (the oldest wins for a host), cut down to what a Sidecar object imports.
/// Attached routes speak for their Service before any virtual service does.
/// Source: Istio's BuildSidecarOutboundVirtualHosts and listener builder.
[[nodiscard]] RouteTable compileSidecar(const IstioConfig &config, const SidecarView &view, const AttachedRoutes &attached = {});

/// A gateway's proxy. Its labels say which Gateway objects it serves.
struct GatewayView {
    std::string ns = "istio-system";
    std::map<std::string, std::string> labels;
    std::vector<std::string> addresses; ///< Of its pods: which ServiceEntry endpoints it is.
};

/// The merged servers of all Gateways the proxy serves and the virtual services bound to them.
/// Source: Istio's mergeGateways and buildGatewayHTTPRouteConfig.
[[nodiscard]] RouteTable compileGateway(const IstioConfig &config, const GatewayView &view);

/// The proxy behind a Gateway object: everything that matches its selector. Nothing when there is no such Gateway.
[[nodiscard]] std::optional<GatewayView> viewOfGateway(const IstioConfig &config, std::string_view ns, std::string_view name);

} // namespace fairway::route
