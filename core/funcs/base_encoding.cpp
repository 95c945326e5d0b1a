#include "core/funcs/base_encoding.h"

#include "core/base/base64.h"

#include <cstdint>

namespace fairway::funcs {

namespace {

constexpr std::string_view base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr unsigned bitsOfDigit = 5;
constexpr std::size_t groupSize = 8; ///< Digits; with padding every text is whole groups.

std::string encode(std::string_view bytes)
{
    std::string out;
    out.reserve((bytes.size() + 4) / 5 * groupSize);
    std::uint32_t pending = 0;
    unsigned pendingBits = 0;
    const std::uint32_t mask = (1U << bitsOfDigit) - 1U;
    for (const char c : bytes) {
        pending = pending << 8U | static_cast<unsigned char>(c);
        pendingBits += 8;
        while (pendingBits >= bitsOfDigit) {
            pendingBits -= bitsOfDigit;
            out += base32[pending >> pendingBits & mask];
        }
    }
    if (pendingBits > 0)
        out += base32[pending << (bitsOfDigit - pendingBits) & mask];
    while (out.size() % groupSize != 0)
        out += '=';
    return out;
}

gotemplate::TemplateResult<std::string> decode(std::string_view text)
{
    const auto illegal = [&](std::size_t at) {
        return gotemplate::failCall("illegal base32 data at input byte " + std::to_string(at));
    };
    std::string out;
    std::uint32_t pending = 0;
    unsigned pendingBits = 0;
    std::size_t inGroup = 0;
    std::size_t i = 0;
    const auto isBreak = [&](std::size_t at) { return text[at] == '\n' || text[at] == '\r'; };
    for (; i < text.size(); ++i) {
        if (isBreak(i))
            continue;
        const std::size_t digit = text[i] == '=' ? std::string_view::npos : base32.find(text[i]);
        if (digit == std::string_view::npos)
            break;
        pending = pending << bitsOfDigit | static_cast<std::uint32_t>(digit);
        pendingBits += bitsOfDigit;
        inGroup = (inGroup + 1) % groupSize;
        if (pendingBits >= 8) {
            pendingBits -= 8;
            out += static_cast<char>(pending >> pendingBits & 0xFFU);
        }
    }
    if (i == text.size()) {
        if (inGroup != 0)
            return illegal(text.size() - inGroup);
        return out;
    }
    // Padding ends the text: as much as the group lacks, and a group of these sizes can't be.
    const bool isPossible = inGroup == 2 || inGroup == 4 || inGroup == 5 || inGroup == 7;
    if (text[i] != '=' || !isPossible)
        return illegal(i);
    for (; inGroup != 0; ++i) {
        while (i < text.size() && isBreak(i))
            ++i;
        if (i == text.size())
            return illegal(text.size());
        if (text[i] != '=')
            return illegal(i);
        inGroup = (inGroup + 1) % groupSize;
    }
    for (; i < text.size(); ++i) {
        if (!isBreak(i))
            return illegal(i);
    }
    return out;
}

} // namespace

std::string encodeBase64(std::string_view bytes)
{
    return fairway::encodeBase64(bytes);
}
gotemplate::TemplateResult<std::string> decodeBase64(std::string_view text)
{
    auto decoded = fairway::decodeBase64(text);
    if (!decoded)
        return gotemplate::failCall("illegal base64 data at input byte " + std::to_string(decoded.error()));
    return std::move(*decoded);
}
std::string encodeBase32(std::string_view bytes)
{
    return encode(bytes);
}
gotemplate::TemplateResult<std::string> decodeBase32(std::string_view text)
{
    return decode(text);
}

} // namespace fairway::funcs
