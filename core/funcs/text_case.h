#pragma once

#include <string>
#include <string_view>

namespace fairway::funcs {

/// Whole texts by simple case mapping; bytes that are no UTF-8 become U+FFFD where anything changes (strings.ToUpper).
[[nodiscard]] std::string upperCase(std::string_view text);
[[nodiscard]] std::string lowerCase(std::string_view text);
/// strings.Title: each letter after what is no letter, digit, underscore or apostrophe-like mark.
[[nodiscard]] std::string titleCase(std::string_view text);
/// "some words_here" as SomeWordsHere, some_words_here, some-words-here (huandu/xstrings).
[[nodiscard]] std::string pascalCase(std::string_view text);
[[nodiscard]] std::string joinedLowerCase(std::string_view text, char connector);
/// Upper to lower and lower to upper, a word's first letter to title (Masterminds/goutils).
[[nodiscard]] std::string swappedCase(std::string_view text);
/// The first letter of each word to lower case.
[[nodiscard]] std::string untitled(std::string_view text);

/// unicode.IsSpace
[[nodiscard]] bool isUnicodeSpace(char32_t character);

} // namespace fairway::funcs
