#include "core/base/base64.h"

#include <cstdint>

namespace fairway {
namespace {

    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    int digitOf(char c)
    {
        if (c >= 'A' && c <= 'Z')
            return c - 'A';
        if (c >= 'a' && c <= 'z')
            return c - 'a' + 26;
        if (c >= '0' && c <= '9')
            return c - '0' + 52;
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }

    bool isLineBreak(char c)
    {
        return c == '\n' || c == '\r';
    }

} // namespace

std::string encodeBase64(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = (bits << 8U) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        out += alphabet[(bits >> 18U) & 63U];
        out += alphabet[(bits >> 12U) & 63U];
        out += i + 1 < bytes.size() ? alphabet[(bits >> 6U) & 63U] : '=';
        out += i + 2 < bytes.size() ? alphabet[bits & 63U] : '=';
    }
    return out;
}

tl::expected<std::string, std::size_t> decodeBase64(std::string_view text)
{
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    std::size_t held = 0; // digits of the group of four
    std::size_t at = 0;
    const auto skipLineBreaks = [&] {
        while (at < text.size() && isLineBreak(text[at]))
            ++at;
    };
    while (at < text.size()) {
        const char c = text[at++];
        if (isLineBreak(c))
            continue;
        if (const int digit = digitOf(c); digit >= 0) {
            bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
            if (++held == 4) {
                for (const unsigned shift : {16U, 8U, 0U})
                    out += static_cast<char>((bits >> shift) & 0xFFU);
                bits = 0;
                held = 0;
            }
            continue;
        }
        if (c != '=' || held < 2)
            return tl::unexpected(at - 1);
        if (held == 2) { // one '=' more
            skipLineBreaks();
            if (at == text.size() || text[at] != '=')
                return tl::unexpected(at == text.size() ? at : at - 1);
            ++at;
        }
        skipLineBreaks();
        if (at < text.size())
            return tl::unexpected(at);
        out += static_cast<char>((bits >> (held == 2 ? 4U : 10U)) & 0xFFU);
        if (held == 3)
            out += static_cast<char>((bits >> 2U) & 0xFFU);
        return out;
    }
    if (held > 0)
        return tl::unexpected(at - held);
    return out;
}

} // namespace fairway
