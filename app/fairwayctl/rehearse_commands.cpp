#include "app/fairwayctl/rehearse_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/object_output.h"
#include "app/fairwayctl/rehearse_report.h"
#include "app/fairwayctl/rehearse_whole.h"
#include "app/fairwayctl/route_names.h"
#include "core/proxy/rehearsal.h"
#include "core/route/not_modelled.h"
#include "core/route/request_match.h"
#include "core/route/topology.h"
#include "core/route/weights.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <memory>
#include <optional>

namespace fairway::ctl {

namespace {

constexpr std::uint64_t defaultRequests = 10'000;
constexpr double defaultRate = 200; ///< When only a duration is given.
constexpr std::size_t maxRoutes = 200;

struct RehearseOptions {
    std::vector<std::string> files;
    std::uint64_t requests = 0;
    double rate = -1;
    std::string duration;
    std::string fromLabels;
    std::string fromNamespace;
    std::string at = "mesh";
    std::string rule;
    std::string path = "/";
    std::vector<std::string> headers;
    std::vector<std::string> dials;
    std::string split = "random";
    std::string output;
    bool isWhole = false;
};

/// Everything of the files that a rehearsal looks at.
struct Input {
    std::vector<value::Value> objects;
    std::vector<route::RouteObject> routes;
    route::TopologyView topology;
};

/// "30s", "1m30s", "500ms", "2h"; a bare number means seconds.
Result<std::chrono::milliseconds> parseDuration(const std::string &text)
{
    const auto refused = [&] { return fail(ErrorCode::InvalidInput, "--duration: \"" + text + "\" is not a time like 30s or 1m30s"); };
    double total = 0;
    std::string_view rest = text;
    if (rest.empty())
        return refused();
    while (!rest.empty()) {
        double number = 0;
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        if (error != std::errc() || number < 0 || number > 1e9)
            return refused();
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        const std::size_t unitEnd = std::min(rest.find_first_of("0123456789."), rest.size());
        const std::string_view unit = rest.substr(0, unitEnd);
        const double scale = unit == "ms" ? 1 : unit == "s" || unit.empty() ? 1000 : unit == "m" ? 60'000 : unit == "h" ? 3'600'000 : 0;
        if (scale == 0)
            return refused();
        total += number * scale;
        rest.remove_prefix(unitEnd);
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(total));
}

/// LABEL=LATENCYMS or LABEL=LATENCYMS,ERRORS%
Result<std::map<std::string, proxy::StandInDial>> parseDials(const std::vector<std::string> &texts)
{
    std::map<std::string, proxy::StandInDial> dials;
    for (const std::string &text : texts) {
        const std::size_t equals = text.find('=');
        const auto refused = [&] {
            return fail(ErrorCode::InvalidInput, "--stand-in: \"" + text + "\" is not DEST=MILLISECONDS[,ERROR%]");
        };
        if (equals == std::string::npos)
            return refused();
        const std::vector<std::string> parts = splitAt(std::string_view(text).substr(equals + 1), ',');
        proxy::StandInDial dial;
        double *const targets[] = {&dial.latencyMs, &dial.errorPercent};
        if (parts.size() > 2)
            return refused();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            std::string part = parts[i];
            if (i == 1 && !part.empty() && part.back() == '%')
                part.pop_back();
            const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), *targets[i]);
            if (error != std::errc() || end != part.data() + part.size() || *targets[i] < 0 || *targets[i] > (i == 0 ? 60'000 : 100))
                return refused();
        }
        dials[text.substr(0, equals)] = dial;
    }
    return dials;
}

Result<Input> readInput(const std::vector<std::string> &files)
{
    const Result<std::vector<Manifest>> manifests = readManifests(files);
    if (!manifests)
        return tl::unexpected(manifests.error());
    Input input;
    for (const Manifest &manifest : *manifests) {
        const value::Value &object = manifest.object;
        const std::string_view kind = object["kind"].stringOr();
        input.objects.push_back(object);
        if (route::isRoute(object["apiVersion"].stringOr(), kind)) {
            Result<route::RouteObject> route = route::parseRoute(object);
            if (!route)
                return failWith(manifest.source, route.error());
            if (!route->problems.empty())
                return fail(ErrorCode::InvalidInput,
                    manifest.source + ": " + route->problems.front().path + ": " + route->problems.front().message.plain());
            input.routes.push_back(std::move(*route));
        } else if (route::TopologyView::takes(kind)) {
            (void)input.topology.upsert(object);
        }
    }
    for (route::RouteObject &canary : input.routes) {
        for (const route::RouteObject &primary : input.routes) {
            if (&canary != &primary && canary.canaryOf.empty())
                route::pairIngress(canary, primary);
        }
    }
    if (input.routes.empty())
        return fail(ErrorCode::NotFound, "the files hold no VirtualService, no route of the Gateway API and no Ingress");
    if (input.routes.size() > maxRoutes)
        return fail(ErrorCode::LimitExceeded, "more than 200 routes: rehearse fewer at a time");
    return input;
}

/// A primary whose canary is there too is rehearsed with it.
void dropPaired(std::vector<route::RouteObject> &routes)
{
    std::vector<std::string> paired;
    for (const route::RouteObject &route : routes)
        paired.push_back(route.canaryOf);
    std::erase_if(routes, [&](const route::RouteObject &route) {
        return route.kind == route::RouteKind::Ingress
            && std::find(paired.begin(), paired.end(), (route.ns.empty() ? "default" : route.ns) + "/" + route.name) != paired.end();
    });
}

struct Choice {
    const route::Rule *rule = nullptr;
    std::string note;
};

/// The rule that the load would hit from this origin; else the first split that is loaded there.
Result<Choice> chooseFor(const route::RouteObject &route, const RehearseOptions &options, const route::RequestView &request, const route::Origin &origin)
{
    if (!options.rule.empty()) {
        const Result<const route::Rule *> chosen = chooseRule(route, options.rule);
        if (!chosen)
            return failWith(route.name, chosen.error());
        return Choice {*chosen, {}};
    }
    const Result<const route::Rule *> taken = route::ruleFor(route, request, origin);
    if (!taken)
        return failWith(route.name, taken.error());
    if (*taken != nullptr && !(*taken)->destinations.empty())
        return Choice {*taken, {}};
    for (const route::Rule &rule : route.rules) {
        const bool isHere = rule.matches.empty()
            || std::any_of(rule.matches.begin(), rule.matches.end(), [&](const route::Match &m) { return route::isLoaded(m, origin); });
        if (isHere && !rule.destinations.empty())
            return Choice {&rule, "for requests that match: " + rule.title.plain()};
    }
    return Choice {};
}

Result<proxy::RehearsalPlan> planFor(const Input &input, const route::RouteObject &route, const route::Rule &rule,
    const std::map<std::string, proxy::StandInDial> &dials)
{
    proxy::RehearsalPlan plan;
    plan.name = ruleName(route, rule);
    if (!route.hosts.empty() && route.hosts.front().find('*') == std::string::npos)
        plan.host = route.hosts.front();
    const route::Allocation allocation = route::allocate(route.weightRules(), rule.weights());
    if (allocation.failsAll)
        return fail(ErrorCode::InvalidInput, plan.name + ": " + allocation.note.plain());
    for (const route::Destination &from : rule.destinations) {
        proxy::RehearsalDestination to;
        to.label = from.label;
        to.weight = rule.destinations.size() == 1 ? 1U : static_cast<std::uint32_t>(from.weight);
        to.endpoints = proxy::localEndpoints(input.topology.resolve(from, route.ns));
        if (const auto dial = dials.find(from.label); dial != dials.end())
            to.dial = dial->second;
        plan.destinations.push_back(std::move(to));
    }
    return plan;
}

std::vector<std::string> plain(const std::vector<Text> &texts)
{
    std::vector<std::string> out;
    for (const Text &text : texts)
        out.push_back(text.plain());
    return out;
}

class Command {
public:
    explicit Command(const RehearseOptions &options)
        : m_options(options)
    {
    }

