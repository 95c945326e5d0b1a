#pragma once

#include "core/base/result.h"
#include "core/http/header_field.h"
#include "core/http/request_parser.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace fairway::http {

/// A parsed response head. Views into the bytes the parser was given.
struct ResponseHead {
    int status = 0;                ///< 100..599 (up to 999 is let through).
    std::string_view reason;
    std::span<const HeaderField> fields;
    BodyFraming framing;           ///< Of what follows on the wire.
    std::uint64_t declaredLength = 0; ///< Content-Length, also where no body follows (HEAD, 304).
    bool hasDeclaredLength = false;
    std::uint8_t minorVersion = 1;
    bool isKeepAlive = true;
    bool isInformational = false;  ///< 1xx but 101: another head follows.
    bool hasUpgrade = false;       ///< A complete 101.
    bool hasNamedHopFields = false;
};

/// Strict, incremental parser of response heads; shape, strictness and errors as RequestParser.
///
/// The framing depends on the request: call expect() before the first parse() of an answer. Content-Length beside
/// Transfer-Encoding is refused, for a proxy must never guess which one the next hop believes.
/// Errors:  every one is a 502 for the client.
/// Source:  RFC 9112, sections 4, 6.3.
class ResponseParser {
public:
    explicit ResponseParser(const HeadLimits &limits = {});

    /// `isHead`: the answer to HEAD has no body whatever its fields say.
    void expect(bool isHead);
    [[nodiscard]] Result<std::size_t> parse(std::string_view bytes);
    [[nodiscard]] const ResponseHead &head() const { return m_head; }
    /// For the head after a 1xx, or for the next answer.
    void reset();

private:
    Result<void> parseStatusLine(std::string_view line);
    Result<void> parseFields(std::string_view block);
    Refusal applyField(const HeaderField &field);
    Result<void> finish();
    tl::unexpected<Error> refuse(const Refusal &refusal);

    HeadLimits m_limits;
    ResponseHead m_head;
    std::array<HeaderField, HeadLimits::kMaxFields> m_fields;
    std::size_t m_scanned = 0;
    std::size_t m_lineEnd = 0;
    bool m_isHead = false;
    bool m_hasUpgradeField = false;
    FramingFields m_framing;
    bool m_isFailed = false;
    Error m_error;
};

} // namespace fairway::http
