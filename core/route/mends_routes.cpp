#include "core/route/mends_of_kinds.h"
#include "core/route/route_object.h"
#include "core/route/shape_reader.h"
#include "core/route/validation_basics.h"
#include "core/route/weights.h"
#include "core/value/json.h"
#include "core/value/patch.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

/// Mends of routes: weights, deprecated fields of rules, matches that repeat another.
namespace fairway::route {
namespace {

    using value::FieldEdit;
    using value::Value;

    constexpr std::int64_t Hundred = 100;

    /// Whole numbers that add up to 100 and give every destination exactly the share it has; nothing where there are none.
    std::optional<std::vector<std::int64_t>> asPercent(const std::vector<std::int64_t> &weights, std::int64_t most)
    {
        std::int64_t sum = 0;
        for (const std::int64_t weight : weights) {
            if (weight < 0 || weight > most)
                return std::nullopt;
            sum += weight;
        }
        if (sum == 0 || sum == Hundred)
            return std::nullopt;
        std::vector<std::int64_t> out;
        for (const std::int64_t weight : weights) {
            if (weight * Hundred % sum != 0)
                return std::nullopt;
            out.push_back(weight * Hundred / sum);
        }
        return out;
    }

    /// "istio-system/public" of "public.istio-system.svc.cluster.local", as Istio reads it; empty where it is no such name.
    std::string gatewayName(std::string_view old)
    {
        const std::size_t dot = old.find('.');
        if (dot == std::string_view::npos || old.find('/') != std::string_view::npos)
            return {};
        const std::string_view name = old.substr(0, dot);
        const std::string_view rest = old.substr(dot + 1);
        const std::string_view ns = rest.substr(0, rest.find('.'));
        if (!isDnsLabel(name) || !isDnsLabel(ns))
            return {};
        return std::string(ns) + "/" + std::string(name);
    }

    /// Only the first name without a namespace is told, as Istio does: what is mended is what is told.
    void mendGatewayNames(const Value &names, const std::string &pointer, std::vector<Mend> &out)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string_view name = names[i].stringOr();
            if (name.find('/') != std::string_view::npos)
                continue;
            if (const std::string now = gatewayName(name); !now.empty())
                out.push_back(mendAt("IST0133", childPointer(pointer, i), phrase("route", "Write the gateway as %1").with(now),
                    {{FieldEdit::Verb::Set, childPointer(pointer, i), Value(now)}}));
            return;
        }
    }

    void mendDelay(const Value &delay, const std::string &pointer, std::vector<Mend> &out)
    {
        const std::int64_t percent = delay["percent"].intOr(0);
        if (percent <= 0 || percent > Hundred)
            return;
        out.push_back(moved("IST0002", childPointer(pointer, "percent"), pointer + "/percentage/value", Value(percent), !delay["percentage"].isNull(),
            phrase("route", "Replace %1 by %2").with("percent", "percentage")));
    }

    void mendMirror(const Value &rule, const std::string &pointer, std::vector<Mend> &out)
    {
        const Value &percent = rule["mirrorPercent"];
        if (!percent.isNumber() || percent.intOr(-1) < 0 || percent.intOr(-1) > Hundred)
            return;
        out.push_back(moved("IST0133", childPointer(pointer, "mirrorPercent"), pointer + "/mirrorPercentage/value", Value(percent.intOr(0)),
            !rule["mirrorPercentage"].isNull(), phrase("route", "Replace %1 by %2").with("mirrorPercent", "mirrorPercentage")));
    }

    /// Matches that one of the same rule or of an earlier rule repeats: no request comes to them. A rule that would be left without any
    /// stays as it is: without matches it would take everything.
    void mendMatches(const Value &rules, const std::string &section, std::vector<Mend> &out)
    {
        std::set<std::string> known;
        for (std::size_t r = 0; r < rules.size(); ++r) {
            const Value &matches = rules[r]["match"];
            if (matches.size() == 0)
                return; // it takes everything: what follows is told of as rules that never run
            const std::string pointer = childPointer(childPointer(section, r), "match");
            std::vector<Mend> found;
            for (std::size_t m = 0; m < matches.size(); ++m) {
                if (!matches[m].isMap())
                    continue;
                Value compared = value::deepCopy(matches[m]);
                if (section == "/spec/http")
                    compared.asMap().remove("name");
                if (!known.insert(value::toJson(compared)).second)
                    found.push_back(mendAt("IST0131", childPointer(pointer, m), phrase("route", "Remove the match that repeats another"),
                        {{FieldEdit::Verb::Remove, childPointer(pointer, m), {}}}));
            }
            if (found.size() < matches.size())
                std::move(found.begin(), found.end(), std::back_inserter(out));
        }
    }

} // namespace

void mendWeights(const Value &object, std::vector<Mend> &out)
{
    const Result<RouteObject> route = parseRoute(object);
    if (!route)
        return;
    for (const Rule &rule : route->rules) {
        if (!rule.isEditable || rule.section == "canary" || rule.destinations.empty())
            continue;
        const std::vector<std::int64_t> weights = rule.weights();
        if (!rule.isSplit()) {
            const Destination &only = rule.destinations.front();
            const bool isOdd = !allocate(route->weightRules(), weights).note.empty();
            if (route->weightRules() == WeightRules::Istio && only.isWeightWritten && only.weight > 0 && isOdd)
                out.push_back(mendAt("FW0003", rule.pointer, phrase("route", "Remove the weight"), {{FieldEdit::Verb::Remove, only.weightPointer, {}}}));
            continue;
        }
        const auto percent = asPercent(weights, maxWeight(route->weightRules()));
        if (!percent)
            continue;
        const Result<Value> after = setWeights(object, rule.section, rule.index, *percent);
        if (!after)
            continue;
        std::vector<FieldEdit> edits;
        for (const value::Change &change : value::changesBetween(object, *after))
            edits.push_back({FieldEdit::Verb::Set, change.pointer, change.after});
        out.push_back(mendAt("FW0004", rule.pointer, phrase("route", "Make the weights add up to 100"), std::move(edits)));
    }
}

void mendVirtualService(const Value &object, std::vector<Mend> &out)
{
    const Value &spec = object["spec"];
    mendGatewayNames(spec["gateways"], "/spec/gateways", out);
    for (const char *name : {"http", "tls", "tcp"}) {
        const std::string section = childPointer("/spec", name);
        const Value &rules = spec[name];
        mendMatches(rules, section, out);
        for (std::size_t r = 0; r < rules.size(); ++r) {
            const std::string pointer = childPointer(section, r);
            for (std::size_t m = 0; m < rules[r]["match"].size(); ++m)
                mendGatewayNames(rules[r]["match"][m]["gateways"], childPointer(childPointer(childPointer(pointer, "match"), m), "gateways"), out);
            if (section != "/spec/http")
                continue;
            mendDelay(rules[r]["fault"]["delay"], pointer + "/fault/delay", out);
            mendMirror(rules[r], pointer, out);
        }
    }
}

} // namespace fairway::route
