#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace fairway::lab {

/// An age as kubectl prints it: "14s", "3m12s", "5h", "2d3h". "<unknown>" when `since` can't be read.
/// Source: apimachinery duration.HumanDuration.
[[nodiscard]] std::string humanAge(std::string_view since, std::chrono::system_clock::time_point now);

} // namespace fairway::lab
