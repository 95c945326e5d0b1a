#include "core/proxy/traffic_source.h"

#include "core/proxy/not_executed.h"
#include "core/proxy/rehearsal.h"
#include "core/proxy/route_rehearsal.h"
#include "core/route/envoy_configuration.h"
#include "core/route/envoy_import.h"
#include "core/route/object_check.h"
#include "core/route/topology.h"
#include "core/route/traffic_config.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::size_t kNamed = 12;    ///< At most so many names in a message,
constexpr std::size_t kFindings = 20; ///< so many messages about faults of the objects.

std::string listed(const std::vector<std::string> &names)
{
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < kNamed; ++i) {
        out += (i == 0 ? "" : ", ") + names[i];
    }
    return names.size() > kNamed ? out + ", …" : out;
}

/// Whether some route of HTTP stands there for which `isWanted` holds.
bool has(const route::Listener &listener, bool (*isWanted)(const route::CompiledRoute &))
{
    return std::any_of(listener.chains.begin(), listener.chains.end(), [&](const route::FilterChain &chain) {
        return chain.http != nullptr && std::any_of(chain.http->hosts().begin(), chain.http->hosts().end(), [&](const route::VirtualHost &host) {
            return std::any_of(host.routes.begin(), host.routes.end(), isWanted);
        });
    });
}

bool isAny(const route::CompiledRoute &)
{
    return true;
}

/// A rule that somebody wrote, not the one that every Service has.
bool isRule(const route::CompiledRoute &route)
{
    return !route.origin.section.empty();
}

std::vector<std::string> named(const std::set<int> &ports)
{
    std::vector<std::string> out;
    for (const int port : ports) {
        out.push_back(std::to_string(port));
    }
    return out;
}

struct Ports {
    std::set<int> all;
    std::set<int> withRules;

    explicit Ports(const route::RouteTable &table)
    {
        for (const route::Listener &listener : table.listeners) {
            if (has(listener, isAny) && table.listenerOf("", listener.port) == &listener) {
                all.insert(listener.port);
                if (has(listener, isRule)) {
                    withRules.insert(listener.port);
                }
            }
        }
    }

    [[nodiscard]] Result<int> choose(int wanted, const std::string &place) const
    {
        if (all.empty()) {
            return fail(ErrorCode::InvalidInput, phrase("proxy", "at: %1 holds no HTTP routes of these objects").with(place));
        }
        if (wanted != 0 && !all.contains(wanted)) {
            return fail(ErrorCode::InvalidInput, phrase("proxy", "port: %1 listens for HTTP on %2, not on %3").with(place, listed(named(all)), wanted));
        }
        if (wanted != 0 || all.size() == 1) {
            return wanted != 0 ? wanted : *all.begin();
        }
        if (withRules.size() == 1) {
            return *withRules.begin();
        }
        return fail(ErrorCode::InvalidInput, phrase("proxy", "port: %1 listens for HTTP on %2: name one").with(place, listed(named(all))));
    }
};

Result<std::vector<int>> portsFor(const TrafficSource &source, const Ports &ports, const std::string &place)
{
    std::vector<int> wanted = source.ports;
    if (wanted.empty() && source.listeners > 1) {
        for (const std::set<int> &known : {ports.withRules, ports.all}) {
            if (known.size() == source.listeners && wanted.empty()) {
                wanted.assign(known.begin(), known.end());
            }
        }
    }
    if (wanted.empty()) {
        wanted.push_back(0);
    }
    if (wanted.size() > 1 && wanted.size() != source.listeners) {
        return fail(ErrorCode::InvalidInput,
            phrase("proxy", "port: %1 ports for %2 listeners: name one for all, or one for each").with(wanted.size(), source.listeners));
    }
    for (int &port : wanted) {
        const Result<int> chosen = ports.choose(port, place);
        if (!chosen) {
            return tl::unexpected(chosen.error());
        }
        port = *chosen;
    }
    return wanted;
}

