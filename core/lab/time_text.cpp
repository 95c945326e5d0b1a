#include "core/lab/time_text.h"

#include "core/base/clock.h"

#include <cstdint>

namespace fairway::lab {

namespace {

std::string pair(std::int64_t large, const char *largeUnit, std::int64_t small, const char *smallUnit)
{
    const std::string head = std::to_string(large) + largeUnit;
    return small == 0 ? head : head + std::to_string(small) + smallUnit;
}

} // namespace

std::string humanAge(std::string_view since, std::chrono::system_clock::time_point now)
{
    const auto start = parseRfc3339(since);
    if (!start)
        return "<unknown>";
    const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(now - *start).count();
    const std::int64_t minutes = seconds / 60;
    const std::int64_t hours = minutes / 60;
    if (seconds < 0)
        return "0s";
    if (seconds < 120)
        return std::to_string(seconds) + "s";
    if (minutes < 10)
        return pair(minutes, "m", seconds % 60, "s");
    if (minutes < 180)
        return std::to_string(minutes) + "m";
    if (hours < 8)
        return pair(hours, "h", minutes % 60, "m");
    if (hours < 48)
        return std::to_string(hours) + "h";
    if (hours < 192)
        return pair(hours / 24, "d", hours % 24, "h");
    if (hours < 24 * 365 * 2)
        return std::to_string(hours / 24) + "d";
    if (hours < 24 * 365 * 8)
        return pair(hours / 24 / 365, "y", hours / 24 % 365, "d");
    return std::to_string(hours / 24 / 365) + "y";
}

} // namespace fairway::lab
