#include "core/engine/rule_identity.h"

#include "core/engine/text.h"

#include <QHash>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::engine {
namespace {

    /// Each part with its length before it: no two lists of parts read the same.
    void add(std::string &out, std::string_view part)
    {
        out += std::to_string(part.size());
        out += ':';
        out += part;
    }

    void add(std::string &out, int number)
    {
        add(out, std::to_string(number));
    }

    std::string spelled(const route::Condition &condition)
    {
        std::string out;
        add(out, static_cast<int>(condition.subject));
        add(out, static_cast<int>(condition.op));
        add(out, condition.key);
        add(out, condition.value);
        add(out, (condition.isNegated ? 1 : 0) + (condition.ignoresCase ? 2 : 0));
        return out;
    }

    std::string spelled(const route::Match &match)
    {
        std::vector<std::string> conditions; // all must hold: their order says nothing
        for (const route::Condition &condition : match.conditions)
            conditions.push_back(spelled(condition));
        std::sort(conditions.begin(), conditions.end());
        std::string out;
        add(out, static_cast<int>(conditions.size()));
        for (const std::string &condition : conditions)
            add(out, condition);
        add(out, static_cast<int>(match.sourceLabels.size()));
        for (const auto &[key, label] : match.sourceLabels) {
            add(out, key);
            add(out, label);
        }
        add(out, match.sourceNamespace);
        add(out, static_cast<int>(match.gateways.size()));
        for (const std::string &gateway : match.gateways)
            add(out, gateway);
        add(out, match.port);
        return out;
    }

    QString spelledMatches(const route::Rule &rule)
    {
        std::string out;
        for (const route::Match &match : rule.matches)
            add(out, spelled(match));
        return toQString(out);
    }

    QString spelledDestinations(const route::Rule &rule)
    {
        std::string out;
        // The stable side of a canary Ingress stands in another object.
        const std::size_t first = rule.section == "canary" && rule.destinations.size() > 1 ? 1 : 0;
        for (std::size_t i = first; i < rule.destinations.size(); ++i) {
            const route::Destination &destination = rule.destinations[i];
            for (const std::string_view part : {std::string_view(destination.host), std::string_view(destination.ns), std::string_view(destination.subset), std::string_view(destination.portName)})
                add(out, part);
            add(out, destination.port);
        }
        return toQString(out);
    }

    bool leadSame(const RuleIdentity &a, const RuleIdentity &b)
    {
        return a.matches == b.matches && a.destinations == b.destinations;
    }

    /// By the name where there is one, else by all the rest.
    bool areTwins(const RuleIdentity &a, const RuleIdentity &b)
    {
        return a.name == b.name && (!a.name.isEmpty() || leadSame(a, b));
    }

    template <typename Holds>
    QList<qsizetype> positions(const QList<RuleAt> &rules, const QString &section, Holds holds)
    {
        QList<qsizetype> out;
        for (qsizetype i = 0; i < rules.size(); ++i) {
            if (rules[i].section == section && holds(rules[i].identity))
                out.append(i);
        }
        return out;
    }

} // namespace

QList<RuleIdentity> identitiesOf(const route::RouteObject &route)
{
    QList<RuleIdentity> out;
    for (const route::Rule &rule : route.rules)
        out.append({toQString(rule.name), spelledMatches(rule), spelledDestinations(rule), 0, 0, 0});
    // By their text, so that thousands of rules are not held beside each other one by one.
    QHash<QString, QList<qsizetype>> twins;
    QHash<QString, int> alike;
    for (qsizetype i = 0; i < out.size(); ++i) {
        const QString section = toQString(route.rules[static_cast<std::size_t>(i)].section) + QLatin1Char('\n');
        const RuleIdentity &each = out[i];
        twins[section + (each.name.isEmpty() ? QLatin1Char('\n') + each.matches + QLatin1Char('\n') + each.destinations : each.name)].append(i);
        ++alike[section + each.matches];
    }
    for (const QList<qsizetype> &same : std::as_const(twins)) {
        for (qsizetype i = 0; i < same.size(); ++i) {
            RuleIdentity &each = out[same[i]];
            each.twin = static_cast<int>(i);
            each.twins = static_cast<int>(same.size());
            each.alike = alike.value(toQString(route.rules[static_cast<std::size_t>(same[i])].section) + QLatin1Char('\n') + each.matches);
        }
    }
    return out;
}

FoundRule findRule(const QList<RuleAt> &rules, const RuleAt &wanted)
{
    const RuleIdentity &identity = wanted.identity;
    if (!identity.isKnown()) {
        const auto found = std::find_if(rules.begin(), rules.end(), [&](const RuleAt &rule) { return rule.section == wanted.section && rule.index == wanted.index; });
        return found == rules.end() ? FoundRule {} : FoundRule {RuleFate::There, found - rules.begin()};
    }
    const QList<qsizetype> same = positions(rules, wanted.section, [&](const RuleIdentity &other) { return areTwins(identity, other); });
    if (!same.isEmpty())
        return same.size() == identity.twins ? FoundRule {RuleFate::There, same[identity.twin]} : FoundRule {};
    // It may have got a name meanwhile, or lost it.
    const QList<qsizetype> renamed = positions(rules, wanted.section, [&](const RuleIdentity &other) { return (identity.name.isEmpty() || other.name.isEmpty()) && leadSame(identity, other); });
    if (!renamed.isEmpty())
        return renamed.size() == 1 && identity.twins == 1 ? FoundRule {RuleFate::There, renamed.first()} : FoundRule {};
    const QList<qsizetype> alike = positions(rules, wanted.section, [&](const RuleIdentity &other) { return (identity.name.isEmpty() || other.name.isEmpty()) && identity.matches == other.matches; });
    return alike.size() == 1 && identity.alike == 1 ? FoundRule {RuleFate::LeadsElsewhere, alike.first()} : FoundRule {};
}

FoundRule findRule(const RouteDetail &detail, const RuleAt &wanted)
{
    QList<RuleAt> rules;
    for (const Rule &rule : detail.rules)
        rules.append({rule.section, rule.index, rule.identity});
    return findRule(rules, wanted);
}

FoundRule findRule(const route::RouteObject &route, const RuleAt &wanted)
{
    const QList<RuleIdentity> identities = identitiesOf(route);
    QList<RuleAt> rules;
    for (qsizetype i = 0; i < identities.size(); ++i) {
        const route::Rule &rule = route.rules[static_cast<std::size_t>(i)];
        rules.append({toQString(rule.section), rule.index, identities[i]});
    }
    return findRule(rules, wanted);
}

bool areSame(const QList<RuleIdentity> &first, const QList<RuleIdentity> &second)
{
    return std::equal(first.begin(), first.end(), second.begin(), second.end(), [](const RuleIdentity &a, const RuleIdentity &b) { return a.isSameAs(b); });
}

} // namespace fairway::engine
