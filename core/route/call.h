#pragma once

#include "core/base/result.h"
#include "core/route/request_match.h"
#include "core/value/value.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// A request or connection at the moment a proxy sees it.
struct Call {
    enum class Protocol : std::uint8_t { Http, Http2, Grpc, Tcp };
    enum class Tls : std::uint8_t { None, Tls, Mutual };

    Protocol protocol = Protocol::Http;
    Tls tls = Tls::None;
    RequestView request;      ///< Unused for Tcp.
    std::string client;       ///< Who sends it, "10.0.0.1:4711" or without port; empty when not known.
    std::string address;      ///< Destination address, as the client dialled it; empty when it does not matter.
    int port = 0;             ///< Destination port; 0 lets resolve() choose when only one listener exists.
    std::string sni;
    std::optional<std::uint64_t> random; ///< Picks among weights; without one the decision lists them all.
    bool isInternal = false;  ///< Envoy: the peer counts as internal.
    std::map<std::string, std::int64_t> runtime; ///< Envoy: named overrides of fractions.
    value::Value metadata;    ///< Envoy: dynamic metadata by filter.

    [[nodiscard]] bool isHttp() const { return protocol != Protocol::Tcp; }
};

/// "host:port" without the port; brackets of an IPv6 address stay.
[[nodiscard]] std::string_view hostWithoutPort(std::string_view authority);
/// The port of "host:port"; 0 when there is none.
[[nodiscard]] int portOfAuthority(std::string_view authority);
/// "10.0.0.1" of "10.0.0.1:4711" and "10.0.0.1", "::1" of "[::1]:80" and "::1".
[[nodiscard]] std::string addressOf(std::string_view client);
/// Splits "/a?b#c" into path and query and drops the fragment.
void setTarget(RequestView &request, std::string_view target);
/// The values of a header as one list; ":method" and the like are the request's own parts. Nothing when it is absent.
[[nodiscard]] std::optional<std::string> headerOf(const RequestView &request, std::string_view lowerCaseName);
/// The first value of a query parameter.
[[nodiscard]] std::optional<std::string_view> queryParameter(std::string_view query, std::string_view name);

} // namespace fairway::route
