#include "core/route/route_reader.h"
#include "core/route/route_readers.h"
#include "core/route/rule_title.h"

#include <algorithm>
#include <charconv>

/// Ingress, plain and as ingress-nginx's canary.
/// Source: networking.k8s.io/v1 and v1beta1; ingress-nginx's documentation of its canary annotations.
namespace fairway::route {
namespace {

    using value::Value;

    constexpr std::string_view kPrefix = "nginx.ingress.kubernetes.io/";

    class Reader : RouteReader {
    public:
        using RouteReader::RouteReader;

        void read(const Value &object)
        {
            const Value *found = specOf(object);
            if (found == nullptr)
                return;
            const Value &spec = *found;
            const Value &annotations = object["metadata"]["annotations"];
            m_isCanary = annotations["nginx.ingress.kubernetes.io/canary"].stringOr() == "true";
            std::string ingressClass = m_shape.text(spec, "ingressClassName", "/spec");
            if (ingressClass.empty())
                ingressClass = std::string(annotations["kubernetes.io/ingress.class"].stringOr());
            if (!ingressClass.empty())
                m_route.gateways.push_back(std::move(ingressClass));
            if (m_isCanary)
                readCanary(annotations);
            readRules(spec);
            const Value &fallback = spec["defaultBackend"].isNull() ? spec["backend"] : spec["defaultBackend"];
            if (!fallback.isNull())
                addRule(fallback, spec["defaultBackend"].isNull() ? "/spec/backend" : "/spec/defaultBackend", {});
        }

    private:
        void readCanary(const Value &annotations)
        {
            m_weight = annotation(annotations, "canary-weight", 0);
            m_isWeightWritten = !annotations[std::string(kPrefix) + "canary-weight"].isNull();
            m_total = annotation(annotations, "canary-weight-total", 100);
            if (m_total < 1)
                m_total = 100;
            m_weight = std::clamp<std::int64_t>(m_weight, 0, m_total);
            for (const std::string_view key : {"canary-by-header", "canary-by-cookie"}) {
                const Value &by = annotations[std::string(kPrefix).append(key)];
                if (by.isString())
                    addDetail(key == "canary-by-header" ? phrase("route", "header %1 goes first").with(by.asString())
                                                        : phrase("route", "cookie %1 goes first").with(by.asString()));
            }
        }

        void addDetail(Text more)
        {
            m_detail = m_detail.empty() ? std::move(more) : phrase("route", "%1; %2").with(m_detail, more);
        }

        /// Annotations are text: a number written without quotes does not get past an API server, but does stand in files.
        std::int64_t annotation(const Value &annotations, std::string_view key, std::int64_t fallback)
        {
            const std::string name = std::string(kPrefix).append(key);
            const Value &from = annotations[name];
            if (from.isNull())
                return fallback;
            const std::string pointer = childPointer("/metadata/annotations", name);
            std::int64_t number = 0;
            const std::string_view text = from.stringOr();
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (text.empty() || error != std::errc() || end != text.data() + text.size() || number < 0
                || number > 1'000'000'000) {
                m_shape.problem(pointer, from.isString() ? phrase("route", "must be a whole number in text")
                                                         : phrase("route", "an annotation must be text"));
                m_isBad = true;
                return fallback;
            }
            return number;
        }

        void readRules(const Value &spec)
        {
            const value::List &rules = m_shape.list(spec, "rules", "/spec");
            for (std::size_t i = 0; i < rules.size(); ++i) {
                const std::string here = childPointer("/spec/rules", i);
                if (!m_shape.isMap(rules[i], here))
                    continue;
                const std::string host = m_shape.text(rules[i], "host", here);
                if (!host.empty() && std::find(m_route.hosts.begin(), m_route.hosts.end(), host) == m_route.hosts.end())
                    m_route.hosts.push_back(host);
                const Value &http = rules[i]["http"];
                if (http.isNull() || !m_shape.isMap(http, childPointer(here, "http")))
                    continue;
                const std::string base = childPointer(here, "http");
                const value::List &paths = m_shape.list(http, "paths", base);
                for (std::size_t p = 0; p < paths.size(); ++p) {
                    const std::string pointer = childPointer(childPointer(base, "paths"), p);
                    if (m_route.rules.size() >= m_limits.maxRules) {
                        m_shape.problem(pointer, phrase("route", "too many paths: the rest is left out"));
                        return;
                    }
                    if (m_shape.isMap(paths[p], pointer))
                        addRule(paths[p]["backend"], childPointer(pointer, "backend"), matchOf(paths[p], host, pointer));
                }
            }
        }

        std::vector<Match> matchOf(const Value &path, const std::string &host, const std::string &pointer)
        {
            Match match;
            const std::string text = m_shape.text(path, "path", pointer);
            const std::string type = m_shape.text(path, "pathType", pointer);
            const Operator op = type == "Exact" ? Operator::Exact : type == "Prefix" ? Operator::PathPrefix : Operator::Prefix;
            match.conditions.push_back({Subject::Path, op, {}, text.empty() ? "/" : text});
            // One host is the route's own; with several the rule has to say which.
            if (!host.empty())
                match.conditions.push_back({Subject::Authority, Operator::Exact, {}, host});
            return {std::move(match)};
        }

