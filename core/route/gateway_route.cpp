#include "core/route/route_reader.h"
#include "core/route/route_readers.h"
#include "core/route/rule_title.h"

#include <algorithm>
#include <tuple>

/// HTTPRoute, GRPCRoute, TLSRoute and TCPRoute; the latter two have rules without matches and filters.
/// Source: sigs.k8s.io/gateway-api apis/v1 httproute_types.go, grpcroute_types.go, tlsroute_types.go, apis/v1alpha2 tcproute_types.go.
namespace fairway::route {
namespace {

    using value::Value;

    /// Larger takes precedence: exact path, longest prefix, method, number of headers, number of query parameters;
    /// for gRPC the characters of the service and of the method.
    using Rank = std::tuple<int, std::size_t, std::size_t, bool, std::size_t, std::size_t>;

    Rank rankOf(const Match &match)
    {
        Rank rank {0, 0, 0, false, 0, 0};
        for (const Condition &c : match.conditions) {
            switch (c.subject) {
            case Subject::Path:
                std::get<0>(rank) = c.op == Operator::Exact ? 3 : c.op == Operator::PathPrefix ? 2 : 1;
                std::get<1>(rank) = c.value.size();
                break;
            case Subject::GrpcService:
                std::get<1>(rank) = c.value.size();
                break;
            case Subject::GrpcMethod:
                std::get<2>(rank) = c.value.size();
                break;
            case Subject::Method:
                std::get<3>(rank) = true;
                break;
            case Subject::Header:
                ++std::get<4>(rank);
                break;
            case Subject::QueryParam:
                ++std::get<5>(rank);
                break;
            default:
                break;
            }
        }
        return rank;
    }

    Rank rankOf(const Rule &rule)
    {
        Rank best {0, 0, 0, false, 0, 0};
        for (const Match &match : rule.matches)
            best = std::max(best, rankOf(match));
        return best;
    }

    class Reader : RouteReader {
    public:
        using RouteReader::RouteReader;

        void read(const Value &object)
        {
            const Value *found = specOf(object);
            if (found == nullptr)
                return;
            const Value &spec = *found;
            m_route.hosts = m_shape.texts(spec, "hostnames", "/spec");
            readParents(spec);
            const value::List &rules = m_shape.list(spec, "rules", "/spec");
            for (std::size_t i = 0; i < rules.size(); ++i) {
                const std::string pointer = childPointer("/spec/rules", i);
                if (i >= m_limits.maxRules) {
                    m_shape.problem(pointer, phrase("route", "too many rules: the rest is left out"));
                    break;
                }
                readRule(rules[i], i, pointer);
            }
            // Rules compete by how specific they are, the listed order only breaks ties.
            std::stable_sort(m_route.rules.begin(), m_route.rules.end(),
                [](const Rule &a, const Rule &b) { return rankOf(a) > rankOf(b); });
            for (std::size_t i = 0; i < m_route.rules.size(); ++i) {
                describeMatches(m_route.rules[i], i == 0);
                finishDestinations(m_route.rules[i], WeightRules::GatewayApi);
            }
        }

    private:
        void readParents(const Value &spec)
        {
            const value::List &parents = m_shape.list(spec, "parentRefs", "/spec");
            for (std::size_t i = 0; i < parents.size(); ++i) {
                const std::string pointer = childPointer("/spec/parentRefs", i);
                if (!m_shape.isMap(parents[i], pointer))
                    continue;
                std::string kind = m_shape.text(parents[i], "kind", pointer);
                std::string ns = m_shape.text(parents[i], "namespace", pointer);
                const std::string section = m_shape.text(parents[i], "sectionName", pointer);
                std::string text = (kind.empty() ? "Gateway" : kind) + " " + (ns.empty() ? homeOf(m_route) : ns) + "/"
                    + m_shape.text(parents[i], "name", pointer);
                if (!section.empty())
                    text += " " + section;
                m_route.gateways.push_back(std::move(text));
            }
        }

