#pragma once

namespace fairway::value {

/// Simple case mappings, one character to one, as Go's unicode.ToUpper, ToLower and ToTitle.
[[nodiscard]] char32_t toUpper(char32_t character);
[[nodiscard]] char32_t toLower(char32_t character);
[[nodiscard]] char32_t toTitle(char32_t character);

} // namespace fairway::value
