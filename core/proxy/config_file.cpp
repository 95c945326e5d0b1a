#include "core/proxy/config_file.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace fairway::proxy {

namespace {

constexpr std::size_t kMaxText = std::size_t {4} << 20;
constexpr std::size_t kMaxEndpoints = 100'000;

/// Ends the reading; caught at the edge of this file, where yaml-cpp's own exceptions end as well.
struct Refused {
    int line = 0;
    std::string key;
    std::string why;
};

[[noreturn]] void refuse(const YAML::Node &node, std::string key, std::string why)
{
    throw Refused {node.Mark().line + 1, std::move(key), std::move(why)};
}

void allowKeys(const YAML::Node &map, const std::string &key, std::initializer_list<std::string_view> allowed)
{
    if (!map.IsMap()) {
        refuse(map, key, "must be a map");
    }
    for (const auto &entry : map) {
        const std::string name = entry.first.Scalar();
        if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
            refuse(entry.first, key.empty() ? name : key + "." + name, "unknown key");
        }
    }
}

std::string textOf(const YAML::Node &node, const std::string &key)
{
    if (!node.IsScalar()) {
        refuse(node, key, "must be text");
    }
    return node.Scalar();
}

std::uint64_t numberOf(const YAML::Node &node, const std::string &key, std::uint64_t low, std::uint64_t high)
{
    const std::string text = textOf(node, key);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc {} || end != text.data() + text.size() || number < low || number > high) {
        refuse(node, key, "\"" + text.substr(0, 100) + "\" is not a whole number from " + std::to_string(low) + " to " + std::to_string(high));
    }
    return number;
}

std::chrono::milliseconds durationOf(const YAML::Node &node, const std::string &key)
{
    const std::string text = textOf(node, key);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string unit = error == std::errc {} ? std::string(end, text.data() + text.size()) : std::string {};
    const std::uint64_t factor = unit == "ms" ? 1 : unit == "s" ? 1000 : unit == "m" ? 60'000 : 0;
    if (factor == 0 || number == 0 || number > 100'000'000) {
        refuse(node, key, "\"" + text.substr(0, 100) + "\" is not a duration like 500ms, 5s or 2m");
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(number * factor));
}

net::SocketAddress addressOf(const YAML::Node &node, const std::string &key)
{
    auto address = net::SocketAddress::parse(textOf(node, key));
    if (!address) {
        refuse(node, key, address.error().message);
    }
    return *address;
}

/// A scalar or a list of scalars, one after another.
template <typename Visit>
void forEachEntry(const YAML::Node &node, const std::string &key, Visit visit)
{
    if (!node.IsSequence()) {
        visit(node, key);
        return;
    }
    for (std::size_t i = 0; i < node.size(); ++i) {
        visit(node[i], key + "[" + std::to_string(i) + "]");
    }
}

Endpoint endpointOf(const YAML::Node &node, const std::string &key)
{
    const std::string text = textOf(node, key);
    const auto parts = net::parseHostPort(text);
    if (!parts || parts->port == 0 || parts->host.empty()) {
        refuse(node, key, "\"" + text.substr(0, 200) + "\" is not HOST:PORT");
    }
    const auto found = net::resolve(parts->host, parts->port);
    if (!found || found->empty()) {
        refuse(node, key, found ? "the name has no address" : found.error().message);
    }
    return {found->front(), text};
}

RouteMatch matchOf(const YAML::Node &node, const std::string &key)
{
    allowKeys(node, key, {"hosts", "path", "prefix", "method", "headers"});
    RouteMatch match;
    if (const auto hosts = node["hosts"]) {
        forEachEntry(hosts, key + ".hosts", [&match](const YAML::Node &host, const std::string &at) { match.hosts.push_back(textOf(host, at)); });
    }
    if (node["path"] && node["prefix"]) {
        refuse(node["prefix"], key + ".prefix", "path and prefix exclude each other");
    }
    for (const auto &[name, kind] : {std::pair("path", PathKind::Exact), std::pair("prefix", PathKind::Prefix)}) {
        if (const auto path = node[name]) {
            match.path = textOf(path, key + "." + name);
            match.pathKind = kind;
        }
    }
    if (const auto method = node["method"]) {
        match.method = textOf(method, key + ".method");
    }
    if (const auto headers = node["headers"]) {
        if (!headers.IsMap()) {
            refuse(headers, key + ".headers", "must be a map");
        }
        for (const auto &entry : headers) {
            const std::string name = entry.first.Scalar();
            match.headers.push_back(entry.second.IsNull() ? HeaderMatch {name, {}, true} : HeaderMatch {name, textOf(entry.second, key + ".headers." + name), false});
        }
    }
    return match;
}