    int run()
    {
        const Result<OutputForm> form = parseOutputForm(m_options.output);
        if (!form || *form == OutputForm::Name || *form == OutputForm::Wide)
            return badUsage("-o must be table, json or yaml");
        if (Result<void> fine = readFlags(); !fine)
            return badUsage(fine.error().message);
        Result<Input> input = readInput(m_options.files);
        if (!input)
            return failed(input.error());
        if (m_options.isWhole)
            return runWholeRehearsal(whole(*input), input->topology, *form);
        if (m_place.kind == route::Viewpoint::Kind::Ingress)
            return badUsage("--at " + m_options.at + " goes with --all-rules");
        dropPaired(input->routes);
        std::vector<RehearsedRule> rules;
        for (const route::RouteObject &route : input->routes) {
            if (Result<void> done = rehearse(*input, route, rules); !done)
                return failed(done.error());
        }
        if (rules.empty())
            return failed("no rule sends requests of this origin anywhere: look at --at and --from-labels");
        print(rules, *form);
        const bool isGood = std::none_of(rules.begin(), rules.end(),
            [](const RehearsedRule &rule) { return rule.result.verdict == proxy::SplitVerdict::Differs; });
        return isGood ? exitOk : exitFailed;
    }

private:
    Result<void> readFlags()
    {
        if (!m_options.duration.empty()) {
            const auto duration = parseDuration(m_options.duration);
            if (!duration)
                return tl::unexpected(duration.error());
            m_duration = *duration;
        }
        auto labels = parseLabels(m_options.fromLabels);
        if (!labels)
            return tl::unexpected(labels.error());
        m_origin.labels = std::move(*labels);
        m_origin.ns = m_options.fromNamespace;
        const Result<route::Viewpoint> place = route::Viewpoint::parse(m_options.at);
        if (!place)
            return failWith("--at", place.error());
        m_place = *place;
        if (m_place.kind == route::Viewpoint::Kind::Gateway)
            m_origin.gateway = m_place.ns + "/" + m_place.name;
        auto dials = parseDials(m_options.dials);
        if (!dials)
            return tl::unexpected(dials.error());
        m_dials = std::move(*dials);
        const std::size_t question = m_options.path.find('?');
        m_request.path = m_options.path.substr(0, question);
        m_request.query = question == std::string::npos ? "" : m_options.path.substr(question + 1);
        const auto isBad = [](unsigned char c) { return c <= 0x20 || c >= 0x7f; };
        if (!m_options.path.starts_with('/') || std::any_of(m_options.path.begin(), m_options.path.end(), isBad))
            return fail(ErrorCode::InvalidInput, "--path must start with / and hold no blanks");
        for (const std::string &text : m_options.headers) {
            const std::size_t colon = text.find(':');
            const bool isWhole = colon != std::string::npos && colon > 0
                && std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
            if (!isWhole || text.find(' ') < colon)
                return fail(ErrorCode::InvalidInput, "--header: \"" + forTerminal(text) + "\" is not NAME: VALUE");
            std::string name = text.substr(0, colon);
            for (char &c : name)
                c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            const std::size_t from = text.find_first_not_of(' ', colon + 1);
            m_request.headers.emplace_back(std::move(name), from == std::string::npos ? "" : text.substr(from));
        }
        return {};
    }

