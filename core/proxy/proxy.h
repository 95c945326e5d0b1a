#pragma once

#include "core/base/result.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/proxy_stats.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace fairway::proxy {

/// The data plane: a reverse proxy of N workers.
///
/// Shape:   each worker is a thread with its own SO_REUSEPORT listeners, event loop, keep-alive pools and counters; nothing
///          is shared on the path of a request. Heads are parsed strictly and rebuilt; bodies stream through bounded
///          buffers, and a slow side stops the reading of the other. HTTP/1.1 upstream connections carry one request at a
///          time. A request is sent again once, on a new connection, only when a pooled connection turned out dead before
///          any octet of the answer, the method is idempotent and no body had begun.
/// Swap:    swap() hands the new snapshot to every worker; requests that have a destination keep it, the next ones use the
///          new routes. Counters of destinations with the same route and name go on.
/// Workers: changing their number loses no connection: the sockets that listen belong to the Proxy, not to a worker. A worker
///          that leaves hands its listening sockets to another worker, which accepts from them too, so what the kernel had
///          queued there is served; connections already accepted finish where they are.
/// Drain:   drain() stops accepting (after taking what is queued), answers what is in flight with Connection: close, closes
///          what is idle, and returns when all is done or ProxyTimeouts::drain is over.
/// Errors:  start(): InvalidInput for a bad config, Unreachable when an address can't be bound. Client-visible: 400 …, 404 without
///          route, 502 upstream broke the protocol or the connection, 503 no endpoint or connect failed, 504 timeout.
/// Threads: start/swap/drain/stop from one thread that is not a worker; stats() from any.
class Proxy {
public:
    [[nodiscard]] static Result<std::unique_ptr<Proxy>> start(ProxyConfig config);
    ~Proxy(); ///< stop()

    /// Listeners must be the ones of the start (Unsupported otherwise); everything else may change.
    [[nodiscard]] Result<void> swap(ProxyConfig config);
    /// True: everything finished; false: the rest was cut at the deadline. The proxy is stopped afterwards.
    bool drain();
    /// Cuts everything.
    void stop();

    /// The addresses in the order of ProxyConfig::listeners, with real ports.
    [[nodiscard]] const std::vector<net::SocketAddress> &addresses() const;
    [[nodiscard]] std::uint16_t port() const { return addresses().front().port(); }
    [[nodiscard]] ProxyStats stats() const;

private:
    struct Shared;
    Proxy();
    std::unique_ptr<Shared> m_shared;
};

} // namespace fairway::proxy
