#include "core/lab/time_text.h"

#include <charconv>
#include <cstdint>

namespace fairway::lab {

namespace {

std::optional<int> number(std::string_view text, std::size_t from, std::size_t count)
{
    if (text.size() < from + count)
        return std::nullopt;
    int value = 0;
    const char *end = text.data() + from + count;
    const auto [last, error] = std::from_chars(text.data() + from, end, value);
    if (error != std::errc() || last != end)
        return std::nullopt;
    return value;
}

std::string pair(std::int64_t large, const char *largeUnit, std::int64_t small, const char *smallUnit)
{
    const std::string head = std::to_string(large) + largeUnit;
    return small == 0 ? head : head + std::to_string(small) + smallUnit;
}

} // namespace

std::optional<std::chrono::system_clock::time_point> parseRfc3339(std::string_view text)
{
    const auto year = number(text, 0, 4);
    const auto month = number(text, 5, 2);
    const auto day = number(text, 8, 2);
    const auto hour = number(text, 11, 2);
    const auto minute = number(text, 14, 2);
    const auto second = number(text, 17, 2);
    if (!year || !month || !day || !hour || !minute || !second)
        return std::nullopt;
    const std::chrono::year_month_day date {std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

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
