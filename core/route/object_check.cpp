#include "core/route/object_check.h"

#include "core/route/field_check.h"
#include "core/route/gateway_api_check.h"
#include "core/route/ingress_check.h"
#include "core/route/istio_analysis.h"
#include "core/route/istio_validation.h"
#include "core/route/reference_check.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    using value::Value;

    enum class Needs { Nothing, Services, Pods, Gateways, Rules };

    Needs needsOf(std::string_view analyzer)
    {
        static constexpr std::pair<std::string_view, Needs> Known[] = {{"virtualservice.DestinationHostAnalyzer", Needs::Services},
            {"virtualservice.DestinationRuleAnalyzer", Needs::Rules}, {"virtualservice.GatewayAnalyzer", Needs::Gateways},
            {"destinationrule.PodNotSelectedAnalyzer", Needs::Pods}, {"gateway.IngressGatewayPortAnalyzer", Needs::Pods},
            {"gateway.SecretAnalyzer", Needs::Pods}, {"sidecar.SelectorAnalyzer", Needs::Pods},
            // validateIstio() is called directly, for the paths of other kinds of finding
            {"schema.ValidationAnalyzer", Needs::Nothing}};
        for (const auto &[name, needs] : Known) {
            if (name == analyzer)
                return needs;
        }
        return Needs::Nothing;
    }

    std::string nameOfObject(const Value &object)
    {
        return std::string(object["kind"].stringOr()) + " " + fullNameOf(object);
    }

    Severity severityOf(const Violation &violation)
    {
        if (!violation.isWarning)
            return Severity::Error;
        return violation.code == "IST0131" || violation.code == "FW0026" ? Severity::Info : Severity::Warning;
    }

    /// Istio injects a fault into the share of requests that is named: without one, into none.
    void checkFaults(Report &report, const Value &object)
    {
        if (object["kind"].stringOr() != "VirtualService")
            return;
        const Value &rules = object["spec"]["http"];
        for (std::size_t i = 0; i < rules.size(); ++i) {
            for (const char *kind : {"abort", "delay"}) {
                const Value &fault = rules[i]["fault"][kind];
                const Value &share = fault["percentage"];
                if (fault.isMap() && (share.isNull() || share.isMap()) && share["value"].isNull() && fault["percent"].isNull())
                    report.warn(field(item("spec.http", i), "fault") + "." + kind,
                        phrase("route", "hits no request: Istio takes a missing percentage for 0"), "FW0029");
            }
        }
    }

    /// Whether one of these is the path, or that of a part it stands in.
    bool isBelow(const std::set<std::string_view> &paths, std::string_view path)
    {
        while (!paths.empty() && !path.empty()) {
            if (paths.contains(path))
                return true;
            const std::size_t end = path.find_last_of(".[");
            path = path.substr(0, end == std::string_view::npos ? 0 : end);
        }
        return false;
    }

    /// Where a gateway is missing, nobody needs to hear as well that it serves none of the hosts.
    bool isSaidBy(const std::vector<ObjectFinding> &told, const AnalysisMessage &message)
    {
        return message.code == "IST0132" && std::any_of(told.rbegin(), told.rend(), [&](const ObjectFinding &finding) {
            return finding.code == "IST0101" && finding.path == message.path && finding.object == message.object;
        });
    }

} // namespace

std::vector<ObjectFinding> checkObjects(const std::vector<Value> &objects)
{
    std::vector<ObjectFinding> out;
    const auto add = [&](const std::string &object, const Report &report, std::size_t ofFields) {
        std::set<std::string_view> wrong;   // fields that are not what they should be: what they lack follows from that
        std::set<std::string_view> refused; // schema and webhook often refuse the same field
        for (const Violation &violation : report.violations()) {
            const bool isOfField = ofFields > 0 && ofFields-- > 0;
            if (isOfField && !violation.isWarning)
                wrong.insert(violation.path);
            const bool isKnown = violation.code == "IST0106" && !violation.isWarning && !violation.path.empty()
                && (!refused.insert(violation.path).second || (!isOfField && isBelow(wrong, violation.path)));
            if (!isKnown)
                out.push_back({object, severityOf(violation), violation.code, violation.path, violation.message});
        }
    };
    for (const Value &object : objects) {
        Report report;
        checkFields(report, object);
        const std::size_t ofFields = report.violations().size();
        validateIstio(report, object);
        checkFaults(report, object);
        checkIngress(report, object);
        add(nameOfObject(object), report, ofFields);
    }
    const AnalysisInput input(objects);
    const bool hasServices = !input.all("", "Service").empty();
    const bool hasPods = !input.all("", "Pod").empty();
    const bool hasGateways
        = !input.all("networking.istio.io", "Gateway").empty() || !input.all("gateway.networking.k8s.io", "Gateway").empty();
    const bool hasRules = !input.all("networking.istio.io", "DestinationRule").empty();
    AnalysisOutput output; // one for all: some analyzers say the same
    for (const Analyzer &analyzer : istioAnalyzers()) {
        const Needs needs = needsOf(analyzer.name);
        const bool canSay = needs == Needs::Nothing || (needs == Needs::Services && hasServices)
            || (needs == Needs::Pods && hasPods && hasServices) || (needs == Needs::Gateways && hasGateways)
            || (needs == Needs::Rules && hasRules);
        if (!analyzer.isAboutRoutes || !canSay || analyzer.name == "schema.ValidationAnalyzer")
            continue;
        analyzer.run(input, output);
    }
    for (AnalysisMessage &message : output.take()) {
        if (!isSaidBy(out, message))
            out.push_back({std::move(message.object), message.severity, std::string(message.code), std::move(message.path), std::move(message.text)});
    }
    checkReferences(out, input, objects);
    const GatewayApiConfig config(objects);
    for (const ApiRoute &route : config.routes()) {
        Report report;
        checkApiRoute(report, config, route);
        add(nameOfObject(route.object), report, 0);
    }
    for (const ApiListenerSet &set : config.listenerSets()) {
        for (const ApiListenerSet::Problem &problem : set.problems)
            out.push_back({set.id(), Severity::Error, "FW0025", problem.path, problem.text});
    }
    return out;
}

} // namespace fairway::route
