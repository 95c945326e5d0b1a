#include "core/base/clock.h"

#include <algorithm>
#include <cstdio>
#include <ctime>

namespace fairway {
namespace {

    std::string formatUtc(std::chrono::system_clock::time_point time, bool withMicroseconds)
    {
        using namespace std::chrono;
        const auto seconds = floor<std::chrono::seconds>(time);
        const std::time_t wall = system_clock::to_time_t(seconds);
        std::tm parts {};
        gmtime_r(&wall, &parts);
        char text[40];
        std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
        std::string out(text, length);
        if (withMicroseconds) {
            const auto micros = duration_cast<microseconds>(time - seconds).count();
            std::snprintf(text, sizeof text, ".%06lld", static_cast<long long>(micros));
            out += text;
        }
        return out + 'Z';
    }

} // namespace

std::chrono::steady_clock::time_point SystemClock::steadyNow() const
{
    return std::chrono::steady_clock::now();
}

std::chrono::system_clock::time_point SystemClock::systemNow() const
{
    return std::chrono::system_clock::now();
}

ManualClock::ManualClock(std::chrono::system_clock::time_point start)
    : m_start(start)
{
}

std::chrono::steady_clock::time_point ManualClock::steadyNow() const
{
    const std::scoped_lock lock(m_mutex);
    return std::chrono::steady_clock::time_point(std::chrono::duration_cast<std::chrono::steady_clock::duration>(m_elapsed));
}

std::chrono::system_clock::time_point ManualClock::systemNow() const
{
    const std::scoped_lock lock(m_mutex);
    return m_start + std::chrono::duration_cast<std::chrono::system_clock::duration>(m_elapsed);
}

void ManualClock::advance(std::chrono::nanoseconds step)
{
    const std::scoped_lock lock(m_mutex);
    m_elapsed += step;
}

std::string formatRfc3339(std::chrono::system_clock::time_point time)
{
    return formatUtc(time, false);
}

std::string formatRfc3339Micro(std::chrono::system_clock::time_point time)
{
    return formatUtc(time, true);
}

namespace {

/// The whole number of `count` digits at `at`; -1 when there is none.
int digits(std::string_view text, std::size_t at, std::size_t count)
{
    if (text.size() < at + count)
        return -1;
    int number = 0;
    for (const char c : text.substr(at, count)) {
        if (c < '0' || c > '9')
            return -1;
        number = number * 10 + (c - '0');
    }
    return number;
}

/// "Z", "+02:00"; nullopt when it is none.
std::optional<std::chrono::minutes> offsetOf(std::string_view text)
{
    if (text == "Z" || text == "z")
        return std::chrono::minutes(0);
    const int hours = digits(text, 1, 2);
    const int minutes = digits(text, 4, 2);
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    return std::chrono::minutes((hours * 60 + minutes) * (text[0] == '-' ? -1 : 1));
}

} // namespace

std::optional<std::chrono::system_clock::time_point> parseRfc3339(std::string_view text)
{
    using namespace std::chrono;
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const int yearNumber = digits(text, 0, 4);
    const int monthNumber = digits(text, 5, 2);
    const int dayNumber = digits(text, 8, 2);
    const int hour = digits(text, 11, 2);
    const int minute = digits(text, 14, 2);
    const int second = digits(text, 17, 2);
    if (yearNumber < 0 || monthNumber < 0 || dayNumber < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    const year_month_day date {year(yearNumber), month(static_cast<unsigned>(monthNumber)), day(static_cast<unsigned>(dayNumber))};
    std::string_view rest = text.substr(19);
    if (rest.starts_with('.')) {
        const std::size_t end = rest.find_first_not_of("0123456789", 1);
        rest = end == std::string_view::npos || end == 1 ? std::string_view() : rest.substr(end);
    }
    const std::optional<minutes> offset = offsetOf(rest);
    if (!date.ok() || !offset)
        return std::nullopt;
    const sys_seconds time = sys_days(date) + hours(hour) + minutes(minute) + seconds(second) - *offset;
    return system_clock::time_point(std::clamp(time, ceil<seconds>(system_clock::time_point::min()), floor<seconds>(system_clock::time_point::max())));
}

} // namespace fairway
