#pragma once

#include "core/net/socket.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fairway::proxy {

class Http1Upstream;

/// A worker's knowledge of one address: its idle connections, most recently used last.
struct EndpointState {
    net::SocketAddress address;
    std::vector<Http1Upstream *> idle;
    std::size_t connections = 0; ///< Idle and busy.
    bool isConfigured = true;    ///< In the present snapshot; else connections close instead of going idle.
};

} // namespace fairway::proxy