/// The names a target may be given endpoints by, the most exact first.
std::vector<std::string> namesOf(const route::RouteTarget &target)
{
    if (target.kind == "Cluster") {
        return {target.host};
    }
    const std::string subset = target.subset.empty() ? "" : " " + target.subset;
    const std::string port = ":" + std::to_string(target.port);
    std::vector<std::string> hosts {target.host};
    if (const auto service = route::serviceOfHost(target.host, target.ns)) {
        hosts.push_back(service->name + "." + service->ns);
        hosts.push_back(service->name);
    }
    std::vector<std::string> out;
    for (const std::string &host : hosts) {
        out.push_back(host + port + subset);
        out.push_back(host + subset);
    }
    return out;
}

bool isOneOf(std::string_view text, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

using PodsOf = std::function<std::vector<Endpoint>(const route::RouteTarget &)>;

/// Gives every target its endpoints; each name that was given must be one.
Result<void> addEndpoints(LoadedTraffic &out, const TrafficSource &source, const PodsOf &podsOf)
{
    std::set<std::string, std::less<>> used;
    std::vector<std::string> keys;
    for (const route::RouteTarget *target : targetsOf(*out.traffic.table)) {
        const std::vector<std::string> names = namesOf(*target);
        std::vector<Endpoint> endpoints;
        bool isGiven = false;
        for (const std::string &name : names) {
            const auto found = source.endpoints.find(name);
            if (found == source.endpoints.end()) {
                continue;
            }
            used.insert(name);
            if (!isGiven) {
                endpoints = found->second;
                isGiven = true;
            }
        }
        if (!isGiven) {
            endpoints = podsOf(*target);
        }
        keys.push_back(names.front());
        if (!endpoints.empty()) {
            out.traffic.endpoints[targetKey(*target)] = std::move(endpoints);
        } else if (target->problem.empty()) {
            out.without.push_back(names.front());
        }
    }
    for (const auto &[name, endpoints] : source.endpoints) {
        if (!used.contains(name)) {
            return fail(ErrorCode::InvalidInput,
                keys.empty() ? phrase("proxy", "endpoints: \"%1\" is no target: the routes have none").with(name)
                             : phrase("proxy", "endpoints: \"%1\" is no target; there are %2").with(name, listed(keys)));
        }
    }
    return {};
}

void addNotExecuted(std::vector<Text> &notes, std::vector<Text> what)
{
    for (Text &text : what) {
        notes.push_back(phrase("proxy", "not executed: %1").with(std::move(text)));
    }
}

/// Routes among the objects of which this place holds no rule on those ports.
void addNotHeld(LoadedTraffic &out, const std::vector<value::Value> &objects, const std::string &place, const std::set<int> &ports)
{
    std::set<std::string> held;
    for (const int port : ports) {
        for (const route::FilterChain &chain : out.traffic.table->listenerOf("", port)->chains) {
            for (std::size_t h = 0; chain.http != nullptr && h < chain.http->hosts().size(); ++h) {
                for (const route::CompiledRoute &route : chain.http->hosts()[h].routes) {
                    held.insert(route.origin.object());
                    held.insert(route.origin.via.substr(0, route.origin.via.rfind(' ')));
                }
            }
        }
    }
    std::vector<std::string> missing;
    for (const value::Value &object : objects) {
        const std::string kind(object["kind"].stringOr());
        if (!route::isRoute(object["apiVersion"].stringOr(), kind)) {
            continue;
        }
        const std::string ns(object["metadata"]["namespace"].stringOr("default"));
        std::string name = kind + " " + ns + "/" + std::string(object["metadata"]["name"].stringOr());
        if (!held.contains(name)) {
            missing.push_back(std::move(name));
        }
    }
    if (!missing.empty()) {
        out.notes.push_back(phrase("proxy", "%1 has no HTTP rule of these on port %2: %3").with(place, listed(named(ports)), listed(missing)));
    }
}

void addFindings(std::vector<Text> &notes, const std::vector<value::Value> &objects)
{
    std::size_t count = 0;
    for (const route::ObjectFinding &finding : route::checkObjects(objects)) {
        if (finding.severity != route::Severity::Error || ++count > kFindings) {
            continue;
        }
        notes.push_back(phrase("proxy", "%1: %2")
                            .with(finding.object + (finding.path.empty() ? "" : " " + finding.path), finding.message));
    }
    if (count > kFindings) {
        notes.push_back(phrase("proxy", "the objects have %1 further faults").with(count - kFindings));
    }
}

std::vector<Endpoint> allEndpoints(const route::Resolution &resolution)
{
    std::vector<Endpoint> out;
    for (const route::Endpoint &endpoint : resolution.endpoints) {
        const auto address = net::SocketAddress::parse(endpoint.address);
        if (endpoint.isReady && address) {
            out.push_back({*address, endpoint.pod.empty() ? endpoint.address : endpoint.pod});
        }
    }
    return out;
}

} // namespace

