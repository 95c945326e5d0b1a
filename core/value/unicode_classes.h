#pragma once

namespace fairway::value {

/// Unicode general category L*: what Go's unicode.IsLetter says.
[[nodiscard]] bool isLetter(char32_t character);
/// Unicode general category Nd.
[[nodiscard]] bool isDecimalDigit(char32_t character);
/// What Go's unicode.IsPrint says: letters, marks, numbers, punctuation, symbols and the space.
[[nodiscard]] bool isPrintable(char32_t character);

} // namespace fairway::value
