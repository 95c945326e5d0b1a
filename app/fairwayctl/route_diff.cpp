#include "app/fairwayctl/route_diff.h"

#include "app/fairwayctl/route_names.h"
#include "app/fairwayctl/session.h"
#include "core/operate/diff.h"
#include "core/route/route_comparison.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace fairway::ctl {

namespace {

using value::Value;

constexpr int exitDiffers = 1; // as diff's
constexpr int exitDiffFailed = 2;

struct DiffOptions {
    std::string object;
    std::vector<std::string> contexts;
    std::string output = "table";
};

Result<Value> readFrom(const std::string &context, const route::ObjectRef &wanted, GlobalOptions globals)
{
    globals.context = context;
    auto session = Session::open(globals);
    if (!session)
        return failWith(context, session.error());
    const auto discovery = (*session)->discovery();
    if (!discovery)
        return failWith(context, discovery.error());
    for (const kube::ResourceType *type : (*discovery)->preferredTypes()) {
        if (type->kind != wanted.kind || !route::isRoute(type->apiVersion(), type->kind))
            continue;
        const std::string ns = wanted.ns.empty() ? (*session)->ns() : wanted.ns;
        const Result<operate::Writer *> reader = (*session)->writer();
        if (!reader)
            return failWith(context, reader.error());
        const Result<Value> object = (*reader)->read((*session)->ref(*type, ns, wanted.name));
        return object ? Result<Value>(route::withoutServerFields(*object)) : failWith(context, object.error());
    }
    return fail(ErrorCode::NotFound, context + ": its server knows no " + wanted.kind);
}

int failedDiff(const Error &error)
{
    failedRequest(error);
    return exitDiffFailed;
}

int runDiff(const DiffOptions &options, const GlobalOptions &globals)
{
    const Result<route::ObjectRef> ref = parseRouteName(options.object);
    if (!ref)
        return badUsage(ref.error().message);
    if (options.contexts.size() != 2)
        return badUsage("--contexts takes two: --contexts staging,production");
    std::vector<Value> objects;
    std::vector<route::RouteObject> routes;
    for (const std::string &context : options.contexts) {
        const Result<Value> object = readFrom(context, *ref, globals);
        if (!object)
            return failedDiff(object.error());
        const Result<route::RouteObject> route = route::parseRoute(*object);
        if (!route)
            return failedDiff(failWith(context, route.error()).value());
        objects.push_back(*object);
        routes.push_back(*route);
    }
    const std::vector<Text> differences = route::compareRoutes(routes[0], routes[1]);
    const std::string yaml
        = operate::unifiedDiff(value::toYaml(objects[0]), value::toYaml(objects[1]), options.contexts[0], options.contexts[1]);
    if (options.output == "json") {
        Value list = Value::list();
        for (const Text &difference : differences)
            list.append(Value(difference.plain()));
        out(value::toJson(Value::map({{"object", ref->display()}, {"contexts", Value::list({Value(options.contexts[0]), Value(options.contexts[1])})},
                              {"differences", std::move(list)}, {"diff", yaml}}),
                value::JsonStyle::Indented)
            + "\n");
    } else {
        for (const Text &difference : differences)
            out(forTerminal(difference.plain()) + "\n");
        if (differences.empty() && !yaml.empty())
            out("requests go the same way\n");
        out((yaml.empty() ? "" : "\n") + yaml);
        if (yaml.empty())
            note("no difference");
    }
    return yaml.empty() ? exitOk : exitDiffers;
}

} // namespace

void addRouteDiff(CLI::App &route, const GlobalOptions &globals, int &exitCode)
{
    auto options = std::make_shared<DiffOptions>();
    CLI::App *command = route.add_subcommand("diff", "one route as two contexts hold it: what requests notice, then the YAML; exit code 1 when they differ")->fallthrough();
    command->add_option("object", options->object, "KIND/NAME or KIND/NAMESPACE/NAME")->required();
    command->add_option("--contexts", options->contexts, "two of the kubeconfig's")->delimiter(',')->required();
    command->add_option("-o,--output", options->output, "table or json")->check(CLI::IsMember({"table", "json"}));
    command->callback([options, &globals, &exitCode] { exitCode = runDiff(*options, globals); });
}

} // namespace fairway::ctl
