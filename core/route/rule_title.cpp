#include "core/route/rule_title.h"

#include "core/route/weights.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    struct Part {
        std::string text;
        std::string noun;   ///< "header"
        std::string manner; ///< "exact"; may be empty.
    };

    std::string_view mannerOf(Operator op)
    {
        switch (op) {
        case Operator::Exact:
            return "exact";
        case Operator::Prefix:
        case Operator::PathPrefix:
            return "prefix";
        case Operator::Regex:
            return "regex";
        case Operator::Present:
            return "present";
        }
        return {};
    }

    std::string_view nounOf(Subject subject)
    {
        switch (subject) {
        case Subject::Path:
            return "path";
        case Subject::Header:
            return "header";
        case Subject::QueryParam:
            return "query";
        case Subject::Method:
            return "method";
        case Subject::Authority:
            return "host";
        case Subject::Scheme:
            return "scheme";
        case Subject::GrpcService:
            return "gRPC service";
        case Subject::GrpcMethod:
            return "gRPC method";
        case Subject::Sni:
            return "SNI";
        case Subject::Subnet:
            return "destination address";
        case Subject::Cookie:
            return "cookie";
        }
        return {};
    }

    Part partOf(const Condition &c)
    {
        Part part {{}, std::string(nounOf(c.subject)), std::string(mannerOf(c.op))};
        const bool isPrefix = c.op == Operator::Prefix || c.op == Operator::PathPrefix;
        const std::string suffix = isPrefix ? "…" : "";
        if (c.op == Operator::Present) {
            part.text = c.isNegated ? "no " + c.key : c.key + " present";
            if (c.isNegated)
                part.manner = "absent";
            return part;
        }
        switch (c.subject) {
        case Subject::Path:
            part.text = isPrefix ? c.value + " prefix" : c.value;
            if (isPrefix)
                part.manner.clear();
            break;
        case Subject::Header:
        case Subject::Cookie:
            part.text = c.key + ": " + c.value + suffix;
            break;
        case Subject::QueryParam:
            part.text = "?" + c.key + "=" + c.value + suffix;
            break;
        default:
            part.text = c.value + suffix;
            if (c.op == Operator::Exact)
                part.manner.clear();
        }
        if (c.isNegated)
            part.text.insert(0, "not ");
        return part;
    }

    std::vector<Part> partsOf(const Match &match)
    {
        std::vector<Part> parts;
        for (const Condition &condition : match.conditions)
            parts.push_back(partOf(condition));
        // With gateways named, Istio does not look at the source.
        for (const std::string &gateway : match.gateways)
            parts.push_back({"at " + gateway, "gateways", {}});
        if (match.gateways.empty()) {
            for (const auto &[key, text] : match.sourceLabels)
                parts.push_back({key + " = " + text, "sourceLabels", {}});
            if (!match.sourceNamespace.empty())
                parts.push_back({"from " + match.sourceNamespace, "sourceNamespace", {}});
        }
        if (match.port != 0)
            parts.push_back({"port " + std::to_string(match.port), "port", {}});
        return parts;
    }

    std::string shortened(std::string text)
    {
        static constexpr std::size_t Most = 160;
        if (text.size() <= Most)
            return text;
        std::size_t end = Most;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        text.resize(end);
        return text + "…";
    }

    /// True when the block takes every request of every proxy that loads the route.
    bool takesAll(const Match &match)
    {
        return match.matchesEverything() && match.sourceLabels.empty() && match.sourceNamespace.empty()
            && match.gateways.empty() && match.port == 0;
    }

} // namespace

bool Match::matchesEverything() const
{
    return std::all_of(conditions.begin(), conditions.end(), [](const Condition &c) {
        if (c.subject != Subject::Path || c.isNegated)
            return false;
        const bool isPrefix = c.op == Operator::Prefix || c.op == Operator::PathPrefix;
        return (isPrefix && (c.value == "/" || c.value.empty())) || (c.op == Operator::Regex && c.value == ".*");
    });
}

bool Match::isSidecarOnly() const
{
    return gateways.empty() && (!sourceLabels.empty() || !sourceNamespace.empty());
}

void describeMatches(Rule &rule, bool isFirst)
{
    rule.isCatchAll = rule.matches.empty() || std::any_of(rule.matches.begin(), rule.matches.end(), takesAll);
    rule.isSidecarOnly = !rule.matches.empty()
        && std::all_of(rule.matches.begin(), rule.matches.end(), [](const Match &m) { return m.isSidecarOnly(); });
    if (rule.isCatchAll) {
        rule.title = isFirst ? "Everything" : "Everything else";
        return;
    }
    static constexpr std::size_t MostMatches = 2;
    static constexpr std::size_t MostParts = 3;
    std::vector<std::string> nouns;
    std::string manner;
    std::size_t parts = 0;
    for (std::size_t i = 0; i < rule.matches.size(); ++i) {
        std::vector<Part> here = partsOf(rule.matches[i]);
        // "/" beside other conditions says nothing: HTTPRoute fills it in.
        if (here.size() > 1)
            std::erase_if(here, [](const Part &part) { return part.text == "/ prefix"; });
        std::string text;
        for (std::size_t p = 0; p < here.size(); ++p) {
            if (p < MostParts)
                text += (p == 0 ? "" : " and ") + here[p].text;
            if (std::find(nouns.begin(), nouns.end(), here[p].noun) == nouns.end() && nouns.size() < 4)
                nouns.push_back(here[p].noun);
            manner = here[p].manner;
            ++parts;
        }
        if (here.size() > MostParts)
            text += " and " + std::to_string(here.size() - MostParts) + " more";
        if (i < MostMatches)
            rule.title += (i == 0 ? "" : " or ") + text;
    }
    if (rule.matches.size() > MostMatches)
        rule.title += " or " + std::to_string(rule.matches.size() - MostMatches) + " more";
    rule.title = shortened(std::move(rule.title));
    for (const std::string &noun : nouns)
        rule.detail += (rule.detail.empty() ? "" : " and ") + noun;
    if (parts == 1 && !manner.empty())
        rule.detail += ", " + manner;
}

void finishDestinations(Rule &rule, WeightRules rules)
{
    std::set<std::string> taken;
    std::set<std::string> doubled;
    const auto plain = [](const Destination &d) {
        if (!d.subset.empty())
            return d.subset;
        return !d.service.empty() ? d.service : d.host;
    };
    for (const Destination &d : rule.destinations) {
        if (!taken.insert(plain(d)).second)
            doubled.insert(plain(d));
    }
    taken.clear();
    for (Destination &d : rule.destinations) {
        std::string label = plain(d);
        if (doubled.contains(label)) {
            const std::string service = d.service.empty() ? d.host : d.service;
            label = d.subset.empty() ? (d.ns.empty() ? service : d.ns + "/" + service) : service + " " + d.subset;
            if (taken.contains(label) && d.port != 0)
                label += ":" + std::to_string(d.port);
        }
        if (label.empty())
            label = "destination";
        const std::string base = label;
        for (int n = 2; !taken.insert(label).second; ++n)
            label = base + " #" + std::to_string(n);
        d.label = label;
    }
    rule.total = 0;
    for (const Destination &d : rule.destinations)
        rule.total += d.weight; // bounded: at most 200 weights below 2^31
    const std::vector<double> shares = effectiveShares(rules, rule.weights());
    for (std::size_t i = 0; i < rule.destinations.size(); ++i)
        rule.destinations[i].share = shares[i];
}

} // namespace fairway::route
