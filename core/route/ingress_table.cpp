#include "core/route/ingress_table.h"

#include "core/route/ingress_routes.h"
#include "core/route/route_object.h"

#include <algorithm>
#include <map>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr int kTlsRedirect = 308; // ingress-nginx's http-redirect-code

    std::string_view textOf(const Match &match, Subject subject)
    {
        for (const Condition &condition : match.conditions) {
            if (condition.subject == subject)
                return condition.value;
        }
        return {};
    }

    IngressPlace placeOf(const Match &match)
    {
        IngressPlace out;
        for (const Condition &condition : match.conditions) {
            if (condition.subject != Subject::Path)
                continue;
            out.path = condition.value;
            out.type = condition.op == Operator::Exact ? IngressPlace::Type::Exact
                : condition.op == Operator::PathPrefix ? IngressPlace::Type::Prefix
                                                       : IngressPlace::Type::Implementation;
        }
        return out;
    }

    /// One server of nginx.
    struct Server {
        std::vector<IngressPlace> places;
        bool hasCertificate = false;
        std::set<std::string> aliases;
        std::optional<CompiledRoute> appRoot;
        std::optional<RuleOrigin> www; ///< Who wants the other name, with or without "www.", redirected here.
        std::optional<IngressPlace> fallback; ///< The default backend of the first Ingress with this host.
    };

    class Builder {
    public:
        Builder(const std::vector<Value> &objects, std::string_view ingressClass)
        {
            for (const Value &object : objects) {
                if (object["kind"].stringOr() == "Service" && object["apiVersion"].stringOr() == "v1")
                    addPorts(object);
            }
            for (const bool wantsCanary : {false, true}) {
                for (const Value &object : objects) {
                    const std::string_view version = object["apiVersion"].stringOr();
                    if (object["kind"].stringOr() == "Ingress" && version.starts_with("networking.k8s.io/")
                        && (ingressAnnotation(object, "canary") == "true") == wantsCanary && isOfClass(object, ingressClass))
                        read(object, wantsCanary);
                }
            }
        }

        RouteTable build()
        {
            std::vector<VirtualHost> plain;
            std::vector<VirtualHost> tls;
            for (auto &[name, server] : m_servers)
                addHosts(plain, tls, name, server);
            for (const auto &[name, server] : m_servers)
                addWww(plain, tls, name, server);
            const auto plainTable = std::make_shared<HostTable>(std::move(plain));
            // Large sets without a redirect to TLS, the usual case behind a balancer, need their hosts once only.
            const auto tlsTable = m_redirectsToTls ? std::make_shared<HostTable>(std::move(tls)) : plainTable;
            for (const int port : {80, 443}) {
                Listener listener;
                listener.port = port;
                listener.name = "0.0.0.0_" + std::to_string(port);
                FilterChain chain;
                chain.name = port == 80 ? "http" : "https";
                chain.transport = port == 80 ? FilterChain::Transport::Plain : FilterChain::Transport::Tls;
                chain.terminatesTls = port == 443;
                chain.http = port == 80 ? plainTable : tlsTable;
                listener.chains.push_back(std::move(chain));
                m_table.listeners.push_back(std::move(listener));
            }
            return std::move(m_table);
        }

    private:
        static bool isOfClass(const Value &object, std::string_view wanted)
        {
            const std::string_view field = object["spec"]["ingressClassName"].stringOr();
            const std::string_view own
                = field.empty() ? object["metadata"]["annotations"]["kubernetes.io/ingress.class"].stringOr() : field;
            return wanted.empty() || own.empty() || own == wanted;
        }

        void read(const Value &object, bool isCanary)
        {
            const Result<RouteObject> route = parseRoute(object);
            if (!route) {
                m_table.notes.push_back(route.error().said());
                return;
            }
            const std::string id = "Ingress " + route->ns + "/" + route->name;
            for (const ShapeProblem &problem : route->problems)
                m_table.notes.push_back(phrase("route", "%1: %2: %3").with(id, problem.path, problem.message));
            const auto annotations = std::make_shared<const IngressAnnotations>(readIngressAnnotations(object, id, isCanary, m_table.notes));
            std::optional<IngressPlace> fallback;
            std::set<std::string> hosts;
            for (const Rule &rule : route->rules) {
                const Destination *target = rule.destinations.empty() ? nullptr : &rule.destinations.back();
                if (target == nullptr)
                    continue;
                const Match match = rule.matches.empty() ? Match() : rule.matches.front();
                const std::string_view named = textOf(match, Subject::Authority);
                const std::string host(named.empty() ? "*" : named);
                IngressPlace place = placeOf(match);
                place.origin = {"Ingress", route->ns, route->name, rule.section == "canary" ? "rules" : rule.section, rule.index, -1, {}, {}};
                place.annotations = annotations;
                RouteTarget &to = place.stable;
                to.ns = target->ns;
                to.host = target->fqdn;
                to.port = target->portName.empty() ? target->port : portNamed(*target, id);
                to.weight = 1;
                to.pointer = target->pointer;
                // ingress-nginx: a default backend serves the hosts of its Ingress; every other host only when there are no rules.
                if (rule.matches.empty() && route->rules.size() > 1) {
                    fallback = std::move(place);
                    continue;
                }
                hosts.insert(host);
                if (isCanary)
                    addCanary(host, std::move(place), object);
                else
                    addPlace(host, std::move(place), object);
            }
            for (const std::string &host : hosts) {
                if (const auto server = m_servers.find(host); fallback && !isCanary && server != m_servers.end() && !server->second.fallback)
                    server->second.fallback = fallback;
            }
        }

        void addPorts(const Value &service)
        {
            const Value &metadata = service["metadata"];
            const Value &ports = service["spec"]["ports"];
            std::map<std::string, int> &named = m_ports[std::string(metadata["namespace"].stringOr("default")) + "/" + std::string(metadata["name"].stringOr())];
            for (std::size_t i = 0; i < ports.size(); ++i) {
                const std::int64_t number = ports[i]["port"].intOr(0);
                if (number > 0 && number <= 65535)
                    named.emplace(ports[i]["name"].stringOr(), static_cast<int>(number));
            }
        }

        /// 0 with a note when no Service with such a port is known.
        int portNamed(const Destination &target, const std::string &ingress)
        {
            const auto service = m_ports.find(target.ns + "/" + target.service);
            if (service != m_ports.end()) {
                if (const auto port = service->second.find(target.portName); port != service->second.end())
                    return port->second;
            }
            m_table.notes.push_back(service == m_ports.end()
                    ? phrase("route", "%1: Service %2 with its port %3 is not known").with(ingress, target.ns + "/" + target.service, target.portName)
                    : phrase("route", "%1: Service %2 has no port named %3").with(ingress, target.ns + "/" + target.service, target.portName));
            return 0;
        }

        static IngressPlace *find(Server &server, const IngressPlace &like)
        {
            const auto same = std::find_if(server.places.begin(), server.places.end(),
                [&](const IngressPlace &other) { return other.path == like.path && other.type == like.type; });
            return same == server.places.end() ? nullptr : &*same;
        }

        void addCanary(const std::string &host, IngressPlace place, const Value &object)
        {
            const auto server = m_servers.find(host);
            IngressPlace *same = server == m_servers.end() ? nullptr : find(server->second, place);
            if (same == nullptr || same->canary != nullptr) {
                m_table.notes.push_back((same == nullptr ? phrase("route", "%1: no primary Ingress serves %2") : phrase("route", "%1: another canary has %2"))
                                            .with(place.origin.object(), host + place.path));
                return;
            }
            same->canary = &object;
            same->canaryOrigin = std::move(place.origin);
            same->canaryTarget = std::move(place.stable);
            same->canaryKeepsSession = place.annotations->keepsSession;
        }

        void addPlace(const std::string &host, IngressPlace place, const Value &object)
        {
            Server &server = m_servers[host];
            const IngressAnnotations &wanted = *place.annotations;
            server.hasCertificate = server.hasCertificate || hasTls(object, host);
            server.aliases.insert(wanted.aliases.begin(), wanted.aliases.end());
            if (!wanted.appRoot.empty() && !server.appRoot) {
                RedirectAction redirect;
                redirect.code = 302;
                redirect.stripsQuery = true;
                redirect.path = {PathRewrite::Kind::Full, wanted.appRoot, {}};
                server.appRoot = redirectOfIngress(place.origin, "app-root",
                    {PathMatcher::Kind::Exact, TextMatcher(TextMatcher::Kind::Exact, "/")}, std::move(redirect));
            }
            if (wanted.redirectsWww && !server.www)
                server.www = place.origin;
            if (const IngressPlace *same = find(server, place))
                m_table.notes.push_back(phrase("route", "%1: %2 serves %3 already").with(place.origin.object(), same->origin.object(), host + place.path));
            else
                server.places.push_back(std::move(place));
        }

        /// Certificates themselves are not looked at: an entry without hosts counts for all of the Ingress.
        static bool hasTls(const Value &object, std::string_view host)
        {
            const Value &tls = object["spec"]["tls"];
            for (std::size_t i = 0; tls.isList() && host != "*" && i < tls.size(); ++i) {
                const Value &hosts = tls[i]["hosts"];
                for (std::size_t h = 0; h < hosts.size(); ++h) {
                    const std::string_view one = hosts[h].stringOr();
                    const bool isWildcard = one.starts_with("*.") && host.find('.') != std::string_view::npos
                        && host.substr(host.find('.')) == one.substr(1);
                    if (one == host || isWildcard)
                        return true;
                }
                if (hosts.size() == 0)
                    return true;
            }
            return false;
        }

        void addHosts(std::vector<VirtualHost> &plain, std::vector<VirtualHost> &tls, const std::string &name, Server &server)
        {
            std::vector<IngressPlace> &places = server.places;
            const auto isRoot = [](const IngressPlace &place) { return place.path.empty() || (place.path == "/" && place.type != IngressPlace::Type::Exact); };
            if (server.fallback && std::none_of(places.begin(), places.end(), isRoot))
                places.push_back(*server.fallback);
            const bool byRegex = std::any_of(places.begin(), places.end(), [](const IngressPlace &place) { return place.needsRegex(); });
            std::stable_sort(places.begin(), places.end(), [byRegex](const IngressPlace &a, const IngressPlace &b) {
                const auto isExact = [](const IngressPlace &place) { return place.type == IngressPlace::Type::Exact; };
                if (!byRegex && isExact(a) != isExact(b))
                    return isExact(a);
                if (a.path.size() != b.path.size())
                    return a.path.size() > b.path.size();
                return byRegex ? a.path > b.path : a.type < b.type;
            });
            VirtualHost host;
            host.name = name;
            host.domains = {name};
            for (const std::string &alias : server.aliases) {
                if (!m_servers.contains(alias) && m_taken.insert(alias).second)
                    host.domains.push_back(alias);
            }
            VirtualHost secure = host;
            if (server.appRoot) {
                host.routes.push_back(*server.appRoot);
                secure.routes.push_back(*server.appRoot);
            }
            for (const IngressPlace &place : places) {
                std::vector<CompiledRoute> routes = routesOfPlace(place, byRegex, m_regexes, m_table.notes);
                const IngressAnnotations &wanted = *place.annotations;
                const bool isForced = wanted.forcesTls || (wanted.redirectsToTls && server.hasCertificate);
                if (isForced && !wanted.redirect && !routes.empty()) {
                    RedirectAction redirect;
                    redirect.scheme = "https";
                    redirect.code = kTlsRedirect;
                    redirect.stripsDefaultPort = true;
                    host.routes.push_back(redirectOfIngress(
                        place.origin, wanted.forcesTls ? "force-ssl-redirect" : "ssl-redirect", routes.front().match.path, std::move(redirect)));
                    m_redirectsToTls = true;
                } else {
                    host.routes.insert(host.routes.end(), routes.begin(), routes.end());
                }
                secure.routes.insert(secure.routes.end(), std::make_move_iterator(routes.begin()), std::make_move_iterator(routes.end()));
            }
            plain.push_back(std::move(host));
            tls.push_back(std::move(secure));
        }

        void addWww(std::vector<VirtualHost> &plain, std::vector<VirtualHost> &tls, const std::string &name, const Server &server)
        {
            if (!server.www || name.starts_with('*'))
                return;
            const std::string other = name.starts_with("www.") ? name.substr(4) : "www." + name;
            if (m_servers.contains(other) || !m_taken.insert(other).second)
                return;
            RedirectAction redirect;
            redirect.host = name;
            redirect.code = kTlsRedirect;
            redirect.stripsLastSlash = true;
            VirtualHost host;
            host.name = other;
            host.domains = {other};
            host.routes.push_back(redirectOfIngress(*server.www, "from-to-www-redirect", {}, std::move(redirect)));
            tls.push_back(host);
            plain.push_back(std::move(host));
        }

        RouteTable m_table;
        RegexCache m_regexes;
        std::map<std::string, std::map<std::string, int>> m_ports; ///< By Service "ns/name", by name.
        std::map<std::string, Server> m_servers; ///< By host, "*" for those without.
        std::set<std::string> m_taken;           ///< Aliases and redirected names: the first counts.
        bool m_redirectsToTls = false;
    };

} // namespace

RouteTable compileIngress(const std::vector<Value> &objects, std::string_view ingressClass)
{
    return Builder(objects, ingressClass).build();
}

} // namespace fairway::route
