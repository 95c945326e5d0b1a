#pragma once

#include "core/base/result.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/share_estimate.h"
#include "core/proxy/stand_in.h"
#include "core/route/topology.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace fairway::proxy {

/// One leg of the split that is rehearsed.
struct RehearsalDestination {
    std::string label;               ///< Unique.
    std::uint32_t weight = 0;
    std::vector<Endpoint> endpoints; ///< That can be reached from here; empty: a stand-in plays it.
    StandInDial dial;                ///< Of the stand-in.
};

/// The ready endpoints that listen on this machine: the practice cluster's Pods. Load reaches nothing beyond it unless somebody
/// asks for that.
[[nodiscard]] std::vector<Endpoint> localEndpoints(const route::Resolution &resolution);

struct RehearsalPlan {
    std::string name;                ///< "VirtualService shop/reviews http[2]": the route's name in statistics.
    std::string host = "localhost";  ///< Host header of the load.
    std::string path = "/";
    std::vector<std::pair<std::string, std::string>> headers;
    std::vector<RehearsalDestination> destinations;
    Split split = Split::Random;     ///< As Envoy picks.
    std::uint64_t seed = 0;          ///< Of the split; 0: from the operating system.
    double ratePerSecond = 200;      ///< 0: as fast as it goes.
    std::chrono::milliseconds duration {60'000}; ///< 0: until maxRequests.
    std::uint64_t maxRequests = 0;   ///< 0: until the duration is over.
    int workers = 1;
};

struct RehearsalLeg {
    std::string label;
    bool isStandIn = false;
    std::size_t endpoints = 0;
    std::uint32_t weight = 0;
    double expected = 0;             ///< Share by weight, 0…1.
    ShareInterval measured;          ///< Since the start, or since the weights changed.
    double recentShare = 0;          ///< Of the last 3 s.
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;        ///< Answers of 500 and above, or none at all.
    double p50Ms = 0;                ///< Of the last second with requests.
    double p95Ms = 0;
    double p99Ms = 0;                ///< Since the start.
};

struct RehearsalSnapshot {
    bool isRunning = false;
    std::chrono::duration<double> elapsed {0};
    std::uint64_t requests = 0;
    std::uint64_t errors = 0;
    std::uint64_t heldBack = 0;      ///< Not sent in time, because earlier ones were not answered yet.
    double achievedRate = 0;         ///< Requests per second over the last second.
    std::vector<RehearsalLeg> legs;
    SplitVerdict verdict = SplitVerdict::Pending;
};

/// A rule played for real: stand-ins (or reachable pods) behind the built-in proxy, with a load generator in front. What is
/// measured is what the proxy counted, request by request.
///
/// Bounds:  at most 64 destinations, 20,000 requests a second, one hour.
/// Errors:  start(): InvalidInput (no destination, labels not unique, all weights zero), Io.
/// Threads: start(), set…(), stop() and the destructor from one thread; snapshot() from any.
/// Life:    ends by itself after the duration or maxRequests; the counts stay readable until it is destroyed.
class Rehearsal {
public:
    [[nodiscard]] static Result<std::unique_ptr<Rehearsal>> start(RehearsalPlan plan);
    ~Rehearsal(); ///< stop()
    Rehearsal(const Rehearsal &) = delete;
    Rehearsal &operator=(const Rehearsal &) = delete;

    void setRate(double ratePerSecond);
    void setDial(std::string_view label, const StandInDial &dial);
    /// Swaps the proxy's snapshot and begins to count anew. InvalidInput for a wrong number of weights or all zero.
    [[nodiscard]] Result<void> setWeights(const std::vector<std::uint32_t> &weights);
    void stop();
    [[nodiscard]] RehearsalSnapshot snapshot() const;
    /// Blocks until it has ended by itself or was stopped.
    void wait() const;

private:
    class Impl;
    explicit Rehearsal(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace fairway::proxy
