#pragma once

#include "core/base/result.h"
#include "core/http/framing_fields.h"
#include "core/http/header_field.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace fairway::http {

struct HeadLimits {
    std::size_t maxHeadSize = 64 * 1024; ///< First line and fields with their line ends.
    std::size_t maxFields = 100;         ///< At most kMaxFields.
    static constexpr std::size_t kMaxFields = 128;
};

/// A parsed request head, the same for every version of HTTP. Views into the bytes the parser was given; valid while those
/// bytes stay where they are and until the parser is used again.
struct RequestHead {
    std::string_view method;
    std::string_view scheme;    ///< Of an absolute-form target, else empty.
    std::string_view authority; ///< Of the target, else the Host field; may be empty (HTTP/1.0, empty Host).
    std::string_view path;      ///< Origin form with query: starts with '/', or is "*". Empty for CONNECT.
    std::span<const HeaderField> fields;
    BodyFraming framing;
    std::uint8_t minorVersion = 1;
    bool hasHost = false;
    bool isKeepAlive = true;    ///< What version and Connection say together.
    bool expectsContinue = false;
    bool hasUpgrade = false;    ///< Connection names Upgrade and an Upgrade field is there (HTTP/1.1 only).
    bool isHead = false;
    bool acceptsTrailers = false;
    std::int64_t maxForwards = -1;  ///< Of TRACE and OPTIONS; -1: none. 0 must not be forwarded.
    bool hasNamedHopFields = false; ///< Connection names fields other than the usual ones: see isHopField().
};

/// Strict, incremental parser of request heads.
///
/// Does no I/O and keeps no copy: the caller gathers bytes and calls parse() with everything since the start of the message.
/// It is cut-proof: the outcome depends on the bytes alone, not on how they arrived.
///
/// Shape:   parse(bytes) -> 0: more bytes needed; n > 0: head() is complete and took n octets, the body follows. Call
///          reset() before the next message. Empty lines before the request line are skipped (within maxHeadSize).
/// Strict:  lines end in CRLF; no bare CR or LF, no NUL, no folding; methods and names are tokens; exactly one SP between
///          the parts of the first line; Host exactly once in 1.1 and well-formed; Content-Length one decimal number
///          (a list of equal numbers is refused too); Transfer-Encoding exactly "chunked" and never beside
///          Content-Length, never in 1.0; versions 1.0 and 1.1 only.
/// Errors:  ProtocolViolation -> 400; LimitExceeded -> 431 (414 when the request line is what's too long);
///          Unsupported -> 501 (transfer coding) or 505 (version). suggestedStatus() holds the number. Sticky until reset().
/// Threads: one owner at a time.
/// Source:  RFC 9112, sections 2 to 6; RFC 9110, sections 5, 7.
class RequestParser {
public:
    explicit RequestParser(const HeadLimits &limits = {});

    [[nodiscard]] Result<std::size_t> parse(std::string_view bytes);
    [[nodiscard]] const RequestHead &head() const { return m_head; }
    [[nodiscard]] int suggestedStatus() const { return m_status; }
    void reset();

private:
    Result<void> parseRequestLine(std::string_view line);
    Result<void> parseTarget(std::string_view target);
    Result<void> parseFields(std::string_view block);
    Refusal applyField(const HeaderField &field);
    Result<void> finish();
    tl::unexpected<Error> refuse(const Refusal &refusal);

    HeadLimits m_limits;
    RequestHead m_head;
    std::array<HeaderField, HeadLimits::kMaxFields> m_fields;
    std::size_t m_start = 0;     ///< Octets of empty lines skipped.
    std::size_t m_scanned = 0;   ///< Where the search for the end goes on.
    std::size_t m_lineEnd = 0;   ///< End of the request line once it was found good; 0 before.
    int m_status = 0;
    bool m_hasUpgradeField = false;
    FramingFields m_framing;
    Error m_error;
};

/// True for fields that end at this hop: the fixed ones and those any Connection field among `fields` names.
/// Source: RFC 9110, section 7.6.1.
[[nodiscard]] bool isHopField(const HeaderField &field, std::span<const HeaderField> fields, bool hasNamedHopFields);

} // namespace fairway::http
