#pragma once

#include "core/base/result.h"
#include "core/route/gateway_api_table.h"
#include "core/route/ingress_table.h"
#include "core/route/istio_table.h"
#include "core/value/value.h"

#include <map>
#include <string>
#include <vector>

namespace fairway::route {

/// From where traffic is looked at.
struct Viewpoint {
    enum class Kind { Mesh, Gateway, Ingress };
    Kind kind = Kind::Mesh;
    std::string ns = "default";                ///< Mesh: of the client. Gateway: of the Gateway object.
    std::string name;                          ///< Of the Gateway, or the ingress class.
    std::map<std::string, std::string> labels; ///< Mesh: of the client's pod.

    /// "mesh", "gateway/NS/NAME", "ingress" or "ingress/CLASS". Errors: InvalidInput.
    [[nodiscard]] static Result<Viewpoint> parse(std::string_view text);
    [[nodiscard]] std::string display() const;
};

/// All traffic objects of a cluster or of files: Istio's, the Gateway API's and Ingresses together.
///
/// Speed:   10,000 routes and 2,000 DestinationRules are read and compiled within a second.
/// Threads: immutable after the constructor; tableAt() may run side by side.
class TrafficConfig {
public:
    explicit TrafficConfig(std::vector<value::Value> objects);
    TrafficConfig(std::vector<value::Value> objects, IstioConfig::Options options);

    /// What the proxy at that place holds. A Gateway is looked for among Istio's first, then the Gateway API's.
    /// Errors: NotFound naming the Gateway.
    [[nodiscard]] Result<RouteTable> tableAt(const Viewpoint &viewpoint) const;
    /// Every place worth asking: the mesh as seen from each namespace with routes for it, and every gateway.
    [[nodiscard]] std::vector<Viewpoint> viewpoints() const;

    [[nodiscard]] const std::vector<value::Value> &objects() const { return m_objects; }
    [[nodiscard]] const IstioConfig &istio() const { return m_istio; }
    [[nodiscard]] const GatewayApiConfig &gatewayApi() const { return m_gatewayApi; }

private:
    std::vector<value::Value> m_objects;
    IstioConfig m_istio;
    GatewayApiConfig m_gatewayApi;
};

} // namespace fairway::route
