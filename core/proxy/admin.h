#pragma once

#include "core/proxy/http_server.h"
#include "core/proxy/proxy_stats.h"

#include <functional>
#include <memory>

namespace fairway::net {
class SocketAddress;
}

namespace fairway::proxy {

/// Serves statistics, read-only: GET /stats (JSON), /stats?format=prometheus or /metrics (text format 0.0.4), /ready.
/// Answers only when Host is an address literal or "localhost", so that no web page can reach it under a name of its own
/// (DNS rebinding): otherwise 403.
[[nodiscard]] Result<std::unique_ptr<HttpServer>> startAdmin(const net::SocketAddress &address, std::function<ProxyStats()> stats);

} // namespace fairway::proxy