        void readRule(const Value &from, std::size_t index, const std::string &pointer)
        {
            Rule rule;
            rule.section = "rules";
            rule.index = static_cast<int>(index);
            rule.pointer = pointer;
            const std::size_t before = m_shape.count();
            if (m_shape.isMap(from, pointer)) {
                rule.name = m_shape.text(from, "name", pointer);
                readBackends(rule, from, pointer);
                if (m_route.kind == RouteKind::HttpRoute || m_route.kind == RouteKind::GrpcRoute) {
                    readMatches(rule, from, pointer);
                    readFilters(rule, from, pointer);
                }
                for (const std::string_view feature : {"timeouts", "retry", "sessionPersistence"}) {
                    if (!from[feature].isNull())
                        rule.features.emplace_back(feature);
                }
            }
            lockWhenBroken(rule, before);
            m_route.rules.push_back(std::move(rule));
        }

        void readMatches(Rule &rule, const Value &from, const std::string &pointer)
        {
            const value::List &matches = m_shape.list(from, "matches", pointer);
            const std::string base = childPointer(pointer, "matches");
            for (std::size_t i = 0; i < matches.size(); ++i) {
                const std::string here = childPointer(base, i);
                if (i >= m_limits.maxMatchesPerRule) {
                    m_shape.problem(here, phrase("route", "too many matches: the rest is left out"));
                    return;
                }
                if (!m_shape.isMap(matches[i], here))
                    continue;
                Match match;
                if (m_route.kind == RouteKind::GrpcRoute)
                    readGrpcMethod(match, matches[i], here);
                else
                    readHttp(match, matches[i], here);
                readNamed(match, matches[i], "headers", Subject::Header, here);
                rule.matches.push_back(std::move(match));
            }
        }

        void readHttp(Match &match, const Value &from, const std::string &pointer)
        {
            const Value &path = from["path"];
            const std::string here = childPointer(pointer, "path");
            Condition condition {Subject::Path, Operator::PathPrefix, {}, "/"};
            if (!path.isNull() && m_shape.isMap(path, here)) {
                const std::string type = m_shape.text(path, "type", here);
                if (!path["value"].isNull())
                    condition.value = m_shape.text(path, "value", here);
                condition.op = operatorOf(type, Operator::PathPrefix, childPointer(here, "type"));
            }
            match.conditions.push_back(std::move(condition));
            if (std::string method = m_shape.text(from, "method", pointer); !method.empty())
                match.conditions.push_back({Subject::Method, Operator::Exact, {}, std::move(method)});
            readNamed(match, from, "queryParams", Subject::QueryParam, pointer);
        }

        void readGrpcMethod(Match &match, const Value &from, const std::string &pointer)
        {
            const Value &method = from["method"];
            const std::string here = childPointer(pointer, "method");
            if (method.isNull() || !m_shape.isMap(method, here))
                return;
            const Operator op = operatorOf(m_shape.text(method, "type", here), Operator::Exact, childPointer(here, "type"));
            if (std::string text = m_shape.text(method, "service", here); !text.empty())
                match.conditions.push_back({Subject::GrpcService, op, {}, std::move(text)});
            if (std::string text = m_shape.text(method, "method", here); !text.empty())
                match.conditions.push_back({Subject::GrpcMethod, op, {}, std::move(text)});
        }

