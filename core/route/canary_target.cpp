#include "core/route/canary_target.h"

#include "core/route/edit_check.h"

#include <algorithm>

namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;

    bool holds(const std::vector<std::string> &names, const std::string &name)
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

} // namespace

std::vector<CanaryTarget> canaryTargets(const RouteObject &route, const Rule &rule, std::span<const HostSubsets> hosts)
{
    std::vector<CanaryTarget> targets;
    const bool hasSubsets = route.kind == RouteKind::VirtualService && rule.section == "http";
    for (std::size_t i = 0; i < rule.destinations.size(); ++i) {
        const Destination &destination = rule.destinations[i];
        CanaryTarget target {destination.label, Text::verbatim(destination.label), i, destination.subset};
        const auto known = std::find_if(hosts.begin(), hosts.end(), [&](const HostSubsets &each) { return each.host == destination.host; });
        target.isMissing = hasSubsets && !destination.subset.empty() && known != hosts.end() && !holds(known->names, destination.subset);
        targets.push_back(std::move(target));
    }
    if (!hasSubsets)
        return targets;
    for (const HostSubsets &known : hosts) {
        const auto leads = [&](const Destination &each) { return each.host == known.host; };
        const auto first = std::find_if(rule.destinations.begin(), rule.destinations.end(), leads);
        if (first == rule.destinations.end())
            continue;
        const auto at = static_cast<std::size_t>(first - rule.destinations.begin());
        for (const std::string &name : known.names) {
            const bool isThere = std::any_of(
                rule.destinations.begin(), rule.destinations.end(), [&](const Destination &each) { return leads(each) && each.subset == name; });
            if (!isThere)
                targets.push_back({name + " of " + known.host, phrase("route", "%1 of %2").with(name, known.host), at, name});
        }
        targets.push_back({"new subset of " + known.host, phrase("route", "new subset of %1").with(known.host), at, {}, false, true});
    }
    return targets;
}

Value bareDestinationRule(const std::string &apiVersion, const std::string &ns, const std::string &name, const std::string &host)
{
    return Value::map({{"apiVersion", Value(apiVersion)}, {"kind", Value("DestinationRule")},
        {"metadata", Value::map({{"name", Value(name)}, {"namespace", Value(ns)}})}, {"spec", Value::map({{"host", Value(host)}})}});
}

Result<Value> withSubset(const Value &destinationRule, const WantedSubset &subset)
{
    for (std::size_t i = 0; i < destinationRule["spec"]["subsets"].size(); ++i) {
        if (destinationRule["spec"]["subsets"][i]["name"].stringOr() == subset.name)
            return fail(ErrorCode::InvalidInput, phrase("route", "DestinationRule %1 has a subset %2 already").with(destinationRule["metadata"]["name"].stringOr(), subset.name));
    }
    Value labels = Value::map();
    for (const auto &[key, text] : subset.labels)
        labels.asMap().set(key, Value(text));
    const FieldEdit edit {FieldEdit::Verb::Insert, "/spec/subsets/-", Value::map({{"name", Value(subset.name)}, {"labels", std::move(labels)}})};
    return checkedEdit(destinationRule, std::span(&edit, 1));
}

} // namespace fairway::route
