#pragma once

#include "core/route/route_object.h"

namespace fairway::route {

/// The readers behind parseRoute(), each given an object of its kinds with apiVersion, ns and name already filled in.
/// Internal to core/route.
void readVirtualService(RouteObject &route, const value::Value &object, const RouteLimits &limits);
void readGatewayRoute(RouteObject &route, const value::Value &object, const RouteLimits &limits);
void readIngress(RouteObject &route, const value::Value &object, const RouteLimits &limits);

/// The namespace in which names of the route resolve.
[[nodiscard]] inline std::string homeOf(const RouteObject &route)
{
    return route.ns.empty() ? "default" : route.ns;
}

} // namespace fairway::route
