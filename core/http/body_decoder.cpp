#include "core/http/body_decoder.h"

#include "core/http/characters.h"

#include <algorithm>
#include <limits>

namespace fairway::http {

namespace {

constexpr std::uint32_t kMaxSizeLine = 256;
constexpr std::uint32_t kMaxTrailers = 8 * 1024;
constexpr std::uint8_t kMaxDigits = 12;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = toLower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

void BodyDecoder::start(const BodyFraming &framing)
{
    m_kind = framing.kind;
    m_remaining = framing.kind == BodyKind::Length ? framing.length : 0;
    m_lineSize = m_trailerSize = 0;
    m_digits = 0;
    m_hasColon = false;
    switch (framing.kind) {
    case BodyKind::None:
        m_state = State::Done;
        break;
    case BodyKind::Length:
        m_state = framing.length == 0 ? State::Done : State::Opaque;
        break;
    case BodyKind::Chunked:
        m_state = State::Size;
        break;
    case BodyKind::UntilClose:
        m_state = State::Endless;
        break;
    }
}

tl::unexpected<Error> BodyDecoder::refuse(ErrorCode code, std::string_view why)
{
    m_state = State::Failed;
    m_error = Error {code, std::string(why)};
    return tl::unexpected(m_error);
}

std::uint64_t BodyDecoder::opaqueRemaining() const
{
    switch (m_state) {
    case State::Opaque:
    case State::Data:
        return m_remaining;
    case State::Endless:
        return std::numeric_limits<std::uint64_t>::max();
    default:
        return 0;
    }
}

void BodyDecoder::skipOpaque(std::uint64_t count)
{
    if (m_state == State::Opaque) {
        m_remaining -= count;
        if (m_remaining == 0) {
            m_state = State::Done;
        }
    }
}

Result<BodyDecoder::Step> BodyDecoder::next(std::string_view input)
{
    switch (m_state) {
    case State::Failed:
        return tl::unexpected(m_error);
    case State::Done:
        return Step {0, {}, true};
    case State::Endless:
        return Step {input.size(), input, false};
    case State::Opaque: {
        const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, input.size()));
        m_remaining -= size;
        if (m_remaining == 0) {
            m_state = State::Done;
        }
        return Step {size, input.substr(0, size), m_remaining == 0};
    }
    default:
        return nextChunked(input);
    }
}

Result<BodyDecoder::Step> BodyDecoder::nextChunked(std::string_view input)
{
    std::size_t at = 0;
    while (at < input.size()) {
        if (m_state == State::Data) {
            // A chunk's data is a step of its own, so that `body` stays one view.
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(m_remaining, input.size() - at));
            m_remaining -= size;
            if (m_remaining == 0) {
                m_state = State::DataCr;
            }
            return Step {at + size, input.substr(at, size), false};
        }
        const char c = input[at++];
        switch (m_state) {
        case State::Size:
            if (++m_lineSize > kMaxSizeLine) {
                return refuse(ErrorCode::LimitExceeded, "a chunk's size line is over the limit");
            }
            if (const int digit = hexDigit(c); digit >= 0) {
                if (++m_digits > kMaxDigits) {
                    return refuse(ErrorCode::LimitExceeded, "a chunk's size is over the limit");
                }
                m_remaining = m_remaining * 16 + static_cast<std::uint64_t>(digit);
            } else if (m_digits == 0) {
                return refuse(ErrorCode::ProtocolViolation, "a chunk's size has no digits");
            } else if (c == '\r') {
                m_state = State::SizeLf;
            } else if (c == ';') {
                m_state = State::Extension;
            } else {
                return refuse(ErrorCode::ProtocolViolation, "a chunk's size is not a hexadecimal number");
            }
            break;
        case State::Extension:
            if (++m_lineSize > kMaxSizeLine) {
                return refuse(ErrorCode::LimitExceeded, "a chunk's size line is over the limit");
            }
            if (c == '\r') {
                m_state = State::SizeLf;
            } else if (!is(c, kValue)) {
                return refuse(ErrorCode::ProtocolViolation, "a chunk extension holds a control character");
            }
            break;
        case State::SizeLf:
            if (c != '\n') {
                return refuse(ErrorCode::ProtocolViolation, "a chunk's size line does not end in CRLF");
            }
            m_lineSize = 0;
            m_digits = 0;
            m_state = m_remaining == 0 ? State::TrailerStart : State::Data;
            break;
        case State::DataCr:
        case State::DataLf:
            if (c != (m_state == State::DataCr ? '\r' : '\n')) {
                return refuse(ErrorCode::ProtocolViolation, "a chunk is longer than its size says");
            }
            m_state = m_state == State::DataCr ? State::DataLf : State::Size;
            break;
        case State::TrailerStart:
            if (c == '\r') {
                m_state = State::EndLf;
                break;
            }
            m_hasColon = false;
            if (!is(c, kToken)) {
                return refuse(ErrorCode::ProtocolViolation, "a trailer field has no valid name");
            }
            m_state = State::TrailerLine;
            ++m_trailerSize;
            break;
        case State::TrailerLine:
            if (++m_trailerSize > kMaxTrailers) {
                return refuse(ErrorCode::LimitExceeded, "the trailers are over the limit");
            }
            if (c == '\r') {
                m_state = State::TrailerLf;
            } else if (!m_hasColon && c == ':') {
                m_hasColon = true;
            } else if (!is(c, m_hasColon ? kValue : kToken)) {
                return refuse(ErrorCode::ProtocolViolation, "a trailer field holds a character that is not allowed");
            }
            break;
        case State::TrailerLf:
            if (c != '\n' || !m_hasColon) {
                return refuse(ErrorCode::ProtocolViolation, "a trailer line is not a field that ends in CRLF");
            }
            m_state = State::TrailerStart;
            break;
        case State::EndLf:
            if (c != '\n') {
                return refuse(ErrorCode::ProtocolViolation, "the last chunk does not end in CRLF");
            }
            m_state = State::Done;
            return Step {at, {}, true};
        default:
            break;
        }
    }
    return Step {at, {}, false};
}

} // namespace fairway::http
