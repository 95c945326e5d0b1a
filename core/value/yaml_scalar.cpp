#include "core/value/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <utility>

namespace fairway::value {

namespace {

constexpr double Infinity = std::numeric_limits<double>::infinity();

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

template <typename Number>
ResolvedScalar ofType(ScalarType type, Number ResolvedScalar::*member, Number content)
{
    ResolvedScalar resolved;
    resolved.type = type;
    resolved.*member = content;
    return resolved;
}

ResolvedScalar floatScalar(double number)
{
    return ofType(ScalarType::Float, &ResolvedScalar::number, number);
}

/// `word` in small letters, in capitals, or with its first one a capital.
bool isCased(std::string_view text, std::string_view word)
{
    constexpr char toCapital = 0x20;
    const auto isFrom = [&](std::size_t start, char difference) {
        for (std::size_t i = start; i < word.size(); ++i) {
            if (text[i] != static_cast<char>(word[i] - difference))
                return false;
        }
        return true;
    };
    if (text.size() != word.size())
        return false;
    return text.front() == word.front() ? isFrom(1, 0) : isFrom(0, toCapital) || (text.front() == word.front() - toCapital && isFrom(1, 0));
}

/// The words that mean something else than themselves.
std::optional<ResolvedScalar> resolveWord(std::string_view text)
{
    static constexpr std::string_view nanWords[] {".nan", ".NaN", ".NAN"};
    static constexpr std::string_view infinityWords[] {".inf", ".Inf", ".INF"};
    constexpr std::size_t longestWord = 5;

    if (text.size() > longestWord)
        return std::nullopt;
    const auto null = [] { return ofType(ScalarType::Null, &ResolvedScalar::boolean, false); };
    const auto boolean = [](bool value) { return ofType(ScalarType::Bool, &ResolvedScalar::boolean, value); };
    const auto isOneOf = [](std::string_view word, const auto &words) {
        return std::find(std::begin(words), std::end(words), word) != std::end(words);
    };
    if (text.empty())
        return null();
    switch (text.front()) {
    case 'y':
    case 'Y':
        if (isCased(text, "y") || isCased(text, "yes"))
            return boolean(true);
        break;
    case 'n':
    case 'N':
        if (isCased(text, "n") || isCased(text, "no"))
            return boolean(false);
        if (isCased(text, "null"))
            return null();
        break;
    case 't':
    case 'T':
        if (isCased(text, "true"))
            return boolean(true);
        break;
    case 'f':
    case 'F':
        if (isCased(text, "false"))
            return boolean(false);
        break;
    case 'o':
    case 'O':
        if (isCased(text, "on"))
            return boolean(true);
        if (isCased(text, "off"))
            return boolean(false);
        break;
    case '~':
        if (text.size() == 1)
            return null();
        break;
    case '.':
        if (isOneOf(text, nanWords))
            return floatScalar(std::numeric_limits<double>::quiet_NaN());
        if (isOneOf(text, infinityWords))
            return floatScalar(Infinity);
        break;
    case '+':
    case '-':
        if (isOneOf(text.substr(1), infinityWords))
            return floatScalar(text.front() == '-' ? -Infinity : Infinity);
        break;
    case '<':
        if (text == "<<")
            return ofType(ScalarType::Merge, &ResolvedScalar::boolean, false);
        break;
    default: break;
    }
    return std::nullopt;
}

/// [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?
bool isYamlFloat(std::string_view text)
{
    std::size_t i = 0;
    const auto takeSign = [&] {
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
    };
    const auto takeDigits = [&] {
        const std::size_t before = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        return i - before;
    };
    takeSign();
    const std::size_t whole = takeDigits();
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (takeDigits() == 0 && whole == 0)
            return false;
    } else if (whole == 0) {
        return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        takeSign();
        if (takeDigits() == 0)
            return false;
    }
    return i == text.size();
}

/// The number a text of isYamlFloat() stands for; nothing when it is out of range.
std::optional<double> toDouble(std::string_view text)
{
    if (text.front() == '+')
        text.remove_prefix(1);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc::result_out_of_range) {
        // Too small is zero in Go, too large is refused; from_chars says the same of both.
        const std::size_t exponent = text.find_first_of("eE");
        const bool isTiny = exponent != std::string_view::npos && text[exponent + 1] == '-';
        return isTiny ? std::optional<double>(text.front() == '-' ? -0.0 : 0.0) : std::nullopt;
    }
    if (error != std::errc() || end != text.data() + text.size() || std::isinf(number))
        return std::nullopt;
    return number;
}

/// What starts with a point may have an underscore between two digits, as in Go, and nowhere else.
ResolvedScalar resolveFraction(std::string_view text)
{
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_')
            digits += text[i];
        else if (!isDigit(text[i - 1]) || i + 1 == text.size() || !isDigit(text[i + 1]))
            return {};
    }
    if (isYamlFloat(digits)) {
        if (const auto number = toDouble(digits))
            return floatScalar(*number);
    }
    return {};
}

/// Digits after a sign and a prefix that tells their base: 0x, 0o, 0b, or a leading 0 for octal, as strconv.ParseInt's
/// base 0 has it.
ResolvedScalar resolveInteger(std::string_view text)
{
    const bool hasSign = text.front() == '+' || text.front() == '-';
    const bool isNegative = text.front() == '-';
    std::string_view digits = text.substr(hasSign ? 1 : 0);
    int base = 10;
    if (digits.size() > 1 && digits.front() == '0') {
        const char mark = digits[1];
        base = mark == 'x' || mark == 'X' ? 16 : mark == 'b' || mark == 'B' ? 2 : 8;
        const bool hasLetter = base != 8 || mark == 'o' || mark == 'O';
        digits.remove_prefix(hasLetter ? 2 : 1);
    }
    if (digits.empty() || digits.front() == '-')
        return {};
    std::uint64_t amount = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), amount, base);
    if (end != digits.data() + digits.size())
        return {};
    constexpr std::uint64_t limit = std::uint64_t {1} << 63U;
    if (error == std::errc() && isNegative && amount <= limit)
        return ofType(ScalarType::Int, &ResolvedScalar::integer, static_cast<std::int64_t>(0 - amount));
    if (error == std::errc() && !isNegative && amount < limit)
        return ofType(ScalarType::Int, &ResolvedScalar::integer, static_cast<std::int64_t>(amount));
    if (error == std::errc() && !hasSign)
        return ofType(ScalarType::Unsigned, &ResolvedScalar::unsignedInteger, amount);
    return {};
}

