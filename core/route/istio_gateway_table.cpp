#include "core/route/istio_table.h"

#include "core/route/host_name.h"
#include "core/route/istio_rules.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace fairway::route {
namespace {

    bool isSubset(const std::map<std::string, std::string> &some, const std::map<std::string, std::string> &all)
    {
        return std::all_of(some.begin(), some.end(), [&](const auto &label) {
            const auto found = all.find(label.first);
            return found != all.end() && found->second == label.second;
        });
    }

    std::string withPort(const std::string &host, int port)
    {
        return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
    }

    /// A server on the port where the proxy really listens.
    struct Placed {
        const GatewayServer *server = nullptr;
        int port = 0;
        std::string route; ///< Servers of one name share their virtual hosts; empty for bytes.
    };

    /// What was decided for one port, in the order of the gateways.
    struct PortPlan {
        bool isPlain = false;
        std::string protocol; ///< Of the first plain server.
        std::string bind;
        std::vector<Placed> servers;
        std::set<std::string> tlsHosts; ///< "bind host" already served with TLS
    };

    class Builder {
    public:
        Builder(const IstioConfig &config, const GatewayView &view)
            : m_config(config)
            , m_view(view)
        {
            m_table.domain = config.options().domain;
            m_table.notes = config.notes();
            m_table.patches = config.patchNotes(view.ns, view.labels, "GATEWAY");
        }

        RouteTable build()
        {
            for (const MeshGateway &gateway : m_config.gateways()) {
                const bool isByService = !gateway.services.empty();
                const std::vector<const MeshService *> instances = instancesOf(gateway, isByService);
                if (isByService ? instances.empty() : !isSubset(gateway.selector, m_view.labels))
                    continue;
                for (const GatewayServer &server : gateway.servers)
                    place(gateway, server, instances, !isByService);
            }
            for (const auto &[port, plan] : m_plans)
                addListener(port, plan);
            return std::move(m_table);
        }

    private:
        /// The services through which the proxy is reached; they say on which port it listens for a port of the gateway.
        std::vector<const MeshService *> instancesOf(const MeshGateway &gateway, bool isByService) const
        {
            std::vector<const MeshService *> out;
            for (const MeshService &service : m_config.services()) {
                if (isByService
                    && std::find(gateway.services.begin(), gateway.services.end(), service.host) == gateway.services.end())
                    continue;
                const bool isSelected = service.isKubernetes && !service.selector.empty()
                    && service.ns == m_view.ns && isSubset(service.selector, m_view.labels);
                const bool isEndpoint = std::any_of(service.endpoints.begin(), service.endpoints.end(), [&](const auto &endpoint) {
                    return std::find(m_view.addresses.begin(), m_view.addresses.end(), endpoint.first) != m_view.addresses.end();
                });
                if (isSelected || isEndpoint)
                    out.push_back(&service);
            }
            return out;
        }

        static std::vector<int> portsOf(int port, const std::vector<const MeshService *> &instances, bool isLegacy)
        {
            std::vector<int> out;
            for (const MeshService *service : instances) {
                if (isLegacy && service->labels.contains("experimental.istio.io/disable-gateway-port-translation"))
                    continue;
                const MeshPort *found = service->port(port);
                if (found != nullptr && std::find(out.begin(), out.end(), found->targetPort) == out.end())
                    out.push_back(found->targetPort);
                if (isLegacy && !out.empty())
                    return out;
            }
            if (out.empty() && isLegacy)
                out.push_back(port);
            return out;
        }

        static std::string routeName(const MeshGateway &gateway, const GatewayServer &server, int port)
        {
            const std::string bind = server.bind.empty() ? std::string() : "." + server.bind;
            if (protocolNamed(server.protocol) == PortProtocol::Http)
                return "http." + std::to_string(port) + bind;
            if (server.isHttp())
                return "https." + std::to_string(server.port) + "." + server.name + "." + gateway.key() + "."
                    + (server.hosts.empty() ? std::string() : server.hosts.front()) + bind;
            return {};
        }

