#pragma once

#include "core/proxy/histogram.h"

#include <array>
#include <atomic>
#include <cstdint>

namespace fairway::proxy {

/// Written by one thread, read by any: a plain load and store instead of a locked addition.
class Counter {
public:
    void add(std::uint64_t by = 1) { m_value.store(get() + by, std::memory_order_relaxed); }
    void subtract(std::uint64_t by = 1) { m_value.store(get() - by, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t get() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value {0};
};

/// One worker's share of DestinationStats; the names are the same.
struct DestinationCounters {
    Counter requests;
    Counter active;
    std::array<Counter, 6> byClass;
    Counter connectFailures;
    Counter resets;
    Counter timeouts;
    Counter retries;
    Counter unavailable;
    Counter connectionsOpened;
    Counter connectionsReused;
    Counter idleConnections;
    Counter bytesSent;
    Counter bytesReceived;
    Histogram latency;
};

/// One worker's WorkerStats.
struct WorkerCounters {
    Counter connectionsAccepted;
    Counter connectionsActive;
    Counter connectionsRefused;
    Counter requests;
    Counter rejected;
    Counter noRoute;
    Counter clientAborts;
};

} // namespace fairway::proxy
