#include "core/route/gateway_api_table.h"

#include "core/route/gateway_api_rules.h"
#include "core/route/host_name.h"

#include <algorithm>
#include <map>
#include <set>

namespace fairway::route {
namespace {

    /// Gateway API's wildcard stands for one label or more, and never for nothing.
    bool isWithin(std::string_view inner, std::string_view outer)
    {
        return outer.empty() || outer == "*" || isHostWithin(inner, outer);
    }

    bool isHttpKind(std::string_view kind)
    {
        return kind == "HTTPRoute" || kind == "GRPCRoute";
    }

    bool takesKind(const ApiListener &listener, std::string_view kind)
    {
        if (!listener.kinds.empty() && std::find(listener.kinds.begin(), listener.kinds.end(), kind) == listener.kinds.end())
            return false;
        if (listener.protocol == "HTTP" || listener.protocol == "HTTPS")
            return isHttpKind(kind);
        if (listener.protocol == "TLS")
            return kind == "TLSRoute" || (kind == "TCPRoute" && !listener.passesTls);
        return listener.protocol == "TCP" && kind == "TCPRoute";
    }

    bool isListenerSet(const ApiParentRef &parent)
    {
        return (parent.kind == "ListenerSet" && parent.group == "gateway.networking.k8s.io")
            || (parent.kind == "XListenerSet" && parent.group == "gateway.networking.x-k8s.io");
    }

    /// Who refers to a Gateway means its own listeners; those of a ListenerSet are reached by its name alone.
    bool refersTo(const ApiParentRef &parent, const ApiGateway &gateway, const ApiListener &listener)
    {
        const bool isOwner = listener.set.empty()
            ? parent.kind == "Gateway" && parent.group == "gateway.networking.k8s.io" && parent.ns == gateway.ns && parent.name == gateway.name
            : isListenerSet(parent) && parent.kind + " " + parent.ns + "/" + parent.name == listener.set;
        return isOwner && (parent.section.empty() || parent.section == listener.name) && (parent.port == 0 || parent.port == listener.port);
    }

    /// A listener's rule with what decides its place.
    struct Candidate {
        RankedRoute rule;
        const ApiRoute *route = nullptr;
        std::vector<std::string> hosts; ///< The route's own, empty when it has none.
        std::size_t age = 0;            ///< Position of the route, oldest first.
    };

    struct HostRank {
        std::size_t exact = 0;
        std::size_t length = 0;
        bool operator>(const HostRank &other) const { return exact != other.exact ? exact > other.exact : length > other.length; }
        bool operator==(const HostRank &other) const = default;
    };

    /// How well the route's hostnames name the host; nothing when none fits.
    std::optional<HostRank> hostRank(const Candidate &candidate, const std::string &host)
    {
        if (candidate.hosts.empty())
            return HostRank {};
        std::optional<HostRank> best;
        for (const std::string &own : candidate.hosts) {
            if (!isWithin(host, own) && !(host == "*" && own == "*"))
                continue;
            const HostRank rank {isWildcardHost(own) ? 0 : own.size(), own.size()};
            if (!best || rank > *best)
                best = rank;
        }
        return best;
    }

    std::vector<CompiledRoute> ordered(const std::vector<Candidate> &candidates, const std::string &host)
    {
        std::vector<std::pair<HostRank, const Candidate *>> fitting;
        for (const Candidate &candidate : candidates) {
            if (const std::optional<HostRank> rank = hostRank(candidate, host))
                fitting.emplace_back(*rank, &candidate);
        }
        std::stable_sort(fitting.begin(), fitting.end(), [](const auto &a, const auto &b) {
            if (!(a.first == b.first))
                return a.first > b.first;
            if (a.second->rule.rank != b.second->rule.rank)
                return a.second->rule.rank > b.second->rule.rank;
            return a.second->age < b.second->age;
        });
        std::vector<CompiledRoute> out;
        for (const auto &[rank, candidate] : fitting)
            out.push_back(candidate->rule.route);
        return out;
    }