    /// Every rule, at the place or for the client that was named; otherwise wherever it is loaded.
    [[nodiscard]] WholeRehearsal whole(const Input &input) const
    {
        WholeRehearsal out;
        out.objects = input.objects;
        out.routes = input.routes;
        const bool isNamed = m_place.kind != route::Viewpoint::Kind::Mesh || !m_origin.ns.empty() || !m_origin.labels.empty();
        if (isNamed) {
            out.place = m_place;
            if (m_place.kind == route::Viewpoint::Kind::Mesh) {
                out.place->ns = !m_origin.ns.empty() ? m_origin.ns : input.routes.front().ns.empty() ? "default" : input.routes.front().ns;
                out.place->labels = m_origin.labels;
            }
        }
        out.requests = m_options.requests;
        out.split = m_options.split == "exact" ? proxy::Split::Exact : proxy::Split::Random;
        out.dials = {m_dials.begin(), m_dials.end()};
        return out;
    }

    Result<void> rehearse(const Input &input, const route::RouteObject &route, std::vector<RehearsedRule> &rules)
    {
        route::Origin origin = m_origin;
        // Gateway API routes and Ingresses live at gateways: the mesh is no place to ask for them.
        route::RequestView request = m_request;
        if (!route.hosts.empty())
            request.authority = route.hosts.front();
        const bool isAtMesh = std::find(route.gateways.begin(), route.gateways.end(), "mesh") != route.gateways.end();
        const bool isDefault = m_options.at == "mesh" && m_options.fromLabels.empty();
        if (route.kind == route::RouteKind::VirtualService && !isAtMesh && isDefault && !route.gateways.empty())
            origin.gateway = route.gateways.front();
        const Result<Choice> choice = chooseFor(route, m_options, request, origin);
        if (!choice)
            return tl::unexpected(choice.error());
        if (choice->rule == nullptr || choice->rule->destinations.empty())
            return {};
        Result<proxy::RehearsalPlan> plan = planFor(input, route, *choice->rule, m_dials);
        if (!plan)
            return tl::unexpected(plan.error());
        const bool hasDuration = m_duration.count() > 0;
        plan->maxRequests = m_options.requests > 0 ? m_options.requests : hasDuration ? 0 : defaultRequests;
        plan->duration = m_duration;
        plan->ratePerSecond = m_options.rate >= 0 ? m_options.rate : hasDuration && m_options.requests == 0 ? defaultRate : 0;
        plan->path = m_options.path;
        plan->headers = m_request.headers;
        plan->split = m_options.split == "exact" ? proxy::Split::Exact : proxy::Split::Random;
        Result<std::unique_ptr<proxy::Rehearsal>> running = proxy::Rehearsal::start(std::move(*plan));
        if (!running)
            return failWith(ruleName(route, *choice->rule), running.error());
        (*running)->wait();
        rules.push_back({ruleName(route, *choice->rule), choice->rule->title.plain(), choice->rule->destinations,
            plain(route::notModelled(route, *choice->rule, input.objects)), choice->note, (*running)->snapshot()});
        return {};
    }

