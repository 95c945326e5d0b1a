#pragma once

#include "core/net/socket.h"

#include <string>

namespace fairway::proxy {

/// One address that serves a destination.
struct Endpoint {
    net::SocketAddress address;
    std::string name; ///< For statistics: a pod's name, "stand-in 1"; empty: the address.
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

} // namespace fairway::proxy
