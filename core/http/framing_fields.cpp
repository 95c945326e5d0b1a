#include "core/http/framing_fields.h"

#include "core/http/characters.h"
#include "core/http/head_scanner.h"

namespace fairway::http {

void ConnectionOptions::read(std::string_view value)
{
    forEachMember(value, [this](std::string_view option) {
        if (equalsIgnoreCase(option, "close")) {
            saysClose = true;
        } else if (equalsIgnoreCase(option, "keep-alive")) {
            saysKeepAlive = true;
        } else if (equalsIgnoreCase(option, "upgrade")) {
            namesUpgrade = true;
        } else if (!equalsIgnoreCase(option, "te")) {
            namesOthers = true;
        }
    });
}

Refusal FramingFields::take(const HeaderField &field)
{
    switch (field.id) {
    case HeaderId::ContentLength:
        if (hasLength) {
            return {400, "there is more than one Content-Length"};
        }
        hasLength = true;
        return readLength(field.value, length) ? Refusal {} : Refusal {400, "Content-Length is not a number"};
    case HeaderId::TransferEncoding:
        if (isChunked) {
            return {400, "there is more than one Transfer-Encoding"};
        }
        isChunked = true;
        return equalsIgnoreCase(field.value, "chunked") ? Refusal {} : Refusal {501, "the transfer coding is not exactly chunked"};
    case HeaderId::Connection:
        connection.read(field.value);
        return {};
    default:
        return {};
    }
}

Refusal FramingFields::check(std::uint8_t minorVersion) const
{
    if (isChunked && hasLength) {
        return {400, "Content-Length stands beside Transfer-Encoding"};
    }
    if (isChunked && minorVersion == 0) {
        return {400, "Transfer-Encoding in HTTP/1.0"};
    }
    return {};
}

} // namespace fairway::http
