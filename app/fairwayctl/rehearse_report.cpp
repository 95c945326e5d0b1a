#include "app/fairwayctl/rehearse_report.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/text_table.h"

#include <fmt/format.h>

#include <cmath>

namespace fairway::ctl {

namespace {

std::string_view wordOf(proxy::SplitVerdict verdict)
{
    switch (verdict) {
    case proxy::SplitVerdict::Matches:
        return "matches";
    case proxy::SplitVerdict::Differs:
        return "differs";
    case proxy::SplitVerdict::Pending:
        break;
    }
    return "pending";
}

std::string sentenceOf(proxy::SplitVerdict verdict)
{
    switch (verdict) {
    case proxy::SplitVerdict::Matches:
        return "the measured split matches the weights (chi-squared test, level 0.1 %)";
    case proxy::SplitVerdict::Differs:
        return "the measured split differs from the weights (chi-squared test, level 0.1 %)";
    case proxy::SplitVerdict::Pending:
        break;
    }
    return "too few requests to tell whether the split matches";
}

std::string playedBy(const proxy::RehearsalLeg &leg)
{
    if (leg.isStandIn)
        return "stand-in";
    return std::to_string(leg.endpoints) + (leg.endpoints == 1 ? " endpoint" : " endpoints");
}

double rounded(double number, double scale)
{
    return std::round(number * scale) / scale;
}

double averageRate(const proxy::RehearsalSnapshot &result)
{
    return result.elapsed.count() > 0 ? static_cast<double>(result.requests) / result.elapsed.count() : 0;
}

} // namespace

std::string toText(const RehearsedRule &rule)
{
    const proxy::RehearsalSnapshot &result = rule.result;
    std::string text = forTerminal(rule.name + "  " + rule.title) + "\n";
    if (!rule.note.empty())
        text += forTerminal(rule.note) + "\n";
    text += fmt::format("{} requests in {:.1f} s ({:.0f}/s), {} errors\n", result.requests, result.elapsed.count(),
        averageRate(result), result.errors);
    TextTable table;
    table.add({"DESTINATION", "WEIGHT", "EXPECTED", "MEASURED", "95% INTERVAL", "REQUESTS", "ERRORS", "P50", "P95", "P99", "PLAYED BY"});
    for (const proxy::RehearsalLeg &leg : result.legs) {
        table.add({forTerminal(leg.label), std::to_string(leg.weight), fmt::format("{:.2f} %", leg.expected * 100),
            fmt::format("{:.2f} %", leg.measured.share * 100),
            fmt::format("{:.2f} - {:.2f} %", leg.measured.low * 100, leg.measured.high * 100), std::to_string(leg.requests),
            std::to_string(leg.errors), fmt::format("{:.1f} ms", leg.p50Ms), fmt::format("{:.1f} ms", leg.p95Ms),
            fmt::format("{:.1f} ms", leg.p99Ms), playedBy(leg)});
    }
    text += table.take();
    text += "verdict: " + sentenceOf(result.verdict) + "\n";
    if (!rule.notModelled.empty())
        text += "not modelled: " + forTerminal(joined(rule.notModelled, ", ")) + "\n";
    return text;
}

value::Value toValue(const RehearsedRule &rule)
{
    using value::Value;
    const proxy::RehearsalSnapshot &result = rule.result;
    const auto count = [](std::uint64_t number) { return Value(static_cast<std::int64_t>(number)); };
    Value destinations = Value::list();
    for (std::size_t i = 0; i < result.legs.size(); ++i) {
        const proxy::RehearsalLeg &leg = result.legs[i];
        Value out = Value::map({{"label", Value(leg.label)}, {"weight", count(leg.weight)},
            {"expected", Value(rounded(leg.expected, 1e6))}, {"requests", count(leg.requests)}, {"errors", count(leg.errors)},
            {"share", Value(rounded(leg.measured.share, 1e6))}, {"low", Value(rounded(leg.measured.low, 1e6))},
            {"high", Value(rounded(leg.measured.high, 1e6))}, {"p50Ms", Value(rounded(leg.p50Ms, 1e3))},
            {"p95Ms", Value(rounded(leg.p95Ms, 1e3))}, {"p99Ms", Value(rounded(leg.p99Ms, 1e3))},
            {"playedBy", Value(playedBy(leg))}});
        if (i < rule.destinations.size()) {
            const route::Destination &d = rule.destinations[i];
            out.set("host", Value(d.host));
            if (!d.subset.empty())
                out.set("subset", Value(d.subset));
            if (d.port != 0)
                out.set("port", Value(std::int64_t {d.port}));
        }
        destinations.append(std::move(out));
    }
    Value missing = Value::list();
    for (const std::string &text : rule.notModelled)
        missing.append(Value(text));
    Value out = Value::map({{"rule", Value(rule.name)}, {"title", Value(rule.title)}, {"requests", count(result.requests)},
        {"errors", count(result.errors)}, {"heldBack", count(result.heldBack)},
        {"elapsedSeconds", Value(rounded(result.elapsed.count(), 1e3))}, {"requestsPerSecond", Value(rounded(averageRate(result), 10))},
        {"verdict", Value(wordOf(result.verdict))}, {"destinations", destinations}, {"notModelled", missing}});
    if (!rule.note.empty())
        out.set("note", Value(rule.note));
    return out;
}

} // namespace fairway::ctl
