#pragma once

#include "core/proxy/histogram.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace fairway::proxy {

/// Sums over all workers since the proxy started (or since the destination first appeared); kept over swaps.
struct DestinationStats {
    std::string route;
    std::string destination;
    std::uint32_t weight = 0;      ///< As configured now; 0 for one that is gone.
    std::uint64_t requests = 0;    ///< Assigned by the split: the measured share. A retry does not count twice.
    std::uint64_t active = 0;
    std::array<std::uint64_t, 6> byClass {}; ///< [2] = 2xx …; [0] = no answer at all (the client got our 502, 503, 504).
    std::uint64_t connectFailures = 0;
    std::uint64_t resets = 0;      ///< The endpoint broke off or violated the protocol before the answer was complete.
    std::uint64_t timeouts = 0;
    std::uint64_t retries = 0;     ///< Requests sent again: after a stale pooled connection, or because the rule asks for it.
    std::uint64_t unavailable = 0; ///< No endpoint.
    std::uint64_t connectionsOpened = 0;
    std::uint64_t connectionsReused = 0;
    std::uint64_t idleConnections = 0;
    std::uint64_t bytesSent = 0;   ///< To the endpoints.
    std::uint64_t bytesReceived = 0;
    HistogramSnapshot latency;     ///< Request's head complete to response's end, in us.
};

struct WorkerStats {
    std::uint64_t connectionsAccepted = 0;
    std::uint64_t connectionsActive = 0;
    std::uint64_t connectionsRefused = 0; ///< Over maxConnections.
    std::uint64_t requests = 0;
    std::uint64_t rejected = 0;           ///< Malformed or over a limit, answered by the proxy itself.
    std::uint64_t noRoute = 0;
    std::uint64_t clientAborts = 0;
};

struct ProxyStats {
    std::chrono::steady_clock::duration uptime {};
    std::uint64_t generation = 0; ///< Of the configuration: 1 at start, +1 a swap.
    bool isDraining = false;
    std::vector<WorkerStats> workers;
    std::vector<DestinationStats> destinations; ///< In configured order, then gone ones.
};

/// The same as JSON, and in Prometheus' text format 0.0.4.
[[nodiscard]] std::string toJson(const ProxyStats &stats);
[[nodiscard]] std::string toPrometheus(const ProxyStats &stats);

} // namespace fairway::proxy
