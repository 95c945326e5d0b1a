#include "core/route/findings.h"

#include "core/route/weights.h"

#include <algorithm>

/// The codes. Istio's, where `istioctl analyze` users know one:
///   IST0101 a host or subset that a route names does not exist      IST0112 a Service with several ports, none named
///   IST0130 a rule that can never be reached                        IST0173 a subset that selects no pod
/// Ours:
///   FW0001 the object is not what its schema says                   FW0002 all weights are 0
///   FW0003 a single destination whose weight changes nothing        FW0004 the weights do not add up to 100
///   FW0005 a rule for sidecars is not loaded at a gateway           FW0006 a destination has no ready endpoint
///   FW0007 some endpoints of a destination are not ready            FW0008 a canary Ingress without its primary
///   FW0009 weights and destinations were checked and are fine       FW0010 a rule that does nothing
///   FW0011 a Service without the port that the route names         FW0012 a field that its kind does not have
namespace fairway::route {
namespace {

    class Checker {
    public:
        Checker(const RouteObject &route, const TopologyView *topology)
            : m_route(route)
            , m_topology(topology)
        {
            m_object = std::string(toString(route.kind)) + " " + (route.ns.empty() ? "" : route.ns + "/") + route.name;
        }

        std::vector<Finding> wholeRoute()
        {
            for (const ShapeProblem &problem : m_route.problems)
                add(Severity::Error, "FW0001", problem.path, phrase("route", "Not what its schema says"), problem.message,
                    phrase("route", "Show the field"), "");
            checkOrder();
            for (const Rule &rule : m_route.rules) {
                checkGateway(rule);
                if (rule.destinations.empty() && rule.action.empty()) {
                    add(Severity::Warning, "FW0010", displayPath(rule.pointer), phrase("route", "%1 leads nowhere").with(ruleTitle(rule)),
                        m_route.kind == RouteKind::VirtualService
                            ? phrase("route", "It has no destination and no other action.")
                            : phrase("route", "Without a backend it answers 500."),
                        phrase("route", "Go to the rule"), target(rule));
                    continue;
                }
                checkRule(rule, rule.weights());
            }
            if (m_route.kind == RouteKind::Ingress && m_route.canaryOf.empty() && !m_route.rules.empty()
                && m_route.rules.front().section == "canary") {
                add(Severity::Warning, "FW0008", "metadata.annotations", phrase("route", "No primary Ingress"),
                    phrase("route", "No other Ingress of the namespace serves the same host and path: the canary takes no traffic."),
                    {}, "");
            }
            const bool isFine = std::none_of(
                m_findings.begin(), m_findings.end(), [](const Finding &f) { return f.severity >= Severity::Warning; });
            if (const Rule *rule = m_route.headline(); rule != nullptr && rule->isSplit() && isFine) {
                add(Severity::Good, "FW0009", displayPath(rule->pointer),
                    m_topology == nullptr ? phrase("route", "Weights add up") : phrase("route", "Weights add up, destinations exist"),
                    phrase("route", "%1 in total.").with(rule->total), {}, "");
            }
            return std::move(m_findings);
        }

        std::vector<Finding> draft(const Rule &rule, std::span<const std::int64_t> weights)
        {
            checkRule(rule, weights);
            return std::move(m_findings);
        }

    private:
        void add(Severity severity, std::string code, std::string path, Text title, Text message, Text nextStep,
            std::string to)
        {
            m_findings.push_back({severity, std::move(code), m_object, std::move(path), std::move(title), std::move(message),
                std::move(nextStep), std::move(to)});
        }

        /// Rules are numbered from 1 in match order, as the window shows them.
        Text ruleTitle(const Rule &rule) const
        {
            return phrase("route", "Rule %1").with(&rule - m_route.rules.data() + 1);
        }

        static std::string target(const Rule &rule)
        {
            return "rule:" + rule.section + "/" + std::to_string(rule.index);
        }

