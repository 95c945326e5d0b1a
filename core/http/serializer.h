#pragma once

#include "core/http/header_field.h"
#include "core/http/request_parser.h"
#include "core/http/response_parser.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace fairway::http {

/// Writes HTTP/1.1 into memory the caller owns. A writer that ran out of room says so by isFull() and writes nothing more:
/// the caller sizes the memory by headBound(), so that is our bug, not a peer's.
class Writer {
public:
    explicit Writer(std::span<char> memory)
        : m_begin(memory.data())
        , m_next(memory.data())
        , m_end(memory.data() + memory.size())
    {
    }
    void append(std::string_view text);
    void appendDecimal(std::uint64_t number);
    void appendHex(std::uint64_t number);
    void appendField(std::string_view name, std::string_view value);
    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(m_next - m_begin); }
    [[nodiscard]] std::string_view written() const { return {m_begin, size()}; }
    [[nodiscard]] bool isFull() const { return m_isFull; }

private:
    char *m_begin;
    char *m_next;
    char *m_end;
    bool m_isFull = false;
};

/// Size no forwarded head of `received` octets can pass.
[[nodiscard]] constexpr std::size_t headBound(std::size_t received)
{
    return received + received / 2 + 512;
}

/// The head to send upstream: rebuilt from the parsed message, never copied. Hop-by-hop fields and what Connection names are
/// left out, framing fields are written anew from `head.framing`, Host is the request's authority, TE: trailers is not
/// passed on. An upgrade is passed on when `head.hasUpgrade`.
void writeForwardedRequest(Writer &out, const RequestHead &head);

struct ForwardedResponse {
    bool closesConnection = false; ///< Adds Connection: close.
    bool saysKeepAlive = false;    ///< Adds Connection: keep-alive, for clients of 1.0.
    /// How the body goes to this client: Chunked, Length, UntilClose or None (then a declared length is still told, except
    /// for 1xx and 204).
    BodyKind body = BodyKind::None;
};
void writeForwardedResponse(Writer &out, const ResponseHead &head, const ForwardedResponse &how);

/// "7\r\n" before a chunk of seven octets; after the octets comes "\r\n", after the last chunk "0\r\n\r\n".
void writeChunkStart(Writer &out, std::uint64_t size);
inline constexpr std::string_view kChunkEnd = "\r\n";
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

[[nodiscard]] std::string_view reasonPhrase(int status);

} // namespace fairway::http
