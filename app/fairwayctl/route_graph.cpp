#include "app/fairwayctl/route_graph.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/route_live.h"
#include "app/fairwayctl/route_set.h"
#include "core/route/mesh_graph.h"
#include "core/route/mesh_svg.h"
#include "core/value/json.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace fairway::ctl {
namespace {

struct GraphOptions {
    std::vector<std::string> files;
    bool isLive = false;
    std::string output = "svg";
    route::MeshFilter filter;
};

std::string_view kindName(route::MeshNode::Kind kind)
{
    switch (kind) {
    case route::MeshNode::Kind::Entry:
        return "entry";
    case route::MeshNode::Kind::Host:
        return "host";
    case route::MeshNode::Kind::Rule:
        return "rule";
    case route::MeshNode::Kind::Destination:
        return "destination";
    case route::MeshNode::Kind::Pods:
        break;
    }
    return "pods";
}

value::Value toValue(const route::MeshGraph &graph)
{
    using value::Value;
    Value nodes = Value::list();
    for (const route::MeshNode &node : graph.nodes) {
        nodes.append(Value::map({{"kind", Value(kindName(node.kind))}, {"id", Value(node.id)}, {"label", Value(node.label)},
            {"detail", Value(node.detail)}, {"object", Value(node.object)}, {"broken", Value(node.isBroken)}}));
    }
    Value edges = Value::list();
    for (const route::MeshEdge &edge : graph.edges) {
        edges.append(Value::map({{"from", Value(graph.nodes[edge.from].id)}, {"to", Value(graph.nodes[edge.to].id)},
            {"label", Value(edge.label)}, {"broken", Value(edge.isBroken)}}));
    }
    return Value::map({{"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

int run(GraphOptions options, const GlobalOptions &globals)
{
    if (options.output != "svg" && options.output != "dot" && options.output != "json")
        return badUsage("-o must be svg, dot or json");
    if (options.files.empty() && !options.isLive)
        return badUsage("nothing to draw: name files with -f, or ask for the cluster with --live");
    const Result<std::vector<Manifest>> manifests = readRouting(options.files, options.isLive, globals);
    if (!manifests)
        return failed(manifests.error());
    const RouteSet set = routeSetOf(*manifests);
    if (set.routes.empty())
        return failed("there is no route among " + std::to_string(manifests->size()) + " objects");
    options.filter.ns = globals.ns;
    std::vector<std::vector<std::vector<route::Resolution>>> resolutions;
    std::vector<route::MeshRoute> routes;
    resolutions.reserve(set.routes.size()); // they are pointed into
    for (const route::RouteObject &route : set.routes) {
        if (set.hasServices)
            resolutions.push_back(route::resolutionsOf(route, set.topology));
        routes.push_back({&route, set.hasServices ? &resolutions.back() : nullptr});
    }
    const route::MeshGraph graph = route::meshGraph(routes, options.filter);
    if (graph.nodes.empty())
        return failed("no route fits the filter");
    if (graph.leftOut > 0)
        note(std::to_string(graph.leftOut) + " routes are left out: name a part of what you look for with --filter, or raise --max-nodes");
    if (options.output == "json") {
        out(value::toJson(toValue(graph), value::JsonStyle::Indented) + "\n");
        return exitOk;
    }
    const std::string dot = route::meshDot(graph);
    if (options.output == "dot") {
        out(dot);
        return exitOk;
    }
    const Result<std::string> svg = route::dotToSvg(dot);
    if (!svg)
        return failed(svg.error());
    out(*svg);
    return exitOk;
}

} // namespace

void addRouteGraph(CLI::App &route, const GlobalOptions &globals, int &exitCode)
{
    auto options = std::make_shared<GraphOptions>();
    CLI::App *graph = route.add_subcommand("graph", "draws routes as one picture: hosts, rules, destinations, pods");
    graph->add_option("-f,--filename", options->files, "files or folders; also what kubectl get -o yaml or a chart prints");
    graph->add_flag("--live", options->isLive, "what the cluster holds; files stand in the place of objects of the same name");
    graph->add_option("-o,--output", options->output, "svg (default), dot or json");
    graph->add_option("--filter", options->filter.text, "only routes with this in a host, name, gateway or destination");
    graph->add_flag("--broken", options->filter.onlyBroken, "only routes that lead to a place where requests can't get through");
    graph->add_option("--max-nodes", options->filter.maxNodes, "leave routes out beyond so many nodes (400)");
    graph->callback([options, &globals, &exitCode] { exitCode = run(*options, globals); });
}

} // namespace fairway::ctl