        bool isKnownRule(const Rule &rule) const
        {
            return !m_route.rules.empty() && &rule >= m_route.rules.data() && &rule < m_route.rules.data() + m_route.rules.size();
        }

        void checkOrder()
        {
            // Gateway API and Ingress choose by how specific a rule is, so nothing is shadowed by order.
            if (m_route.kind != RouteKind::VirtualService)
                return;
            const Rule *catchAll = nullptr;
            for (const Rule &rule : m_route.rules) {
                if (catchAll != nullptr && rule.section == catchAll->section) {
                    add(Severity::Warning, "IST0130", displayPath(rule.pointer), phrase("route", "%1 is never reached").with(ruleTitle(rule)),
                        phrase("route", "%1 before it takes every request.").with(ruleTitle(*catchAll)),
                        phrase("route", "Go to the rule"), target(*catchAll));
                } else if (rule.isCatchAll) {
                    catchAll = &rule;
                }
            }
        }

        void checkGateway(const Rule &rule)
        {
            if (!rule.isSidecarOnly)
                return;
            const auto gateway = std::find_if(m_route.gateways.begin(), m_route.gateways.end(),
                [](const std::string &name) { return name != "mesh"; });
            if (gateway == m_route.gateways.end())
                return;
            add(Severity::Warning, "FW0005", displayPath(rule.pointer), phrase("route", "%1 is skipped at %2").with(ruleTitle(rule), *gateway),
                phrase("route", "Source labels and namespaces match in sidecars only. Requests through the gateway fall to the rules after it."),
                phrase("route", "Go to the rule"), target(rule));
        }

        void checkRule(const Rule &rule, std::span<const std::int64_t> weights)
        {
            if (weights.size() != rule.destinations.size())
                return;
            const Allocation allocation = allocate(m_route.weightRules(), weights);
            checkSums(rule, weights, allocation);
            if (m_topology == nullptr)
                return;
            for (std::size_t i = 0; i < weights.size(); ++i) {
                const std::size_t before = m_findings.size();
                checkDestination(rule, rule.destinations[i], allocation.shares[i]);
                // The stable side of a canary stands in the main Ingress: nothing is wrong with a field of this one.
                const bool isOfPrimary = rule.section == "canary" && rule.destinations[i].pointer.empty() && !m_route.canaryOf.empty();
                for (std::size_t n = before; isOfPrimary && n < m_findings.size(); ++n) {
                    m_findings[n].object = "Ingress " + m_route.canaryOf;
                    m_findings[n].path = "spec.rules";
                }
            }
        }

        void checkSums(const Rule &rule, std::span<const std::int64_t> weights, const Allocation &allocation)
        {
            const std::string path = displayPath(rule.pointer);
            const Text who = isKnownRule(rule) ? ruleTitle(rule) : phrase("route", "The rule");
            std::int64_t sum = 0;
            for (const std::int64_t weight : weights)
                sum += std::clamp<std::int64_t>(weight, 0, maxWeight(WeightRules::Istio));
            if (allocation.failsAll) {
                add(Severity::Error, "FW0002", path, phrase("route", "%1 delivers nothing").with(who), allocation.note.asSentence(),
                    phrase("route", "Change the weights"), target(rule));
            } else if (!allocation.note.empty() && rule.destinations.front().isWeightWritten) {
                add(Severity::Info, "FW0003", path, phrase("route", "%1 has a single destination").with(who),
                    allocation.note.asSentence(), {}, "");
            } else if (weights.size() > 1 && sum != 100 && rule.section != "canary") {
                add(Severity::Info, "FW0004", path, phrase("route", "Weights add up to %1").with(sum),
                    phrase("route", "They are relative: a share is weight over total. Normalise to read them as percent."),
                    phrase("route", "Normalise"), target(rule));
            }
        }

