#pragma once

#include <cstdint>
#include <string_view>

namespace fairway::http {

/// Fields that steer framing or forwarding, known by number so that nobody compares names twice.
enum class HeaderId : std::uint8_t {
    Other,
    Host,
    ContentLength,
    TransferEncoding,
    Connection,
    KeepAlive,
    ProxyConnection,
    ProxyAuthenticate,
    ProxyAuthorization,
    Te,
    Trailer,
    Upgrade,
    Expect,
    MaxForwards,
    Via,
    Date,
};

/// One field line. Views into the bytes the parser was given.
struct HeaderField {
    std::string_view name;  ///< As received; a token.
    std::string_view value; ///< Without surrounding whitespace; no CR, LF or NUL.
    HeaderId id = HeaderId::Other;
};

[[nodiscard]] HeaderId headerIdOf(std::string_view name);
/// ASCII only, as field names and most protocol words compare.
[[nodiscard]] bool equalsIgnoreCase(std::string_view a, std::string_view b);

/// How a message's end is found. Source: RFC 9112, section 6.3.
enum class BodyKind : std::uint8_t {
    None,
    Length,
    Chunked,
    UntilClose, ///< Responses only.
};

struct BodyFraming {
    BodyKind kind = BodyKind::None;
    std::uint64_t length = 0; ///< For Length.
    friend bool operator==(const BodyFraming &, const BodyFraming &) = default;
};

} // namespace fairway::http
