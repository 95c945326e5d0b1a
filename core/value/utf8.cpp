#include "core/value/utf8.h"

#include <cstdint>
#include <cstring>

namespace fairway::value {

Utf8Character decodeUtf8(std::string_view text, std::size_t offset)
{
    const auto byteAt = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
    const unsigned char first = byteAt(offset);
    if (first < 0x80)
        return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || offset + size > text.size())
        return {};
    char32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const unsigned char next = byteAt(offset + i);
        if ((next & 0xC0U) != 0x80)
            return {};
        code = (code << 6U) | (next & 0x3FU);
    }
    const bool isOverlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
    const bool isSurrogate = code >= 0xD800 && code <= 0xDFFF;
    if (isOverlong || isSurrogate || code > 0x10FFFF)
        return {};
    return {code, size};
}

std::size_t asciiPrefix(std::string_view text)
{
    constexpr std::uint64_t highBits = 0x8080808080808080;
    std::size_t i = 0;
    for (std::uint64_t eight = 0; i + sizeof eight <= text.size(); i += sizeof eight) {
        std::memcpy(&eight, text.data() + i, sizeof eight);
        if ((eight & highBits) != 0)
            break;
    }
    while (i < text.size() && static_cast<unsigned char>(text[i]) < 0x80)
        ++i;
    return i;
}

bool isUtf8(std::string_view text)
{
    for (std::size_t i = asciiPrefix(text); i < text.size();) {
        const std::size_t size = decodeUtf8(text, i).size;
        if (size == 0)
            return false;
        i += size;
    }
    return true;
}

std::string toValidUtf8(std::string_view text)
{
    const std::size_t prefix = asciiPrefix(text);
    std::string out;
    out.reserve(text.size());
    out.append(text, 0, prefix);
    for (std::size_t i = prefix; i < text.size();) {
        const std::size_t size = decodeUtf8(text, i).size;
        if (size == 0)
            out += "\xEF\xBF\xBD";
        else
            out += text.substr(i, size);
        i += size == 0 ? 1 : size;
    }
    return out;
}

void appendUtf8(std::string &out, char32_t code)
{
    const auto push = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) {
        push(code);
    } else if (code < 0x800) {
        push(0xC0U | (code >> 6U));
        push(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        push(0xE0U | (code >> 12U));
        push(0x80U | ((code >> 6U) & 0x3FU));
        push(0x80U | (code & 0x3FU));
    } else {
        push(0xF0U | (code >> 18U));
        push(0x80U | ((code >> 12U) & 0x3FU));
        push(0x80U | ((code >> 6U) & 0x3FU));
        push(0x80U | (code & 0x3FU));
    }
}

} // namespace fairway::value
