#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::route {

/// The EnvoyFilter that keeps the clients of an Istio Gateway at HTTP/1.1: its HTTPS servers offer only http/1.1 by ALPN, and the HTTP
/// connection manager of its HTTP and HTTPS ports reads HTTP/1 whatever comes. Today's v3 types.
///
/// Why it names certificates: Istio merges a TLS patch of the same transport socket by appending to lists, so h2 would stay on offer and
/// clients that pick it would fail. A socket of another name replaces the old one whole, so it must say everything: each server's
/// certificate is asked for by the same secret name as before.
/// Source: Istio's listener patches (transport sockets of a filter chain), Envoy's http_connection_manager.proto (codec_type), tls.proto.
struct Http1Plan {
    value::Value filter;            ///< The EnvoyFilter, to be created.
    std::vector<std::string> hosts; ///< HTTPS servers as "host:port": where to ask which protocol is negotiated, before and after.
};

/// `name`: of the EnvoyFilter. `ns`: where the gateway's pods run; an EnvoyFilter reaches only its own namespace.
/// Errors: InvalidInput: no Gateway; no selector (it would reach every gateway of the namespace); no HTTP or HTTPS server; a server whose
///         certificate is no Secret named by credentialName, or that asks clients for certificates: replacing its TLS settings would
///         change more than the protocol; "*" beside other HTTPS servers of a port.
[[nodiscard]] Result<Http1Plan> http1Plan(const value::Value &gateway, const std::string &name, const std::string &ns);

} // namespace fairway::route
