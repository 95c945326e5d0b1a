#include "core/http/serializer.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace fairway::http {

void Writer::append(std::string_view text)
{
    if (static_cast<std::size_t>(m_end - m_next) < text.size()) {
        m_isFull = true;
        m_end = m_next; // Nothing more fits, however small: half a head must not look whole.
        return;
    }
    m_next = std::copy(text.begin(), text.end(), m_next);
}

void Writer::appendDecimal(std::uint64_t number)
{
    std::array<char, 20> digits;
    const auto outcome = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    append({digits.data(), static_cast<std::size_t>(outcome.ptr - digits.data())});
}

void Writer::appendHex(std::uint64_t number)
{
    std::array<char, 16> digits;
    const auto outcome = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
    append({digits.data(), static_cast<std::size_t>(outcome.ptr - digits.data())});
}

void Writer::appendField(std::string_view name, std::string_view value)
{
    const std::size_t size = name.size() + value.size() + 4;
    if (static_cast<std::size_t>(m_end - m_next) < size) {
        m_isFull = true;
        m_end = m_next;
        return;
    }
    // Not memcpy: an empty view may have no address at all (no Host in HTTP/1.0).
    m_next = std::copy(name.begin(), name.end(), m_next);
    *m_next++ = ':';
    *m_next++ = ' ';
    m_next = std::copy(value.begin(), value.end(), m_next);
    *m_next++ = '\r';
    *m_next++ = '\n';
}

void writeForwardedRequest(Writer &out, const RequestHead &head)
{
    out.append(head.method);
    out.append(" ");
    out.append(head.path);
    out.append(" HTTP/1.1\r\n");
    out.appendField("Host", head.authority);
    for (const HeaderField &field : head.fields) {
        if (field.id == HeaderId::Other && !head.hasNamedHopFields) {
            out.appendField(field.name, field.value); // By far the most common case.
        } else if (field.id == HeaderId::Upgrade && head.hasUpgrade) {
            out.appendField("Connection", "Upgrade");
            out.appendField("Upgrade", field.value);
        } else if (field.id == HeaderId::MaxForwards && head.maxForwards > 0) {
            out.append("Max-Forwards: ");
            out.appendDecimal(static_cast<std::uint64_t>(head.maxForwards) - 1);
            out.append("\r\n");
        } else if (field.id == HeaderId::Expect) {
            if (head.expectsContinue) {
                out.appendField("Expect", "100-continue");
            }
        } else if (field.id != HeaderId::Host && field.id != HeaderId::ContentLength
            && !isHopField(field, head.fields, head.hasNamedHopFields)) {
            out.appendField(field.name, field.value);
        }
    }
    if (head.framing.kind == BodyKind::Length) {
        out.append("Content-Length: ");
        out.appendDecimal(head.framing.length);
        out.append("\r\n\r\n");
    } else if (head.framing.kind == BodyKind::Chunked) {
        out.append("Transfer-Encoding: chunked\r\n\r\n");
    } else {
        out.append("\r\n");
    }
}

void writeForwardedResponse(Writer &out, const ResponseHead &head, const ForwardedResponse &how)
{
    out.append("HTTP/1.1 ");
    out.appendDecimal(static_cast<std::uint64_t>(head.status));
    out.append(" ");
    out.append(head.reason);
    out.append("\r\n");
    for (const HeaderField &field : head.fields) {
        if (field.id == HeaderId::Other && !head.hasNamedHopFields) {
            out.appendField(field.name, field.value);
        } else if (field.id == HeaderId::Upgrade && head.hasUpgrade) {
            out.appendField("Connection", "Upgrade");
            out.appendField("Upgrade", field.value);
        } else if (field.id != HeaderId::ContentLength && !isHopField(field, head.fields, head.hasNamedHopFields)) {
            out.appendField(field.name, field.value);
        }
    }
    const bool mayDeclareLength = head.status >= 200 && head.status != 204;
    if (how.body == BodyKind::Chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    } else if (head.hasDeclaredLength && mayDeclareLength) {
        out.append("Content-Length: ");
        out.appendDecimal(head.declaredLength);
        out.append("\r\n");
    }
    if (how.closesConnection) {
        out.append("Connection: close\r\n");
    } else if (how.saysKeepAlive) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

void writeChunkStart(Writer &out, std::uint64_t size)
{
    out.appendHex(size);
    out.append("\r\n");
}

std::string_view reasonPhrase(int status)
{
    switch (status) {
    case 100: return "Continue";
    case 101: return "Switching Protocols";
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 505: return "HTTP Version Not Supported";
    default: return "";
    }
}

} // namespace fairway::http
