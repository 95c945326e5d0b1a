#include "core/route/route_reader.h"
#include "core/route/route_readers.h"
#include "core/route/rule_title.h"

#include <algorithm>
#include <limits>

/// VirtualService. Source: istio.io/api networking/v1alpha3/virtual_service.proto; names resolve in the namespace of the rule.
namespace fairway::route {
namespace {

    using value::Value;

    class Reader : RouteReader {
    public:
        using RouteReader::RouteReader;

        void read(const Value &object)
        {
            const Value *found = specOf(object);
            if (found == nullptr)
                return;
            const Value &spec = *found;
            m_route.hosts = m_shape.texts(spec, "hosts", "/spec");
            m_route.isDelegate = m_route.hosts.empty();
            for (const std::string &gateway : m_shape.texts(spec, "gateways", "/spec"))
                m_route.gateways.push_back(qualified(gateway));
            if (m_route.gateways.empty() && !m_route.isDelegate)
                m_route.gateways.emplace_back("mesh");
            for (const std::string_view section : {"http", "tls", "tcp"})
                readSection(spec, section);
        }

    private:
        std::string qualified(const std::string &gateway) const
        {
            if (gateway == "mesh" || gateway.find('/') != std::string::npos)
                return gateway;
            return homeOf(m_route) + "/" + gateway;
        }

        void readSection(const Value &spec, std::string_view section)
        {
            const value::List &rules = m_shape.list(spec, section, "/spec");
            const std::string base = childPointer("/spec", section);
            for (std::size_t i = 0; i < rules.size(); ++i) {
                if (m_route.rules.size() >= m_limits.maxRules) {
                    m_shape.problem(childPointer(base, i), phrase("route", "too many rules: the rest is left out"));
                    return;
                }
                readRule(rules[i], section, i, childPointer(base, i));
            }
        }

        void readRule(const Value &from, std::string_view section, std::size_t index, const std::string &pointer)
        {
            Rule rule;
            rule.section = section;
            rule.index = static_cast<int>(index);
            rule.pointer = pointer;
            const std::size_t before = m_shape.count();
            if (m_shape.isMap(from, pointer)) {
                rule.name = m_shape.text(from, "name", pointer);
                readMatches(rule, from, pointer);
                readDestinations(rule, from, pointer);
                if (section == "http")
                    readActions(rule, from, pointer);
            }
            lockWhenBroken(rule, before);
            const bool isFirst = std::none_of(m_route.rules.begin(), m_route.rules.end(),
                [&](const Rule &other) { return other.section == section; });
            describeMatches(rule, isFirst);
            finishDestinations(rule, WeightRules::Istio);
            m_route.rules.push_back(std::move(rule));
        }

        void readMatches(Rule &rule, const Value &from, const std::string &pointer)
        {
            const value::List &matches = m_shape.list(from, "match", pointer);
            const std::string base = childPointer(pointer, "match");
            for (std::size_t i = 0; i < matches.size(); ++i) {
                const std::string here = childPointer(base, i);
                if (rule.matches.size() >= m_limits.maxMatchesPerRule) {
                    m_shape.problem(here, phrase("route", "too many matches: the rest is left out"));
                    return;
                }
                if (!m_shape.isMap(matches[i], here))
                    continue;
                Match match;
                match.sourceLabels = m_shape.textMap(matches[i], "sourceLabels", here);
                match.sourceNamespace = m_shape.text(matches[i], "sourceNamespace", here);
                match.port = portOf(matches[i], "port", here);
                for (const std::string &gateway : m_shape.texts(matches[i], "gateways", here))
                    match.gateways.push_back(qualified(gateway));
                if (rule.section == "http") {
                    readHttpMatch(match, matches[i], here);
                    rule.matches.push_back(std::move(match));
                } else {
                    readStreamMatch(rule, std::move(match), matches[i], here);
                }
            }
        }

        void readHttpMatch(Match &match, const Value &from, const std::string &pointer)
        {
            const bool ignoresCase = m_shape.flag(from, "ignoreUriCase", pointer);
            static constexpr std::pair<const char *, Subject> Single[] = {{"uri", Subject::Path},
                {"method", Subject::Method}, {"authority", Subject::Authority}, {"scheme", Subject::Scheme}};
            for (const auto &[key, subject] : Single) {
                if (from[key].isNull())
                    continue;
                Condition condition = stringMatch(from[key], subject, {}, childPointer(pointer, key));
                // An empty StringMatch on a path is no presence test: there is always a path.
                if (condition.op == Operator::Present)
                    continue;
                condition.ignoresCase = ignoresCase && subject == Subject::Path && condition.op != Operator::Regex;
                match.conditions.push_back(std::move(condition));
            }
            readKeyed(match, from, "headers", Subject::Header, false, pointer);
            readKeyed(match, from, "withoutHeaders", Subject::Header, true, pointer);
            readKeyed(match, from, "queryParams", Subject::QueryParam, false, pointer);
        }

        void readKeyed(Match &match, const Value &from, std::string_view key, Subject subject, bool isNegated,
            const std::string &pointer)
        {
            const Value &map = from[key];
            const std::string base = childPointer(pointer, key);
            if (map.isNull() || !m_shape.isMap(map, base))
                return;
            for (const auto &[name, item] : map.asMap()) {
                Condition condition = stringMatch(item, subject, name, childPointer(base, name));
                condition.isNegated = isNegated;
                match.conditions.push_back(std::move(condition));
            }
        }

