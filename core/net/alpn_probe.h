#pragma once

#include "core/base/result.h"
#include "core/net/socket.h"

#include <chrono>
#include <string>
#include <vector>

namespace fairway::net {

/// Which protocol a TLS server agrees on: connects, shakes hands offering `alpn`, and closes. Sends no request. The certificate is not
/// looked at: the question is only about the protocol, and nothing is trusted that comes back.
/// Returns the protocol ("h2", "http/1.1"); empty when the server takes part in no negotiation (RFC 7301).
/// Errors:  Unreachable, Timeout (of the whole), ProtocolViolation (no TLS, or none of the protocols: no_application_protocol).
/// Threads: any; blocking until `timeout`.
[[nodiscard]] Result<std::string> probeAlpn(const SocketAddress &address, const std::string &serverName,
    std::chrono::milliseconds timeout, const std::vector<std::string> &alpn = {"h2", "http/1.1"});

} // namespace fairway::net