Destination destinationOf(const YAML::Node &node, const std::string &key)
{
    allowKeys(node, key, {"name", "weight", "endpoints"});
    Destination destination;
    if (const auto endpoints = node["endpoints"]) {
        forEachEntry(endpoints, key + ".endpoints", [&destination](const YAML::Node &endpoint, const std::string &at) {
            destination.endpoints.push_back(endpointOf(endpoint, at));
            if (destination.endpoints.size() > kMaxEndpoints) {
                refuse(endpoint, at, "there are too many endpoints");
            }
        });
    }
    if (const auto weight = node["weight"]) {
        destination.weight = static_cast<std::uint32_t>(numberOf(weight, key + ".weight", 0, 0xFFFFFFFFu));
    }
    if (const auto name = node["name"]) {
        destination.name = textOf(name, key + ".name");
    } else if (!destination.endpoints.empty()) {
        destination.name = destination.endpoints.front().name;
    } else {
        refuse(node, key + ".name", "a destination without endpoints needs a name");
    }
    return destination;
}

Route routeOf(const YAML::Node &node, const std::string &key, std::size_t number)
{
    allowKeys(node, key, {"name", "match", "destinations", "response"});
    Route route;
    route.name = node["name"] ? textOf(node["name"], key + ".name") : "route " + std::to_string(number + 1);
    if (const auto match = node["match"]) {
        forEachEntry(match, key + ".match", [&route](const YAML::Node &one, const std::string &at) { route.matches.push_back(matchOf(one, at)); });
    }
    const auto response = node["response"];
    const auto destinations = node["destinations"];
    if ((response && destinations) || (!response && !destinations)) {
        refuse(node, key, "needs either destinations or response");
    }
    if (response) {
        allowKeys(response, key + ".response", {"status", "body"});
        route.directResponse = DirectResponse {};
        if (const auto status = response["status"]) {
            route.directResponse->status = static_cast<int>(numberOf(status, key + ".response.status", 200, 599));
        }
        if (const auto body = response["body"]) {
            route.directResponse->body = textOf(body, key + ".response.body");
        }
        return route;
    }
    if (!destinations.IsSequence() || destinations.size() == 0) {
        refuse(destinations, key + ".destinations", "must be a list that is not empty");
    }
    forEachEntry(destinations, key + ".destinations", [&route](const YAML::Node &one, const std::string &at) { route.destinations.push_back(destinationOf(one, at)); });
    return route;
}

void readTimeouts(const YAML::Node &node, ProxyTimeouts &timeouts)
{
    allowKeys(node, "timeouts", {"connect", "requestHead", "clientIdle", "response", "streamIdle", "upstreamIdle", "drain"});
    const std::pair<const char *, std::chrono::milliseconds *> known[] = {{"connect", &timeouts.connect}, {"requestHead", &timeouts.requestHead},
        {"clientIdle", &timeouts.clientIdle}, {"response", &timeouts.response}, {"streamIdle", &timeouts.streamIdle}, {"upstreamIdle", &timeouts.upstreamIdle},
        {"drain", &timeouts.drain}};
    for (const auto &[name, value] : known) {
        if (const auto entry = node[name]) {
            *value = durationOf(entry, std::string("timeouts.") + name);
        }
    }
}

