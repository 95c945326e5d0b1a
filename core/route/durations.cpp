#include "core/route/durations.h"

#include <cmath>
#include <limits>

namespace fairway::route {
namespace {

    std::optional<double> unitNanoseconds(std::string_view unit)
    {
        if (unit == "h")
            return 3.6e12;
        if (unit == "m")
            return 6e10;
        if (unit == "s")
            return 1e9;
        if (unit == "ms")
            return 1e6;
        if (unit == "us" || unit == "µs")
            return 1e3;
        if (unit == "ns")
            return 1.0;
        return std::nullopt;
    }

    bool isDigit(char c)
    {
        return c >= '0' && c <= '9';
    }

} // namespace

std::optional<std::chrono::nanoseconds> parseDuration(std::string_view text)
{
    const bool isNegative = text.starts_with('-');
    if (isNegative || text.starts_with('+'))
        text.remove_prefix(1);
    if (text.empty() || text.size() > 64)
        return std::nullopt;
    if (text == "0")
        return std::chrono::nanoseconds {0};
    long double total = 0;
    while (!text.empty()) {
        long double number = 0;
        std::size_t digits = 0;
        for (; !text.empty() && isDigit(text.front()); text.remove_prefix(1), ++digits)
            number = number * 10 + (text.front() - '0');
        if (text.starts_with('.')) {
            text.remove_prefix(1);
            long double place = 1;
            for (; !text.empty() && isDigit(text.front()); text.remove_prefix(1), ++digits) {
                place *= 10;
                number += (text.front() - '0') / place;
            }
        }
        std::size_t length = 0;
        while (length < text.size() && !isDigit(text[length]) && text[length] != '.')
            ++length;
        const std::optional<double> unit = unitNanoseconds(text.substr(0, length));
        if (digits == 0 || !unit)
            return std::nullopt;
        total += number * static_cast<long double>(*unit);
        text.remove_prefix(length);
    }
    if (total > static_cast<long double>(std::numeric_limits<std::int64_t>::max()))
        return std::nullopt;
    const auto nanoseconds = static_cast<std::int64_t>(std::llround(total));
    return std::chrono::nanoseconds {isNegative ? -nanoseconds : nanoseconds};
}

std::optional<std::chrono::milliseconds> durationOf(const value::Value &field)
{
    if (field.isString()) {
        const std::optional<std::chrono::nanoseconds> parsed = parseDuration(field.asString());
        return parsed ? std::optional(std::chrono::floor<std::chrono::milliseconds>(*parsed)) : std::nullopt;
    }
    constexpr std::int64_t mostSeconds = 315'576'000'000; // protobuf's own bound
    const value::Value &seconds = field.isMap() ? field["seconds"] : field;
    if (!seconds.isNumber() && !field.isMap())
        return std::nullopt;
    const std::int64_t whole = seconds.intOr(0);
    const std::int64_t rest = field.isMap() ? field["nanos"].intOr(0) : 0;
    if (whole < -mostSeconds || whole > mostSeconds)
        return std::nullopt;
    return std::chrono::milliseconds {whole * 1000 + rest / 1'000'000};
}

} // namespace fairway::route