        /// `{}`, null and regex "*" test for presence.
        Condition stringMatch(const Value &from, Subject subject, std::string key, const std::string &pointer)
        {
            Condition condition {subject, Operator::Present, std::move(key), {}};
            if (from.isNull() || !m_shape.isMap(from, pointer))
                return condition;
            static constexpr std::pair<const char *, Operator> Kinds[]
                = {{"exact", Operator::Exact}, {"prefix", Operator::Prefix}, {"regex", Operator::Regex}};
            for (const auto &[name, op] : Kinds) {
                if (from[name].isNull())
                    continue;
                condition.value = m_shape.text(from, name, pointer);
                condition.op = op;
            }
            if (condition.op == Operator::Regex && condition.value == "*" && subject != Subject::Path) {
                condition.op = Operator::Present;
                condition.value.clear();
            }
            return condition;
        }

        /// TLS and TCP matches hold lists of alternatives: each combination becomes a match of its own.
        void readStreamMatch(Rule &rule, Match base, const Value &from, const std::string &pointer)
        {
            std::vector<std::string> names = m_shape.texts(from, "sniHosts", pointer);
            std::vector<std::string> subnets = m_shape.texts(from, "destinationSubnets", pointer);
            const bool hasNames = !names.empty();
            const bool hasSubnets = !subnets.empty();
            if (!hasNames)
                names.emplace_back();
            if (!hasSubnets)
                subnets.emplace_back();
            for (const std::string &name : names) {
                for (const std::string &subnet : subnets) {
                    if (rule.matches.size() >= m_limits.maxMatchesPerRule) {
                        m_shape.problem(pointer, phrase("route", "too many matches: the rest is left out"));
                        return;
                    }
                    Match match = base;
                    if (hasNames)
                        match.conditions.push_back({Subject::Sni, Operator::Exact, {}, name});
                    if (hasSubnets)
                        match.conditions.push_back({Subject::Subnet, Operator::Exact, {}, subnet});
                    rule.matches.push_back(std::move(match));
                }
            }
        }

        void readDestinations(Rule &rule, const Value &from, const std::string &pointer)
        {
            const value::List &routes = m_shape.list(from, "route", pointer);
            const std::string base = childPointer(pointer, "route");
            for (std::size_t i = 0; i < routes.size(); ++i) {
                const std::string here = childPointer(base, i);
                if (i >= m_limits.maxDestinations) {
                    m_shape.problem(here, phrase("route", "too many destinations: the rest is left out"));
                    return;
                }
                Destination out;
                out.pointer = here;
                out.weightPointer = childPointer(here, "weight");
                if (m_shape.isMap(routes[i], here)) {
                    out.isWeightWritten = !routes[i]["weight"].isNull();
                    out.weight = m_shape.whole(routes[i], "weight", here, 0);
                    if (out.weight < 0 || out.weight > std::numeric_limits<std::int32_t>::max()) {
                        m_shape.problem(out.weightPointer,
                            out.weight < 0 ? phrase("route", "weight must not be negative")
                                           : phrase("route", "weight must fit 32 bits"));
                        out.weight = 0;
                    }
                    readTarget(out, routes[i], here);
                }
                rule.destinations.push_back(std::move(out));
            }
        }

        void readTarget(Destination &out, const Value &from, const std::string &pointer)
        {
            const std::string here = childPointer(pointer, "destination");
            const Value &target = from["destination"];
            if (!m_shape.isMap(target, here))
                return;
            out.host = m_shape.text(target, "host", here);
            out.subset = m_shape.text(target, "subset", here);
            if (!target["port"].isNull() && m_shape.isMap(target["port"], childPointer(here, "port")))
                out.port = portOf(target["port"], "number", childPointer(here, "port"));
            if (out.host.empty()) {
                m_shape.problem(childPointer(here, "host"), phrase("route", "a destination needs a host"));
                return;
            }
            out.fqdn = fullHost(out.host, homeOf(m_route));
            if (std::optional<ServiceName> service = serviceOfHost(out.host, homeOf(m_route))) {
                out.service = std::move(service->name);
                out.ns = std::move(service->ns);
            }
        }

        void readActions(Rule &rule, const Value &from, const std::string &pointer)
        {
            // Translation order: redirect, then directResponse, then route.
            if (const Value &redirect = from["redirect"]; redirect.isMap()) {
                const std::string authority = m_shape.text(redirect, "authority", childPointer(pointer, "redirect"));
                const std::string uri = m_shape.text(redirect, "uri", childPointer(pointer, "redirect"));
                rule.action = authority.empty() && uri.empty() ? phrase("route", "redirects to the same place")
                                                               : phrase("route", "redirects to %1").with(authority + uri);
            } else if (const Value &direct = from["directResponse"]; direct.isMap()) {
                rule.action = phrase("route", "answers %1")
                                  .with(m_shape.whole(direct, "status", childPointer(pointer, "directResponse"), 0));
            } else if (const Value &delegate = from["delegate"]; delegate.isMap()) {
                const std::string ns = m_shape.text(delegate, "namespace", childPointer(pointer, "delegate"));
                rule.delegate = (ns.empty() ? homeOf(m_route) : ns) + "/" + m_shape.text(delegate, "name", childPointer(pointer, "delegate"));
                rule.action = phrase("route", "delegates to %1").with(rule.delegate);
            }
            for (const std::string_view feature : {"fault", "mirror", "mirrors", "retries", "timeout", "rewrite", "headers", "corsPolicy"}) {
                if (!from[feature].isNull())
                    rule.features.emplace_back(feature);
            }
        }
    };

} // namespace

void readVirtualService(RouteObject &route, const Value &object, const RouteLimits &limits)
{
    Reader(route, limits).read(object);
}

} // namespace fairway::route
