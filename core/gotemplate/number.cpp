#include "core/gotemplate/number.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace fairway::gotemplate {

namespace {

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c;
}

bool equalsFolded(std::string_view text, std::string_view word)
{
    if (text.size() != word.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (lower(text[i]) != word[i])
            return false;
    }
    return true;
}

/// Underscores may stand between digits and after a base prefix, one at a time (Go's specification, literals).
bool underscoresAreFine(std::string_view text)
{
    char before = '^'; // start, '0' digit, '_' underscore, '!' other
    std::size_t i = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    bool isHex = false;
    if (text.size() >= i + 2 && text[i] == '0') {
        const char kind = lower(text[i + 1]);
        if (kind == 'b' || kind == 'o' || kind == 'x') {
            isHex = kind == 'x';
            before = '0';
            i += 2;
        }
    }
    for (; i < text.size(); ++i) {
        const char c = lower(text[i]);
        if ((c >= '0' && c <= '9') || (isHex && c >= 'a' && c <= 'f')) {
            before = '0';
        } else if (c == '_') {
            if (before != '0')
                return false;
            before = '_';
        } else {
            if (before == '_')
                return false;
            before = '!';
        }
    }
    return before != '_';
}

std::string withoutUnderscores(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != '_')
            out += c;
    }
    return out;
}

} // namespace

NumberRead<std::uint64_t> parseUint(std::string_view text, int base)
{
    const NumberRead<std::uint64_t> bad {0, NumberFault::Syntax};
    if (text.empty())
        return bad;
    std::string plain;
    std::string_view digits = text;
    if (base == 0) {
        base = 10;
        if (digits[0] == '0') {
            const char kind = digits.size() >= 3 ? lower(digits[1]) : '\0';
            if (kind == 'x' || kind == 'o' || kind == 'b') {
                base = kind == 'x' ? 16 : kind == 'o' ? 8 : 2;
                digits.remove_prefix(2);
            } else {
                base = 8;
                digits.remove_prefix(1);
                if (digits.empty())
                    return {0, std::nullopt};
            }
        }
        if (digits.find('_') != std::string_view::npos) {
            if (!underscoresAreFine(text))
                return bad;
            plain = withoutUnderscores(digits);
            digits = plain;
        }
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (end != digits.data() + digits.size() || error == std::errc::invalid_argument)
        return bad;
    if (error == std::errc::result_out_of_range)
        return {std::numeric_limits<std::uint64_t>::max(), NumberFault::Range};
    return {value, std::nullopt};
}

NumberRead<std::int64_t> parseInt(std::string_view text, int base)
{
    const bool hasSign = !text.empty() && (text[0] == '-' || text[0] == '+');
    const bool isNegative = hasSign && text[0] == '-';
    const auto read = parseUint(hasSign ? text.substr(1) : text, base);
    if (read.fault == NumberFault::Syntax)
        return {0, NumberFault::Syntax};
    constexpr std::uint64_t limit = std::uint64_t {1} << 63U;
    if (isNegative ? read.value > limit : read.value >= limit)
        return {isNegative ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max(), NumberFault::Range};
    return {isNegative ? static_cast<std::int64_t>(~read.value + 1) : static_cast<std::int64_t>(read.value), std::nullopt};
}

NumberRead<double> parseFloat(std::string_view text)
{
    const NumberRead<double> bad {0, NumberFault::Syntax};
    const bool hasSign = !text.empty() && (text[0] == '-' || text[0] == '+');
    const bool isNegative = hasSign && text[0] == '-';
    const std::string_view body = hasSign ? text.substr(1) : text;
    if (body.empty())
        return bad;
    const auto sign = [isNegative](double number) { return isNegative ? -number : number; };
    if (equalsFolded(body, "inf") || equalsFolded(body, "infinity"))
        return {sign(std::numeric_limits<double>::infinity()), std::nullopt};
    if (equalsFolded(body, "nan"))
        return {std::numeric_limits<double>::quiet_NaN(), std::nullopt};
    const bool isHex = body.size() > 2 && body[0] == '0' && lower(body[1]) == 'x';
    // from_chars takes "inf" and "nan(...)" too; what starts a number is a digit or a point.
    std::string_view digits = isHex ? body.substr(2) : body;
    if (digits.empty() || !(digits[0] == '.' || (digits[0] >= '0' && digits[0] <= '9') || (isHex && digits[0] != '-' && digits[0] != '+')))
        return bad;
    std::string plain;
    if (digits.find('_') != std::string_view::npos) {
        if (!underscoresAreFine(text))
            return bad;
        plain = withoutUnderscores(digits);
        digits = plain;
    }
    if (isHex && digits.find_first_of("pP") == std::string_view::npos)
        return bad;
    double number = 0;
    const auto [end, error] = std::from_chars(
        digits.data(), digits.data() + digits.size(), number, isHex ? std::chars_format::hex : std::chars_format::general);
    if (end != digits.data() + digits.size() || error == std::errc::invalid_argument)
        return bad;
    if (error == std::errc::result_out_of_range) {
        // Too small becomes zero without complaint; too large is infinite.
        const std::size_t exponent = digits.find_first_of(isHex ? "pP" : "eE");
        const bool isSmall = exponent != std::string_view::npos ? digits.substr(exponent + 1).starts_with('-')
                                                                : digits.find_first_not_of("0.") > digits.find('.');
        if (isSmall)
            return {sign(0.0), std::nullopt};
        return {sign(std::numeric_limits<double>::infinity()), NumberFault::Range};
    }
    return {sign(number), std::nullopt};
}

} // namespace fairway::gotemplate
