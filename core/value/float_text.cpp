#include "core/value/float_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string_view>

namespace fairway::value {

namespace {

/// d.ddd times ten to the power of `exponent`: the digits without a point, and the exponent of the first.
struct Decimal {
    bool isNegative = false;
    std::string digits;
    int exponent = 0;
};

template <typename Number>
Decimal shortestDecimal(Number number)
{
    char buffer[64];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
    std::string_view text(buffer, static_cast<std::size_t>(result.ptr - buffer));
    Decimal decimal;
    if (text.front() == '-') {
        decimal.isNegative = true;
        text.remove_prefix(1);
    }
    const std::size_t mark = text.find('e');
    for (const char c : text.substr(0, mark)) {
        if (c != '.')
            decimal.digits += c;
    }
    std::string_view exponent = text.substr(mark + 1);
    if (exponent.front() == '+')
        exponent.remove_prefix(1);
    std::from_chars(exponent.data(), exponent.data() + exponent.size(), decimal.exponent);
    return decimal;
}

std::string withExponent(const Decimal &decimal, bool padExponent)
{
    std::string out = decimal.isNegative ? "-" : "";
    out += decimal.digits.front();
    if (decimal.digits.size() > 1)
        out += '.' + decimal.digits.substr(1);
    const int amount = std::abs(decimal.exponent);
    out += decimal.exponent < 0 ? "e-" : "e+";
    if (padExponent && amount < 10)
        out += '0';
    return out + std::to_string(amount);
}

std::string withoutExponent(const Decimal &decimal)
{
    std::string out = decimal.isNegative ? "-" : "";
    if (decimal.exponent < 0)
        return out + "0." + std::string(static_cast<std::size_t>(-decimal.exponent - 1), '0') + decimal.digits;
    const std::size_t whole = static_cast<std::size_t>(decimal.exponent) + 1;
    if (decimal.digits.size() <= whole)
        return out + decimal.digits + std::string(whole - decimal.digits.size(), '0');
    return out + decimal.digits.substr(0, whole) + '.' + decimal.digits.substr(whole);
}

template <typename Number>
std::string formatG(Number number)
{
    if (std::isnan(number))
        return "NaN";
    if (std::isinf(number))
        return number < 0 ? "-Inf" : "+Inf";
    const Decimal decimal = shortestDecimal(number);
    return decimal.exponent < -4 || decimal.exponent >= 6 ? withExponent(decimal, true) : withoutExponent(decimal);
}

} // namespace

std::string formatFloatG(double number)
{
    return formatG(number);
}

std::string formatFloatG(float number)
{
    return formatG(number);
}

std::string formatFloatJson(double number)
{
    const Decimal decimal = shortestDecimal(number);
    const double amount = std::abs(number);
    if (amount != 0 && (amount < 1e-6 || amount >= 1e21))
        return withExponent(decimal, false);
    return withoutExponent(decimal);
}

} // namespace fairway::value
