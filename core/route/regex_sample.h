#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::route {

/// A short text that an expression in RE2's syntax takes: "v[0-9]+" gives "v0", "(?:a|b)c?" gives "a". Repetitions are made as few times
/// as they may, alternatives by the first. Nothing for what it does not read, and for texts of over 4096 characters.
/// What it does not look at: word boundaries, and anchors within a text. Whoever needs to be sure tries the text.
///
/// Source: RE2, "Syntax".
[[nodiscard]] std::optional<std::string> sampleOfRegex(std::string_view pattern);

} // namespace fairway::route
