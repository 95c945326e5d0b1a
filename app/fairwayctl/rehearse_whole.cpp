#include "app/fairwayctl/rehearse_whole.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/text_table.h"
#include "core/proxy/rehearsal.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace fairway::ctl {

namespace {

using value::Value;

constexpr std::uint64_t defaultRequests = 1000;

std::string_view wordOf(proxy::SplitVerdict verdict)
{
    return verdict == proxy::SplitVerdict::Matches ? "matches" : verdict == proxy::SplitVerdict::Differs ? "differs" : "pending";
}

Value count(std::uint64_t number)
{
    return Value(static_cast<std::int64_t>(number));
}

double rounded(double number)
{
    return std::round(number * 1e6) / 1e6;
}

/// Endpoints that listen on this machine, by target.
std::map<std::string, std::vector<proxy::Endpoint>, std::less<>> reachable(const route::RouteTable &table, const route::TopologyView &topology)
{
    std::map<std::string, std::vector<proxy::Endpoint>, std::less<>> out;
    for (const route::RouteTarget *target : proxy::targetsOf(table)) {
        if (auto endpoints = proxy::localEndpoints(topology.resolve(proxy::destinationOf(*target), target->ns)); !endpoints.empty())
            out[proxy::targetKey(*target)] = std::move(endpoints);
    }
    return out;
}

bool isGood(const proxy::RuleOutcome &rule)
{
    return rule.takenBy.empty() && rule.verdict != proxy::SplitVerdict::Differs;
}

std::string fateOf(const proxy::RuleOutcome &rule)
{
    if (rule.request.empty())
        return "no request could be made up for it";
    if (!rule.takenBy.empty())
        return "never runs: " + rule.takenBy + " takes what is meant for it";
    if (rule.legs.empty())
        return "the proxy answers itself";
    return rule.legs.size() > 1 ? "the split " + std::string(wordOf(rule.verdict) == "pending" ? "can't be judged yet" : std::string(wordOf(rule.verdict)) + " the weights") : "";
}

std::string toText(const proxy::RuleOutcome &rule)
{
    std::string text = forTerminal(rule.rule + "  " + rule.path) + "\n";
    if (!rule.request.empty())
        text += forTerminal(rule.request) + "\n";
    if (rule.sent > 0)
        text += fmt::format("{} requests, {} answered, {} of them by the proxy itself\n", rule.sent, rule.answered, rule.ownAnswers);
    if (!rule.legs.empty()) {
        TextTable table;
        table.add({"DESTINATION", "WEIGHT", "EXPECTED", "MEASURED", "95% INTERVAL", "REQUESTS", "ERRORS", "PLAYED BY"});
        for (const proxy::RuleOutcome::Leg &leg : rule.legs) {
            table.add({forTerminal(leg.target), std::to_string(leg.weight), fmt::format("{:.2f} %", leg.expected * 100),
                fmt::format("{:.2f} %", leg.measured.share * 100), fmt::format("{:.2f} - {:.2f} %", leg.measured.low * 100, leg.measured.high * 100),
                std::to_string(leg.requests), std::to_string(leg.errors), leg.isStandIn ? "stand-in" : "endpoints"});
        }
        text += table.take();
    }
    if (const std::string fate = fateOf(rule); !fate.empty())
        text += "verdict: " + forTerminal(fate) + "\n";
    return text;
}

Value toValue(const proxy::RuleOutcome &rule)
{
    Value destinations = Value::list();
    for (const proxy::RuleOutcome::Leg &leg : rule.legs) {
        destinations.append(Value::map({{"target", Value(leg.target)}, {"weight", count(leg.weight)}, {"expected", Value(rounded(leg.expected))},
            {"requests", count(leg.requests)}, {"errors", count(leg.errors)}, {"share", Value(rounded(leg.measured.share))},
            {"low", Value(rounded(leg.measured.low))}, {"high", Value(rounded(leg.measured.high))},
            {"playedBy", Value(leg.isStandIn ? "stand-in" : "endpoints")}}));
    }
    Value out = Value::map({{"rule", Value(rule.rule)}, {"path", Value(rule.path)}, {"request", Value(rule.request)}, {"requests", count(rule.sent)},
        {"answered", count(rule.answered)}, {"ownAnswers", count(rule.ownAnswers)}, {"verdict", Value(wordOf(rule.verdict))}, {"destinations", destinations}});
    if (!rule.takenBy.empty())
        out.set("takenBy", Value(rule.takenBy));
    return out;
}

} // namespace

int runWholeRehearsal(const WholeRehearsal &asked, const route::TopologyView &topology, OutputForm form)
{
    Result<route::RouteTable> made = route::TrafficConfig(asked.objects).tableAt(asked.place);
    if (!made)
        return failed(made.error());
    proxy::RouteRehearsalPlan plan;
    plan.table = std::make_shared<const route::RouteTable>(std::move(*made));
    plan.objects = asked.routes;
    plan.endpoints = reachable(*plan.table, topology);
    plan.dials = asked.dials;
    plan.requestsPerRule = asked.requests > 0 ? asked.requests : defaultRequests;
    plan.split = asked.split;
    const std::vector<int> ports = proxy::portsHolding(*plan.table, asked.routes);
    if (ports.empty())
        return failed("no rule of the routes is held at " + asked.place.display() + ": look at --at and --from-namespace");
    bool areGood = true;
    std::set<std::string> missing;
    Value list = Value::list();
    for (const int port : ports) {
        plan.port = port;
        const Result<proxy::RouteRehearsalReport> report = proxy::rehearseRoutes(plan);
        if (!report)
            return failed(report.error());
        for (const proxy::RuleOutcome &rule : report->rules) {
            areGood = areGood && isGood(rule);
            if (form == OutputForm::Table)
                out((list.size() == 0 ? "" : "\n") + toText(rule));
            list.append(toValue(rule));
        }
        for (const Text &text : report->notExecuted)
            missing.insert(text.plain());
    }
    if (form == OutputForm::Json)
        out(value::toJson(list, value::JsonStyle::Indented) + "\n");
    else if (form == OutputForm::Yaml)
        out(value::toYaml(list));
    if (!missing.empty())
        note("not executed: " + forTerminal(joined({missing.begin(), missing.end()}, ", ")));
    note("only this machine's traffic was split; nothing was sent to a cluster");
    return areGood ? exitOk : exitFailed;
}

} // namespace fairway::ctl
