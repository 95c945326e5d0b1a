#pragma once

#include <array>
#include <cstdint>
#include <string_view>

/// Character classes of RFC 9110, section 5.6; inside core/http only.
namespace fairway::http {

enum CharacterClass : std::uint8_t {
    kToken = 1,  ///< tchar
    kValue = 2,  ///< field-vchar, SP, HTAB, obs-text
    kTarget = 4, ///< Visible ASCII but '#': what a request target may hold.
    kDigit = 8,
    kRegName = 16, ///< unreserved, sub-delims, '%' of RFC 3986: a host that is a name or IPv4 address.
};

inline constexpr std::array<std::uint8_t, 256> kCharacters = [] {
    std::array<std::uint8_t, 256> table {};
    const auto mark = [&table](std::string_view characters, std::uint8_t bit) {
        for (const char c : characters) {
            auto &entry = table[static_cast<unsigned char>(c)];
            entry = static_cast<std::uint8_t>(entry | bit);
        }
    };
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    constexpr std::string_view digits = "0123456789";
    mark(letters, kToken | kRegName);
    mark(digits, kToken | kRegName | kDigit);
    mark("!#$%&'*+-.^_`|~", kToken);
    mark("-._~!$&'()*+,;=%", kRegName);
    for (unsigned c = 0; c < 256; ++c) {
        if (c == '\t' || (c >= 0x20 && c != 0x7F)) {
            table[c] = static_cast<std::uint8_t>(table[c] | kValue);
        }
        if (c > 0x20 && c < 0x7F && c != '#') {
            table[c] = static_cast<std::uint8_t>(table[c] | kTarget);
        }
    }
    return table;
}();

[[nodiscard]] constexpr bool is(char c, CharacterClass wanted)
{
    return (kCharacters[static_cast<unsigned char>(c)] & wanted) != 0;
}

[[nodiscard]] constexpr bool isAll(std::string_view text, CharacterClass wanted)
{
    for (const char c : text) {
        if (!is(c, wanted)) {
            return false;
        }
    }
    return true;
}

[[nodiscard]] constexpr char toLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

[[nodiscard]] constexpr std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
        text.remove_suffix(1);
    }
    return text;
}

/// Calls `visit` with each non-empty member of a comma-separated list.
template <typename Visit>
constexpr void forEachMember(std::string_view list, Visit visit)
{
    while (!list.empty()) {
        const auto comma = list.find(',');
        const std::string_view member = trimmed(list.substr(0, comma));
        if (!member.empty()) {
            visit(member);
        }
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
}

} // namespace fairway::http
