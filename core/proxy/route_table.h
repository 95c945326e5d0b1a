#pragma once

#include "core/http/request_parser.h"
#include "core/proxy/counters.h"
#include "core/proxy/endpoint_state.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/splitter.h"
#include "core/proxy/traffic_table.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace fairway::proxy {

/// A worker's working form of ProxyConfig::routes: the immutable snapshot with what changes from request to request beside it.
/// Threads: the worker's.
class RouteTable {
public:
    struct DestinationState {
        DestinationCounters *counters = nullptr;
        std::vector<EndpointState *> endpoints;
        std::size_t next = 0;
    };
    struct RouteState {
        const Route *route = nullptr;
        Splitter splitter;
        std::vector<DestinationState> destinations;
    };
    using CountersOf = std::function<DestinationCounters &(const Route &, const Destination &)>;
    using EndpointOf = std::function<EndpointState &(const Endpoint &)>;

    /// `countersOf` and `endpointOf` give what outlives this table.
    RouteTable(std::shared_ptr<const ProxyConfig> config, std::size_t worker, const CountersOf &countersOf, const EndpointOf &endpointOf);

    /// What executes ProxyConfig::traffic; nullptr without. Requests under way hold it over a swap.
    [[nodiscard]] const std::shared_ptr<TrafficTable> &traffic() const { return m_traffic; }
    void setTraffic(std::shared_ptr<TrafficTable> traffic) { m_traffic = std::move(traffic); }
    /// nullptr: no route.
    [[nodiscard]] RouteState *find(const http::RequestHead &head);
    [[nodiscard]] const ProxyConfig &config() const { return *m_config; }
    [[nodiscard]] const std::shared_ptr<const ProxyConfig> &snapshot() const { return m_config; }

private:
    std::shared_ptr<const ProxyConfig> m_config;
    std::vector<RouteState> m_routes;
    std::shared_ptr<TrafficTable> m_traffic;
};

/// Whether one match of a route holds; pure.
[[nodiscard]] bool matches(const RouteMatch &match, const http::RequestHead &head);

} // namespace fairway::proxy
