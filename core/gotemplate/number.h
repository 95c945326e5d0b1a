#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fairway::gotemplate {

enum class NumberFault : std::uint8_t { Syntax, Range };

template <typename T>
struct NumberRead {
    T value {};
    std::optional<NumberFault> fault;
    [[nodiscard]] bool isGood() const { return !fault; }
};

/// strconv.ParseInt and ParseUint. Base 0 takes 0x, 0o, 0b, a leading 0 as octal, and underscores between digits.
/// With a Range fault the value is the nearest that fits.
[[nodiscard]] NumberRead<std::int64_t> parseInt(std::string_view text, int base = 0);
[[nodiscard]] NumberRead<std::uint64_t> parseUint(std::string_view text, int base = 0);
/// strconv.ParseFloat for 64 bits: decimal, hexadecimal with p, inf, nan.
[[nodiscard]] NumberRead<double> parseFloat(std::string_view text);

} // namespace fairway::gotemplate