        /// Of a name that stands twice only the first entry counts; header names compare without case.
        void readNamed(Match &match, const Value &from, std::string_view key, Subject subject, const std::string &pointer)
        {
            const value::List &items = m_shape.list(from, key, pointer);
            const std::string base = childPointer(pointer, key);
            for (std::size_t i = 0; i < items.size() && i < m_limits.maxMatchesPerRule; ++i) {
                const std::string here = childPointer(base, i);
                if (!m_shape.isMap(items[i], here))
                    continue;
                std::string name = m_shape.text(items[i], "name", here);
                if (subject == Subject::Header) {
                    for (char &c : name)
                        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
                }
                const bool isKnown = std::any_of(match.conditions.begin(), match.conditions.end(),
                    [&](const Condition &other) { return other.subject == subject && other.key == name; });
                if (isKnown)
                    continue;
                const Operator op = operatorOf(m_shape.text(items[i], "type", here), Operator::Exact, childPointer(here, "type"));
                match.conditions.push_back({subject, op, std::move(name), m_shape.text(items[i], "value", here)});
            }
        }

        Operator operatorOf(std::string_view type, Operator fallback, const std::string &pointer)
        {
            if (type.empty())
                return fallback;
            if (type == "Exact")
                return Operator::Exact;
            if (type == "PathPrefix")
                return Operator::PathPrefix;
            if (type == "RegularExpression")
                return Operator::Regex;
            m_shape.problem(pointer, phrase("route", "unknown type of match"));
            return fallback;
        }

        void readBackends(Rule &rule, const Value &from, const std::string &pointer)
        {
            const value::List &backends = m_shape.list(from, "backendRefs", pointer);
            const std::string base = childPointer(pointer, "backendRefs");
            for (std::size_t i = 0; i < backends.size(); ++i) {
                const std::string here = childPointer(base, i);
                if (i >= m_limits.maxDestinations) {
                    m_shape.problem(here, phrase("route", "too many backends: the rest is left out"));
                    return;
                }
                Destination out;
                out.pointer = here;
                out.weightPointer = childPointer(here, "weight");
                out.weight = 1;
                if (m_shape.isMap(backends[i], here))
                    readBackend(out, backends[i], here);
                rule.destinations.push_back(std::move(out));
            }
        }

        void readBackend(Destination &out, const Value &from, const std::string &pointer)
        {
            out.isWeightWritten = !from["weight"].isNull();
            out.weight = m_shape.whole(from, "weight", pointer, 1);
            if (out.weight < 0 || out.weight > 1'000'000) {
                m_shape.problem(out.weightPointer, phrase("route", "weight must be 0 to 1000000"));
                out.weight = 0;
            }
            out.host = m_shape.text(from, "name", pointer);
            if (out.host.empty())
                m_shape.problem(childPointer(pointer, "name"), phrase("route", "a backend needs a name"));
            const std::string ns = m_shape.text(from, "namespace", pointer);
            const std::string kind = m_shape.text(from, "kind", pointer);
            const std::string group = m_shape.text(from, "group", pointer);
            out.port = portOf(from, "port", pointer);
            if (group.empty() && (kind.empty() || kind == "Service")) {
                out.service = out.host;
                out.ns = ns.empty() ? homeOf(m_route) : ns;
                out.fqdn = fullHost(out.host, out.ns);
            }
        }

        void readFilters(Rule &rule, const Value &from, const std::string &pointer)
        {
            const value::List &filters = m_shape.list(from, "filters", pointer);
            const std::string base = childPointer(pointer, "filters");
            for (std::size_t i = 0; i < filters.size() && i < m_limits.maxMatchesPerRule; ++i) {
                const std::string here = childPointer(base, i);
                if (!m_shape.isMap(filters[i], here))
                    continue;
                std::string type = m_shape.text(filters[i], "type", here);
                if (type == "RequestRedirect") {
                    const std::string host = m_shape.text(filters[i]["requestRedirect"], "hostname", here);
                    rule.action = host.empty() ? phrase("route", "redirects") : phrase("route", "redirects to %1").with(host);
                } else if (!type.empty()) {
                    rule.features.push_back(std::move(type));
                }
            }
        }
    };

} // namespace

void readGatewayRoute(RouteObject &route, const Value &object, const RouteLimits &limits)
{
    Reader(route, limits).read(object);
}

} // namespace fairway::route
