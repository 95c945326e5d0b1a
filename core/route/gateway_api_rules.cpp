#include "core/route/gateway_api_rules.h"

#include "core/route/durations.h"

#include <algorithm>
#include <re2/re2.h>

namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::size_t kMaxItems = 10'000;

    std::string text(const Value &from, std::string_view key, std::string_view fallback = {})
    {
        return std::string(from[key].stringOr(fallback));
    }

    std::size_t sizeOf(const Value &list)
    {
        return list.isList() ? std::min(list.size(), kMaxItems) : 0;
    }

    double number(const Value &from, double fallback)
    {
        return from.isFloat() ? from.asFloat() : from.isInt() ? static_cast<double>(from.asInt()) : fallback;
    }

    class Compiler {
    public:
        Compiler(const GatewayApiConfig &config, const ApiRoute &route, const ApiListenerFacts &listener, RegexCache &regexes,
            std::vector<Text> &notes)
            : m_config(config)
            , m_route(route)
            , m_listener(listener)
            , m_regexes(regexes)
            , m_notes(notes)
        {
        }

        std::vector<RankedRoute> all()
        {
            std::vector<RankedRoute> out;
            const Value &rules = m_route.object["spec"]["rules"];
            for (std::size_t i = 0; i < sizeOf(rules); ++i) {
                const auto action = std::make_shared<RouteAction>(actionOf(rules[i], i));
                const Value &matches = rules[i]["matches"];
                const std::size_t count = std::max<std::size_t>(1, sizeOf(matches));
                for (std::size_t m = 0; m < count; ++m) {
                    RankedRoute one;
                    m_isReadable = true;
                    one.route.match = m_route.kind == "GRPCRoute" ? grpcMatch(matches[m], one.rank) : httpMatch(matches[m], one.rank);
                    if (!m_isReadable) {
                        m_notes.push_back(phrase("route", "%1 can't be read: it is left out")
                                              .with(m_route.id() + " rules[" + std::to_string(i) + "].matches[" + std::to_string(m) + "]"));
                        continue;
                    }
                    one.route.origin = {m_route.kind, m_route.ns, m_route.name, "rules", static_cast<int>(i),
                        sizeOf(matches) == 0 ? -1 : static_cast<int>(m), text(rules[i], "name"), {}};
                    one.route.name = text(rules[i], "name");
                    one.route.action = action;
                    out.push_back(std::move(one));
                }
            }
            return out;
        }

    private:
        TextMatcher matcher(const Value &from, std::string_view fallback = {})
        {
            const std::string value = text(from, "value", fallback);
            if (from["type"].stringOr() != "RegularExpression")
                return {TextMatcher::Kind::Exact, value};
            Result<TextMatcher> compiled = TextMatcher::regex(value, m_regexes);
            m_isReadable = m_isReadable && compiled.has_value();
            return compiled ? std::move(*compiled) : TextMatcher();
        }

        /// Of a name that stands twice only the first entry counts.
        std::size_t addHeaders(RouteMatch &out, const Value &list)
        {
            for (std::size_t i = 0; i < sizeOf(list); ++i) {
                const std::string name = lowerAscii(text(list[i], "name"));
                const bool isKnown
                    = std::any_of(out.headers.begin(), out.headers.end(), [&](const HeaderCondition &c) { return c.name == name; });
                if (!isKnown)
                    out.headers.push_back({name, matcher(list[i]), false, false});
            }
            return sizeOf(list);
        }

        RouteMatch httpMatch(const Value &from, ApiRank &rank)
        {
            RouteMatch out;
            const Value &path = from["path"];
            const std::string type = text(path, "type", "PathPrefix");
            std::string value = text(path, "value", "/");
            std::get<1>(rank) = value.size();
            if (type == "Exact") {
                std::get<0>(rank) = 3;
                out.path = {PathMatcher::Kind::Exact, TextMatcher(TextMatcher::Kind::Exact, value)};
            } else if (type == "RegularExpression") {
                std::get<0>(rank) = 1;
                out.path = {PathMatcher::Kind::Regex, matcher(path)};
            } else {
                std::get<0>(rank) = 2;
                while (value.ends_with('/'))
                    value.pop_back();
                out.path = {PathMatcher::Kind::PathPrefix, TextMatcher(TextMatcher::Kind::Exact, value)};
            }
            if (const std::string method = text(from, "method"); !method.empty()) {
                std::get<3>(rank) = true;
                out.headers.push_back({":method", TextMatcher(TextMatcher::Kind::Exact, method), false, false});
            }
            std::get<4>(rank) = addHeaders(out, from["headers"]);
            const Value &query = from["queryParams"];
            for (std::size_t i = 0; i < sizeOf(query); ++i) {
                const std::string name = text(query[i], "name");
                const bool isKnown
                    = std::any_of(out.query.begin(), out.query.end(), [&](const QueryCondition &c) { return c.name == name; });
                if (!isKnown)
                    out.query.push_back({name, matcher(query[i])});
            }
            std::get<5>(rank) = sizeOf(query);
            return out;
        }

        RouteMatch grpcMatch(const Value &from, ApiRank &rank)
        {
            RouteMatch out;
            const Value &method = from["method"];
            const std::string service = text(method, "service");
            const std::string name = text(method, "method");
            std::get<1>(rank) = service.size();
            std::get<2>(rank) = name.size();
            const bool isRegex = method["type"].stringOr() == "RegularExpression";
            if (!isRegex && !service.empty() && !name.empty()) {
                out.path = {PathMatcher::Kind::Exact, TextMatcher(TextMatcher::Kind::Exact, "/" + service + "/" + name)};
            } else if (!isRegex && !service.empty()) {
                out.path = {PathMatcher::Kind::Prefix, TextMatcher(TextMatcher::Kind::Prefix, "/" + service + "/")};
            } else if (!service.empty() || !name.empty()) {
                const auto part = [&](const std::string &given) {
                    return given.empty() ? std::string("[^/]+") : isRegex ? "(?:" + given + ")" : RE2::QuoteMeta(given);
                };
                Result<TextMatcher> compiled = TextMatcher::regex("/" + part(service) + "/" + part(name), m_regexes);
                m_isReadable = compiled.has_value();
                out.path = {PathMatcher::Kind::Regex, compiled ? std::move(*compiled) : TextMatcher()};
            }
            std::get<4>(rank) = addHeaders(out, from["headers"]);
            return out;
        }

        RouteAction actionOf(const Value &rule, std::size_t index)
        {
            RouteAction out;
            m_where = m_route.id() + " rules[" + std::to_string(index) + "]";
            bool isBroken = false;
            const Value &filters = rule["filters"];
            for (std::size_t i = 0; i < sizeOf(filters); ++i)
                isBroken = !ruleFilter(out, filters[i]) || isBroken;
            out.timeout = durationOf(rule["timeouts"]["request"]).value_or(std::chrono::milliseconds {0});
            out.backendTimeout = durationOf(rule["timeouts"]["backendRequest"]).value_or(std::chrono::milliseconds {0});
            if (const Value &retry = rule["retry"]; retry.isMap()) {
                RetryAction action;
                action.attempts = static_cast<int>(std::clamp<std::int64_t>(retry["attempts"].intOr(1), 0, 1'000'000));
                action.backoff = durationOf(retry["backoff"]).value_or(std::chrono::milliseconds {0});
                for (std::size_t i = 0; i < sizeOf(retry["codes"]); ++i)
                    action.codes.push_back(static_cast<int>(std::clamp<std::int64_t>(retry["codes"][i].intOr(0), 0, 999)));
                out.retry = std::move(action);
            }
            if (rule["sessionPersistence"].isMap())
                out.sessionPersistence = text(rule["sessionPersistence"], "type", "Cookie");
            if (out.kind == RouteAction::Kind::Redirect && !isBroken)
                return out;
            const Value &backends = rule["backendRefs"];
            for (std::size_t i = 0; i < sizeOf(backends); ++i) {
                RouteTarget target = apiTarget(m_config, m_route, backends[i]);
                target.pointer = "/spec/rules/" + std::to_string(index) + "/backendRefs/" + std::to_string(i);
                for (std::size_t f = 0; f < sizeOf(backends[i]["filters"]); ++f)
                    targetFilter(target, out, backends[i]["filters"][f]);
                out.totalWeight += target.weight;
                out.targets.push_back(std::move(target));
            }
            if (isBroken || out.totalWeight == 0) {
                out.kind = RouteAction::Kind::Failing;
                out.direct.status = 500;
            }
            // A backend without a share is no place where requests could go.
            std::erase_if(out.targets, [](const RouteTarget &target) { return target.weight == 0; });
            return out;
        }

        static void addEdits(HeaderEdits &out, const Value &from)
        {
            for (std::size_t i = 0; i < sizeOf(from["remove"]); ++i)
                out.push_back({HeaderEdit::Kind::Remove, std::string(from["remove"][i].stringOr()), {}});
            for (std::size_t i = 0; i < sizeOf(from["set"]); ++i)
                out.push_back({HeaderEdit::Kind::Set, text(from["set"][i], "name"), text(from["set"][i], "value"), true});
            for (std::size_t i = 0; i < sizeOf(from["add"]); ++i)
                out.push_back({HeaderEdit::Kind::Add, text(from["add"][i], "name"), text(from["add"][i], "value"), true});
        }

        static PathRewrite pathRewrite(const Value &path)
        {
            const std::string type = text(path, "type");
            if (type == "ReplaceFullPath")
                return {PathRewrite::Kind::Full, text(path, "replaceFullPath"), nullptr};
            if (type == "ReplacePrefixMatch")
                return {PathRewrite::Kind::GatewayPrefix, text(path, "replacePrefixMatch"), nullptr};
            return {};
        }

        RedirectAction redirectOf(const Value &from) const
        {
            RedirectAction out;
            out.scheme = text(from, "scheme");
            out.host = text(from, "hostname");
            out.path = pathRewrite(from["path"]);
            out.code = static_cast<int>(std::clamp<std::int64_t>(from["statusCode"].intOr(302), 300, 399));
            out.stripsDefaultPort = true;
            const std::int64_t port = from["port"].intOr(0);
            if (port > 0 && port <= 65535)
                out.port = static_cast<int>(port);
            else
                out.port = out.scheme == "https" ? 443 : out.scheme == "http" ? 80 : m_listener.port;
            return out;
        }

        void addMirror(RouteAction &out, const Value &from)
        {
            MirrorTarget mirror {apiTarget(m_config, m_route, from["backendRef"]), number(from["percent"], 100)};
            if (const Value &fraction = from["fraction"]; fraction.isMap()) {
                const double denominator = number(fraction["denominator"], 100);
                mirror.percent = denominator > 0 ? 100 * number(fraction["numerator"], 0) / denominator : 0;
            }
            if (mirror.target.problem.empty())
                out.mirrors.push_back(std::move(mirror));
            else
                m_notes.push_back(phrase("route", "%1: nothing is mirrored: %2").with(m_where, mirror.target.problem));
        }

        static CorsAction corsOf(const Value &from)
        {
            CorsAction out;
            out.forwardsUnmatchedPreflight = false;
            for (std::size_t i = 0; i < sizeOf(from["allowOrigins"]); ++i) {
                const std::string origin(from["allowOrigins"][i].stringOr());
                const std::size_t star = origin.find('*');
                if (origin == "*") {
                    out.allowsAnyOrigin = true;
                } else if (star == std::string::npos) {
                    out.origins.emplace_back(TextMatcher::Kind::Exact, origin);
                } else {
                    // "https://*.bar.com": the star stands for labels of the host.
                    RegexCache cache;
                    const std::string pattern
                        = RE2::QuoteMeta(origin.substr(0, star)) + "[^/]+" + RE2::QuoteMeta(origin.substr(star + 1));
                    if (Result<TextMatcher> regex = TextMatcher::regex(pattern, cache))
                        out.origins.push_back(std::move(*regex));
                }
            }
            const auto list = [&](std::vector<std::string> &to, const char *key) {
                for (std::size_t i = 0; i < sizeOf(from[key]); ++i)
                    to.emplace_back(from[key][i].stringOr());
            };
            list(out.methods, "allowMethods");
            list(out.headers, "allowHeaders");
            list(out.exposedHeaders, "exposeHeaders");
            out.allowsCredentials = from["allowCredentials"].boolOr(false);
            out.maxAge = std::chrono::seconds(from["maxAge"].intOr(5));
            return out;
        }

        /// False when the filter can't be carried out: the API wants an error then, never a request without it.
        bool ruleFilter(RouteAction &out, const Value &filter)
        {
            const std::string type = text(filter, "type");
            if (type == "RequestHeaderModifier") {
                addEdits(out.requestEdits, filter["requestHeaderModifier"]);
            } else if (type == "ResponseHeaderModifier") {
                addEdits(out.responseEdits, filter["responseHeaderModifier"]);
            } else if (type == "RequestRedirect") {
                out.kind = RouteAction::Kind::Redirect;
                out.redirect = redirectOf(filter["requestRedirect"]);
            } else if (type == "URLRewrite") {
                out.rewrite = pathRewrite(filter["urlRewrite"]["path"]);
                out.authority = text(filter["urlRewrite"], "hostname");
            } else if (type == "RequestMirror") {
                addMirror(out, filter["requestMirror"]);
            } else if (type == "CORS") {
                out.cors = corsOf(filter["cors"]);
            } else {
                m_notes.push_back(type.empty() ? phrase("route", "%1: a filter has no type").with(m_where)
                                       : phrase("route", "%1: filter %2 is not modelled").with(m_where, type));
                return type == "ExternalAuth";
            }
            return true;
        }

        void targetFilter(RouteTarget &target, RouteAction &rule, const Value &filter)
        {
            const std::string type = text(filter, "type");
            if (type == "RequestHeaderModifier")
                addEdits(target.requestEdits, filter["requestHeaderModifier"]);
            else if (type == "ResponseHeaderModifier")
                addEdits(target.responseEdits, filter["responseHeaderModifier"]);
            else if (type == "RequestRedirect")
                target.redirect = redirectOf(filter["requestRedirect"]);
            else if (type == "RequestMirror")
                addMirror(rule, filter["requestMirror"]);
            else if (type == "URLRewrite") {
                target.rewrite = pathRewrite(filter["urlRewrite"]["path"]);
                target.authority = text(filter["urlRewrite"], "hostname");
            } else
                m_notes.push_back(phrase("route", "%1: filter %2 of a backend is not modelled").with(m_where, type));
        }

        const GatewayApiConfig &m_config;
        const ApiRoute &m_route;
        ApiListenerFacts m_listener;
        RegexCache &m_regexes;
        std::vector<Text> &m_notes;
        std::string m_where;
        bool m_isReadable = true;
    };

} // namespace

