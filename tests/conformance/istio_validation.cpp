#include "tests/conformance/suites.h"

#include "core/route/istio_validation.h"

#include <map>

namespace fairway::conformance {
namespace {

    using namespace fairway::route;
    using value::Value;

    /// {"$repeat": ["a", 3]} is "aaa"; {"$base64_of": x} as long as the base64 of x: only its size matters here.
    Value expanded(const Value &from)
    {
        if (from.isMap()) {
            const Value &repeat = from["$repeat"];
            if (repeat.isList()) {
                std::string out;
                for (std::int64_t i = 0; i < repeat[1].intOr(0); ++i)
                    out += repeat[0].stringOr();
                return Value(out);
            }
            if (!from["$base64_of"].isNull()) {
                const std::size_t size = expanded(from["$base64_of"]).stringOr().size();
                std::string out((size + 2) / 3 * 4, 'A');
                for (std::size_t i = 0; i < (3 - size % 3) % 3; ++i)
                    out[out.size() - 1 - i] = '=';
                return Value(out);
            }
            Value out = Value::map();
            for (const auto &[key, item] : from.asMap())
                out.set(key, expanded(item));
            return out;
        }
        if (from.isList()) {
            Value out = Value::list();
            for (const Value &item : from.asList())
                out.append(expanded(item));
            return out;
        }
        return from;
    }

    using Check = void (*)(Report &, const Value &object, const Value &line);

    std::string_view nameOf(const Value &line)
    {
        return line["metadata"]["name"].stringOr("default");
    }

    std::string_view nsOf(const Value &line)
    {
        return line["metadata"]["namespace"].stringOr();
    }

    void say(Report &report, const Text &problem)
    {
        if (!problem.empty())
            report.error("", problem);
    }

