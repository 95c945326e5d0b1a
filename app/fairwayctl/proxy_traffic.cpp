#include "app/fairwayctl/proxy_traffic.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"
#include "app/fairwayctl/route_names.h"
#include "core/operate/atomic_file.h"
#include "core/proxy/traffic_source.h"
#include "core/route/envoy_configuration.h"
#include "core/value/json.h"
#include "core/value/yaml.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <map>
#include <memory>

namespace fairway::ctl {

namespace {

constexpr std::size_t maxFile = std::size_t {64} << 20; // a dump of Envoy's is large
constexpr std::size_t maxNotes = 100;

Result<value::Value> readConfiguration(const std::string &name)
{
    const Result<std::string> content = operate::readSmallFile(name == "-" ? "/dev/stdin" : name, maxFile);
    if (!content)
        return tl::unexpected(content.error());
    const std::size_t first = content->find_first_not_of(" \t\r\n");
    const bool isJson = first != std::string::npos && ((*content)[first] == '{' || (*content)[first] == '[');
    Result<value::Value> read = isJson ? value::parseJson(*content) : value::parseYaml(*content);
    if (!read)
        return failWith(name == "-" ? "standard input" : name, read.error());
    return read;
}

std::string besides(const std::string &fileName, const std::string &other)
{
    return other == "-" ? other : (std::filesystem::path(fileName).parent_path() / other).string(); // an absolute one stays as it is
}

void tell(const std::vector<Text> &notes)
{
    for (std::size_t i = 0; i < notes.size() && i < maxNotes; ++i)
        note("note: " + forTerminal(notes[i].plain()));
    if (notes.size() > maxNotes)
        note("note: and " + std::to_string(notes.size() - maxNotes) + " more like these");
}

/// "port: …" said of the configuration's key, or of the flag.
Error about(const std::string &fileName, const Error &error)
{
    return {error.code, (fileName.empty() ? "--" : fileName + ": traffic.") + error.message};
}

Result<std::vector<value::Value>> readObjects(const std::vector<std::string> &files)
{
    Result<std::vector<Manifest>> manifests = readManifests(files);
    if (!manifests)
        return tl::unexpected(manifests.error());
    std::vector<value::Value> objects;
    for (Manifest &manifest : *manifests) {
        if (const Text problem = proxy::problemOfKind(manifest.object); !problem.empty()) {
            const std::string object = std::string(manifest.object["kind"].stringOr()) + " " + std::string(manifest.object["metadata"]["name"].stringOr());
            return fail(ErrorCode::InvalidInput, manifest.source + ": " + object + ": " + problem.plain());
        }
        objects.push_back(std::move(manifest.object));
    }
    return objects;
}

Result<proxy::LoadedTraffic> load(const proxy::TrafficSource &source, const std::string &fileName)
{
    Result<proxy::LoadedTraffic> loaded;
    if (!source.envoyFile.empty()) {
        const std::string name = besides(fileName, source.envoyFile);
        const Result<value::Value> configuration = readConfiguration(name);
        if (!configuration)
            return tl::unexpected(configuration.error());
        loaded = proxy::trafficOfEnvoy(source, *configuration);
        if (!loaded && !loaded.error().message.starts_with("route: ") && !loaded.error().message.starts_with("endpoints: "))
            return failWith(name, loaded.error());
    } else {
        std::vector<std::string> files;
        for (const std::string &file : source.files)
            files.push_back(besides(fileName, file));
        Result<std::vector<value::Value>> objects = readObjects(files);
        if (!objects)
            return tl::unexpected(objects.error());
        loaded = proxy::trafficOf(source, std::move(*objects));
    }
    if (!loaded)
        return tl::unexpected(about(fileName, loaded.error()));
    return loaded;
}

Result<void> addEndpoint(proxy::TrafficSource &source, const std::string &flag)
{
    const auto refused = [&](const std::string &why) { return fail(ErrorCode::InvalidInput, "--endpoints: \"" + flag + "\": " + why); };
    const std::size_t equals = flag.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == flag.size())
        return refused("is not TARGET=ADDR:PORT[,ADDR:PORT]");
    for (const std::string &text : splitAt(std::string_view(flag).substr(equals + 1), ',')) {
        const auto parts = net::parseHostPort(text);
        if (!parts || parts->host.empty() || parts->port == 0)
            return refused("\"" + text + "\" is not ADDR:PORT");
        const auto found = net::resolve(parts->host, parts->port);
        if (!found)
            return refused(found.error().message);
        source.endpoints[flag.substr(0, equals)].push_back({found->front(), text});
    }
    return {};
}

int importEnvoy(const std::string &name, const std::string &route)
{
    const Result<value::Value> configuration = readConfiguration(name);
    if (!configuration)
        return failed(configuration.error());
    const route::EnvoyConfiguration read = route::readEnvoyConfiguration(*configuration);
    proxy::TrafficSource source;
    source.envoyFile = name == "-" ? name : std::filesystem::absolute(name).string();
    source.envoyRoute = route.empty() && !read.routes.empty() ? read.routes.front().name : route;
    const Result<proxy::LoadedTraffic> loaded = proxy::trafficOfEnvoy(source, *configuration);
    if (!loaded)
        return failed(Error {loaded.error().code, name + ": " + loaded.error().message});
    value::Value endpoints = value::Value::map();
    std::vector<std::string> without;
    for (const route::RouteTarget *target : proxy::targetsOf(*loaded->traffic.table)) {
        value::Value list = value::Value::list();
        if (const auto known = read.clusters.find(target->host); known != read.clusters.end()) {
            for (const std::string &endpoint : known->second.endpoints)
                list.append(value::Value(endpoint));
        }
        if (list.size() == 0)
            without.push_back(target->host);
        endpoints.set(target->host, std::move(list));
    }
    value::Value traffic = value::Value::map({{"envoy", value::Value(source.envoyFile)}, {"endpoints", std::move(endpoints)}});
    if (!source.envoyRoute.empty())
        traffic.set("route", value::Value(source.envoyRoute));
    out(value::toYaml(value::Value::map({{"listen", value::Value("127.0.0.1:8080")}, {"traffic", std::move(traffic)}})));
    tell(loaded->notes);
    if (!without.empty())
        note("note: no endpoint in the file, to be filled in: " + forTerminal(joined(without, ", ")));
    if (route.empty() && read.routes.size() > 1)
        note("note: the first of " + std::to_string(read.routes.size()) + " route configurations; --route chooses another");
    return exitOk;
}

} // namespace