    class Builder {
    public:
        Builder(const GatewayApiConfig &config, const ApiGateway &gateway)
            : m_config(config)
            , m_gateway(gateway)
        {
        }

        RouteTable build()
        {
            std::map<int, std::vector<const ApiListener *>> byPort;
            for (const ApiListener &listener : m_gateway.listeners) {
                if (listener.port != 0)
                    byPort[listener.port].push_back(&listener);
            }
            for (const auto &[port, listeners] : byPort) {
                Listener out;
                out.port = port;
                out.name = "0.0.0.0_" + std::to_string(port);
                out.sources = {"Gateway " + m_gateway.key()};
                for (const ApiListener *listener : listeners) {
                    if (!listener->set.empty() && std::find(out.sources.begin(), out.sources.end(), listener->set) == out.sources.end())
                        out.sources.push_back(listener->set);
                }
                addPlain(out, listeners);
                for (const ApiListener *listener : listeners) {
                    if (listener->protocol == "HTTPS")
                        addHttps(out, *listener);
                    else if (listener->protocol == "TLS" || listener->protocol == "TCP")
                        addStreams(out, *listener);
                }
                if (!out.chains.empty())
                    m_table.listeners.push_back(std::move(out));
            }
            return std::move(m_table);
        }

    private:
        std::vector<Candidate> candidatesOf(const ApiListener &listener, std::set<std::string> &hosts)
        {
            std::vector<Candidate> out;
            const std::vector<ApiRoute> &routes = m_config.routes();
            for (std::size_t age = 0; age < routes.size(); ++age) {
                const ApiRoute &route = routes[age];
                if (!isHttpKind(route.kind))
                    continue;
                const ApiAttachment attached = attach(m_config, route, m_gateway, listener);
                if (!attached.reason.empty())
                    continue;
                hosts.insert(attached.hosts.begin(), attached.hosts.end());
                const ApiListenerFacts facts {listener.port, listener.protocol == "HTTPS"};
                for (RankedRoute &rule : compileApiRules(m_config, route, facts, m_regexes, m_table.notes))
                    out.push_back({std::move(rule), &route, route.hostnames, age});
            }
            return out;
        }

        std::vector<VirtualHost> hostsOf(const ApiListener &listener, const std::vector<const ApiListener *> &siblings)
        {
            std::set<std::string> hosts;
            const std::vector<Candidate> candidates = candidatesOf(listener, hosts);
            hosts.insert(listener.hostname.empty() ? "*" : listener.hostname);
            std::vector<VirtualHost> out;
            for (const std::string &host : hosts) {
                // A host that a more specific listener claims is out of reach here.
                const bool isClaimed = std::any_of(siblings.begin(), siblings.end(), [&](const ApiListener *other) {
                    return other != &listener && !other->hostname.empty() && other->hostname != listener.hostname
                        && isWithin(other->hostname, listener.hostname.empty() ? "*" : listener.hostname)
                        && isWithin(host, other->hostname);
                });
                if (isClaimed)
                    continue;
                VirtualHost added;
                added.name = host + ":" + std::to_string(listener.port);
                added.domains = {host};
                added.routes = ordered(candidates, host);
                out.push_back(std::move(added));
            }
            return out;
        }

        void addPlain(Listener &out, const std::vector<const ApiListener *> &listeners)
        {
            std::vector<const ApiListener *> plain;
            std::copy_if(listeners.begin(), listeners.end(), std::back_inserter(plain),
                [](const ApiListener *listener) { return listener->protocol == "HTTP"; });
            if (plain.empty())
                return;
            std::vector<VirtualHost> hosts;
            for (const ApiListener *listener : plain) {
                std::vector<VirtualHost> own = hostsOf(*listener, plain);
                std::move(own.begin(), own.end(), std::back_inserter(hosts));
            }
            FilterChain chain;
            chain.name = "http." + std::to_string(out.port);
            chain.transport = FilterChain::Transport::Plain;
            chain.http = std::make_shared<HostTable>(std::move(hosts));
            out.chains.push_back(std::move(chain));
        }

