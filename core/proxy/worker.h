#pragma once

#include "core/http/request_parser.h"
#include "core/http/response_parser.h"
#include "core/net/event_loop.h"
#include "core/proxy/counters.h"
#include "core/proxy/endpoint_state.h"
#include "core/proxy/http1_client.h"
#include "core/proxy/http1_upstream.h"
#include "core/proxy/outlet.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/proxy_stats.h"
#include "core/proxy/route_table.h"
#include "core/proxy/shadow.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fairway::proxy {

/// A socket that listens, and which of ProxyConfig::listeners it is of.
struct ListeningSocket {
    int fd = -1;
    std::size_t listener = 0;
};

/// A thread of the data plane with everything it needs; shares nothing with its siblings.
///
/// Threads: the first group of functions may be called from any thread but the worker's own; the rest is the worker's.
class Worker {
public:
    [[nodiscard]] static Result<std::unique_ptr<Worker>> create(std::size_t number, std::shared_ptr<const ProxyConfig> config);
    ~Worker();

    void start();
    /// Listens on these from now on. The Proxy keeps owning them until closeListeners().
    void addListeners(std::vector<ListeningSocket> listeners);
    void apply(std::shared_ptr<const ProxyConfig> config, std::function<void()> done);
    /// Accepts what is queued and stops listening (`isDeaf` is called), closes what is idle and ends when the last exchange is
    /// over (`done`).
    void drain(std::function<void()> isDeaf, std::function<void()> done);
    /// Hands listeners over to `heir` (nothing queued is lost), moves idle clients there too, and ends when the last
    /// exchange is over. `heir` must outlive this worker.
    void leave(Worker &heir, std::function<void()> done);
    /// Cuts everything and joins the thread.
    void stop();
    void adopt(net::FileDescriptor client, std::size_t listener);
    [[nodiscard]] bool isFinished() const { return m_isFinished.load(std::memory_order_acquire); }
    [[nodiscard]] WorkerStats stats() const;
    /// Adds this worker's share to `into`, keyed by route and destination.
    void addStats(std::map<std::pair<std::string, std::string>, DestinationStats> &into) const;
    [[nodiscard]] std::size_t number() const { return m_number; }

    // --- the worker's own
    [[nodiscard]] net::EventLoop &loop() { return *m_loop; }
    [[nodiscard]] Gather &gather() { return m_gather; }
    [[nodiscard]] std::span<char> readBuffer() { return {m_readBuffer.get(), kReadBuffer}; }
    [[nodiscard]] http::RequestParser &requestParser() { return m_requestParser; }
    [[nodiscard]] http::ResponseParser &responseParser() { return m_responseParser; }
    [[nodiscard]] const ProxyConfig &config() const { return m_table->config(); }
    [[nodiscard]] http::HeadLimits headLimits() const { return {config().limits.maxHeadSize, config().limits.maxFields}; }
    [[nodiscard]] RouteTable &table() { return *m_table; }
    [[nodiscard]] WorkerCounters &counters() { return m_counters; }
    /// True when every answer must close its connection.
    [[nodiscard]] bool isDraining() const { return m_mode == Mode::Draining; }
    [[nodiscard]] bool isLeaving() const { return m_mode == Mode::Leaving; }

    /// A connection to the endpoint, from the pool when `mayReuse`; nullptr when none can be had. `isReused` tells which.
    /// `mustBeOpen`: ask the kernel before a pooled one is taken.
    [[nodiscard]] Http1Upstream *connection(EndpointState &endpoint, bool mayReuse, bool mustBeOpen, bool &isReused);
    /// Puts a connection into its pool; false when the pool is full or the endpoint is no longer configured.
    [[nodiscard]] bool pool(Http1Upstream &upstream, EndpointState &endpoint);
    void forget(Http1Upstream &upstream, EndpointState &endpoint, bool isPooled);
    void retire(Http1Client &client);
    /// For a mirrored copy of what `source` carries; nullptr when there are too many at once.
    [[nodiscard]] Shadow *shadow(Exchange &source);
    void retire(Shadow &shadow);
    /// The client has nothing to do: a leaving worker passes it on.
    void onClientIdle(Http1Client &client);

private:
    enum class Mode { Running, Draining, Leaving };
    struct Listener : net::Watcher {
        Worker *worker = nullptr;
        ListeningSocket socket;
    };
    static constexpr std::size_t kReadBuffer = 128 * 1024;

    Worker(std::size_t number, std::unique_ptr<net::EventLoop> loop);
    void useConfig(std::shared_ptr<const ProxyConfig> config);
    void listenTo(const std::vector<ListeningSocket> &listeners);
    void accept(Listener &listener, int atMost);
    void addClient(net::FileDescriptor fd, std::size_t listener);
    void dropListeners();
    void sweep();
    void sweepLater();
    void passOn(Http1Client &client);
    void afterTurn();
    void cutAll();
    void forEachClient(const std::function<void(Http1Client &)> &visit);

    const std::size_t m_number;
    std::unique_ptr<net::EventLoop> m_loop;
    Gather m_gather;
    std::unique_ptr<char[]> m_readBuffer;
    http::RequestParser m_requestParser;
    http::ResponseParser m_responseParser;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::unordered_map<std::string, std::shared_ptr<EndpointState>> m_endpoints; ///< By address; shared with requests that wait.
    std::unique_ptr<RouteTable> m_table;
    WorkerCounters m_counters;
    Http1Client *m_clients = nullptr; ///< Intrusive list.
    std::size_t m_clientCount = 0;
    std::unordered_set<Http1Upstream *> m_upstreams;
    std::vector<std::unique_ptr<Http1Client>> m_deadClients; ///< Let go of after the turn.
    std::vector<std::unique_ptr<Http1Upstream>> m_deadUpstreams;
    std::unordered_map<Shadow *, std::unique_ptr<Shadow>> m_shadows;
    std::vector<std::unique_ptr<Shadow>> m_deadShadows; ///< Let go of after the turn.
    Mode m_mode = Mode::Running;
    Worker *m_heir = nullptr;
    std::function<void()> m_onFinished;
    std::atomic<bool> m_isFinished {false};
    mutable std::mutex m_mutex;
    /// By route and destination; guarded by m_mutex for its shape, the counters inside are not.
    std::map<std::pair<std::string, std::string>, std::unique_ptr<DestinationCounters>> m_destinations;
    std::thread m_thread;
};

} // namespace fairway::proxy
