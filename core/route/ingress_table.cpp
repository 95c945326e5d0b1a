#include "core/route/ingress_table.h"

#include "core/route/route_object.h"

#include <algorithm>
#include <map>
#include <re2/re2.h>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::string_view kPrefix = "nginx.ingress.kubernetes.io/";

    std::string annotation(const Value &object, std::string_view key)
    {
        return std::string(object["metadata"]["annotations"][std::string(kPrefix).append(key)].stringOr());
    }

    std::string_view textOf(const Match &match, Subject subject)
    {
        for (const Condition &condition : match.conditions) {
            if (condition.subject == subject)
                return condition.value;
        }
        return {};
    }

    /// The rules of all Ingresses for one host and path.
    struct Place {
        PathMatcher path;
        bool isExact = false;
        std::string text;
        const Value *primary = nullptr;
        RuleOrigin origin;
        RouteTarget stable;
        const Value *canary = nullptr;
        RuleOrigin canaryOrigin;
        RouteTarget canaryTarget;
    };

    class Builder {
    public:
        Builder(const std::vector<Value> &objects, std::string_view ingressClass)
        {
            for (const bool wantsCanary : {false, true}) {
                for (const Value &object : objects) {
                    const std::string_view version = object["apiVersion"].stringOr();
                    if (object["kind"].stringOr() == "Ingress" && version.starts_with("networking.k8s.io/")
                        && (annotation(object, "canary") == "true") == wantsCanary && isOfClass(object, ingressClass))
                        read(object, wantsCanary);
                }
            }
        }

        RouteTable build()
        {
            std::vector<VirtualHost> hosts;
            for (auto &[name, places] : m_hosts) {
                VirtualHost host;
                host.name = name;
                host.domains = {name};
                std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) {
                    return a.isExact != b.isExact ? a.isExact : a.text.size() > b.text.size();
                });
                for (const Place &place : places)
                    addRoutes(host, place);
                hosts.push_back(std::move(host));
            }
            const auto table = std::make_shared<HostTable>(std::move(hosts));
            for (const int port : {80, 443}) {
                Listener listener;
                listener.port = port;
                listener.name = "0.0.0.0_" + std::to_string(port);
                FilterChain chain;
                chain.name = port == 80 ? "http" : "https";
                chain.transport = port == 80 ? FilterChain::Transport::Plain : FilterChain::Transport::Tls;
                chain.terminatesTls = port == 443;
                chain.http = table;
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
            for (const char *unknown : {"rewrite-target", "use-regex", "server-snippet", "configuration-snippet", "permanent-redirect",
                     "temporal-redirect", "app-root", "auth-url", "force-ssl-redirect"}) {
                if (!annotation(object, unknown).empty())
                    m_table.notes.push_back(phrase("route", "%1: annotation %2 is not modelled").with(id, unknown));
            }
            for (const Rule &rule : route->rules) {
                const Destination *target = rule.destinations.empty() ? nullptr : &rule.destinations.back();
                if (target == nullptr)
                    continue;
                const Match match = rule.matches.empty() ? Match() : rule.matches.front();
                const std::string host(rule.matches.empty() ? std::string_view("*") : textOf(match, Subject::Authority));
                Place place = placeOf(match);
                RouteTarget to;
                to.ns = target->ns;
                to.host = target->fqdn;
                to.port = target->port;
                to.weight = 1;
                to.pointer = target->pointer;
                const RuleOrigin origin {"Ingress", route->ns, route->name, rule.section == "canary" ? "rules" : rule.section, rule.index, -1, {}, {}};
                std::vector<Place> &places = m_hosts[host.empty() ? "*" : host];
                const auto same = std::find_if(places.begin(), places.end(),
                    [&](const Place &other) { return other.text == place.text && other.isExact == place.isExact; });
                if (isCanary) {
                    if (same == places.end() || same->canary != nullptr) {
                        m_table.notes.push_back((same == places.end() ? phrase("route", "%1: no primary Ingress serves %2") : phrase("route", "%1: another canary has %2"))
                                                    .with(id, host + place.text));
                        continue;
                    }
                    same->canary = &object;
                    same->canaryOrigin = origin;
                    same->canaryTarget = std::move(to);
                } else if (same == places.end()) {
                    place.primary = &object;
                    place.origin = origin;
                    place.stable = std::move(to);
                    places.push_back(std::move(place));
                } else {
                    m_table.notes.push_back(phrase("route", "%1: %2 serves %3 already").with(id, same->origin.object(), host + place.text));
                }
            }
        }

        static Place placeOf(const Match &match)
        {
            Place out;
            for (const Condition &condition : match.conditions) {
                if (condition.subject != Subject::Path)
                    continue;
                out.text = condition.value;
                out.isExact = condition.op == Operator::Exact;
                std::string prefix = condition.value;
                while (prefix.ends_with('/'))
                    prefix.pop_back();
                out.path = out.isExact ? PathMatcher {PathMatcher::Kind::Exact, TextMatcher(TextMatcher::Kind::Exact, condition.value)}
                                       : PathMatcher {PathMatcher::Kind::PathPrefix, TextMatcher(TextMatcher::Kind::Exact, prefix)};
            }
            return out;
        }

        static std::shared_ptr<const RouteAction> forwardTo(std::vector<RouteTarget> targets)
        {
            auto action = std::make_shared<RouteAction>();
            for (RouteTarget &target : targets) {
                if (target.weight == 0)
                    continue;
                action->totalWeight += target.weight;
                action->targets.push_back(std::move(target));
            }
            return action;
        }

        void add(VirtualHost &host, const Place &place, const RuleOrigin &origin, std::optional<HeaderCondition> condition,
            std::shared_ptr<const RouteAction> action)
        {
            CompiledRoute route;
            route.origin = origin;
            route.match.path = place.path;
            if (condition)
                route.match.headers.push_back(std::move(*condition));
            route.action = std::move(action);
            host.routes.push_back(std::move(route));
        }

        TextMatcher expression(const std::string &pattern, const std::string &where)
        {
            Result<TextMatcher> made = TextMatcher::regex(pattern, m_regexes);
            if (made)
                return std::move(*made);
            m_table.notes.push_back(phrase("route", "%1: %2").with(where, made.error().said()));
            return {TextMatcher::Kind::Exact, std::string("\0", 1)}; // matches no header
        }

        void addRoutes(VirtualHost &host, const Place &place)
        {
            if (place.canary == nullptr)
                return add(host, place, place.origin, std::nullopt, forwardTo({place.stable}));
            const Value &canary = *place.canary;
            const auto toCanary = forwardTo({place.canaryTarget});
            const auto toStable = forwardTo({place.stable});
            const auto always = [&](const std::string &name, TextMatcher matcher) {
                add(host, place, place.canaryOrigin, HeaderCondition {name, std::move(matcher), false, false}, toCanary);
            };
            const auto never = [&](const std::string &name, TextMatcher matcher) {
                add(host, place, place.origin, HeaderCondition {name, std::move(matcher), false, false}, toStable);
            };
            const std::string where = place.canaryOrigin.object();
            if (const std::string header = lowerAscii(annotation(canary, "canary-by-header")); !header.empty()) {
                const std::string value = annotation(canary, "canary-by-header-value");
                const std::string pattern = annotation(canary, "canary-by-header-pattern");
                if (!value.empty()) {
                    always(header, {TextMatcher::Kind::Exact, value});
                } else if (!pattern.empty()) {
                    always(header, expression(".*(?:" + pattern + ").*", where));
                } else {
                    always(header, {TextMatcher::Kind::Exact, "always"});
                    never(header, {TextMatcher::Kind::Exact, "never"});
                }
            }
            if (const std::string cookie = annotation(canary, "canary-by-cookie"); !cookie.empty()) {
                const std::string begin = "(?:.*;\\s*)?" + RE2::QuoteMeta(cookie) + "=";
                always("cookie", expression(begin + "always(?:;.*)?", where));
                never("cookie", expression(begin + "never(?:;.*)?", where));
            }
            const auto number = [&](std::string_view key, std::uint64_t fallback) {
                const std::string text = annotation(canary, key);
                const bool isNumber = !text.empty() && text.size() < 10
                    && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
                return isNumber ? std::stoull(text) : fallback;
            };
            const std::uint64_t total = std::max<std::uint64_t>(1, number("canary-weight-total", 100));
            RouteTarget stable = place.stable;
            RouteTarget other = place.canaryTarget;
            other.weight = std::min<std::uint64_t>(number("canary-weight", 0), total);
            stable.weight = total - other.weight;
            add(host, place, other.weight == 0 ? place.origin : place.canaryOrigin, std::nullopt, forwardTo({std::move(stable), std::move(other)}));
        }

        RouteTable m_table;
        RegexCache m_regexes;
        std::map<std::string, std::vector<Place>> m_hosts;
    };

} // namespace

RouteTable compileIngress(const std::vector<Value> &objects, std::string_view ingressClass)
{
    return Builder(objects, ingressClass).build();
}

} // namespace fairway::route
