#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::value {

/// What go-yaml v2 takes a scalar for. Timestamp and Merge keep their text; Unsigned is above the range of int64. Decimal
/// integers above that of uint64 are Floats, those of other bases text.
enum class ScalarType : std::uint8_t { String, Null, Bool, Int, Unsigned, Float, Timestamp, Merge };

struct ResolvedScalar {
    ScalarType type = ScalarType::String;
    bool boolean = false;
    std::int64_t integer = 0;
    std::uint64_t unsignedInteger = 0;
    double number = 0;
};

/// Resolves the text of a scalar written plain and without a tag.
/// Source: YAML 1.1 type repository as go-yaml v2 narrows it (no base 60, no `=`).
[[nodiscard]] ResolvedScalar resolvePlainScalar(std::string_view text);

/// True for what go-yaml takes as a date or a date with time ("2001-1-2", "2001-01-02T03:04:05Z").
[[nodiscard]] bool isYamlTimestamp(std::string_view text);

/// True for YAML 1.1's base 60 ("12:30:45"), which go-yaml reads as text and yet quotes.
[[nodiscard]] bool isBase60(std::string_view text);

} // namespace fairway::value
