#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::chart {

/// A time as Go's encoding/json writes time.Time: RFC 3339 with the fraction's zeros left out and its own offset: "2026-11-22T03:04:05.5+01:00".
/// Nothing when `text` is no such time.
[[nodiscard]] std::optional<std::string> goTimestamp(std::string_view text);

/// The same of a point in time, with nanoseconds, in UTC.
[[nodiscard]] std::string goTimestamp(std::chrono::system_clock::time_point time);

/// Go's zero time.
inline constexpr std::string_view noTimestamp = "0001-01-01T00:00:00Z";

} // namespace fairway::chart