Text problemOfKind(const value::Value &object)
{
    const std::string_view api = object["apiVersion"].stringOr();
    const std::string_view group = api.substr(0, api.find('/'));
    const std::string_view version = api.substr(std::min(group.size() + 1, api.size()));
    const std::string_view kind = object["kind"].stringOr();
    const bool isIstio = group == "networking.istio.io";
    if (!isIstio && group != "gateway.networking.k8s.io") {
        return {};
    }
    const bool hasKind = isIstio ? isOneOf(kind, {"VirtualService", "DestinationRule", "Gateway", "ServiceEntry", "Sidecar", "EnvoyFilter", "WorkloadEntry",
                                                    "WorkloadGroup", "ProxyConfig"})
                                 : isOneOf(kind, {"GatewayClass", "Gateway", "HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute", "ReferenceGrant",
                                                    "BackendTLSPolicy", "BackendLBPolicy", "ListenerSet"});
    if (!hasKind) {
        return phrase("proxy", "%1 has no kind %2").with(group, kind);
    }
    const bool hasVersion = isIstio ? isOneOf(version, {"v1", "v1beta1", "v1alpha3"}) : isOneOf(version, {"v1", "v1beta1", "v1alpha2", "v1alpha3"});
    return hasVersion ? Text() : phrase("proxy", "%1 has no version %2").with(group, version);
}

Result<LoadedTraffic> trafficOf(const TrafficSource &source, std::vector<value::Value> objects)
{
    Result<route::Viewpoint> place = route::Viewpoint::parse(source.at);
    if (!place) {
        return tl::unexpected(Error {place.error().code, "at: " + place.error().message});
    }
    if (place->kind == route::Viewpoint::Kind::Mesh) {
        place->ns = source.ns;
        place->labels = source.labels;
    }
    const route::TrafficConfig config(std::move(objects));
    Result<route::RouteTable> table = config.tableAt(*place);
    if (!table) {
        return tl::unexpected(Error {table.error().code, "at: " + table.error().message});
    }
    const Ports ports(*table);
    const Result<std::vector<int>> chosen = portsFor(source, ports, place->display());
    if (!chosen) {
        return tl::unexpected(chosen.error());
    }
    const std::set<int> played(chosen->begin(), chosen->end());
    LoadedTraffic out;
    out.notes = table->notes;
    out.traffic.table = std::make_shared<const route::RouteTable>(std::move(*table));
    for (const int port : *chosen) {
        out.traffic.doors.push_back({port, source.isTls.value_or(endsTls(*out.traffic.table->listenerOf("", port)))});
    }
    out.traffic.door = out.traffic.doors.front();
    if (out.traffic.doors.size() == 1) {
        out.traffic.doors.clear();
    }
    addFindings(out.notes, config.objects());
    addNotExecuted(out.notes, notExecuted(*out.traffic.table));
    addNotExecuted(out.notes, policiesNotExecuted(*out.traffic.table, config.objects()));
    addNotHeld(out, config.objects(), place->display(), played);
    std::set<int> others;
    std::set_difference(ports.withRules.begin(), ports.withRules.end(), played.begin(), played.end(), std::inserter(others, others.end()));
    if (!others.empty()) {
        out.notes.push_back(phrase("proxy", "port %1 is played; there are rules on %2, too").with(listed(named(played)), listed(named(others))));
    }
    route::TopologyView topology;
    for (const value::Value &object : config.objects()) {
        if (source.pods != TrafficSource::Pods::None && route::TopologyView::takes(object["kind"].stringOr())) {
            (void)topology.upsert(object); // one that can't be read leads nowhere, and that is told
        }
    }
    const auto podsOf = [&](const route::RouteTarget &target) {
        const route::Resolution resolution = topology.resolve(destinationOf(target), target.ns);
        return source.pods == TrafficSource::Pods::All ? allEndpoints(resolution) : localEndpoints(resolution);
    };
    if (Result<void> added = addEndpoints(out, source, podsOf); !added) {
        return tl::unexpected(added.error());
    }
    return out;
}

