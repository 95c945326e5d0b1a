#include "app/fairwayctl/route_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/route_alpn.h"
#include "app/fairwayctl/route_check.h"
#include "app/fairwayctl/route_diff.h"
#include "app/fairwayctl/route_edit.h"
#include "app/fairwayctl/route_graph.h"
#include "app/fairwayctl/route_names.h"
#include "app/fairwayctl/route_resolve.h"
#include "core/operate/atomic_file.h"
#include "core/route/weights.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <memory>

namespace fairway::ctl {

namespace {

constexpr std::size_t maxFileBytes = std::size_t {32} << 20;

struct WeightOptions {
    std::string file;
    std::string object;
    std::vector<std::string> arguments; ///< [RULE] DEST=W...
};

Result<std::vector<std::int64_t>> newWeights(const route::Rule &rule, const std::vector<std::string> &pairs)
{
    std::vector<std::int64_t> weights = rule.weights();
    std::vector<bool> isGiven(weights.size(), false);
    for (const std::string &pair : pairs) {
        const std::size_t equals = pair.rfind('=');
        const std::string number = equals == std::string::npos ? "" : pair.substr(equals + 1);
        std::int64_t weight = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), weight);
        if (number.empty() || error != std::errc() || end != number.data() + number.size())
            return fail(ErrorCode::InvalidInput, "\"" + pair + "\" is not DEST=WEIGHT with a whole number");
        const Result<std::size_t> at = chooseDestination(rule, pair.substr(0, equals));
        if (!at)
            return tl::unexpected(at.error());
        if (isGiven[*at])
            return fail(ErrorCode::InvalidInput, "\"" + pair + "\" names a destination a second time");
        weights[*at] = weight;
        isGiven[*at] = true;
    }
    // A canary Ingress holds one number: the other side is what it leaves of the total.
    if (rule.section == "canary" && weights.size() == 2 && isGiven[0] != isGiven[1])
        weights[isGiven[0] ? 1 : 0] = rule.total - weights[isGiven[0] ? 0 : 1];
    return weights;
}

int runWeights(const WeightOptions &options)
{
    const Result<route::ObjectRef> ref = parseRouteName(options.object);
    if (!ref)
        return badUsage(ref.error().message);
    std::vector<std::string> pairs = options.arguments;
    std::string ruleText;
    if (!pairs.empty() && pairs.front().find('=') == std::string::npos) {
        ruleText = pairs.front();
        pairs.erase(pairs.begin());
    }
    if (pairs.empty())
        return badUsage("give at least one DEST=WEIGHT");
    const std::string file = options.file == "-" ? "standard input" : options.file;
    const Result<std::string> text = operate::readSmallFile(options.file == "-" ? "/dev/stdin" : options.file, maxFileBytes);
    if (!text)
        return failed(text.error());
    const Result<route::RouteObject> route = route::routeInText(*text, *ref);
    if (!route)
        return failed(failWith(file, route.error()).value());
    const route::Rule *rule = route->headline();
    if (!ruleText.empty()) {
        const Result<const route::Rule *> chosen = chooseRule(*route, ruleText);
        if (!chosen)
            return failed(failWith(file + ": " + options.object, chosen.error()).value());
        rule = *chosen;
    }
    if (rule == nullptr || rule->destinations.empty())
        return failed(file + ": " + options.object + " has no rule with destinations");
    const Result<std::vector<std::int64_t>> weights = newWeights(*rule, pairs);
    if (!weights)
        return failed(failWith(file + ": " + ruleName(*route, *rule), weights.error()).value());
    const Result<std::string> edited = route::setWeightsInText(*text, *ref, {rule->section, rule->index}, *weights);
    if (!edited)
        return failed(failWith(file, edited.error()).value());
    out(*edited);
    return exitOk;
}

} // namespace

void addRouteCommands(CLI::App &app, const GlobalOptions &globals, int &exitCode)
{
    CLI::App *route = app.add_subcommand("route", "routes: weights, findings and where requests go");
    route->require_subcommand(1);

    auto weights = std::make_shared<WeightOptions>();
    CLI::App *edit = route->add_subcommand("weights", "prints the file with only the weights of one rule changed");
    edit->add_option("-f,--filename", weights->file, "YAML or JSON file; - for standard input")->required();
    edit->add_option("object", weights->object, "KIND/NAME or KIND/NAMESPACE/NAME")->required();
    edit->add_option("arguments", weights->arguments, "[RULE] DEST=WEIGHT...  RULE is http[2], 2 or the rule's name; default: its first split")
        ->required()
        ->expected(-1);
    edit->callback([weights, &exitCode] { exitCode = runWeights(*weights); });

    addRouteCheck(*route, globals, exitCode);
    addRouteResolve(*route, exitCode);
    addRouteEdit(*route, exitCode);
    addRouteDiff(*route, globals, exitCode);
    addRouteGraph(*route, globals, exitCode);
    addRouteAlpn(*route, globals, exitCode);
}

} // namespace fairway::ctl