    const std::map<std::string, Check, std::less<>> &checks()
    {
        static const std::map<std::string, Check, std::less<>> table {
            {"VirtualService", [](Report &r, const Value &o, const Value &l) { checkVirtualService(r, o, nsOf(l)); }},
            {"DestinationRule", [](Report &r, const Value &o, const Value &l) { checkDestinationRule(r, o, nsOf(l)); }},
            {"Gateway", [](Report &r, const Value &o, const Value &l) { checkGateway(r, o, nameOf(l)); }},
            {"ServiceEntry", [](Report &r, const Value &o, const Value &l) { checkServiceEntry(r, o, l["metadata"]["labels"], nsOf(l)); }},
            {"Sidecar", [](Report &r, const Value &o, const Value &l) { checkSidecar(r, o, nsOf(l)); }},
            {"WorkloadEntry", [](Report &r, const Value &o, const Value &) { checkWorkloadEntry(r, "", o, {}, true); }},
            {"HTTPRoute", [](Report &r, const Value &o, const Value &) { checkHttpRule(r, "", o, HttpRuleRole::Plain); }},
            {"HTTPRoute (root VirtualService with delegate)",
                [](Report &r, const Value &o, const Value &) { checkHttpRule(r, "", o, HttpRuleRole::Plain); }},
            {"HTTPRoute (inside delegate VirtualService)",
                [](Report &r, const Value &o, const Value &) { checkHttpRule(r, "", o, HttpRuleRole::Delegate); }},
            {"HTTPRouteDestination[]", [](Report &r, const Value &o, const Value &) { checkHttpDestinations(r, "", o); }},
            {"tcp-or-tls RouteDestination[]", [](Report &r, const Value &o, const Value &) { checkStreamDestinations(r, "", o); }},
            {"Destination", [](Report &r, const Value &o, const Value &) { checkDestination(r, "", o); }},
            {"CorsPolicy", [](Report &r, const Value &o, const Value &) { checkCors(r, "", o); }},
            {"HTTPFaultInjection.Abort", [](Report &r, const Value &o, const Value &) { checkAbort(r, "", o); }},
            {"HTTPFaultInjection.Delay", [](Report &r, const Value &o, const Value &) { checkDelay(r, "", o); }},
            {"HTTPRetry", [](Report &r, const Value &o, const Value &) { checkRetry(r, "", o); }},
            {"HTTPRewrite", [](Report &r, const Value &o, const Value &) { checkRewrite(r, "", o); }},
            {"RegexRewrite", [](Report &r, const Value &o, const Value &) { checkRegexRewrite(r, "", o); }},
            {"HTTPRedirect", [](Report &r, const Value &o, const Value &) { checkRedirect(r, "", o, {}); }},
            {"HTTPDirectResponse", [](Report &r, const Value &o, const Value &) { checkDirectResponse(r, "", o); }},
            {"TrafficPolicy", [](Report &r, const Value &o, const Value &l) { checkTrafficPolicy(r, "", o, nsOf(l)); }},
            {"ConnectionPoolSettings", [](Report &r, const Value &o, const Value &) { checkConnectionPool(r, "", o); }},
            {"LoadBalancerSettings", [](Report &r, const Value &o, const Value &l) { checkLoadBalancer(r, "", o, l["outlierDetection"]); }},
            {"OutlierDetection", [](Report &r, const Value &o, const Value &) { checkOutlierDetection(r, "", o); }},
            {"ClientTLSSettings", [](Report &r, const Value &o, const Value &l) { checkClientTls(r, "", o, nsOf(l)); }},
            {"LocalityLoadBalancerSetting", [](Report &r, const Value &o, const Value &l) { checkLocalityLb(r, "", o, l["outlierDetection"]); }},
            {"ZoneAwareLoadBalancerSetting", [](Report &r, const Value &o, const Value &l) { checkZoneAwareLb(r, "", o, l["outlierDetection"]); }},
            {"Gateway.Server", [](Report &r, const Value &o, const Value &) { checkServer(r, "", o); }},
            {"ServerTLSSettings", [](Report &r, const Value &o, const Value &) { checkServerTls(r, "", o); }},
            {"http-status-code", [](Report &r, const Value &o, const Value &) { checkHttpStatus(r, "", o.intOr(0)); }},
            {"duration", [](Report &r, const Value &o, const Value &) { checkDuration(r, "", o); }},
            {"fqdn", [](Report &r, const Value &o, const Value &) { say(r, fqdnProblem(o.stringOr())); }},
            {"wildcard-domain", [](Report &r, const Value &o, const Value &) { say(r, wildcardProblem(o.stringOr())); }},
            {"wildcard-domain (gateway-bound)",
                [](Report &r, const Value &o, const Value &l) { say(r, gatewayHostProblem(o.stringOr(), l["sni"].boolOr(false))); }},
            {"header-value", [](Report &r, const Value &o, const Value &) { checkHeaderValue(r, "", o.stringOr()); }},
            {"header-name-or-jwt-claim", [](Report &r, const Value &o, const Value &) { checkHeaderName(r, "", o.stringOr()); }},
            {"strict-header-name", [](Report &r, const Value &o, const Value &) { checkStrictHeaderName(r, "", o.stringOr()); }},
            {"exportTo", [](Report &r, const Value &o, const Value &) {
                 checkExportTo(r, "", o["exportTo"], o["namespace"].stringOr(), o["isServiceEntry"].boolOr(false),
                     o["isDestinationRuleWithSelector"].boolOr(false));
             }},
            {"locality-list", [](Report &r, const Value &o, const Value &) {
                 std::vector<std::string> localities;
                 for (std::size_t i = 0; i < o.size(); ++i)
                     localities.emplace_back(o[i].stringOr());
                 checkLocalities(r, "", localities);
             }},
        };
        return table;
    }

} // namespace

Adapter istioValidation(const Value &)
{
    return [](const Value &line) -> Result<Value> {
        const std::string_view kind = line["kind"].stringOr();
        const Value object = expanded(line["object"]);
        Report report;
        constexpr std::string_view schema = " (CRD schema/CEL layer)";
        if (kind.ends_with(schema)) {
            checkIstioSchema(report, kind.substr(0, kind.size() - schema.size()), object);
        } else {
            const auto check = checks().find(kind);
            if (check == checks().end())
                return fail(ErrorCode::Unsupported, "no check for " + std::string(kind));
            check->second(report, object, line);
        }
        return Value::map(
            {{"expect", Value(report.hasErrors() ? "error" : "valid")}, {"warning", Value(report.hasWarnings())}});
    };
}

} // namespace fairway::conformance
