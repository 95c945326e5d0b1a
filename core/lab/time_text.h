#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::lab {

/// "2026-11-22T03:04:05Z", fractions of a second dropped. nullopt: something else.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parseRfc3339(std::string_view text);

/// An age as kubectl prints it: "14s", "3m12s", "5h", "2d3h". "<unknown>" when `since` can't be read.
/// Source: apimachinery duration.HumanDuration.
[[nodiscard]] std::string humanAge(std::string_view since, std::chrono::system_clock::time_point now);

} // namespace fairway::lab
