#pragma once

#include "core/base/text.h"
#include "core/value/value.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

/// Objects of the Gateway API, read once: what gateways and the mesh are compiled from.
/// Source: sigs.k8s.io/gateway-api apis/v1 (gateway_types.go, listenerset_types.go, shared_types.go), apis/v1beta1
///         (referencegrant_types.go); GEP-1713 for ListenerSets.
namespace fairway::route {

struct ApiListener {
    std::string name;
    std::string hostname; ///< Lower case; empty: every host.
    int port = 0;
    std::string protocol; ///< "HTTP", "HTTPS", "TLS", "TCP", "UDP"
    bool passesTls = false; ///< tls.mode Passthrough.
    std::string from = "Same"; ///< allowedRoutes.namespaces.from
    value::Value selector;     ///< Of namespaces, when from is "Selector".
    std::vector<std::string> kinds; ///< Empty: what the protocol allows.
    std::string home; ///< Namespace of the object that defines it, which `from` "Same" means.
    std::string set;  ///< "ListenerSet shop/extra"; empty: the Gateway's own.
};

/// Which namespaces may add listeners to a Gateway: spec.allowedListeners.
struct ApiListenerRight {
    std::string from = "None";
    value::Value selector;
};

struct ApiGateway {
    std::string ns;
    std::string name;
    std::string created;
    std::vector<ApiListener> listeners; ///< Its own, then those of ListenerSets that it takes.
    ApiListenerRight right;

    [[nodiscard]] std::string key() const { return ns + "/" + name; }
};

/// A ListenerSet, or XListenerSet as it was called while it was an experiment.
struct ApiListenerSet {
    struct Problem {
        std::string path; ///< "spec.listeners[1]"
        Text text;
    };
    std::string kind;
    std::string group;
    std::string ns;
    std::string name;
    std::string created;
    std::string gatewayNs;
    std::string gatewayName;
    std::vector<ApiListener> listeners;
    std::vector<Problem> problems; ///< Why the Gateway does not open it, or one of its listeners.

    [[nodiscard]] std::string id() const { return kind + " " + ns + "/" + name; }
};

struct ApiParentRef {
    std::string kind = "Gateway"; ///< "Service" for the mesh.
    std::string group = "gateway.networking.k8s.io";
    std::string ns;
    std::string name;
    std::string section;
    int port = 0;
};

/// An HTTPRoute, GRPCRoute, TLSRoute or TCPRoute.
struct ApiRoute {
    std::string kind;
    std::string ns;
    std::string name;
    std::string created;
    std::vector<std::string> hostnames; ///< Lower case.
    std::vector<ApiParentRef> parents;
    value::Value object;

    [[nodiscard]] std::string id() const { return kind + " " + ns + "/" + name; }
};

class GatewayApiConfig {
public:
    GatewayApiConfig() = default;
    explicit GatewayApiConfig(const std::vector<value::Value> &objects);

    [[nodiscard]] const std::vector<ApiGateway> &gateways() const { return m_gateways; }
    [[nodiscard]] const std::vector<ApiRoute> &routes() const { return m_routes; } ///< Oldest first, then by "ns/name".
    /// Oldest first, then by "ns/name": of two that want the same listener the first gets it.
    [[nodiscard]] const std::vector<ApiListenerSet> &listenerSets() const { return m_sets; }
    [[nodiscard]] const ApiGateway *gateway(std::string_view ns, std::string_view name) const;
    [[nodiscard]] const ApiListenerSet *listenerSet(std::string_view kind, std::string_view ns, std::string_view name) const;

    /// Whether a namespace may attach routes to the listener.
    [[nodiscard]] bool allowsNamespace(const ApiListener &listener, std::string_view ns) const;
    /// Whether a ReferenceGrant lets `kind` of `fromNs` refer to a Service (or other kind) of `toNs`.
    [[nodiscard]] bool isGranted(std::string_view kind, std::string_view fromNs, std::string_view toGroup, std::string_view toKind,
        std::string_view toNs, std::string_view toName) const;
    /// True also when no Service at all is known: files often leave them out.
    [[nodiscard]] bool hasService(std::string_view ns, std::string_view name) const;
    [[nodiscard]] bool hasServicePort(std::string_view ns, std::string_view name, int port) const;

private:
    struct Grant {
        std::string ns;
        value::Value spec;
    };
    void readGateway(const value::Value &object);
    void readListenerSet(const value::Value &object);
    void merge(ApiListenerSet &set);
    [[nodiscard]] bool isAllowed(std::string_view from, const value::Value &selector, std::string_view home, std::string_view ns) const;
    void readRoute(const value::Value &object);

    std::vector<ApiGateway> m_gateways;
    std::vector<ApiListenerSet> m_sets;
    std::vector<ApiRoute> m_routes;
    std::vector<Grant> m_grants;
    std::map<std::string, std::set<int>, std::less<>> m_services; ///< "ns/name" to ports
    std::map<std::string, std::map<std::string, std::string>, std::less<>> m_namespaces;
};

} // namespace fairway::route
