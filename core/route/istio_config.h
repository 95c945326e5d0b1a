#pragma once

#include "core/route/route_object.h"
#include "core/value/value.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// The objects of a mesh, read once: what both points of view, sidecars and gateways, are compiled from.
/// Source: Istio's pilot/pkg/model (service, push_context, virtualservice, sidecar) as of 1.28.
namespace fairway::route {

/// What a port carries. Sniffed: nobody said, the proxy looks at the first bytes.
enum class PortProtocol { Http, Tcp, Tls, Udp, Sniffed };
/// By Istio's names ("HTTP", "grpc", "HTTPS"), any case; Sniffed for others.
[[nodiscard]] PortProtocol protocolNamed(std::string_view name);
[[nodiscard]] bool isKnownProtocol(std::string_view name);
/// Of a port in a Service of Kubernetes: by appProtocol, else by the port's name up to the first "-".
[[nodiscard]] PortProtocol protocolOfServicePort(const value::Value &port);

struct MeshPort {
    int number = 0;
    int targetPort = 0;
    std::string name;
    PortProtocol protocol = PortProtocol::Sniffed;
};

/// A Service of Kubernetes or one host of a ServiceEntry.
struct MeshService {
    std::string host; ///< Full name, lower case; may be a wildcard.
    std::string ns;
    std::string name;
    std::string created;
    bool isKubernetes = true;
    bool isHeadless = false;
    std::string externalName; ///< Of type ExternalName: an alias without traffic of its own.
    std::vector<std::string> addresses;
    std::vector<MeshPort> ports;
    std::vector<std::string> exportTo;
    std::map<std::string, std::string> labels;
    std::map<std::string, std::string> selector;
    /// Of a ServiceEntry: its endpoints' addresses with their labels.
    std::vector<std::pair<std::string, std::map<std::string, std::string>>> endpoints;

    [[nodiscard]] const MeshPort *port(int number) const;
    [[nodiscard]] bool isAlias() const { return !externalName.empty(); }
};

/// A VirtualService, short names resolved and delegates merged into it.
struct MeshVirtualService {
    value::Value object;  ///< With the merged rules.
    RouteObject route;    ///< Its matches and destinations, by the same indices.
    std::string created;
    std::vector<std::string> hosts; ///< Full names, lower case.
    std::vector<std::string> gateways;
    std::vector<std::string> exportTo;
    /// For each http rule: which rule of which object it was ("VirtualService shop/inner http[2]"); empty for its own.
    struct Source {
        std::string ns;
        std::string name;
        int index = 0;
        bool isDelegated = false;
        int rootIndex = 0;
    };
    std::vector<Source> sources;

    [[nodiscard]] std::string key() const { return route.ns + "/" + route.name; }
};

struct GatewayServer {
    std::string gateway; ///< "ns/name"
    std::string name;
    int port = 0;
    std::string protocol; ///< As written.
    std::string bind;
    std::vector<std::string> hosts; ///< "ns/host" or "host"; "./" is resolved, "*/" dropped.
    bool hasTls = false;
    std::string tlsMode; ///< Upper case; "PASSTHROUGH" when none stands beside tls.
    bool httpsRedirect = false;

    [[nodiscard]] bool isTls() const;                ///< HTTPS or TLS, with settings or passed through.
    [[nodiscard]] bool isHttp() const;               ///< HTTP in the end: plain, or HTTPS that is terminated here.
    [[nodiscard]] bool isPassthrough() const;
};

struct MeshGateway {
    std::string ns;
    std::string name;
    std::string created;
    std::map<std::string, std::string> selector;
    std::vector<std::string> services; ///< Full hosts of the annotation "internal.istio.io/gateway-service".
    std::vector<GatewayServer> servers;