        void skip(const MeshGateway &gateway, const GatewayServer &server, const Text &why)
        {
            m_table.notes.push_back(phrase("route", "Gateway %1 server on port %2 is left out: %3").with(gateway.key(), server.port, why));
        }

        void place(const MeshGateway &gateway, const GatewayServer &server, const std::vector<const MeshService *> &instances,
            bool isLegacy)
        {
            if (server.port == 0) {
                skip(gateway, server, phrase("route", "it has no port"));
                return;
            }
            for (const int port : portsOf(server.port, instances, isLegacy)) {
                PortPlan &plan = m_plans[port];
                const std::string route = routeName(gateway, server, port);
                if (server.hasTls && !takeTlsHosts(plan, server)) {
                    skip(gateway, server, phrase("route", "another server of this port has one of its hosts already"));
                    continue;
                }
                if (plan.servers.empty()) {
                    plan.isPlain = !server.isTls();
                    plan.protocol = server.protocol;
                    plan.bind = server.bind;
                } else if (plan.isPlain) {
                    const bool isHttp = protocolNamed(server.protocol) == PortProtocol::Http;
                    const bool canMerge = isHttp && protocolNamed(plan.protocol) == PortProtocol::Http;
                    if (!canMerge && plan.bind == server.bind) {
                        skip(gateway, server, phrase("route", "its protocol %1 can't share the port with %2").with(server.protocol, plan.protocol));
                        continue;
                    }
                } else if (!server.isTls()) {
                    skip(gateway, server, phrase("route", "the port serves TLS"));
                    continue;
                }
                plan.servers.push_back({&server, port, route});
            }
        }

        static bool takeTlsHosts(PortPlan &plan, const GatewayServer &server)
        {
            for (const std::string &host : server.hosts) {
                if (plan.tlsHosts.contains(server.bind + " " + host))
                    return false;
            }
            for (const std::string &host : server.hosts)
                plan.tlsHosts.insert(server.bind + " " + host);
            return true;
        }

        void addListener(int port, const PortPlan &plan)
        {
            std::map<std::string, Listener> byBind;
            std::set<std::string> done;
            for (const Placed &placed : plan.servers) {
                Listener &listener = byBind[placed.server->bind];
                listener.address = placed.server->bind;
                listener.port = port;
                listener.name = (placed.server->bind.empty() ? "0.0.0.0" : placed.server->bind) + "_" + std::to_string(port);
                const std::string source = "Gateway " + placed.server->gateway;
                if (std::find(listener.sources.begin(), listener.sources.end(), source) == listener.sources.end())
                    listener.sources.push_back(source);
                if (placed.server->isHttp()) {
                    if (done.insert(placed.route).second)
                        listener.chains.push_back(httpChain(placed, plan));
                } else {
                    addStreamChains(listener, placed);
                }
            }
            for (auto &[bind, listener] : byBind) {
                if (!listener.chains.empty())
                    m_table.listeners.push_back(std::move(listener));
            }
        }

        /// The hosts of the server that concern virtual services of a namespace, without the namespace.
        static std::vector<std::string> hostsFor(const GatewayServer &server, const std::string &ns)
        {
            std::vector<std::string> out;
            for (const std::string &host : server.hosts) {
                const std::size_t slash = host.find('/');
                if (slash == std::string::npos)
                    out.push_back(host);
                else if (host.substr(0, slash) == ns)
                    out.push_back(host.substr(slash + 1));
            }
            return out;
        }

        static std::vector<std::string> sniHosts(const GatewayServer &server)
        {
            std::vector<std::string> out;
            for (const std::string &host : server.hosts) {
                const std::string name = host.substr(host.find('/') == std::string::npos ? 0 : host.find('/') + 1);
                if (name == "*")
                    return {};
                out.push_back(name);
            }
            return out;
        }