void addTrafficFlags(CLI::App &run, CLI::Option &file, TrafficFlags &flags)
{
    const auto add = [&](const char *name, auto &value, const char *help) { return run.add_option(name, value, help)->excludes(&file); };
    CLI::Option *const routes = add("--routes", flags.routes, "Routes to execute in the place of --upstream: files or folders of Istio, Gateway API or Ingress objects");
    add("--at", flags.at, "Whose routes: mesh, gateway/NAMESPACE/NAME, ingress or ingress/CLASS")->needs(routes);
    add("--from-namespace", flags.fromNamespace, "Namespace of the client in the mesh")->needs(routes);
    add("--from-labels", flags.fromLabels, "Labels of the client's pod: KEY=VALUE,...")->needs(routes);
    add("--pods", flags.pods, "Which ready pods of the files serve their Services: none, local (127.*) or all")->needs(routes)->check(CLI::IsMember({"none", "local", "all"}));
    add("--port", flags.ports, "Port whose rules are played; may be repeated: one for each --listen, in their order")->check(CLI::Range(1, 65535));
    CLI::Option *const envoy = add("--envoy", flags.envoy, "Envoy's route configuration, bootstrap or config dump to execute");
    add("--route", flags.envoyRoute, "Name of its route configuration; default: the first")->needs(envoy);
    add("--endpoints", flags.endpoints, "HOST[:PORT][ SUBSET]=ADDR:PORT[,ADDR:PORT]: what serves a destination; may be repeated");
    envoy->excludes(routes);
}

Result<proxy::TrafficSource> sourceOf(const TrafficFlags &flags)
{
    proxy::TrafficSource source;
    source.files = flags.routes;
    source.envoyFile = flags.envoy;
    source.envoyRoute = flags.envoyRoute;
    source.at = flags.at;
    source.ns = flags.fromNamespace;
    source.ports = flags.ports;
    source.pods = flags.pods == "none" ? proxy::TrafficSource::Pods::None
        : flags.pods == "all"          ? proxy::TrafficSource::Pods::All
                                       : proxy::TrafficSource::Pods::Local;
    Result<std::map<std::string, std::string>> labels = parseLabels(flags.fromLabels);
    if (!labels)
        return tl::unexpected(labels.error());
    source.labels = std::move(*labels);
    for (const std::string &flag : flags.endpoints) {
        if (const Result<void> added = addEndpoint(source, flag); !added)
            return tl::unexpected(added.error());
    }
    return source;
}

Result<void> loadTraffic(proxy::ConfigFile &file, const std::string &fileName)
{
    file.traffic->listeners = file.config.listeners.size();
    Result<proxy::LoadedTraffic> loaded = load(*file.traffic, fileName);
    if (!loaded)
        return tl::unexpected(loaded.error());
    tell(loaded->notes);
    if (!loaded->without.empty())
        note("note: without an endpoint, answered with 503: " + forTerminal(joined(loaded->without, ", ")));
    file.config.traffic = std::make_shared<const proxy::Traffic>(std::move(loaded->traffic));
    return file.config.check();
}

void addProxyImport(CLI::App &group, int &exitCode)
{
    CLI::App *const command = group.add_subcommand("import-envoy", "Print a configuration for `proxy run` that executes Envoy's routes");
    const auto file = std::make_shared<std::string>();
    const auto route = std::make_shared<std::string>();
    command->add_option("FILE", *file, "Envoy's route configuration, bootstrap or config dump (JSON or YAML)")->required();
    command->add_option("--route", *route, "Name of the route configuration; default: the first");
    command->callback([file, route, &exitCode] { exitCode = importEnvoy(*file, *route); });
}

} // namespace fairway::ctl
