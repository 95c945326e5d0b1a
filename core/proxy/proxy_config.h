#pragma once

#include "core/base/result.h"
#include "core/net/socket.h"
#include "core/proxy/endpoint.h"
#include "core/proxy/traffic.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairway::proxy {

/// How a weighted split picks a destination.
enum class Split {
    Exact,  ///< Smooth interleave: over every run of `sum of weights` requests of a worker the shares are exact.
    Random, ///< Random number modulo the sum over the cumulative weights in listed order, as Envoy does.
};

/// One leg of a split: a Service or a subset of it. Its endpoints take turns.
struct Destination {
    std::string name;          ///< Unique in its route: "v1", "reviews.shop/v1".
    std::uint32_t weight = 1;  ///< Relative; 0 gets nothing. All zero: requests are answered 503.
    std::vector<Endpoint> endpoints; ///< Empty: requests sent here are answered 503.
    friend bool operator==(const Destination &, const Destination &) = default;
};

struct HeaderMatch {
    std::string name;  ///< Without regard to case.
    std::string value; ///< Exact; with isPresent only, ignored.
    bool isPresentOnly = false;
    friend bool operator==(const HeaderMatch &, const HeaderMatch &) = default;
};

enum class PathKind { Any, Exact, Prefix };

/// All conditions must hold.
struct RouteMatch {
    std::vector<std::string> hosts; ///< "shop.example", "*.example", "*"; without port; empty: any.
    PathKind pathKind = PathKind::Any;
    std::string path;               ///< Prefix is by characters, as Istio's: "/a" matches "/ab".
    std::string method;             ///< Empty: any.
    std::vector<HeaderMatch> headers;
    friend bool operator==(const RouteMatch &, const RouteMatch &) = default;
};

struct DirectResponse {
    int status = 200;
    std::string body;
    friend bool operator==(const DirectResponse &, const DirectResponse &) = default;
};

/// The first route one of whose matches holds takes the request.
struct Route {
    std::string name;                ///< Unique: "VirtualService shop/reviews http[0]".
    std::vector<RouteMatch> matches; ///< Alternatives; empty: everything.
    std::vector<Destination> destinations;
    std::optional<DirectResponse> directResponse; ///< Instead of destinations.
    friend bool operator==(const Route &, const Route &) = default;
};

struct ProxyTimeouts {
    std::chrono::milliseconds connect {5'000};
    std::chrono::milliseconds requestHead {60'000};   ///< First octet to end of the head: then 408.
    std::chrono::milliseconds clientIdle {600'000};   ///< Keep-alive between requests.
    std::chrono::milliseconds response {300'000};     ///< End of the request to the response's head, then 504.
    std::chrono::milliseconds streamIdle {600'000};   ///< No octet in either direction while bodies move.
    std::chrono::milliseconds upstreamIdle {55'000};  ///< How long a connection waits in the pool: below the usual 60 s of backends.
    std::chrono::milliseconds drain {30'000};         ///< What is still in flight after that is cut.
    friend bool operator==(const ProxyTimeouts &, const ProxyTimeouts &) = default;
};

struct ProxyLimits {
    std::size_t maxHeadSize = 64 * 1024;
    std::size_t maxFields = 100;
    std::size_t maxConnections = 50'000; ///< Clients, per worker; further ones are closed at once and counted.
    std::size_t maxIdlePerEndpoint = 512; ///< Pooled connections, per worker.
    std::size_t streamBuffer = 64 * 1024; ///< What one direction of one exchange may hold before reading stops.
    friend bool operator==(const ProxyLimits &, const ProxyLimits &) = default;
};

/// An immutable snapshot of everything the data plane does. Built once, shared by the workers, swapped as a whole.
struct ProxyConfig {
    std::vector<net::SocketAddress> listeners; ///< Port 0: any free one, kept for the proxy's life.
    int workers = 1;
    std::vector<Route> routes; ///< In order.
    std::shared_ptr<const Traffic> traffic; ///< Executed in the place of `routes`, which are empty then.
    Split split = Split::Random;
    std::uint64_t seed = 0;    ///< Of Random; 0: from the operating system.
    ProxyTimeouts timeouts;
    ProxyLimits limits;

    /// InvalidInput: no listener, no route (or routes beside traffic), workers out of 1..256, names not unique, weights whose sum passes 2^32-1.
    [[nodiscard]] Result<void> check() const;
};

/// One catch-all route over `upstreams`, the short form of `proxy run`.
[[nodiscard]] ProxyConfig simpleConfig(std::vector<net::SocketAddress> listeners, std::vector<Destination> upstreams, Split split,
    int workers = 1);

} // namespace fairway::proxy