        void checkDestination(const Rule &rule, const Destination &destination, double share)
        {
            using Problem = Resolution::Problem;
            const Resolution found = m_topology->resolve(destination, m_route.ns, 200);
            const std::string path = displayPath(destination.pointer.empty() ? rule.pointer : destination.pointer);
            const std::string &label = destination.label;
            const Text message = found.message.asSentence();
            switch (found.problem) {
            case Problem::External:
                return; // a ServiceEntry may know it
            case Problem::NoService:
                add(share > 0 ? Severity::Error : Severity::Warning, "IST0101", path,
                    phrase("route", "%1 leads to no Service").with(label), message, {}, "");
                return;
            case Problem::NoDestinationRule:
            case Problem::NoSubset:
                add(share > 0 ? Severity::Error : Severity::Warning, "IST0101", path,
                    phrase("route", "Subset %1 is not defined").with(destination.subset), message,
                    found.destinationRule.empty() ? Text() : phrase("route", "Open the DestinationRule"),
                    found.destinationRule.empty() ? "" : "destinationrule:" + found.destinationRule);
                return;
            case Problem::NoPort:
                add(Severity::Error, "FW0011", path, phrase("route", "%1 leads to a missing port").with(label), message,
                    phrase("route", "Open the Service"), "service:" + found.service);
                return;
            case Problem::NoEndpoint:
                add(share > 0 ? Severity::Error : Severity::Info, destination.subset.empty() ? "FW0006" : "IST0173", path,
                    phrase("route", "%1 has no pod").with(label), message, phrase("route", "Open the Service"),
                    "service:" + found.service);
                return;
            case Problem::NoReadyEndpoint:
                add(share > 0 ? Severity::Error : Severity::Info, "FW0006", path,
                    phrase("route", "%1 has no ready pod").with(label), message, phrase("route", "Show the pod"), podTarget(found));
                return;
            case Problem::None:
                break;
            }
            if (found.needsPort && m_route.kind == RouteKind::VirtualService) {
                add(Severity::Warning, "IST0112", path, phrase("route", "%1 needs a port").with(label),
                    phrase("route", "Service %1 has several ports and the destination names none.").with(found.service),
                    phrase("route", "Open the Service"), "service:" + found.service);
            }
            if (found.ready < found.total) {
                add(share > 0 ? Severity::Warning : Severity::Info, "FW0007", path,
                    phrase("route", "%1 has %2 of %3 pods ready").with(label, found.ready, found.total),
                    phrase("route", "The ready ones carry its whole share."), phrase("route", "Show the pod"), podTarget(found));
            }
        }

        static std::string podTarget(const Resolution &found)
        {
            for (const Endpoint &endpoint : found.endpoints) {
                if (!endpoint.isReady && !endpoint.pod.empty())
                    return "pod:" + endpoint.ns + "/" + endpoint.pod;
            }
            return "service:" + found.service;
        }

        const RouteObject &m_route;
        const TopologyView *m_topology;
        std::string m_object;
        std::vector<Finding> m_findings;
    };

} // namespace

std::string_view toString(Severity severity)
{
    switch (severity) {
    case Severity::Good:
        return "good";
    case Severity::Info:
        return "info";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        return "error";
    }
    return {};
}

std::vector<Finding> checkRoute(const RouteObject &route)
{
    return Checker(route, nullptr).wholeRoute();
}

std::vector<Finding> checkRoute(const RouteObject &route, const TopologyView &topology)
{
    return Checker(route, &topology).wholeRoute();
}

std::vector<Finding> checkDraft(
    const RouteObject &route, const Rule &rule, std::span<const std::int64_t> weights, const TopologyView *topology)
{
    return Checker(route, topology).draft(rule, weights);
}

std::vector<std::string> unreadyDestinations(
    const RouteObject &route, const Rule &rule, std::span<const std::int64_t> weights, const TopologyView &topology)
{
    std::vector<std::string> out;
    if (weights.size() != rule.destinations.size())
        return out;
    const std::vector<double> shares = effectiveShares(route.weightRules(), weights);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (shares[i] > 0 && topology.resolve(rule.destinations[i], route.ns, 0).isBroken())
            out.push_back(rule.destinations[i].label);
    }
    return out;
}

} // namespace fairway::route
