#include "core/route/rule_title.h"

#include "core/route/weights.h"

#include <algorithm>
#include <set>

namespace fairway::route {
namespace {

    struct Part {
        Text text;
        Text noun;           ///< "header"
        Text manner;         ///< "exact"; may be empty.
        bool isRoot = false; ///< Path prefix "/", which every path has.
    };

    Text mannerOf(Operator op)
    {
        switch (op) {
        case Operator::Exact:
            return phrase("route", "exact");
        case Operator::Prefix:
        case Operator::PathPrefix:
            return phrase("route", "prefix");
        case Operator::Regex:
            return phrase("route", "regex");
        case Operator::Present:
            return phrase("route", "present");
        }
        return {};
    }

    Text nounOf(Subject subject)
    {
        switch (subject) {
        case Subject::Path:
            return phrase("route", "path");
        case Subject::Header:
            return phrase("route", "header");
        case Subject::QueryParam:
            return phrase("route", "query");
        case Subject::Method:
            return phrase("route", "method");
        case Subject::Authority:
            return phrase("route", "host");
        case Subject::Scheme:
            return phrase("route", "scheme");
        case Subject::GrpcService:
            return phrase("route", "gRPC service");
        case Subject::GrpcMethod:
            return phrase("route", "gRPC method");
        case Subject::Sni:
            return Text::verbatim("SNI");
        case Subject::Subnet:
            return phrase("route", "destination address");
        case Subject::Cookie:
            return phrase("route", "cookie");
        }
        return {};
    }

    /// What stands in a title of values that may be kilobytes long.
    std::string clipped(std::string text)
    {
        static constexpr std::size_t Most = 60;
        if (text.size() <= Most)
            return text;
        std::size_t end = Most;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
            --end;
        text.resize(end);
        return text + "…";
    }

    Part partOf(const Condition &c)
    {
        Part part {{}, nounOf(c.subject), mannerOf(c.op)};
        const bool isPrefix = c.op == Operator::Prefix || c.op == Operator::PathPrefix;
        const std::string key = clipped(c.key);
        const std::string text = clipped(c.value);
        const std::string suffix = isPrefix && !text.ends_with("…") ? "…" : "";
        if (c.op == Operator::Present) {
            part.text = c.isNegated ? phrase("route", "no %1").with(key) : phrase("route", "%1 present").with(key);
            if (c.isNegated)
                part.manner = phrase("route", "absent");
            return part;
        }
        switch (c.subject) {
        case Subject::Path:
            part.text = isPrefix ? phrase("route", "%1 prefix").with(text) : Text::verbatim(text);
            part.isRoot = isPrefix && !c.isNegated && text == "/";
            if (isPrefix)
                part.manner = {};
            break;
        case Subject::Header:
        case Subject::Cookie:
            part.text = Text::verbatim(key + ": " + text + suffix);
            break;
        case Subject::QueryParam:
            part.text = Text::verbatim("?" + key + "=" + text + suffix);
            break;
        default:
            part.text = Text::verbatim(text + suffix);
            if (c.op == Operator::Exact)
                part.manner = {};
        }
        if (c.isNegated)
            part.text = phrase("route", "not %1").with(part.text);
        return part;
    }

    std::vector<Part> partsOf(const Match &match)
    {
        std::vector<Part> parts;
        for (const Condition &condition : match.conditions)
            parts.push_back(partOf(condition));
        // With gateways named, Istio does not look at the source.
        for (const std::string &gateway : match.gateways)
            parts.push_back({phrase("route", "at %1").with(gateway), Text::verbatim("gateways"), {}});
        if (match.gateways.empty()) {
            for (const auto &[key, text] : match.sourceLabels)
                parts.push_back({Text::verbatim(key + " = " + text), Text::verbatim("sourceLabels"), {}});
            if (!match.sourceNamespace.empty())
                parts.push_back({phrase("route", "from %1").with(match.sourceNamespace), Text::verbatim("sourceNamespace"), {}});
        }
        if (match.port != 0)
            parts.push_back({phrase("route", "port %1").with(match.port), phrase("route", "port"), {}});
        return parts;
    }

    Text bothOf(const Text &a, const Text &b)
    {
        return a.empty() ? b : phrase("route", "%1 and %2").with(a, b);
    }

    Text eitherOf(const Text &a, const Text &b)
    {
        return a.empty() ? b : phrase("route", "%1 or %2").with(a, b);
    }

    Text more(std::size_t count)
    {
        return phrase("route", "%1 more").with(count);
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
        rule.title = isFirst ? phrase("route", "Everything") : phrase("route", "Everything else");
        return;
    }
    static constexpr std::size_t MostMatches = 2;
    static constexpr std::size_t MostParts = 3;
    std::vector<Text> nouns;
    Text manner;
    std::size_t parts = 0;
    for (std::size_t i = 0; i < rule.matches.size(); ++i) {
        std::vector<Part> here = partsOf(rule.matches[i]);
        // "/" beside other conditions says nothing: HTTPRoute fills it in.
        if (here.size() > 1)
            std::erase_if(here, [](const Part &part) { return part.isRoot; });
        Text text;
        for (std::size_t p = 0; p < here.size(); ++p) {
            if (p < MostParts)
                text = bothOf(text, here[p].text);
            if (std::find(nouns.begin(), nouns.end(), here[p].noun) == nouns.end() && nouns.size() < 4)
                nouns.push_back(here[p].noun);
            manner = here[p].manner;
            ++parts;
        }
        if (here.size() > MostParts)
            text = bothOf(text, more(here.size() - MostParts));
        if (i < MostMatches)
            rule.title = eitherOf(rule.title, text);
    }
    if (rule.matches.size() > MostMatches)
        rule.title = eitherOf(rule.title, more(rule.matches.size() - MostMatches));
    for (const Text &noun : nouns)
        rule.detail = bothOf(rule.detail, noun);
    if (parts == 1 && !manner.empty())
        rule.detail = phrase("route", "%1, %2").with(rule.detail, manner);
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
