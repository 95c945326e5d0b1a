#include "core/route/shape_reader.h"
#include "core/route/weights.h"

#include <algorithm>
#include <limits>

/// Writing weights back: into a copy of the object, and as a patch.
namespace fairway::route {
namespace {

    using value::Value;

    std::string nameOf(const Rule &rule)
    {
        return rule.section + "[" + std::to_string(rule.index) + "]";
    }

    /// The parsed route and the rule, after every check. The rule points into the route.
    struct Plan {
        RouteObject route;
        const Rule *rule = nullptr;
        /// Destinations whose weight changes, with the Value to write.
        std::vector<std::pair<const Destination *, Value>> edits;
    };

    Result<Plan> planOf(
        const Value &object, std::string_view section, int index, std::span<const std::int64_t> weights)
    {
        Result<RouteObject> route = parseRoute(object);
        if (!route)
            return tl::unexpected(route.error());
        Plan plan;
        plan.route = std::move(*route);
        plan.rule = plan.route.find(section, index);
        const std::string what = std::string(toString(plan.route.kind)) + " " + plan.route.name;
        if (plan.rule == nullptr)
            return fail(ErrorCode::NotFound,
                what + " has no rule " + std::string(section) + "[" + std::to_string(index) + "]");
        if (Result<void> fine = checkWeights(plan.route, *plan.rule, weights); !fine)
            return failWith(what, fine.error());
        const bool isText = plan.rule->section == "canary";
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const Destination &d = plan.rule->destinations[i];
            if (d.weight == weights[i] || d.weightPointer.empty())
                continue;
            plan.edits.emplace_back(&d, isText ? Value(std::to_string(weights[i])) : Value(weights[i]));
        }
        return plan;
    }

    /// Splits a pointer made by this module at its last slash.
    std::pair<std::string, std::string> split(std::string_view pointer)
    {
        const std::size_t slash = pointer.rfind('/');
        std::string key;
        const std::string_view raw = pointer.substr(slash + 1);
        for (std::size_t i = 0; i < raw.size(); ++i) {
            if (raw[i] == '~' && i + 1 < raw.size())
                key += raw[++i] == '1' ? '/' : '~';
            else
                key += raw[i];
        }
        return {std::string(pointer.substr(0, slash)), key};
    }

    Value operation(std::string_view op, std::string_view path, const Value &value)
    {
        return Value::map({{"op", Value(op)}, {"path", Value(path)}, {"value", value::deepCopy(value)}});
    }

    void testMembers(Value &ops, const Value &object, const std::string &pointer, std::initializer_list<std::string_view> keys)
    {
        const Value &parent = value::at(object, pointer);
        for (const std::string_view key : keys) {
            if (!parent[key].isNull())
                ops.append(operation("test", childPointer(pointer, key), parent[key]));
        }
    }

    void appendGuards(Value &ops, const Value &object, const Plan &plan, PatchGuard guard)
    {
        const Rule &rule = *plan.rule;
        if (rule.section == "canary") {
            // One annotation holds the weight of every path, so the guard is about annotations.
            testMembers(ops, object, "/metadata/annotations",
                {"nginx.ingress.kubernetes.io/canary", "nginx.ingress.kubernetes.io/canary-weight-total"});
            if (guard == PatchGuard::WholeRule)
                testMembers(ops, object, "/metadata/annotations", {"nginx.ingress.kubernetes.io/canary-weight"});
            return;
        }
        if (guard == PatchGuard::WholeRule) {
            ops.append(operation("test", rule.pointer, value::at(object, rule.pointer)));
            return;
        }
        testMembers(ops, object, rule.pointer, {"name", "match", "matches"});
        // A rule without a match can't be told by what it has not: its neighbour before it moves with every insertion.
        if (rule.index > 0)
            testMembers(ops, object, childPointer(split(rule.pointer).first, static_cast<std::size_t>(rule.index) - 1),
                {"name", "match", "matches"});
        for (const Destination &d : rule.destinations)
            testMembers(ops, object, d.pointer, {"destination", "group", "kind", "name", "namespace", "port"});
    }

} // namespace

Result<void> checkWeights(const RouteObject &route, const Rule &rule, std::span<const std::int64_t> weights)
{
    const std::string where = nameOf(rule) + ": ";
    if (!rule.isEditable)
        return fail(ErrorCode::InvalidInput, where + "its weights can't be changed: " + rule.notEditableReason.plain());
    if (weights.size() != rule.destinations.size()) {
        return fail(ErrorCode::InvalidInput,
            where + std::to_string(weights.size()) + " weights for " + std::to_string(rule.destinations.size())
                + " destinations");
    }
    const std::int64_t most = maxWeight(route.weightRules());
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] < 0)
            return fail(ErrorCode::InvalidInput, where + "the weight of " + rule.destinations[i].label + " is negative");
        if (weights[i] > most) {
            return fail(ErrorCode::InvalidInput,
                where + "the weight of " + rule.destinations[i].label + " is above " + std::to_string(most));
        }
        sum += weights[i];
    }
    if (route.weightRules() == WeightRules::Istio && sum > std::numeric_limits<std::uint32_t>::max())
        return fail(ErrorCode::InvalidInput, where + "the weights add up to more than a proxy can hold");
    if (rule.section == "canary" && sum != rule.total) {
        return fail(ErrorCode::InvalidInput,
            where + "a canary Ingress has a total of " + std::to_string(rule.total) + ", the weights add up to "
                + std::to_string(sum));
    }
    const Allocation allocation = allocate(route.weightRules(), weights);
    if (allocation.isRefused)
        return fail(ErrorCode::InvalidInput, where + allocation.note.plain());
    return {};
}

Result<Value> setWeights(const Value &object, std::string_view section, int rule, std::span<const std::int64_t> weights)
{
    const Result<Plan> plan = planOf(object, section, rule, weights);
    if (!plan)
        return tl::unexpected(plan.error());
    Value out = value::deepCopy(object);
    for (const auto &[destination, weight] : plan->edits) {
        const auto [parent, key] = split(destination->weightPointer);
        Value target = value::at(out, parent); // shares the node inside `out`
        if (!target.isMap())
            return fail(ErrorCode::InvalidInput, displayPath(parent) + " is not a map");
        Value written = weight;
        written.setPosition(target[key].position());
        target.asMap().set(key, std::move(written));
    }
    return out;
}

Result<Value> weightPatch(
    const Value &object, std::string_view section, int rule, std::span<const std::int64_t> weights, PatchGuard guard)
{
    const Result<Plan> plan = planOf(object, section, rule, weights);
    if (!plan)
        return tl::unexpected(plan.error());
    Value ops = Value::list();
    if (plan->edits.empty())
        return ops;
    appendGuards(ops, object, *plan, guard);
    for (const auto &[destination, weight] : plan->edits) {
        const auto [parent, key] = split(destination->weightPointer);
        const bool isThere = value::at(object, parent).isMap() && value::at(object, parent).asMap().get(key) != nullptr;
        ops.append(operation(isThere ? "replace" : "add", destination->weightPointer, weight));
    }
    return ops;
}

} // namespace fairway::route
