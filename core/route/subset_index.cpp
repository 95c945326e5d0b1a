#include "core/route/subset_index.h"

#include "core/route/route_object.h"

#include <algorithm>

namespace fairway::route {
namespace {

    /// 0: no match. Else the larger the more specific; an exact host beats every wildcard.
    std::size_t matchLength(std::string_view pattern, std::string_view fqdn)
    {
        if (pattern == fqdn)
            return pattern.size() + 1000;
        if (pattern.empty() || pattern.front() != '*')
            return 0;
        const std::string_view tail = pattern.substr(1);
        return fqdn.size() > tail.size() && fqdn.ends_with(tail) ? pattern.size() : 0;
    }

} // namespace

void SubsetIndex::upsert(const value::Value &object, std::string_view domain)
{
    const value::Value &metadata = object["metadata"];
    const value::Value &spec = object["spec"];
    const std::string ns(metadata["namespace"].stringOr());
    RuleFacts facts;
    facts.name = metadata["name"].stringOr();
    facts.created = metadata["creationTimestamp"].stringOr();
    facts.host = fullHost(spec["host"].stringOr(), ns, domain);
    const value::Value &exportTo = spec["exportTo"];
    facts.isPrivate = exportTo.size() == 1 && (exportTo[0].stringOr() == "." || exportTo[0].stringOr() == ns);
    const value::Value &subsets = spec["subsets"];
    for (std::size_t i = 0; i < subsets.size() && i < 1000; ++i) {
        Subset subset;
        subset.name = subsets[i]["name"].stringOr();
        subset.rule = ns + "/" + facts.name;
        if (subsets[i]["labels"].isMap()) {
            for (const auto &[key, text] : subsets[i]["labels"].asMap())
                subset.labels.emplace_back(key, text.stringOr());
        }
        facts.subsets.push_back(std::move(subset));
    }
    m_rules[ns][facts.name] = std::move(facts);
}

void SubsetIndex::remove(std::string_view ns, std::string_view name)
{
    const auto space = m_rules.find(ns);
    if (space == m_rules.end())
        return;
    if (const auto rule = space->second.find(name); rule != space->second.end())
        space->second.erase(rule);
    if (space->second.empty())
        m_rules.erase(space);
}

SubsetIndex::Found SubsetIndex::findIn(
    std::string_view ns, std::string_view fqdn, bool wantsPublic, bool wantsPrivate) const
{
    Found out;
    const auto space = m_rules.find(ns);
    if (space == m_rules.end())
        return out;
    std::size_t best = 0;
    std::vector<const RuleFacts *> rules;
    for (const auto &[name, rule] : space->second) {
        if (!(rule.isPrivate ? wantsPrivate : wantsPublic))
            continue;
        const std::size_t length = matchLength(rule.host, fqdn);
        if (length == 0 || length < best)
            continue;
        if (length > best)
            rules.clear();
        best = length;
        rules.push_back(&rule);
    }
    std::stable_sort(
        rules.begin(), rules.end(), [](const RuleFacts *a, const RuleFacts *b) { return a->created < b->created; });
    for (const RuleFacts *rule : rules) {
        if (out.rule.empty())
            out.rule = std::string(ns) + "/" + rule->name;
        for (const Subset &subset : rule->subsets) {
            // The first definition of a name wins.
            const bool isKnown = std::any_of(
                out.subsets.begin(), out.subsets.end(), [&](const Subset *other) { return other->name == subset.name; });
            if (!isKnown)
                out.subsets.push_back(&subset);
        }
    }
    return out;
}

SubsetIndex::Found SubsetIndex::find(
    std::string_view fqdn, std::string_view clientNs, std::string_view serviceNs, std::string_view rootNs) const
{
    // In the root namespace only what is private to it counts as the client's own.
    Found found = findIn(clientNs, fqdn, clientNs != rootNs, true);
    if (found.rule.empty() && !serviceNs.empty())
        found = findIn(serviceNs, fqdn, true, serviceNs == clientNs);
    if (found.rule.empty())
        found = findIn(rootNs, fqdn, true, false);
    return found;
}

} // namespace fairway::route
