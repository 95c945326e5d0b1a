#include "core/route/route_comparison.h"

#include "core/route/weights.h"
#include "core/value/server_fields.h"

#include <algorithm>
#include <string>

namespace fairway::route {
namespace {

    std::string joined(const std::vector<std::string> &parts)
    {
        std::string out;
        for (const std::string &part : parts)
            out += (out.empty() ? "" : ", ") + part;
        return out.empty() ? "-" : out;
    }

    bool isSame(const Match &a, const Match &b)
    {
        return a.conditions == b.conditions && a.sourceLabels == b.sourceLabels && a.sourceNamespace == b.sourceNamespace
            && a.gateways == b.gateways && a.port == b.port;
    }

    bool matchTheSame(const Rule &a, const Rule &b)
    {
        return a.section == b.section && std::equal(a.matches.begin(), a.matches.end(), b.matches.begin(), b.matches.end(), isSame);
    }

    Text nameOf(const Rule &rule)
    {
        return phrase("route", "%1[%2] (%3)").with(rule.section, rule.index, rule.title);
    }

    std::string splitOf(const Rule &rule)
    {
        std::vector<std::string> parts;
        for (const Destination &destination : rule.destinations)
            parts.push_back(destination.label + "=" + std::to_string(destination.weight));
        return joined(parts);
    }

    class Comparison {
    public:
        Comparison(const RouteObject &first, const RouteObject &second)
            : m_first(first)
            , m_second(second)
        {
        }

        std::vector<Text> all()
        {
            compareLists(phrase("route", "hosts"), m_first.hosts, m_second.hosts);
            compareLists(phrase("route", "gateways"), m_first.gateways, m_second.gateways);
            std::vector<const Rule *> partners; // of the first's rules, in their order
            for (const Rule &rule : m_first.rules) {
                const Rule *partner = findPartner(rule, partners);
                if (partner == nullptr) {
                    m_out.push_back(phrase("route", "rule %1 is only in the first").with(nameOf(rule)));
                    continue;
                }
                partners.push_back(partner);
                comparePair(rule, *partner);
            }
            for (const Rule &rule : m_second.rules) {
                if (std::find(partners.begin(), partners.end(), &rule) == partners.end())
                    m_out.push_back(phrase("route", "rule %1 is only in the second").with(nameOf(rule)));
            }
            if (!std::is_sorted(partners.begin(), partners.end()))
                m_out.push_back(phrase("route", "the rules both have stand in another order"));
            return std::move(m_out);
        }

    private:
        void compareLists(const Text &what, const std::vector<std::string> &first, const std::vector<std::string> &second)
        {
            if (first != second)
                m_out.push_back(phrase("route", "%1: %2 → %3").with(what, joined(first), joined(second)));
        }

        const Rule *findPartner(const Rule &rule, const std::vector<const Rule *> &taken) const
        {
            for (const Rule &other : m_second.rules) {
                if (matchTheSame(rule, other) && std::find(taken.begin(), taken.end(), &other) == taken.end())
                    return &other;
            }
            return nullptr;
        }

        void comparePair(const Rule &first, const Rule &second)
        {
            if (splitOf(first) != splitOf(second))
                m_out.push_back(phrase("route", "rule %1: %2 → %3").with(nameOf(first), splitOf(first), splitOf(second)));
            if (first.action.plain() != second.action.plain())
                m_out.push_back(phrase("route", "rule %1: %2 → %3")
                                    .with(nameOf(first), first.action.empty() ? Text::verbatim("-") : first.action,
                                        second.action.empty() ? Text::verbatim("-") : second.action));
        }

        const RouteObject &m_first;
        const RouteObject &m_second;
        std::vector<Text> m_out;
    };

} // namespace

std::vector<Text> compareRoutes(const RouteObject &first, const RouteObject &second)
{
    return Comparison(first, second).all();
}

value::Value withoutServerFields(const value::Value &object)
{
    value::Value out = value::deepCopy(object);
    out.asMap().remove("status");
    value::Value metadata = out["metadata"];
    if (!metadata.isMap())
        return out;
    for (const std::string_view key : value::kServerMetadata)
        metadata.asMap().remove(key);
    value::Value annotations = metadata["annotations"];
    if (annotations.isMap()) {
        annotations.asMap().remove("kubectl.kubernetes.io/last-applied-configuration");
        if (annotations.size() == 0)
            metadata.asMap().remove("annotations");
    }
    return out;
}

} // namespace fairway::route