    [[nodiscard]] std::string key() const { return ns + "/" + name; }
};

struct MeshSidecar {
    struct Listener {
        int port = 0; ///< 0: every port.
        std::string protocol;
        std::vector<std::string> hosts; ///< "ns/host"
    };
    std::string ns;
    std::string name;
    std::string created;
    std::map<std::string, std::string> selector;
    std::vector<Listener> egress; ///< Empty: everything.
    std::string outboundMode;     ///< "REGISTRY_ONLY", "ALLOW_ANY" or empty.
};

/// An EnvoyFilter: what it patches is not modelled, so it is told wherever it applies.
struct MeshPatch {
    std::string ns;
    std::string name;
    std::map<std::string, std::string> selector; ///< Of workloads; empty: all of its namespace.
    struct Part {
        std::string context; ///< "GATEWAY", "SIDECAR_OUTBOUND", …; "ANY" when none is written.
        std::string what;    ///< "HTTP_ROUTE (vhost reviews:9080)"
    };
    std::vector<Part> parts;
};

/// Reads Services, ServiceEntries, VirtualServices, Gateways, Sidecars and EnvoyFilters; other objects are passed over.
///
/// Errors:  none: what can't be read is told in `notes` with the object's name and left out.
/// Order:   virtual services and gateways are oldest first; ties by name, then namespace, as Istio sorts.
/// Threads: immutable after the constructor.
class IstioConfig {
public:
    struct Options {
        std::string domain = "cluster.local";
        std::string rootNamespace = "istio-system";
        std::string outboundMode = "ALLOW_ANY";
    };
    IstioConfig() = default;
    explicit IstioConfig(const std::vector<value::Value> &objects);
    IstioConfig(const std::vector<value::Value> &objects, Options options);

    [[nodiscard]] const Options &options() const { return m_options; }
    [[nodiscard]] const std::vector<MeshService> &services() const { return m_services; }
    [[nodiscard]] const std::vector<MeshVirtualService> &virtualServices() const { return m_virtualServices; }
    [[nodiscard]] const std::vector<MeshGateway> &gateways() const { return m_gateways; }
    [[nodiscard]] const std::vector<MeshSidecar> &sidecars() const { return m_sidecars; }
    [[nodiscard]] const std::vector<Text> &notes() const { return m_notes; }
    /// A note for each EnvoyFilter that patches such a proxy, with what it patches. `context` is Istio's ("GATEWAY"); without
    /// labels of the proxy those for certain workloads are told, too: they may be meant.
    /// Source: EnvoyFilters of the proxy's namespace and of the root namespace apply.
    [[nodiscard]] std::vector<Text> patchNotes(std::string_view ns, const std::map<std::string, std::string> &labels, std::string_view context) const;

    /// The Service a host means for somebody in `ns`: that namespace's own first, then Kubernetes', then the oldest.
    [[nodiscard]] const MeshService *service(std::string_view host, std::string_view ns) const;
    /// Virtual services a proxy in `ns` sees for a gateway ("mesh" or "ns/name"): its namespace's private ones, those exported
    /// to it, then the public ones.
    [[nodiscard]] std::vector<const MeshVirtualService *> visible(std::string_view ns, std::string_view gateway) const;
    [[nodiscard]] static bool isExported(const std::vector<std::string> &exportTo, std::string_view home, std::string_view to);

private:
    void readService(const value::Value &object);
    void readServiceEntry(const value::Value &object);
    void readGateway(const value::Value &object);
    void readSidecar(const value::Value &object);
    void readEnvoyFilter(const value::Value &object);
    void readVirtualServices(const std::vector<const value::Value *> &objects);

    Options m_options;
    std::vector<MeshService> m_services;
    std::vector<MeshVirtualService> m_virtualServices;
    std::vector<MeshGateway> m_gateways;
    std::vector<MeshSidecar> m_sidecars;
    std::vector<MeshPatch> m_patches;
    std::vector<Text> m_notes;
    std::unordered_map<std::string, std::vector<std::size_t>> m_servicesByHost;
};

/// A root rule's http list with each delegate's rules in its place. `find` gives the delegate's object or nullptr.
/// Source: Istio's mergeHTTPRoutes: the delegate's fields win, the root fills the gaps, matches are merged in pairs; what
/// conflicts is left out and told in `notes`.
void mergeDelegates(MeshVirtualService &root, const std::map<std::string, const value::Value *> &delegates,
    std::string_view domain, std::vector<Text> &notes);

} // namespace fairway::route
