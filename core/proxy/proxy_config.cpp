#include "core/proxy/proxy_config.h"

#include <limits>
#include <set>

namespace fairway::proxy {

namespace {

constexpr int kMaxWorkers = 256;
constexpr std::size_t kMaxRoutes = 100'000;

Result<void> checkRoute(const Route &route)
{
    if (route.directResponse) {
        const int status = route.directResponse->status;
        return status >= 200 && status <= 599 ? Result<void> {} : fail(ErrorCode::InvalidInput, "route \"" + route.name + "\": the status of the direct response is not 200..599");
    }
    if (route.destinations.empty()) {
        return fail(ErrorCode::InvalidInput, "route \"" + route.name + "\" has no destination");
    }
    std::set<std::string_view> names;
    std::uint64_t sum = 0;
    for (const Destination &destination : route.destinations) {
        if (!names.insert(destination.name).second) {
            return fail(ErrorCode::InvalidInput, "route \"" + route.name + "\" has two destinations named \"" + destination.name + "\"");
        }
        sum += destination.weight;
    }
    if (sum > std::numeric_limits<std::uint32_t>::max()) {
        return fail(ErrorCode::InvalidInput, "route \"" + route.name + "\": the weights add up to more than 4294967295");
    }
    return {};
}

} // namespace

Result<void> ProxyConfig::check() const
{
    if (listeners.empty()) {
        return fail(ErrorCode::InvalidInput, "there is no address to listen on");
    }
    if (workers < 1 || workers > kMaxWorkers) {
        return fail(ErrorCode::InvalidInput, "the number of workers is not 1..256");
    }
    if (traffic != nullptr) {
        return routes.empty() && traffic->table != nullptr ? Result<void> {}
                                                            : fail(ErrorCode::InvalidInput, "there are routes beside a table of routes, or there is no table");
    }
    if (routes.empty() || routes.size() > kMaxRoutes) {
        return fail(ErrorCode::InvalidInput, routes.empty() ? "there is no route" : "there are more than 100000 routes");
    }
    std::set<std::string_view> names;
    for (const Route &route : routes) {
        if (!names.insert(route.name).second) {
            return fail(ErrorCode::InvalidInput, "two routes are named \"" + route.name + "\"");
        }
        if (const auto checked = checkRoute(route); !checked) {
            return checked;
        }
    }
    return {};
}

ProxyConfig simpleConfig(std::vector<net::SocketAddress> listeners, std::vector<Destination> upstreams, Split split, int workers)
{
    ProxyConfig config;
    config.listeners = std::move(listeners);
    config.workers = workers;
    config.split = split;
    Route route;
    route.name = "all";
    route.destinations = std::move(upstreams);
    config.routes.push_back(std::move(route));
    return config;
}

} // namespace fairway::proxy
