#include "app/fairwayctl/rehearse_whole.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/route_names.h"
#include "app/fairwayctl/target_pods.h"
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

using Problems = std::map<std::string, std::string, std::less<>>;

/// Why requests for a target would not arrive, as far as the objects tell: a subset that no DestinationRule defines, a Service that is
/// not there though others are.
void addProblems(Problems &problems, const route::RouteTable &table, const route::TopologyView &topology)
{
    for (const route::RouteTarget *target : proxy::targetsOf(table)) {
        if (const std::string why = podsOf(*target, topology).problem; !why.empty())
            problems.emplace(proxy::targetKey(*target), why);
    }
}

/// "mesh, from namespace shop app=web", "gateway/shop/front".
std::string placeName(const route::Viewpoint &place)
{
    if (place.kind != route::Viewpoint::Kind::Mesh)
        return place.display();
    std::string name = "mesh, from namespace " + place.ns;
    for (const auto &[key, label] : place.labels)
        name.append(" ").append(key).append("=").append(label);
    return name;
}

bool isGood(const proxy::RuleOutcome &rule)
{
    return rule.takenBy.empty() && rule.verdict != proxy::SplitVerdict::Differs;
}

std::string fateOf(const proxy::RuleOutcome &rule)
{
    if (!rule.takenBy.empty())
        return "never runs: " + rule.takenBy + " takes whatever it could";
    if (rule.request.empty())
        return "not played: no request could be made up that reaches it";
    if (rule.legs.empty())
        return "the proxy answers itself";
    return rule.legs.size() > 1 ? "the split " + std::string(wordOf(rule.verdict) == "pending" ? "can't be judged yet" : std::string(wordOf(rule.verdict)) + " the weights") : "";
}

std::string fateOf(const route::RouteObject &route, const proxy::UnplayedRule &unplayed)
{
    switch (unplayed.why) {
    case proxy::UnplayedRule::Why::Connections: return "not played: it carries connections, not requests";
    case proxy::UnplayedRule::Why::Hidden: return "never runs: " + ruleName(route, *unplayed.by) + " takes everything before it";
    case proxy::UnplayedRule::Why::NotLoaded: break;
    }
    return "not played: none of the proxies looked for loads it";
}

std::string_view wordOf(proxy::UnplayedRule::Why why)
{
    return why == proxy::UnplayedRule::Why::Connections ? "connections" : why == proxy::UnplayedRule::Why::Hidden ? "never runs" : "not loaded";
}

std::string toText(const route::RouteObject &route, const proxy::UnplayedRule &unplayed)
{
    return forTerminal(ruleName(route, *unplayed.rule)) + "\nverdict: " + forTerminal(fateOf(route, unplayed)) + "\n";
}

Value toValue(const route::RouteObject &route, const proxy::UnplayedRule &unplayed)
{
    Value out = Value::map({{"rule", Value(ruleName(route, *unplayed.rule))}, {"verdict", Value(wordOf(unplayed.why))}, {"destinations", Value::list()}});
    if (unplayed.by != nullptr)
        out.set("takenBy", Value(ruleName(route, *unplayed.by)));
    return out;
}

std::string toText(const proxy::RuleOutcome &rule, const std::string &place, const Problems &problems)
{
    std::string text = forTerminal(rule.rule + "  " + rule.path + "  at " + place) + "\n";
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
    for (const proxy::RuleOutcome::Leg &leg : rule.legs) {
        if (const auto problem = problems.find(leg.target); problem != problems.end())
            text += forTerminal("problem: " + problem->second + ": played all the same") + "\n";
    }
    if (const std::string fate = fateOf(rule); !fate.empty())
        text += "verdict: " + forTerminal(fate) + "\n";
    return text;
}

Value toValue(const proxy::RuleOutcome &rule, const std::string &place, const Problems &problems)
{
    Value destinations = Value::list();
    for (const proxy::RuleOutcome::Leg &leg : rule.legs) {
        Value one = Value::map({{"target", Value(leg.target)}, {"weight", count(leg.weight)}, {"expected", Value(rounded(leg.expected))},
            {"requests", count(leg.requests)}, {"errors", count(leg.errors)}, {"share", Value(rounded(leg.measured.share))},
            {"low", Value(rounded(leg.measured.low))}, {"high", Value(rounded(leg.measured.high))},
            {"playedBy", Value(leg.isStandIn ? "stand-in" : "endpoints")}});
        if (const auto problem = problems.find(leg.target); problem != problems.end())
            one.set("problem", Value(problem->second));
        destinations.append(std::move(one));
    }
    Value out = Value::map({{"rule", Value(rule.rule)}, {"path", Value(rule.path)}, {"at", Value(place)}, {"request", Value(rule.request)}, {"requests", count(rule.sent)},
        {"answered", count(rule.answered)}, {"ownAnswers", count(rule.ownAnswers)}, {"verdict", Value(wordOf(rule.verdict))}, {"destinations", destinations}});
    if (!rule.takenBy.empty())
        out.set("takenBy", Value(rule.takenBy));
    return out;
}

} // namespace

int runWholeRehearsal(const WholeRehearsal &asked, const route::TopologyView &topology, OutputForm form)
{
    bool areGood = true;
    std::set<std::string, std::less<>> played;
    std::set<std::string> missing;
    Problems problems;
    Value list = Value::list();
    const auto print = [&](const std::string &text, Value value) {
        if (form == OutputForm::Table)
            out((list.size() == 0 ? "" : "\n") + text);
        list.append(std::move(value));
    };
    for (const route::RouteObject &route : asked.routes) {
        proxy::WholeRoutePlan plan;
        plan.route = &route;
        plan.objects = asked.objects;
        plan.place = asked.place;
        plan.requestsPerRule = asked.requests > 0 ? asked.requests : defaultRequests;
        plan.split = asked.split;
        plan.played = played;
        plan.prepare = [&](proxy::RouteRehearsalPlan &part) {
            part.endpoints = reachable(*part.table, topology);
            part.dials = asked.dials;
            addProblems(problems, *part.table, topology);
        };
        plan.onRule = [&](const proxy::RuleOutcome &rule, const route::Viewpoint &place) {
            played.insert(rule.key);
            areGood = areGood && isGood(rule);
            const std::string at = placeName(place);
            print(toText(rule, at, problems), toValue(rule, at, problems));
        };
        const Result<proxy::WholeRouteReport> report = proxy::rehearseWholeRoute(std::move(plan));
        if (!report)
            return failed(report.error());
        for (const proxy::UnplayedRule &unplayed : report->unplayed) {
            const bool isElsewhere = asked.place && unplayed.why == proxy::UnplayedRule::Why::NotLoaded;
            areGood = areGood && (isElsewhere || unplayed.why == proxy::UnplayedRule::Why::Connections);
            print(toText(route, unplayed), toValue(route, unplayed));
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
    if (played.empty())
        return failed("no rule of the routes was played" + (asked.place ? " at " + placeName(*asked.place) : std::string()) + ": look at --at and --from-namespace");
    note("only this machine's traffic was split; nothing was sent to a cluster");
    return areGood ? exitOk : exitFailed;
}

} // namespace fairway::ctl
