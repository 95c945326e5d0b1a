#pragma once

#include "core/route/gateway_api_config.h"
#include "core/route/route_table.h"

#include <cstddef>
#include <string>
#include <tuple>
#include <vector>

namespace fairway::route {

/// What decides between rules that could all take a request; larger goes first. Of equal ones the order of the list counts.
/// Source: HTTPRouteRule.matches, GRPCRouteRule.matches.
using ApiRank = std::tuple<int, std::size_t, std::size_t, bool, std::size_t, std::size_t>;

struct RankedRoute {
    CompiledRoute route;
    ApiRank rank;
};

/// The port and scheme redirects are completed with.
struct ApiListenerFacts {
    int port = 0;
    bool isTls = false;
};

/// Every match of every rule of an HTTPRoute or GRPCRoute, in the object's order. Internal to core/route.
[[nodiscard]] std::vector<RankedRoute> compileApiRules(const GatewayApiConfig &config, const ApiRoute &route,
    const ApiListenerFacts &listener, RegexCache &regexes, std::vector<Text> &notes);

/// The rules of a TLSRoute or TCPRoute: only the first one counts.
[[nodiscard]] CompiledRoute compileApiStream(const GatewayApiConfig &config, const ApiRoute &route);

/// A backendRef as a target; `problem` says why it can't be used.
[[nodiscard]] RouteTarget apiTarget(const GatewayApiConfig &config, const ApiRoute &route, const value::Value &ref);

} // namespace fairway::route
