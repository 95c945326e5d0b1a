#pragma once

#include "core/base/result.h"
#include "core/net/socket.h"
#include "core/proxy/histogram.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fairway::proxy {

/// What to send and how fast.
struct LoadPlan {
    net::SocketAddress target;
    std::string method = "GET";
    std::string host = "localhost"; ///< Host header.
    std::string path = "/";
    std::vector<std::pair<std::string, std::string>> headers; ///< Added to each request.
    double ratePerSecond = 200;     ///< 0: as fast as the connections allow.
    std::uint64_t maxRequests = 0;  ///< 0: until stop().
    unsigned maxConnections = 64;
};

struct LoadCounters {
    std::uint64_t sent = 0;
    std::uint64_t answered = 0;
    std::uint64_t errors = 0;    ///< Answers of 500 and above.
    std::uint64_t broken = 0;    ///< No complete answer: connection refused or cut.
    std::uint64_t heldBack = 0;  ///< Due but not sent in time, because every connection was busy.
    bool isFinished = false;     ///< maxRequests were answered or broke.
};

/// Sends requests without a body over HTTP/1.1 keep-alive connections at a fixed rate, whether or not answers keep up (open loop), up to
/// maxConnections in flight; what can't be sent then is counted and dropped rather than sent late, so a slow target is not
/// hidden.
///
/// Threads: one of its own; start(), setRate(), counters() from any other, stop() and the destructor from the owner.
class LoadGenerator {
public:
    [[nodiscard]] static Result<std::unique_ptr<LoadGenerator>> start(LoadPlan plan);
    ~LoadGenerator();
    LoadGenerator(const LoadGenerator &) = delete;
    LoadGenerator &operator=(const LoadGenerator &) = delete;

    void setRate(double ratePerSecond);
    [[nodiscard]] LoadCounters counters() const;
    /// Sends nothing more, drops what is in flight and joins. Idempotent.
    void stop();

private:
    class Impl;
    explicit LoadGenerator(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace fairway::proxy
