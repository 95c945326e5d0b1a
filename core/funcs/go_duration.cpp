#include "core/funcs/go_duration.h"

#include "core/gotemplate/function.h"
#include "core/gotemplate/go_quote.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fairway::funcs {

using gotemplate::failCall;

gotemplate::TemplateResult<std::int64_t> parseGoDuration(std::string_view text)
{
    const auto invalid = [text] { return failCall("time: invalid duration " + gotemplate::quote(text)); };
    constexpr std::pair<std::string_view, double> units[] = {{"ns", 1}, {"us", 1e3}, {"\xC2\xB5s", 1e3}, {"\xCE\xBCs", 1e3},
        {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
    std::string_view rest = text;
    const bool isNegative = rest.starts_with('-');
    if (isNegative || rest.starts_with('+'))
        rest.remove_prefix(1);
    if (rest == "0")
        return std::int64_t {0};
    if (rest.empty())
        return invalid();
    long double total = 0;
    while (!rest.empty()) {
        long double number = 0;
        long double scale = 1;
        bool hasDigits = false;
        bool afterPoint = false;
        while (!rest.empty() && ((rest[0] >= '0' && rest[0] <= '9') || (rest[0] == '.' && !afterPoint))) {
            if (rest[0] == '.') {
                afterPoint = true;
            } else {
                hasDigits = true;
                number = number * 10 + static_cast<long double>(rest[0] - '0');
                scale *= afterPoint ? 10 : 1;
            }
            rest.remove_prefix(1);
        }
        if (!hasDigits)
            return invalid();
        const std::size_t end = std::min(rest.find_first_of(".0123456789"), rest.size());
        const std::string_view name = rest.substr(0, end);
        if (name.empty())
            return failCall("time: missing unit in duration " + gotemplate::quote(text));
        double unit = 0;
        for (const auto &[known, nanoseconds] : units)
            unit = known == name ? nanoseconds : unit;
        if (unit == 0)
            return failCall("time: unknown unit " + gotemplate::quote(name) + " in duration " + gotemplate::quote(text));
        total += number * static_cast<long double>(unit) / scale;
        if (total >= 0x1p63L)
            return invalid();
        rest.remove_prefix(end);
    }
    const auto whole = static_cast<std::int64_t>(total);
    return isNegative ? -whole : whole;
}

std::string formatGoDuration(std::int64_t nanoseconds)
{
    if (nanoseconds == 0)
        return "0s";
    const std::string sign = nanoseconds < 0 ? "-" : "";
    const auto bits = static_cast<std::uint64_t>(nanoseconds);
    const std::uint64_t amount = nanoseconds < 0 ? ~bits + 1 : bits;
    const auto decimal = [](std::uint64_t whole, std::uint64_t part, int digits) {
        std::string out = std::to_string(whole);
        if (part == 0)
            return out;
        std::string fraction = fmt::format("{:0{}}", part, digits);
        while (fraction.ends_with('0'))
            fraction.pop_back();
        return out.append(1, '.').append(fraction);
    };
    if (amount < 1000)
        return sign + std::to_string(amount) + "ns";
    if (amount < 1'000'000)
        return sign + decimal(amount / 1000, amount % 1000, 3) + "\xC2\xB5s";
    if (amount < 1'000'000'000)
        return sign + decimal(amount / 1'000'000, amount % 1'000'000, 6) + "ms";
    const std::uint64_t seconds = amount / 1'000'000'000;
    std::string out = decimal(seconds % 60, amount % 1'000'000'000, 9) + "s";
    if (seconds >= 60)
        out.insert(0, std::to_string(seconds / 60 % 60) + "m");
    if (seconds >= 3600)
        out.insert(0, std::to_string(seconds / 3600) + "h");
    return sign + out;
}

} // namespace fairway::funcs