        IstioViewer viewer(const GatewayServer &server)
        {
            IstioViewer out;
            out.gateway = server.gateway;
            out.ns = m_view.ns;
            out.labels = m_view.labels;
            out.domain = m_config.options().domain;
            out.port = server.port;
            out.isTls = server.hasTls;
            out.regexes = &m_regexes;
            out.notes = &m_table.notes;
            return out;
        }

        FilterChain httpChain(const Placed &placed, const PortPlan &plan)
        {
            std::vector<VirtualHost> hosts;
            std::unordered_map<std::string, std::size_t> known;
            for (const Placed &other : plan.servers) {
                if (other.route == placed.route)
                    addHosts(hosts, known, *other.server);
            }
            if (hosts.empty()) {
                VirtualHost none;
                none.name = "blackhole:" + std::to_string(placed.server->port);
                none.domains = {"*"};
                hosts.push_back(std::move(none));
            }
            for (VirtualHost &host : hosts)
                sortCatchAllLast(host.routes);
            FilterChain out;
            out.name = placed.route;
            if (placed.server->isTls()) {
                out.sniHosts = sniHosts(*placed.server);
                out.transport = FilterChain::Transport::Tls;
                out.terminatesTls = true;
                out.needsClientCertificate = placed.server->tlsMode == "MUTUAL" || placed.server->tlsMode == "ISTIO_MUTUAL";
            }
            out.http = std::make_shared<HostTable>(std::move(hosts));
            return out;
        }

        void addHosts(std::vector<VirtualHost> &hosts, std::unordered_map<std::string, std::size_t> &known, const GatewayServer &server)
        {
            const auto hostNamed = [&](const std::string &host) -> VirtualHost & {
                const auto [entry, isNew] = known.emplace(host, hosts.size());
                if (isNew) {
                    VirtualHost added;
                    added.name = withPort(host, server.port);
                    added.domains = {host};
                    hosts.push_back(std::move(added));
                }
                VirtualHost &out = hosts[entry->second];
                if (server.httpsRedirect)
                    out.tls = VirtualHost::Tls::Required;
                return out;
            };
            for (const MeshVirtualService *service : visible(server.gateway)) {
                const std::vector<std::string> shared = intersectHosts(hostsFor(server, service->route.ns), service->hosts);
                if (shared.empty())
                    continue;
                IstioViewer asking = viewer(server);
                asking.lookup = [&, service](const std::string &host) { return lookUp(host, service->route.ns); };
                const std::vector<CompiledRoute> routes = compileHttp(*service, asking);
                if (routes.empty())
                    continue;
                for (const std::string &host : shared) {
                    VirtualHost &to = hostNamed(host);
                    to.routes.insert(to.routes.end(), routes.begin(), routes.end());
                }
            }
            if (server.httpsRedirect) {
                for (const std::string &host : server.hosts)
                    hostNamed(host);
            }
        }

        const std::vector<const MeshVirtualService *> &visible(const std::string &gateway)
        {
            const auto [known, isNew] = m_visible.try_emplace(gateway);
            if (isNew)
                known->second = m_config.visible(m_view.ns, gateway);
            return known->second;
        }

        /// The virtual service's own namespace first, if the proxy may see it.
        const MeshService *lookUp(const std::string &host, const std::string &home) const
        {
            const MeshService *own = m_config.service(host, home);
            if (own != nullptr && own->ns == home && IstioConfig::isExported(own->exportTo, own->ns, m_view.ns))
                return own;
            return m_config.service(host, m_view.ns);
        }