ResolvedScalar resolveNumber(std::string_view written)
{
    std::string kept;
    std::string_view text = written;
    if (written.find('_') != std::string_view::npos) {
        for (const char c : written) {
            if (c != '_')
                kept += c;
        }
        text = kept;
    }
    if (text.empty())
        return {};
    const ResolvedScalar integer = resolveInteger(text);
    if (integer.type == ScalarType::Int || integer.type == ScalarType::Unsigned)
        return integer;
    if (isYamlFloat(text)) {
        if (const auto number = toDouble(text))
            return floatScalar(*number);
    }
    return integer;
}

/// Reads the pieces of a Go time layout: numbers of one or two digits within bounds, and separators.
class TimeReader {
public:
    explicit TimeReader(std::string_view text)
        : m_rest(text)
    {
    }

    [[nodiscard]] bool number(int &out, int smallest, int largest)
    {
        if (m_rest.empty() || !isDigit(m_rest.front()))
            return false;
        const std::size_t width = m_rest.size() > 1 && isDigit(m_rest[1]) ? 2 : 1;
        std::from_chars(m_rest.data(), m_rest.data() + width, out);
        m_rest.remove_prefix(width);
        return out >= smallest && out <= largest;
    }
    [[nodiscard]] bool twoDigits(int largest)
    {
        int read = 0;
        return m_rest.size() > 1 && isDigit(m_rest[1]) && number(read, 0, largest);
    }
    [[nodiscard]] bool take(char c)
    {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }
    void skipFraction()
    {
        if (m_rest.size() < 2 || (m_rest[0] != '.' && m_rest[0] != ',') || !isDigit(m_rest[1]))
            return;
        m_rest.remove_prefix(1);
        while (!m_rest.empty() && isDigit(m_rest.front()))
            m_rest.remove_prefix(1);
    }
    void skipSpaces()
    {
        while (take(' ')) { }
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

int daysIn(int month, int year)
{
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

bool isZone(TimeReader &reader)
{
    if (reader.take('Z'))
        return true;
    constexpr int largestHour = 24;
    constexpr int largestMinute = 60;
    return (reader.take('+') || reader.take('-')) && reader.twoDigits(largestHour) && reader.take(':')
        && reader.twoDigits(largestMinute);
}

} // namespace

bool isYamlTimestamp(std::string_view text)
{
    constexpr std::size_t yearDigits = 4;
    if (text.size() <= yearDigits || text.find_first_not_of("0123456789") != yearDigits)
        return false;
    int year = 0;
    std::from_chars(text.data(), text.data() + yearDigits, year);
    TimeReader reader(text.substr(yearDigits));
    int month = 0;
    int day = 0;
    if (!reader.take('-') || !reader.number(month, 1, 12) || !reader.take('-') || !reader.number(day, 1, 31)
        || day > daysIn(month, year))
        return false;
    if (reader.atEnd())
        return true;
    const bool hasZone = reader.take('T') || reader.take('t');
    if (!hasZone) {
        if (!reader.take(' '))
            return false;
        reader.skipSpaces();
    }
    int part = 0;
    if (!reader.number(part, 0, 23) || !reader.take(':') || !reader.number(part, 0, 59) || !reader.take(':')
        || !reader.number(part, 0, 59))
        return false;
    reader.skipFraction();
    return (!hasZone || isZone(reader)) && reader.atEnd();
}

bool isBase60(std::string_view text)
{
    // [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
    std::size_t i = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
    if (i >= text.size() || !isDigit(text[i]))
        return false;
    while (i < text.size() && (isDigit(text[i]) || text[i] == '_'))
        ++i;
    std::size_t groups = 0;
    while (i + 1 < text.size() && text[i] == ':' && isDigit(text[i + 1])) {
        const bool hasTwo = i + 2 < text.size() && isDigit(text[i + 2]);
        if (hasTwo && text[i + 1] > '5')
            return false;
        i += hasTwo ? 3 : 2;
        ++groups;
    }
    if (groups == 0)
        return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        while (i < text.size() && (isDigit(text[i]) || text[i] == '_'))
            ++i;
    }
    return i == text.size();
}

ResolvedScalar resolvePlainScalar(std::string_view text)
{
    // Of most texts the first character says that they are nothing but text.
    static constexpr std::array<bool, 256> mayMeanMore = [] {
        std::array<bool, 256> table {};
        for (const char c : std::string_view("yYnNtTfFoO~.+-<0123456789"))
            table[static_cast<unsigned char>(c)] = true;
        return table;
    }();
    if (!text.empty() && !mayMeanMore[static_cast<unsigned char>(text.front())])
        return {};
    if (const auto word = resolveWord(text))
        return *word;
    const char first = text.front();
    if (first == '.')
        return resolveFraction(text);
    if (!isDigit(first) && first != '+' && first != '-')
        return {};
    if (isYamlTimestamp(text))
        return ofType(ScalarType::Timestamp, &ResolvedScalar::boolean, false);
    return resolveNumber(text);
}

} // namespace fairway::value