Result<LoadedTraffic> trafficOfEnvoy(const TrafficSource &source, const value::Value &configuration)
{
    const route::EnvoyConfiguration read = route::readEnvoyConfiguration(configuration);
    const auto found = std::find_if(read.routes.begin(), read.routes.end(),
        [&](const route::EnvoyConfiguration::Routes &routes) { return source.envoyRoute.empty() || routes.name == source.envoyRoute; });
    if (found == read.routes.end()) {
        std::vector<std::string> names;
        for (const route::EnvoyConfiguration::Routes &routes : read.routes) {
            names.push_back(routes.name);
        }
        return fail(ErrorCode::InvalidInput,
            names.empty() ? phrase("proxy", "there is no route configuration in it")
                          : phrase("proxy", "route: there is no route configuration \"%1\"; there are %2").with(source.envoyRoute, listed(names)));
    }
    LoadedTraffic out;
    route::RouteTable table;
    auto hosts = route::importEnvoyRoutes(found->configuration, out.notes);
    if (!hosts) {
        return tl::unexpected(hosts.error());
    }
    constexpr int kAnyPort = 80;
    if (source.ports.size() > 1) {
        return fail(ErrorCode::InvalidInput, phrase("proxy", "port: Envoy's routes are played on one"));
    }
    const int port = source.ports.empty() ? kAnyPort : source.ports.front();
    route::FilterChain chain;
    chain.http = std::make_shared<const route::HostTable>(std::move(*hosts));
    route::Listener listener;
    listener.name = found->name;
    listener.port = port;
    listener.chains.push_back(std::move(chain));
    table.listeners.push_back(std::move(listener));
    out.traffic.table = std::make_shared<const route::RouteTable>(std::move(table));
    out.traffic.door = {port, source.isTls.value_or(false)};
    addNotExecuted(out.notes, notExecuted(*out.traffic.table));
    if (const auto filters = read.filters.find(found->name); filters != read.filters.end()) {
        for (const std::string &filter : filters->second) {
            addNotExecuted(out.notes, {Text::verbatim(filter)});
        }
    }
    for (const route::RouteTarget *target : targetsOf(*out.traffic.table)) {
        if (const auto cluster = read.clusters.find(target->host); cluster != read.clusters.end() && !cluster->second.left.empty()) {
            addNotExecuted(out.notes, {Text::verbatim("cluster " + target->host + ": " + listed(cluster->second.left))});
        }
    }
    if (Result<void> added = addEndpoints(out, source, [](const route::RouteTarget &) { return std::vector<Endpoint>(); }); !added) {
        return tl::unexpected(added.error());
    }
    return out;
}

} // namespace fairway::proxy