        void addHttps(Listener &out, const ApiListener &listener)
        {
            FilterChain chain;
            chain.name = "https." + std::to_string(out.port) + "." + listener.name;
            chain.transport = FilterChain::Transport::Tls;
            chain.terminatesTls = true;
            if (!listener.hostname.empty())
                chain.sniHosts = {listener.hostname};
            chain.http = std::make_shared<HostTable>(hostsOf(listener, {}));
            out.chains.push_back(std::move(chain));
        }

        void addStreams(Listener &out, const ApiListener &listener)
        {
            std::set<std::string> taken;
            for (const ApiRoute &route : m_config.routes()) {
                if (isHttpKind(route.kind))
                    continue;
                const ApiAttachment attached = attach(m_config, route, m_gateway, listener);
                if (!attached.reason.empty())
                    continue;
                FilterChain chain;
                for (const std::string &host : attached.hosts) {
                    if (taken.insert(host).second && host != "*")
                        chain.sniHosts.push_back(host);
                }
                if (listener.protocol == "TLS") {
                    chain.transport = FilterChain::Transport::Tls;
                    chain.terminatesTls = !listener.passesTls;
                }
                auto compiled = std::make_shared<CompiledRoute>(compileApiStream(m_config, route));
                chain.name = compiled->origin.display();
                chain.tcp = std::move(compiled);
                const bool isRepeated = chain.sniHosts.empty() && std::any_of(out.chains.begin(), out.chains.end(), [&](const FilterChain &c) {
                    return c.tcp && c.sniHosts.empty() && c.transport == chain.transport;
                });
                if (isRepeated)
                    m_table.notes.push_back(phrase("route", "%1: an older route has all connections of listener %2").with(route.id(), listener.name));
                else
                    out.chains.push_back(std::move(chain));
            }
        }

        const GatewayApiConfig &m_config;
        const ApiGateway &m_gateway;
        RouteTable m_table;
        RegexCache m_regexes;
    };

    ApiCondition accepted(const GatewayApiConfig &config, const ApiRoute &route, const ApiParentRef &parent)
    {
        if (parent.kind == "Service" && parent.group.empty()) {
            if (!config.hasService(parent.ns, parent.name))
                return {"Accepted", false, "NoMatchingParent",
                    phrase("route", "there is no Service %1").with(parent.ns + "/" + parent.name)};
            if (parent.port != 0 && !config.hasServicePort(parent.ns, parent.name, parent.port))
                return {"Accepted", false, "NoMatchingParent",
                    phrase("route", "the Service has no port %1").with(parent.port)};
            return {"Accepted", true, "Accepted", {}};
        }
        const ApiListenerSet *set = isListenerSet(parent) ? config.listenerSet(parent.kind, parent.ns, parent.name) : nullptr;
        if (isListenerSet(parent) && set == nullptr)
            return {"Accepted", false, "NoMatchingParent", phrase("route", "there is no %1").with(parent.kind + " " + parent.ns + "/" + parent.name)};
        const std::string &ns = set == nullptr ? parent.ns : set->gatewayNs;
        const std::string &name = set == nullptr ? parent.name : set->gatewayName;
        const ApiGateway *gateway = config.gateway(ns, name);
        if (gateway == nullptr)
            return {"Accepted", false, "NoMatchingParent", phrase("route", "there is no Gateway %1").with(ns + "/" + name)};
        if (set != nullptr && !set->problems.empty() && set->problems.front().path == "spec.parentRef")
            return {"Accepted", false, "NoMatchingParent", set->problems.front().text};
        std::string reason = "NoMatchingParent";
        for (const ApiListener &listener : gateway->listeners) {
            if (!refersTo(parent, *gateway, listener))
                continue;
            const ApiAttachment attached = attach(config, route, *gateway, listener);
            if (attached.reason.empty())
                return {"Accepted", true, "Accepted", {}};
            // The reason that got furthest explains most.
            if (reason != "NoMatchingListenerHostname")
                reason = attached.reason;
        }
        return {"Accepted", false, reason,
            reason == "NoMatchingListenerHostname" ? phrase("route", "no hostname of the route fits a listener")
                : reason == "NotAllowedByListeners"
                ? phrase("route", "no listener takes routes of this kind and namespace")
                : phrase("route", "no listener has this name and port")};
    }

