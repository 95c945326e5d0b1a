#include "core/route/istio_table.h"

#include "core/route/host_name.h"
#include "core/route/istio_rules.h"
#include "core/route/sidecar_scope.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace fairway::route {
namespace {

    bool isHttpOrSniffed(const MeshPort &port)
    {
        return port.protocol == PortProtocol::Http || port.protocol == PortProtocol::Sniffed;
    }

    std::string withPort(const std::string &host, int port)
    {
        return (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
    }

    class Builder {
    public:
        Builder(const IstioConfig &config, const SidecarView &view, const AttachedRoutes &attached)
            : m_config(config)
            , m_view(view)
            , m_attached(attached)
            , m_scope(scopeOf(config, view))
        {
            m_table.isMesh = true;
            m_table.domain = config.options().domain;
            m_table.fallthrough = m_scope.outboundMode == "REGISTRY_ONLY" ? "BlackHoleCluster" : "PassthroughCluster";
            m_table.notes = config.notes();
            m_table.patches = config.patchNotes(view.ns, view.labels, "SIDECAR_OUTBOUND");
        }

        RouteTable build()
        {
            std::map<int, const EgressScope *> http;
            for (const EgressScope &scope : m_scope.listeners) {
                for (const MeshService *service : scope.services) {
                    for (const MeshPort &port : service->ports) {
                        if (scope.port != 0 && !scope.isHttpProxy && port.number != scope.port)
                            continue;
                        if (port.protocol == PortProtocol::Http)
                            http.emplace(port.number, scopeFor(port.number));
                        else if (port.protocol != PortProtocol::Udp && !service->isAlias())
                            addStream(scope, *service, port);
                    }
                }
                if (scope.isHttpProxy && scope.port != 0)
                    http.emplace(scope.port, &scope);
            }
            for (const auto &[port, scope] : http) {
                if (scope == nullptr)
                    continue;
                FilterChain chain;
                chain.name = "http." + std::to_string(port);
                chain.transport = FilterChain::Transport::Any;
                chain.http = std::make_shared<HostTable>(hostsOf(*scope, port));
                Listener &listener = listenerFor({}, port);
                if (!listener.chains.empty()) // TLS and TCP services share the port
                    chain.onlyHttp = true;
                listener.chains.push_back(std::move(chain));
            }
            // The port of the redirection itself: nobody may reach it from outside.
            FilterChain trap;
            trap.name = "virtualOutbound-trap";
            CompiledRoute nowhere;
            auto action = std::make_shared<RouteAction>();
            action->kind = RouteAction::Kind::Failing;
            nowhere.action = std::move(action);
            trap.tcp = std::make_shared<CompiledRoute>(std::move(nowhere));
            listenerFor({}, 15001).chains = {std::move(trap)};
            return std::move(m_table);
        }

    private:
        /// As Istio looks for a route configuration's listener: the first without a port or with this one.
        const EgressScope *scopeFor(int port) const
        {
            for (const EgressScope &scope : m_scope.listeners) {
                if (scope.port == 0 || scope.port == port)
                    return &scope;
            }
            return nullptr;
        }

        Listener &listenerFor(const std::string &address, int port)
        {
            const auto [known, isNew] = m_listeners.emplace(address + "_" + std::to_string(port), m_table.listeners.size());
            if (isNew) {
                Listener listener;
                listener.name = (address.empty() ? "0.0.0.0" : address) + "_" + std::to_string(port);
                listener.address = address;
                listener.port = port;
                m_table.listeners.push_back(std::move(listener));
            }
            return m_table.listeners[known->second];
        }

        IstioViewer viewer(int port, const std::unordered_map<std::string, const MeshService *> *services)
        {
            IstioViewer out;
            out.ns = m_view.ns;
            out.labels = m_view.labels;
            out.domain = m_config.options().domain;
            out.port = port;
            out.regexes = &m_regexes;
            out.notes = &m_table.notes;
            out.lookup = [services](const std::string &host) -> const MeshService * {
                const auto found = services->find(host);
                return found == services->end() ? nullptr : found->second;
            };
            return out;
        }

        /// The virtual hosts of one port, virtual services before plain services: the first to name a domain keeps it.
        std::vector<VirtualHost> hostsOf(const EgressScope &scope, int port)
        {
            const int listenerPort = scope.isHttpProxy ? 0 : port;
            std::unordered_map<std::string, const MeshService *> services;
            std::unordered_map<std::string, MeshService> cut; // with this port only, so that a target without a port means it
            for (const MeshService *service : scope.services) {
                const MeshPort *found = service->port(port);
                if (listenerPort == 0) {
                    services.emplace(service->host, service);
                } else if (found != nullptr) {
                    MeshService copy = *service;
                    copy.ports = {*found};
                    services.emplace(service->host, &cut.emplace(service->host, std::move(copy)).first->second);
                }
            }
            m_domains.clear();
            std::vector<VirtualHost> out;
            std::unordered_set<std::string> spoken;
            std::vector<std::string_view> wildcards;
            for (const auto &[host, service] : services) {
                if (isWildcardHost(host))
                    wildcards.push_back(host);
            }
            for (const MeshService *service : scope.services) {
                const auto known = services.find(service->host);
                if (!m_attached || known == services.end() || known->second->ports.empty()
                    || !isHttpOrSniffed(known->second->ports.front()))
                    continue;
                if (std::vector<CompiledRoute> routes = m_attached(*service, port); !routes.empty()) {
                    addHost(out, service->host, port, service, std::move(routes));
                    spoken.insert(service->host);
                }
            }
            for (const MeshVirtualService *service : scope.virtualServices) {
                if (listenerPort == 80 || speaksForAny(*service, services, wildcards))
                    addVirtualService(out, *service, scope, services, listenerPort, spoken);
            }
            for (const MeshService *service : scope.services) {
                const auto known = services.find(service->host);
                if (known == services.end() || spoken.contains(service->host) || service->isAlias())
                    continue;
                for (const MeshPort &one : known->second->ports) {
                    if (isHttpOrSniffed(one))
                        addHost(out, service->host, one.number, service, {defaultRoute(*service, one.number)});
                }
            }
            // A proxy lets requests to unknown hosts pass, or answers 502.
            return out;
        }

        static bool speaksForAny(const MeshVirtualService &service,
            const std::unordered_map<std::string, const MeshService *> &services, const std::vector<std::string_view> &wildcards)
        {
            return std::any_of(service.hosts.begin(), service.hosts.end(), [&](const std::string &host) {
                if (isWildcardHost(host))
                    return std::any_of(
                        services.begin(), services.end(), [&](const auto &entry) { return hostsOverlap(host, entry.first); });
                return services.contains(host)
                    || std::any_of(wildcards.begin(), wildcards.end(), [&](std::string_view w) { return hostsOverlap(host, w); });
            });
        }

        void addVirtualService(std::vector<VirtualHost> &out, const MeshVirtualService &service, const EgressScope &scope,
            const std::unordered_map<std::string, const MeshService *> &services, int port, std::unordered_set<std::string> &spoken)
        {
            const std::vector<CompiledRoute> routes = compileHttp(service, viewer(port, &services));
            if (routes.empty())
                return;
            std::vector<std::string> unknownHosts;
            std::vector<const MeshService *> matching;
            for (const std::string &host : service.hosts) {
                if (isWildcardHost(host))
                    continue;
                if (const auto found = services.find(host); found != services.end())
                    matching.push_back(found->second);
                else
                    unknownHosts.push_back(host);
            }
            for (const std::string &host : service.hosts) {
                if (!isWildcardHost(host))
                    continue;
                bool isFound = false;
                for (const MeshService *candidate : scope.services) {
                    if (!services.contains(candidate->host) || !hostsOverlap(candidate->host, host))
                        continue;
                    isFound = true;
                    const auto closest = scope.closest.find(candidate->host);
                    if (closest != scope.closest.end() && closest->second == &service)
                        matching.push_back(services.at(candidate->host));
                }
                if (!isFound)
                    unknownHosts.push_back(host);
            }
            std::set<int> ports;
            for (const MeshService *one : matching) {
                for (const MeshPort &found : one->ports) {
                    if (isHttpOrSniffed(found))
                        ports.insert(found.number);
                }
            }
            if (ports.empty() && port == 80)
                ports.insert(80);
            for (const int one : ports) {
                for (const std::string &host : unknownHosts)
                    addHost(out, host, one, nullptr, routes);
                for (const MeshService *match : matching) {
                    const MeshPort *found = match->port(one);
                    if (found == nullptr || !isHttpOrSniffed(*found))
                        continue;
                    addHost(out, match->host, one, match, routes);
                    spoken.insert(match->host);
                }
            }
        }

        void addHost(std::vector<VirtualHost> &out, const std::string &host, int port, const MeshService *service,
            std::vector<CompiledRoute> routes)
        {
            VirtualHost added;
            added.name = withPort(host, port);
            if (!m_domains.insert("name " + added.name).second)
                return;
            std::vector<std::string> domains {host};
            if (service != nullptr) {
                for (std::string &name : shortNames(*service))
                    domains.push_back(std::move(name));
                for (const std::string &address : service->addresses) {
                    if (address != "0.0.0.0" && address.find('/') == std::string::npos)
                        domains.push_back(address.find(':') == std::string::npos ? address : "[" + address + "]");
                }
                if (service->isHeadless)
                    domains.push_back("*." + host);
            }
            for (std::string &domain : domains) {
                if (m_domains.insert(domain).second)
                    added.domains.push_back(std::move(domain));
            }
            if (added.domains.empty())
                return;
            added.routes = std::move(routes);
            out.push_back(std::move(added));
        }

        /// "a", "a.ns", "a.ns.svc": as far as the client's own search list would complete them.
        std::vector<std::string> shortNames(const MeshService &service) const
        {
            std::vector<std::string> out {service.host + "."};
            const std::string suffix = ".svc." + m_config.options().domain;
            if (!service.isKubernetes && !service.host.ends_with(suffix))
                return out;
            if (!service.host.ends_with(suffix))
                return out;
            const std::string base = service.host.substr(0, service.host.size() - suffix.size());
            const std::size_t dot = base.rfind('.');
            if (dot == std::string::npos)
                return out;
            if (base.substr(dot + 1) == m_view.ns)
                out.push_back(base.substr(0, dot));
            out.push_back(base);
            out.push_back(base + ".svc");
            return out;
        }

        /// TCP, TLS and sniffed ports: chains by SNI or address, then the service itself.
        void addStream(const EgressScope &scope, const MeshService &service, const MeshPort &port)
        {
            if (!m_streams.insert(service.host + ":" + std::to_string(port.number)).second)
                return;
            const std::unordered_map<std::string, const MeshService *> services {{service.host, &service}};
            const bool hasAddress = !service.addresses.empty() && service.addresses.front().find('/') == std::string::npos;
            Listener &listener = listenerFor(hasAddress ? service.addresses.front() : std::string(), port.number);
            bool isCovered = false;
            for (const MeshVirtualService *candidate : scope.virtualServices) {
                const bool isFor = std::any_of(candidate->hosts.begin(), candidate->hosts.end(),
                    [&](const std::string &host) { return isHostWithin(service.host, host); });
                if (isFor)
                    isCovered = addRules(listener, *candidate, port, viewer(port.number, &services)) || isCovered;
            }
            if (port.protocol == PortProtocol::Sniffed) {
                FilterChain http;
                http.name = service.host + ":" + std::to_string(port.number);
                http.onlyHttp = true;
                http.http = std::make_shared<HostTable>(sniffedHost(scope, service, port.number));
                listener.chains.push_back(std::move(http));
            }
            if (isCovered)
                return;
            FilterChain chain;
            chain.name = "outbound|" + std::to_string(port.number) + "||" + service.host;
            if (port.protocol == PortProtocol::Tls && !hasAddress)
                chain.sniHosts = {service.host};
            for (const std::string &address : service.addresses) {
                if (!hasAddress)
                    chain.subnets.push_back(address);
            }
            chain.tcp = std::make_shared<CompiledRoute>(defaultRoute(service, port.number));
            listener.chains.push_back(std::move(chain));
        }

        /// The service's own virtual host for whatever name is asked: its address has led here.
        std::vector<VirtualHost> sniffedHost(const EgressScope &scope, const MeshService &service, int port)
        {
            const auto [known, isNew] = m_sniffed.try_emplace(port);
            if (isNew) {
                for (VirtualHost &host : hostsOf(scope, port)) {
                    host.domains = {"*"};
                    known->second.emplace(host.name, std::move(host));
                }
            }
            const auto found = known->second.find(withPort(service.host, port));
            return found == known->second.end() ? std::vector<VirtualHost>() : std::vector<VirtualHost> {found->second};
        }

        /// True when a rule takes every connection of the service.
        bool addRules(Listener &listener, const MeshVirtualService &service, const MeshPort &port, const IstioViewer &asking)
        {
            bool isCovered = false;
            for (const Rule &rule : service.route.rules) {
                if (rule.section == "http" || isCovered)
                    continue;
                if (rule.section == "tls" && port.protocol == PortProtocol::Tcp)
                    continue;
                const auto route = std::make_shared<CompiledRoute>(compileStream(service, rule, asking));
                const auto add = [&](const Match *match) {
                    FilterChain chain;
                    chain.name = route->origin.display();
                    for (const Condition &c : match == nullptr ? std::vector<Condition>() : match->conditions)
                        (c.subject == Subject::Sni ? chain.sniHosts : chain.subnets).push_back(lowerAscii(c.value));
                    if (!chain.sniHosts.empty())
                        chain.transport = FilterChain::Transport::Tls;
                    isCovered = isCovered || (chain.sniHosts.empty() && chain.subnets.empty());
                    chain.tcp = route;
                    listener.chains.push_back(std::move(chain));
                };
                if (rule.matches.empty())
                    add(nullptr);
                for (const Match &match : rule.matches) {
                    if (isLoaded(match, asking) && !isCovered)
                        add(&match);
                }
            }
            return isCovered;
        }

        const IstioConfig &m_config;
        const SidecarView &m_view;
        const AttachedRoutes &m_attached;
        SidecarScope m_scope;
        RouteTable m_table;
        RegexCache m_regexes;
        std::unordered_map<std::string, std::size_t> m_listeners;
        std::unordered_set<std::string> m_domains;
        std::unordered_set<std::string> m_streams;
        std::map<int, std::unordered_map<std::string, VirtualHost>> m_sniffed; ///< By port, by name.
    };

} // namespace

RouteTable compileSidecar(const IstioConfig &config, const SidecarView &view, const AttachedRoutes &attached)
{
    return Builder(config, view, attached).build();
}

} // namespace fairway::route