        void addStreamChains(Listener &listener, const Placed &placed)
        {
            const GatewayServer &server = *placed.server;
            const bool isPassthrough = server.isPassthrough() && server.hasTls;
            std::set<std::string> taken;
            for (const MeshVirtualService *service : visible(server.gateway)) {
                const std::vector<std::string> served = hostsFor(server, service->route.ns);
                const bool isBound = std::any_of(service->hosts.begin(), service->hosts.end(), [&](const std::string &host) {
                    return std::any_of(served.begin(), served.end(), [&](const std::string &s) { return hostsOverlap(s, host); });
                });
                if (!isBound)
                    continue;
                IstioViewer asking = viewer(server);
                asking.lookup = [&, service](const std::string &host) { return lookUp(host, service->route.ns); };
                for (const Rule &rule : service->route.rules) {
                    if (rule.section != (isPassthrough ? "tls" : "tcp") || rule.destinations.empty())
                        continue;
                    if (!isPassthrough) {
                        const bool isTaken = rule.matches.empty()
                            || std::any_of(rule.matches.begin(), rule.matches.end(), [&](const Match &m) { return bindsHere(m, server); });
                        if (!isTaken)
                            continue;
                        FilterChain chain = streamChain(*service, rule, asking);
                        if (server.hasTls) {
                            chain.sniHosts = sniHosts(server);
                            chain.transport = FilterChain::Transport::Tls;
                            chain.terminatesTls = true;
                            chain.needsClientCertificate = server.tlsMode == "MUTUAL" || server.tlsMode == "ISTIO_MUTUAL";
                        }
                        listener.chains.push_back(std::move(chain));
                        return;
                    }
                    addTlsRule(listener, *service, rule, server, asking, taken);
                }
            }
        }

        static bool bindsHere(const Match &match, const GatewayServer &server)
        {
            return (match.port == 0 || match.port == server.port)
                && (match.gateways.empty()
                    || std::find(match.gateways.begin(), match.gateways.end(), server.gateway) != match.gateways.end());
        }

        FilterChain streamChain(const MeshVirtualService &service, const Rule &rule, const IstioViewer &asking)
        {
            FilterChain chain;
            auto route = std::make_shared<CompiledRoute>(compileStream(service, rule, asking));
            chain.name = route->origin.display();
            chain.tcp = std::move(route);
            return chain;
        }

        void addTlsRule(Listener &listener, const MeshVirtualService &service, const Rule &rule, const GatewayServer &server,
            const IstioViewer &asking, std::set<std::string> &taken)
        {
            for (const Match &match : rule.matches) {
                if (!bindsHere(match, server))
                    continue;
                FilterChain chain = streamChain(service, rule, asking);
                chain.transport = FilterChain::Transport::Tls;
                for (const Condition &c : match.conditions) {
                    if (c.subject == Subject::Sni)
                        chain.sniHosts.push_back(lowerAscii(c.value));
                }
                const bool isDuplicate = std::any_of(
                    chain.sniHosts.begin(), chain.sniHosts.end(), [&](const std::string &host) { return taken.contains(host); });
                if (isDuplicate) {
                    m_table.notes.push_back(phrase("route", "%1: its SNI hosts are taken on this port already").with(chain.name));
                    continue;
                }
                taken.insert(chain.sniHosts.begin(), chain.sniHosts.end());
                std::erase(chain.sniHosts, "*");
                listener.chains.push_back(std::move(chain));
            }
        }

        const IstioConfig &m_config;
        const GatewayView &m_view;
        RouteTable m_table;
        RegexCache m_regexes;
        std::map<int, PortPlan> m_plans;
        std::unordered_map<std::string, std::vector<const MeshVirtualService *>> m_visible;
    };

} // namespace

RouteTable compileGateway(const IstioConfig &config, const GatewayView &view)
{
    return Builder(config, view).build();
}

std::optional<GatewayView> viewOfGateway(const IstioConfig &config, std::string_view ns, std::string_view name)
{
    for (const MeshGateway &gateway : config.gateways()) {
        if (gateway.ns != ns || gateway.name != name)
            continue;
        GatewayView out;
        out.ns = gateway.ns;
        out.labels = gateway.selector;
        // The pods stand where the Service that selects them stands, which is seldom the Gateway's own namespace.
        for (const MeshService &service : config.services()) {
            if (service.isKubernetes && !service.selector.empty() && isSubset(gateway.selector, service.selector)) {
                out.ns = service.ns;
                out.labels = service.selector;
                break;
            }
        }
        return out;
    }
    return std::nullopt;
}

} // namespace fairway::route
