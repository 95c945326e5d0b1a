#pragma once

#include "core/lab/lab.h"
#include "core/lab/pod_log.h"
#include "core/proxy/http_server.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <queue>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fairway::lab {

/// Runs functions later, in one thread of its own.
/// Threads: any. stop() drops what is not due yet.
class Delays {
public:
    Delays();
    ~Delays();
    void after(std::chrono::microseconds delay, std::function<void()> function);
    void stop();

private:
    struct Entry {
        std::chrono::steady_clock::time_point due;
        std::uint64_t order = 0;
        std::function<void()> function;
        bool operator<(const Entry &other) const { return due != other.due ? due > other.due : order > other.order; }
    };
    void run();

    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::priority_queue<Entry> m_entries; ///< Guarded by m_mutex.
    std::uint64_t m_order = 0;            ///< Guarded by m_mutex.
    bool m_isStopping = false;            ///< Guarded by m_mutex.
    std::thread m_thread;
};

/// What a Pod to be started is.
struct PodSpec {
    std::string ns;
    std::string name;
    std::string workload; ///< The Deployment or StatefulSet, for dials; may be empty.
    std::string version;  ///< From the annotation or the label `version`.
    double latencyMs = 0;
    double errorPercent = 0;
    std::uint16_t port = 8080;
};

/// The Pods' HTTP servers, each on a loopback address of its own: 127.H.L.N where H and L are the halves of the API
/// server's port (unique on this machine while the lab runs) and N is the Pod's number from 1 to 254.
///
/// Shape:   every path answers 200 with JSON {"version","pod","path"} and the headers x-lab-version and x-lab-pod, or 503
///          as often as the dial says; /healthz is always 200. Each request is a line of the Pod's log.
/// Threads: any.
class PodHost {
public:
    PodHost(std::uint64_t seed, bool runsServers);
    ~PodHost();

    void setApiPort(std::uint16_t port) { m_apiPort = port; }
    /// The Pod's address. Empty: all 254 are taken, or the address can't be bound.
    [[nodiscard]] std::string start(const PodSpec &spec);
    void stop(std::string_view ns, std::string_view name);
    void stopAll();

    /// New figures from annotations.
    void refresh(const PodSpec &spec);
    void setDial(std::string_view ns, std::string_view name, const PodDial &dial);
    [[nodiscard]] std::shared_ptr<PodLog> log(std::string_view ns, std::string_view name) const;
    [[nodiscard]] std::vector<RunningPod> running() const;

private:
    class Server;
    using Key = std::pair<std::string, std::string>;
    PodDial dialOf(const PodSpec &spec) const;

    const std::uint64_t m_seed;
    const bool m_runsServers;
    std::atomic<std::uint16_t> m_apiPort {0};
    Delays m_delays;
    mutable std::mutex m_mutex;
    std::map<Key, std::shared_ptr<Server>> m_servers; ///< Guarded by m_mutex.
    std::map<Key, PodDial> m_dials;                   ///< Guarded by m_mutex.
    std::vector<bool> m_taken = std::vector<bool>(255); ///< Guarded by m_mutex.
    std::size_t m_next = 1;                             ///< Guarded by m_mutex.
};

} // namespace fairway::lab