void readLimits(const YAML::Node &node, ProxyLimits &limits)
{
    allowKeys(node, "limits", {"maxHeadSize", "maxFields", "maxConnections", "maxIdlePerEndpoint", "streamBuffer"});
    struct Known {
        const char *name;
        std::size_t *value;
        std::uint64_t low;
        std::uint64_t high;
    };
    const Known known[] = {{"maxHeadSize", &limits.maxHeadSize, 1024, 128 * 1024}, {"maxFields", &limits.maxFields, 1, 128},
        {"maxConnections", &limits.maxConnections, 1, 1'000'000}, {"maxIdlePerEndpoint", &limits.maxIdlePerEndpoint, 0, 100'000},
        {"streamBuffer", &limits.streamBuffer, 4096, 16 << 20}};
    for (const Known &one : known) {
        if (const auto entry = node[one.name]) {
            *one.value = numberOf(entry, std::string("limits.") + one.name, one.low, one.high);
        }
    }
}

TrafficSource trafficSourceOf(const YAML::Node &node)
{
    allowKeys(node, "traffic", {"files", "envoy", "route", "at", "namespace", "labels", "port", "https", "pods", "endpoints"});
    TrafficSource out;
    if (const auto files = node["files"]) {
        forEachEntry(files, "traffic.files", [&out](const YAML::Node &file, const std::string &at) { out.files.push_back(textOf(file, at)); });
    }
    const std::pair<const char *, std::string *> texts[] = {{"envoy", &out.envoyFile}, {"route", &out.envoyRoute}, {"at", &out.at}, {"namespace", &out.ns}};
    for (const auto &[name, value] : texts) {
        if (const auto entry = node[name]) {
            *value = textOf(entry, std::string("traffic.") + name);
        }
    }
    if (out.files.empty() == out.envoyFile.empty()) {
        refuse(node, "traffic", "needs either files or envoy");
    }
    if (const auto labels = node["labels"]) {
        if (!labels.IsMap()) {
            refuse(labels, "traffic.labels", "must be a map");
        }
        for (const auto &entry : labels) {
            out.labels[entry.first.Scalar()] = textOf(entry.second, "traffic.labels." + entry.first.Scalar());
        }
    }
    if (const auto port = node["port"]) {
        forEachEntry(port, "traffic.port",
            [&out](const YAML::Node &one, const std::string &at) { out.ports.push_back(static_cast<int>(numberOf(one, at, 1, 65535))); });
    }
    if (const auto https = node["https"]) {
        const std::string text = textOf(https, "traffic.https");
        if (text != "true" && text != "false") {
            refuse(https, "traffic.https", "must be true or false");
        }
        out.isTls = text == "true";
    }
    if (const auto pods = node["pods"]) {
        const std::string text = textOf(pods, "traffic.pods");
        if (text != "none" && text != "local" && text != "all") {
            refuse(pods, "traffic.pods", "must be none, local or all");
        }
        out.pods = text == "none" ? TrafficSource::Pods::None : text == "all" ? TrafficSource::Pods::All : TrafficSource::Pods::Local;
    }
    if (const auto endpoints = node["endpoints"]) {
        if (!endpoints.IsMap()) {
            refuse(endpoints, "traffic.endpoints", "must be a map");
        }
        std::size_t count = 0;
        for (const auto &entry : endpoints) {
            const std::string name = entry.first.Scalar();
            forEachEntry(entry.second, "traffic.endpoints." + name, [&](const YAML::Node &endpoint, const std::string &at) {
                out.endpoints[name].push_back(endpointOf(endpoint, at));
                if (++count > kMaxEndpoints) {
                    refuse(endpoint, at, "there are too many endpoints");
                }
            });
        }
    }
    return out;
}

ConfigFile readRoot(const YAML::Node &root)
{
    allowKeys(root, "", {"listen", "workers", "split", "seed", "admin", "timeouts", "limits", "routes", "traffic"});
    ConfigFile file;
    if (!root["listen"]) {
        refuse(root, "listen", "is missing");
    }
    forEachEntry(root["listen"], "listen", [&file](const YAML::Node &one, const std::string &at) { file.config.listeners.push_back(addressOf(one, at)); });
    if (const auto workers = root["workers"]) {
        file.config.workers = static_cast<int>(numberOf(workers, "workers", 1, 256));
    }
    if (const auto split = root["split"]) {
        const std::string text = textOf(split, "split");
        if (text != "exact" && text != "random") {
            refuse(split, "split", "must be exact or random");
        }
        file.config.split = text == "exact" ? Split::Exact : Split::Random;
    }
    if (const auto seed = root["seed"]) {
        file.config.seed = numberOf(seed, "seed", 0, 0xFFFFFFFFFFFFFFFFu);
    }
    if (const auto admin = root["admin"]) {
        file.admin = addressOf(admin, "admin");
    }
    if (const auto timeouts = root["timeouts"]) {
        readTimeouts(timeouts, file.config.timeouts);
    }
    if (const auto limits = root["limits"]) {
        readLimits(limits, file.config.limits);
    }
    const auto routes = root["routes"];
    if (const auto traffic = root["traffic"]) {
        if (routes) {
            refuse(traffic, "traffic", "routes and traffic exclude each other");
        }
        file.traffic = trafficSourceOf(traffic);
        return file; // the rest is checked once the routes are there
    }
    if (!routes || !routes.IsSequence() || routes.size() == 0) {
        refuse(routes ? routes : root, "routes", "must be a list that is not empty");
    }
    for (std::size_t i = 0; i < routes.size(); ++i) {
        file.config.routes.push_back(routeOf(routes[i], "routes[" + std::to_string(i) + "]", i));
    }
    if (const auto checked = file.config.check(); !checked) {
        refuse(routes, "routes", checked.error().message);
    }
    return file;
}

} // namespace

Result<ConfigFile> readConfigFile(std::string_view text, const std::string &fileName)
{
    if (text.size() > kMaxText) {
        return fail(ErrorCode::LimitExceeded, fileName + ": larger than 4 MiB");
    }
    try {
        const YAML::Node root = YAML::Load(std::string(text));
        if (!root.IsMap()) {
            return fail(ErrorCode::InvalidInput, fileName + ":1: must be a map with listen and routes");
        }
        return readRoot(root);
    } catch (const Refused &refused) {
        return fail(ErrorCode::InvalidInput, fileName + ":" + std::to_string(refused.line) + ": " + refused.key + ": " + refused.why);
    } catch (const YAML::Exception &error) {
        return fail(ErrorCode::InvalidInput, fileName + ":" + std::to_string(error.mark.line + 1) + ": " + error.msg);
    }
}

} // namespace fairway::proxy
