#pragma once

#include "core/base/result.h"
#include "core/http/header_field.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fairway::http {

/// Incremental decoder of a message body in any framing.
///
/// Shape:   start(framing), then next(input) -> {consumed, body, isFinished}: `body` aliases `input`. Call again with the
///          unconsumed rest until finished or until everything is consumed. A step may consume bytes and yield no body.
///          UntilClose never finishes by itself. Trailer fields are checked and dropped (RFC 9110, section 6.5.1 allows it).
/// Bounds:  size line with extensions 256 octets, chunk size below 2^48, trailers 8 KiB.
/// Errors:  ProtocolViolation, LimitExceeded; sticky until start().
/// Threads: one owner at a time.
/// Source:  RFC 9112, sections 6 and 7.1.
class BodyDecoder {
public:
    struct Step {
        std::size_t consumed = 0;
        std::string_view body;
        bool isFinished = false;
    };

    void start(const BodyFraming &framing);
    [[nodiscard]] Result<Step> next(std::string_view input);
    [[nodiscard]] bool isFinished() const { return m_state == State::Done; }
    /// Octets still to come of a Length body or of the present chunk: what may be moved without looking at it.
    [[nodiscard]] std::uint64_t opaqueRemaining() const;
    /// Tells that `count` of those octets were moved without passing through next(). Only for Length.
    void skipOpaque(std::uint64_t count);
    [[nodiscard]] BodyKind kind() const { return m_kind; }

private:
    enum class State : std::uint8_t { Size, Extension, SizeLf, Data, DataCr, DataLf, TrailerStart, TrailerLine, TrailerLf, EndLf, Opaque, Endless, Done, Failed };
    Result<Step> nextChunked(std::string_view input);
    tl::unexpected<Error> refuse(ErrorCode code, std::string_view why);

    std::uint64_t m_remaining = 0;
    std::uint32_t m_lineSize = 0;    ///< Of the size line so far.
    std::uint32_t m_trailerSize = 0;
    std::uint8_t m_digits = 0;
    bool m_hasColon = false;
    State m_state = State::Done;
    BodyKind m_kind = BodyKind::None;
    Error m_error;
};

} // namespace fairway::http
