#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::gotemplate {

/// strconv.Quote: double quotes, Go's escapes, bytes that are no UTF-8 as \x…
[[nodiscard]] std::string quote(std::string_view text);
/// strconv.QuoteToASCII
[[nodiscard]] std::string quoteToAscii(std::string_view text);
/// strconv.QuoteRune (single quotes), or QuoteRuneToASCII.
[[nodiscard]] std::string quoteRune(char32_t character, bool onlyAscii = false);
/// strconv.CanBackquote: whether `text` can stand between back quotes.
[[nodiscard]] bool canBackquote(std::string_view text);

/// strconv.Unquote of a Go literal in double or back quotes; nullopt where Go says "invalid syntax".
[[nodiscard]] std::optional<std::string> unquote(std::string_view literal);
/// The character of a constant in single quotes. `tail` is what follows it.
[[nodiscard]] std::optional<char32_t> unquoteCharacter(std::string_view text, char quote, std::string_view &tail);

/// %#U: "U+0023 '#'".
[[nodiscard]] std::string unicodePoint(char32_t character);

} // namespace fairway::gotemplate
