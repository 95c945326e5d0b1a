#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway::value {

/// One decoded character. `size` is the bytes it took; 0 where the text holds no valid UTF-8 (RFC 3629: no surrogates,
/// no overlong forms, nothing above U+10FFFF), which then is to be skipped by one byte.
struct Utf8Character {
    char32_t code = 0;
    std::size_t size = 0;
};

/// Decodes the character at `offset`, which must be inside the text.
[[nodiscard]] Utf8Character decodeUtf8(std::string_view text, std::size_t offset);
/// How many bytes from the start on are ASCII: most texts as a whole, which then needs no decoding.
[[nodiscard]] std::size_t asciiPrefix(std::string_view text);
[[nodiscard]] inline bool isAscii(std::string_view text)
{
    return asciiPrefix(text) == text.size();
}
[[nodiscard]] bool isUtf8(std::string_view text);
/// The text with every byte that is no UTF-8 replaced by U+FFFD, as Go's json.Marshal does.
[[nodiscard]] std::string toValidUtf8(std::string_view text);
void appendUtf8(std::string &out, char32_t code);

} // namespace fairway::value
