#include "core/gotemplate/float_verbs.h"

#include "core/value/float_text.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace fairway::gotemplate {

namespace {

std::string binary(double number)
{
    std::uint64_t bits = 0;
    std::memcpy(&bits, &number, sizeof bits);
    constexpr int fractionBits = 52;
    constexpr int bias = 1075;
    const std::uint64_t fraction = bits & ((std::uint64_t {1} << fractionBits) - 1);
    const int exponent = static_cast<int>((bits >> fractionBits) & 0x7FFU);
    const std::uint64_t mantissa = exponent == 0 ? fraction : fraction | (std::uint64_t {1} << fractionBits);
    const int power = (exponent == 0 ? 1 : exponent) - bias;
    return fmt::format("{}{}p{:+d}", std::signbit(number) ? "-" : "", mantissa, power);
}

/// 0x1.8p+01: exponent with at least two digits.
std::string hexadecimal(double number, int precision)
{
    char buffer[1200];
    const double magnitude = std::fabs(number);
    const auto result = precision < 0
        ? std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::hex)
        : std::to_chars(buffer, buffer + sizeof buffer, magnitude, std::chars_format::hex, std::min(precision, 1000));
    const std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
    const std::size_t power = text.find('p');
    const bool isShort = power != std::string_view::npos && text.size() - power == 3;
    return fmt::format("{}0x{}{}{}", std::signbit(number) ? "-" : "", text.substr(0, isShort ? power + 2 : text.size()),
        isShort ? "0" : "", isShort ? text.substr(power + 2) : std::string_view());
}

std::string shortest(double number, char form)
{
    char buffer[400];
    const auto format = form == 'f' ? std::chars_format::fixed : std::chars_format::scientific;
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, number, format);
    return {buffer, result.ptr};
}

} // namespace

std::string formatFloat(double number, char form, int precision)
{
    if (!std::isfinite(number))
        return std::isnan(number) ? "NaN" : number < 0 ? "-Inf" : "+Inf";
    const char lower = static_cast<char>(std::tolower(static_cast<unsigned char>(form)));
    std::string text;
    if (form == 'b')
        text = binary(number);
    else if (lower == 'x')
        text = hexadecimal(number, precision);
    else if (precision < 0)
        text = lower == 'g' ? value::formatFloatG(number) : shortest(number, lower);
    else if (lower == 'f')
        text = fmt::format("{:.{}f}", number, precision);
    else if (lower == 'e')
        text = fmt::format("{:.{}e}", number, precision);
    else
        text = fmt::format("{:.{}g}", number, precision == 0 ? 1 : precision);
    if (form != lower) {
        for (char &c : text)
            c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    return text;
}

} // namespace fairway::gotemplate