RouteTarget apiTarget(const GatewayApiConfig &config, const ApiRoute &route, const Value &ref)
{
    RouteTarget out;
    const std::string group = text(ref, "group");
    out.kind = text(ref, "kind", "Service");
    out.ns = text(ref, "namespace", route.ns);
    const std::string name = text(ref, "name");
    out.host = name + "." + out.ns + ".svc.cluster.local";
    out.port = static_cast<int>(std::clamp<std::int64_t>(ref["port"].intOr(0), 0, 65535));
    out.weight = static_cast<std::uint64_t>(std::clamp<std::int64_t>(ref["weight"].intOr(1), 0, 1'000'000));
    const bool isService = group.empty() && out.kind == "Service";
    const bool isImport = group == "multicluster.x-k8s.io" && out.kind == "ServiceImport";
    if (!isService && !isImport)
        out.problem = phrase("route", "InvalidKind: %1 is no backend").with((group.empty() ? "" : group + "/") + out.kind);
    else if (out.ns != route.ns && !config.isGranted(route.kind, route.ns, group, out.kind, out.ns, name))
        out.problem = phrase("route", "RefNotPermitted: no ReferenceGrant in %1 lets %2 of %3 use it").with(out.ns, route.kind, route.ns);
    else if (isService && !config.hasService(out.ns, name))
        out.problem = phrase("route", "BackendNotFound: there is no Service %1").with(out.ns + "/" + name);
    else if (isService && out.port == 0)
        out.problem = phrase("route", "InvalidKind: a Service needs a port");
    else if (isService && !config.hasServicePort(out.ns, name, out.port))
        out.problem = phrase("route", "BackendNotFound: Service %1 has no port %2").with(out.ns + "/" + name, out.port);
    return out;
}

std::vector<RankedRoute> compileApiRules(const GatewayApiConfig &config, const ApiRoute &route, const ApiListenerFacts &listener,
    RegexCache &regexes, std::vector<Text> &notes)
{
    return Compiler(config, route, listener, regexes, notes).all();
}

CompiledRoute compileApiStream(const GatewayApiConfig &config, const ApiRoute &route)
{
    CompiledRoute out;
    out.origin = {route.kind, route.ns, route.name, "rules", 0, -1, {}, {}};
    auto action = std::make_shared<RouteAction>();
    const Value &backends = route.object["spec"]["rules"][0]["backendRefs"];
    for (std::size_t i = 0; i < sizeOf(backends); ++i) {
        RouteTarget target = apiTarget(config, route, backends[i]);
        target.pointer = "/spec/rules/0/backendRefs/" + std::to_string(i);
        if (target.weight == 0)
            continue;
        action->totalWeight += target.weight;
        action->targets.push_back(std::move(target));
    }
    if (action->totalWeight == 0)
        action->kind = RouteAction::Kind::Failing;
    out.action = std::move(action);
    return out;
}

} // namespace fairway::route
