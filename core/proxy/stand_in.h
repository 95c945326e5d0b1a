#pragma once

#include "core/base/result.h"
#include "core/net/event_loop.h"
#include "core/net/socket.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fairway::proxy {

class HttpServer;

/// How a stand-in behaves; may be turned while it runs.
struct StandInDial {
    double latencyMs = 3;
    double errorPercent = 0; ///< Answered 503.
};

/// HTTP servers on loopback that play pods which can't be reached from here. Each answers with its label in the body and in
/// the header `x-fairway-stand-in`, so that nobody takes it for the real thing.
///
/// Threads: start(), setDial() and the destructor from one thread; answers come from threads of its own.
class StandIns {
public:
    /// One server for each label. Errors: Io.
    [[nodiscard]] static Result<std::unique_ptr<StandIns>> start(const std::vector<std::string> &labels);
    ~StandIns();
    StandIns(const StandIns &) = delete;
    StandIns &operator=(const StandIns &) = delete;

    /// In the order of the labels.
    [[nodiscard]] net::SocketAddress address(std::size_t index) const;
    void setDial(std::string_view label, const StandInDial &dial);

private:
    struct Player {
        std::string label;
        std::atomic<double> latencyMs {3};
        std::atomic<double> errorPercent {0};
        std::atomic<std::uint64_t> answered {0};
        std::unique_ptr<HttpServer> server;
    };
    StandIns() = default;

    std::unique_ptr<net::EventLoop> m_delays; ///< Where answers wait for their latency.
    std::thread m_thread;
    std::vector<std::unique_ptr<Player>> m_players;
};

} // namespace fairway::proxy
