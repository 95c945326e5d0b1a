#pragma once

#include "core/base/result.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/traffic_source.h"

#include <optional>
#include <string>
#include <string_view>

namespace fairway::proxy {

/// What a configuration file says.
struct ConfigFile {
    ProxyConfig config;
    std::optional<net::SocketAddress> admin;
    std::optional<TrafficSource> traffic; ///< To be loaded into config.traffic: that reads other files.
};

/// Reads the configuration of `proxy run -f`:
///
///     listen: 127.0.0.1:8080          # or a list of addresses
///     workers: 2                      # default: 1
///     split: random                   # or exact; default random
///     seed: 7                         # of random; default: from the operating system
///     admin: 127.0.0.1:9901           # optional: statistics
///     timeouts: {connect: 5s, requestHead: 60s, clientIdle: 600s, response: 300s, streamIdle: 600s, upstreamIdle: 55s, drain: 30s}
///     limits: {maxHeadSize: 65536, maxFields: 100, maxConnections: 50000, maxIdlePerEndpoint: 512, streamBuffer: 65536}
///     routes:                         # in order; the first that matches takes the request
///       - name: shop                  # default: "route 1", …
///         match:                      # alternatives; default: everything
///           - hosts: [shop.example, "*.shop.example"]
///             prefix: /api            # or path: /exactly/this
///             method: GET
///             headers: {x-tester: "true"}   # exact; null: only has to be there
///         destinations:
///           - name: v1                # default: the first endpoint
///             weight: 75              # default: 1
///             endpoints: ["127.0.0.1:9001", "localhost:9002"]
///       - response: {status: 404, body: nothing here}   # instead of destinations
///     traffic:                        # in the place of routes: what a mesh or gateway is configured with
///       files: [shop.yaml]            # Istio, Gateway API, Ingress; relative to this file; or a folder
///       envoy: dump.json              # instead: Envoy's route configuration, bootstrap or config dump
///       route: http.9080              # of envoy: which route configuration; default: the first
///       at: gateway/shop/front        # or mesh, ingress, ingress/CLASS; default: mesh
///       namespace: shop               # of the client in the mesh, with its labels: {app: web}
///       port: 80                      # whose rules are played; default: the only one with rules. A list: one for each of `listen`
///       https: true                   # requests count as https; default: as the listener takes them
///       pods: local                   # of the files: which ready ones serve what is not below: none, local (127.*) or all
///       endpoints:                    # what serves a destination: HOST[:PORT][ SUBSET], or the name of Envoy's cluster
///         reviews.shop v1: ["127.0.0.1:9001"]
///
/// Durations take ms, s, m. Endpoints may be names: they are looked up once, now, which blocks.
/// Errors: InvalidInput as "FILE:LINE: KEY: what is wrong"; unknown keys are errors. At most 4 MiB.
[[nodiscard]] Result<ConfigFile> readConfigFile(std::string_view text, const std::string &fileName);

} // namespace fairway::proxy