        void addRule(const Value &backend, const std::string &pointer, std::vector<Match> matches)
        {
            Rule rule;
            rule.section = m_isCanary ? "canary" : "rules";
            rule.index = static_cast<int>(m_route.rules.size());
            rule.pointer = pointer;
            rule.matches = std::move(matches);
            const std::size_t before = m_shape.count();
            Destination target = readBackend(backend, pointer);
            if (m_isCanary) {
                Destination stable;
                stable.label = "stable";
                stable.host = "stable";
                stable.weight = m_total - m_weight;
                rule.destinations.push_back(std::move(stable));
                target.weight = m_weight;
                target.isWeightWritten = m_isWeightWritten;
                target.weightPointer = childPointer("/metadata/annotations", std::string(kPrefix) + "canary-weight");
            } else {
                target.weight = 100;
            }
            rule.destinations.push_back(std::move(target));
            if (m_shape.count() != before || m_isBad || !m_isCanary) {
                rule.isEditable = false;
                rule.notEditableReason
                    = m_route.problems.empty() ? phrase("route", "an Ingress without the canary annotation has no weights") : latestProblem();
            }
            Rule shown = rule;
            for (Match &match : shown.matches)
                std::erase_if(match.conditions, [](const Condition &c) { return c.subject == Subject::Authority; });
            describeMatches(shown, m_route.rules.empty());
            rule.title = shown.title;
            rule.detail = m_isCanary && !m_detail.empty() ? m_detail : shown.detail;
            rule.isCatchAll = shown.isCatchAll;
            finishDestinations(rule, m_isCanary ? WeightRules::NginxCanary : WeightRules::Istio);
            m_route.rules.push_back(std::move(rule));
        }

        Destination readBackend(const Value &from, const std::string &pointer)
        {
            Destination out;
            out.pointer = pointer;
            if (!m_shape.isMap(from, pointer))
                return out;
            if (from["service"].isMap()) { // v1
                const std::string here = childPointer(pointer, "service");
                out.host = m_shape.text(from["service"], "name", here);
                const Value &port = from["service"]["port"];
                if (!port.isNull() && m_shape.isMap(port, childPointer(here, "port"))) {
                    out.port = portOf(port, "number", childPointer(here, "port"));
                    out.portName = m_shape.text(port, "name", childPointer(here, "port"));
                }
            } else { // v1beta1
                out.host = m_shape.text(from, "serviceName", pointer);
                if (from["servicePort"].isString())
                    out.portName = from["servicePort"].asString();
                else
                    out.port = portOf(from, "servicePort", pointer);
            }
            if (out.host.empty()) {
                m_shape.problem(pointer, phrase("route", "a backend needs a Service"));
                return out;
            }
            out.service = out.host;
            out.ns = homeOf(m_route);
            out.fqdn = fullHost(out.host, out.ns);
            return out;
        }

        bool m_isCanary = false;
        bool m_isBad = false;
        bool m_isWeightWritten = false;
        std::int64_t m_weight = 0;
        std::int64_t m_total = 100;
        Text m_detail;
    };

    std::string_view valueOf(const Rule &rule, Subject subject)
    {
        for (const Match &match : rule.matches) {
            for (const Condition &c : match.conditions) {
                if (c.subject == subject)
                    return c.value;
            }
        }
        return {};
    }

} // namespace

void readIngress(RouteObject &route, const Value &object, const RouteLimits &limits)
{
    Reader(route, limits).read(object);
}

bool pairIngress(RouteObject &canary, const RouteObject &primary)
{
    if (canary.kind != RouteKind::Ingress || primary.kind != RouteKind::Ingress || canary.ns != primary.ns)
        return false;
    bool isPaired = false;
    for (Rule &rule : canary.rules) {
        if (rule.section != "canary" || rule.destinations.size() != 2)
            continue;
        const auto same = std::find_if(primary.rules.begin(), primary.rules.end(), [&](const Rule &other) {
            return other.section == "rules" && valueOf(other, Subject::Path) == valueOf(rule, Subject::Path)
                && valueOf(other, Subject::Authority) == valueOf(rule, Subject::Authority);
        });
        if (same == primary.rules.end() || same->destinations.empty())
            continue;
        Destination stable = same->destinations.front();
        stable.weight = rule.destinations[0].weight;
        stable.isWeightWritten = false;
        stable.weightPointer.clear();
        stable.pointer.clear(); // stands in another object
        rule.destinations[0] = std::move(stable);
        finishDestinations(rule, WeightRules::NginxCanary);
        isPaired = true;
    }
    if (isPaired)
        canary.canaryOf = homeOf(primary) + "/" + primary.name;
    return isPaired;
}

} // namespace fairway::route