    ApiCondition resolved(const GatewayApiConfig &config, const ApiRoute &route)
    {
        const value::Value &rules = route.object["spec"]["rules"];
        for (std::size_t i = 0; i < rules.size(); ++i) {
            const value::Value &backends = rules[i]["backendRefs"];
            for (std::size_t b = 0; b < backends.size(); ++b) {
                const std::string problem = apiTarget(config, route, backends[b]).problem.plain();
                if (const std::size_t colon = problem.find(": "); colon != std::string::npos)
                    return {"ResolvedRefs", false, problem.substr(0, colon), Text::verbatim(problem.substr(colon + 2))};
            }
        }
        return {"ResolvedRefs", true, "ResolvedRefs", {}};
    }

} // namespace

ApiAttachment attach(const GatewayApiConfig &config, const ApiRoute &route, const ApiGateway &gateway, const ApiListener &listener)
{
    const bool isReferred = std::any_of(route.parents.begin(), route.parents.end(),
        [&](const ApiParentRef &parent) { return refersTo(parent, gateway, listener); });
    if (!isReferred)
        return {{}, "NoMatchingParent"};
    if (!takesKind(listener, route.kind) || !config.allowsNamespace(listener, route.ns))
        return {{}, "NotAllowedByListeners"};
    const std::string own = listener.hostname.empty() ? "*" : listener.hostname;
    if (route.hostnames.empty() || route.kind == "TCPRoute")
        return {{own}, {}};
    ApiAttachment out;
    for (const std::string &host : route.hostnames) {
        if (isWithin(host, own))
            out.hosts.push_back(host);
        else if (isWithin(own, host))
            out.hosts.push_back(own);
    }
    if (out.hosts.empty())
        out.reason = "NoMatchingListenerHostname";
    return out;
}

std::vector<ApiParentStatus> routeStatus(const GatewayApiConfig &config, const ApiRoute &route)
{
    std::vector<ApiParentStatus> out;
    for (const ApiParentRef &parent : route.parents)
        out.push_back({parent, {accepted(config, route, parent), resolved(config, route)}});
    return out;
}

RouteTable compileApiGateway(const GatewayApiConfig &config, const ApiGateway &gateway)
{
    return Builder(config, gateway).build();
}

std::vector<CompiledRoute> serviceRoutes(const GatewayApiConfig &config, std::string_view serviceNs, std::string_view serviceName,
    int port, std::string_view clientNs, RegexCache &regexes, std::vector<Text> &notes)
{
    std::vector<Candidate> consumers;
    std::vector<Candidate> producers;
    const std::vector<ApiRoute> &routes = config.routes();
    for (std::size_t age = 0; age < routes.size(); ++age) {
        const ApiRoute &route = routes[age];
        const bool isAttached = isHttpKind(route.kind)
            && std::any_of(route.parents.begin(), route.parents.end(), [&](const ApiParentRef &parent) {
                   return parent.kind == "Service" && parent.group.empty() && parent.ns == serviceNs && parent.name == serviceName
                       && (parent.port == 0 || parent.port == port);
               });
        if (!isAttached || (route.ns != serviceNs && route.ns != clientNs))
            continue;
        std::vector<Candidate> &to = route.ns == clientNs && clientNs != serviceNs ? consumers : producers;
        for (RankedRoute &rule : compileApiRules(config, route, {port, false}, regexes, notes))
            to.push_back({std::move(rule), &route, {}, age});
    }
    return ordered(consumers.empty() ? producers : consumers, "*");
}

} // namespace fairway::route
