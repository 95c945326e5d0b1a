#include "core/lab/controller_context.h"

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::string_view Controller = "lab.fairway/gateway";

/// As the Gateway API has it: a controller leaves alone what others say of the same route.
Value saidByOthers(const Value &parents)
{
    Value out = Value::list();
    for (std::size_t i = 0; i < parents.size(); ++i) {
        if (parents[i]["controllerName"].stringOr() != Controller)
            out.append(parents[i]);
    }
    return out;
}

const Value &saidBefore(const Value &parents, const Value &reference)
{
    static const Value nothing;
    for (std::size_t i = 0; i < parents.size(); ++i) {
        if (parents[i]["controllerName"].stringOr() == Controller && parents[i]["parentRef"] == reference)
            return parents[i]["conditions"];
    }
    return nothing;
}

} // namespace

void reconcileRoute(ControllerContext &context, std::string_view resource, std::string_view ns, std::string_view name)
{
    const Value route = context.get(resource, ns, name);
    if (route.isNull() || route["metadata"]["deletionTimestamp"].isString())
        return;
    Value parents = saidByOthers(route["status"]["parents"]);
    const Value &references = route["spec"]["parentRefs"];
    for (std::size_t i = 0; i < references.size(); ++i) {
        const std::string_view home = references[i]["namespace"].stringOr(ns);
        const bool isKnown = !context.get("gateways.gateway.networking.k8s.io", home, references[i]["name"].stringOr()).isNull();
        if (!isKnown)
            continue; // nobody speaks for a Gateway that is not there
        Value status = Value::map({{"conditions", value::deepCopy(saidBefore(route["status"]["parents"], references[i]))}});
        bool isResolved = true;
        const Value &rules = route["spec"]["rules"];
        for (std::size_t r = 0; r < rules.size(); ++r) {
            for (std::size_t b = 0; b < rules[r]["backendRefs"].size(); ++b) {
                const Value &backend = rules[r]["backendRefs"][b];
                isResolved = isResolved && context.service().store().get("services", backend["namespace"].stringOr(ns), backend["name"].stringOr());
            }
        }
        setCondition(status, "Accepted", true, "Accepted", "", context.now());
        setCondition(status, "ResolvedRefs", isResolved, isResolved ? "ResolvedRefs" : "BackendNotFound", "", context.now());
        for (Value &condition : status.asMap().get("conditions")->asList()) {
            condition.set("observedGeneration", route["metadata"]["generation"]);
            if (condition["message"].isNull())
                condition.set("message", "");
        }
        parents.append(Value::map({{"controllerName", Controller}, {"parentRef", references[i]}, {"conditions", status["conditions"]}}));
    }
    if (route["status"]["parents"] == parents)
        return;
    Value after = value::deepCopy(route);
    mapMember(after, "status").set("parents", parents);
    (void)context.update(resource, after);
}

} // namespace fairway::lab