    static void print(const std::vector<RehearsedRule> &rules, OutputForm form)
    {
        if (form == OutputForm::Table) {
            for (const RehearsedRule &rule : rules)
                out((&rule == rules.data() ? "" : "\n") + toText(rule));
            note("only this machine's traffic was split; nothing was sent to a cluster");
            return;
        }
        value::Value list = value::Value::list();
        for (const RehearsedRule &rule : rules)
            list.append(toValue(rule));
        out(form == OutputForm::Json ? value::toJson(list, value::JsonStyle::Indented) + "\n" : value::toYaml(list));
    }

    const RehearseOptions &m_options;
    route::RequestView m_request;
    route::Viewpoint m_place;
    route::Origin m_origin;
    std::chrono::milliseconds m_duration {0};
    std::map<std::string, proxy::StandInDial> m_dials;
};

} // namespace

void addRehearseCommands(CLI::App &app, int &exitCode)
{
    auto options = std::make_shared<RehearseOptions>();
    CLI::App *command = app.add_subcommand(
        "rehearse", "runs routes of files in the built-in proxy with real HTTP on this machine and reports the measured split");
    command->add_option("-f,--filename", options->files, "files or folders; - for standard input")->required();
    command->add_option("--requests", options->requests, "requests for each rule; default 10000 when no duration is given")
        ->check(CLI::Range(std::uint64_t {1}, std::uint64_t {100'000'000}));
    command->add_option("--rate", options->rate, "requests a second; 0: as fast as it goes (the default without a duration)")
        ->check(CLI::Range(0.0, 20000.0));
    command->add_option("--duration", options->duration, "30s, 1m30s; at most an hour");
    command->add_option("--from-labels", options->fromLabels, "labels of the client's pod: KEY=VALUE,...");
    command->add_option("--from-namespace", options->fromNamespace, "namespace of the client's pod");
    command->add_option("--at", options->at, "mesh, gateway/NAMESPACE/NAME or, with --all-rules, ingress/CLASS");
    command->add_option("--rule", options->rule, "http[2], 2 or a rule's name instead of the rule that the requests hit");
    command->add_flag("--all-rules", options->isWhole, "plays every rule with a request made up for it: matches, rewrites, redirects, faults, retries and all");
    command->add_option("--path", options->path, "path of the requests");
    command->add_option("-H,--header", options->headers, "NAME: VALUE")->take_all()->expected(1)->allow_extra_args(false);
    command->add_option("--stand-in", options->dials, "DEST=MILLISECONDS[,ERROR%] of a stand-in")->expected(1)->allow_extra_args(false);
    command->add_option("--split", options->split, "random (as Envoy picks) or exact")->check(CLI::IsMember({"random", "exact"}));
    command->add_option("-o,--output", options->output, "table, json or yaml");
    command->callback([options, &exitCode] { exitCode = Command(*options).run(); });
}

} // namespace fairway::ctl
