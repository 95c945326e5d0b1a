#include "core/funcs/base_encoding.h"

#include <array>
#include <cstdint>

namespace fairway::funcs {

namespace {

struct Alphabet {
    std::string_view name;
    std::string_view characters;
    unsigned bits;           ///< A character stands for.
    std::size_t groupSize;   ///< Characters in a group; with padding every text is whole groups.
};

constexpr Alphabet Base64 {"base64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, 4};
constexpr Alphabet Base32 {"base32", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5, 8};

std::string encode(std::string_view bytes, const Alphabet &alphabet)
{
    std::string out;
    out.reserve((bytes.size() * 8 / alphabet.bits / alphabet.groupSize + 1) * alphabet.groupSize);
    std::uint32_t pending = 0;
    unsigned pendingBits = 0;
    const std::uint32_t mask = (1U << alphabet.bits) - 1U;
    for (const char c : bytes) {
        pending = pending << 8U | static_cast<unsigned char>(c);
        pendingBits += 8;
        while (pendingBits >= alphabet.bits) {
            pendingBits -= alphabet.bits;
            out += alphabet.characters[pending >> pendingBits & mask];
        }
    }
    if (pendingBits > 0)
        out += alphabet.characters[pending << (alphabet.bits - pendingBits) & mask];
    while (out.size() % alphabet.groupSize != 0)
        out += '=';
    return out;
}

gotemplate::TemplateResult<std::string> decode(std::string_view text, const Alphabet &alphabet)
{
    const auto illegal = [&](std::size_t at) {
        return gotemplate::failCall("illegal " + std::string(alphabet.name) + " data at input byte " + std::to_string(at));
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
        const std::size_t digit = text[i] == '=' ? std::string_view::npos : alphabet.characters.find(text[i]);
        if (digit == std::string_view::npos)
            break;
        pending = pending << alphabet.bits | static_cast<std::uint32_t>(digit);
        pendingBits += alphabet.bits;
        inGroup = (inGroup + 1) % alphabet.groupSize;
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
    const bool isBase64 = alphabet.bits == 6;
    const bool isPossible = isBase64 ? inGroup >= 2 : inGroup == 2 || inGroup == 4 || inGroup == 5 || inGroup == 7;
    if (text[i] != '=' || !isPossible)
        return illegal(i);
    for (; inGroup != 0; ++i) {
        while (i < text.size() && isBreak(i))
            ++i;
        if (i == text.size())
            return illegal(text.size());
        if (text[i] != '=')
            return illegal(i);
        inGroup = (inGroup + 1) % alphabet.groupSize;
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
    return encode(bytes, Base64);
}
std::string encodeBase32(std::string_view bytes)
{
    return encode(bytes, Base32);
}
gotemplate::TemplateResult<std::string> decodeBase64(std::string_view text)
{
    return decode(text, Base64);
}
gotemplate::TemplateResult<std::string> decodeBase32(std::string_view text)
{
    return decode(text, Base32);
}

} // namespace fairway::funcs
