#pragma once

#include "core/value/value.h"

#include <map>
#include <string>
#include <vector>

namespace fairway::route {

/// What concerns the routing of HTTP in a configuration of Envoy's v3 API.
struct EnvoyConfiguration {
    struct Routes {
        std::string name;
        value::Value configuration; ///< A RouteConfiguration.
    };
    struct Cluster {
        std::vector<std::string> endpoints; ///< "10.0.0.7:9080", "web.example:80", "[::1]:9080"; without those marked unhealthy.
        std::vector<std::string> left;      ///< Fields that say more than where its endpoints are: "transport_socket", "outlier_detection".
    };
    std::vector<Routes> routes; ///< In the order they stand in the file.
    std::map<std::string, Cluster, std::less<>> clusters; ///< By name.
    /// By the name of the routes they stand before: "listener 0.0.0.0_80: envoy.filters.http.jwt_authn". Without those that only route or
    /// count, or that take their orders from routes.
    std::map<std::string, std::vector<std::string>, std::less<>> filters;
};

/// Looks through a RouteConfiguration, a list of such, a bootstrap (static_resources) or a config dump (/config_dump, with EDS when it was
/// asked for); names in snake_case or camelCase. Routes that stand in a listener without a name of their own go by the listener's.
/// Bounds:  10,000 route configurations, clusters and filters, 100,000 endpoints, 40 levels; what is something else is passed over.
/// Source: envoy/admin/v3/config_dump.proto, envoy/config/bootstrap/v3/bootstrap.proto, http_connection_manager.proto.
[[nodiscard]] EnvoyConfiguration readEnvoyConfiguration(const value::Value &configuration);

} // namespace fairway::route
