#include "core/route/object_check.h"

#include "core/route/gateway_api_check.h"
#include "core/route/istio_analysis.h"
#include "core/route/istio_validation.h"

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
        return violation.code == "IST0131" ? Severity::Info : Severity::Warning;
    }

} // namespace

std::vector<ObjectFinding> checkObjects(const std::vector<Value> &objects)
{
    std::vector<ObjectFinding> out;
    const auto add = [&](const std::string &object, const Report &report) {
        std::set<std::string_view> refused; // schema and webhook often refuse the same field
        for (const Violation &violation : report.violations()) {
            if (violation.isWarning || violation.path.empty() || violation.code != "IST0106" || refused.insert(violation.path).second)
                out.push_back({object, severityOf(violation), violation.code, violation.path, violation.message});
        }
    };
    for (const Value &object : objects) {
        Report report;
        validateIstio(report, object);
        add(nameOfObject(object), report);
    }
    const AnalysisInput input(objects);
    const bool hasServices = !input.all("", "Service").empty();
    const bool hasPods = !input.all("", "Pod").empty();
    const bool hasGateways
        = !input.all("networking.istio.io", "Gateway").empty() || !input.all("gateway.networking.k8s.io", "Gateway").empty();
    const bool hasRules = !input.all("networking.istio.io", "DestinationRule").empty();
    for (const Analyzer &analyzer : istioAnalyzers()) {
        const Needs needs = needsOf(analyzer.name);
        const bool canSay = needs == Needs::Nothing || (needs == Needs::Services && hasServices)
            || (needs == Needs::Pods && hasPods && hasServices) || (needs == Needs::Gateways && hasGateways)
            || (needs == Needs::Rules && hasRules);
        if (!analyzer.isAboutRoutes || !canSay || analyzer.name == "schema.ValidationAnalyzer")
            continue;
        AnalysisOutput output;
        analyzer.run(input, output);
        for (AnalysisMessage &message : output.take())
            out.push_back({std::move(message.object), message.severity, std::string(message.code), std::move(message.path), std::move(message.text)});
    }
    const GatewayApiConfig config(objects);
    for (const ApiRoute &route : config.routes()) {
        Report report;
        checkApiRoute(report, config, route);
        add(nameOfObject(route.object), report);
    }
    for (const ApiListenerSet &set : config.listenerSets()) {
        for (const ApiListenerSet::Problem &problem : set.problems)
            out.push_back({set.id(), Severity::Error, "FW0025", problem.path, problem.text});
    }
    return out;
}

} // namespace fairway::route
