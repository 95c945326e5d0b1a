#include "core/chart/schema_format.h"

#include "core/chart/go_text.h"
#include "core/funcs/pattern_cache.h"

#include <re2/re2.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <vector>

namespace fairway::chart {

namespace {

using Fault = std::optional<std::string>;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string quotedCharacter(std::string_view text, std::size_t at)
{
    const std::string all = goQuotedRunes(text.substr(at));
    return all.substr(1, all.find('\'', all[2] == '\\' && all[3] == '\'' ? 4 : 3));
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

Fault ipv4(std::string_view text)
{
    const std::vector<std::string_view> groups = split(text, '.');
    if (groups.size() != 4)
        return "expected four decimals";
    for (const std::string_view group : groups) {
        if (group.size() > 1 && group.front() == '0')
            return "leading zeros";
        std::int64_t number = 0;
        if (const std::string_view why = parseGoIntFault(group, number); !why.empty())
            return "strconv.Atoi: parsing " + goQuoted(group) + ": " + std::string(why);
        if (number < 0 || number > 255)
            return "decimal must be between 0 and 255";
    }
    return std::nullopt;
}

Fault ipv6(std::string_view text)
{
    if (text.find(':') == std::string_view::npos)
        return "missing colon";
    if (text.find('%') != std::string_view::npos)
        return "zone id is not a part of ipv6 address";
    std::array<unsigned char, 16> address {};
    if (::inet_pton(AF_INET6, std::string(text).c_str(), address.data()) == 1)
        return std::nullopt;
    return "ParseAddr(" + goQuoted(text) + "): unable to parse IP";
}

Fault hostname(std::string_view text)
{
    if (text.ends_with('.'))
        text.remove_suffix(1);
    if (text.size() > 253)
        return "more than 253 characters long";
    for (const std::string_view label : split(text, '.')) {
        if (label.empty() || label.size() > 63)
            return "label must be 1 to 63 characters long";
        if (label.starts_with('-'))
            return "label starts with hyphen";
        if (label.ends_with('-'))
            return "label ends with hyphen";
        for (std::size_t i = 0; i < label.size(); ++i) {
            if (!isLetter(label[i]) && !isDigit(label[i]) && label[i] != '-')
                return "invalid character " + quotedCharacter(label, i);
        }
    }
    return std::nullopt;
}

Fault email(std::string_view text)
{
    if (text.size() > 254)
        return "more than 255 characters long";
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos)
        return "missing @";
    std::string_view local = text.substr(0, at);
    std::string_view domain = text.substr(at + 1);
    if (local.size() > 64)
        return "local part more than 64 characters long";
    if (local.size() > 1 && local.starts_with('"')) {
        if (local.substr(1, local.size() - 2).find_first_of("\\\"") != std::string_view::npos)
            return "backslash and quote are not allowed within quoted local part";
    } else {
        if (local.starts_with('.'))
            return "starts with dot";
        if (local.ends_with('.'))
            return "ends with dot";
        if (local.find("..") != std::string_view::npos)
            return "consecutive dots";
        for (std::size_t i = 0; i < local.size(); ++i) {
            if (!isLetter(local[i]) && !isDigit(local[i]) && std::string_view(".!#$%&'*+-/=?^_`{|}~").find(local[i]) == std::string_view::npos)
                return "invalid character " + quotedCharacter(local, i);
        }
    }
    if (domain.starts_with('[') && domain.ends_with(']')) {
        domain = domain.substr(1, domain.size() - 2);
        const bool isV6 = domain.starts_with("IPv6:");
        const Fault fault = isV6 ? ipv6(domain.substr(5)) : ipv4(domain);
        return fault ? Fault(std::string("invalid ") + (isV6 ? "ipv6" : "ipv4") + " address: " + *fault) : std::nullopt;
    }
    const Fault fault = hostname(domain);
    return fault ? Fault("invalid domain: " + *fault) : std::nullopt;
}

int numberOf(std::string_view digits)
{
    int number = 0;
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return code == std::errc() && end == digits.data() + digits.size() && isDigit(digits.front()) ? number : -1;
}

Fault date(std::string_view text)
{
    const auto misread = [&](std::string_view why) {
        return "parsing time " + goQuoted(text) + std::string(why);
    };
    const bool hasShape = text.size() == 10 && text[4] == '-' && text[7] == '-';
    const int year = hasShape ? numberOf(text.substr(0, 4)) : -1;
    const int month = hasShape ? numberOf(text.substr(5, 2)) : -1;
    const int day = hasShape ? numberOf(text.substr(8, 2)) : -1;
    if (year < 0 || month < 0 || day < 0)
        return misread(" as \"2006-01-02\": cannot parse " + goQuoted(text) + " as \"2006\"");
    if (month < 1 || month > 12)
        return misread(": month out of range");
    const bool isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    constexpr std::array<int, 12> days {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (day < 1 || day > days[static_cast<std::size_t>(month) - 1] + (month == 2 && isLeap ? 1 : 0))
        return misread(": day out of range");
    return std::nullopt;
}

Fault timeOfDay(std::string_view text)
{
    if (text.size() < 9)
        return "less than 9 characters long";
    if (text[2] != ':' || text[5] != ':')
        return "missing colon in correct place";
    int hour = numberOf(text.substr(0, 2));
    int minute = numberOf(text.substr(3, 2));
    const int second = numberOf(text.substr(6, 2));
    if (hour < 0 || minute < 0 || second < 0)
        return "invalid hour/min/sec";
    if (hour > 23 || minute > 59 || second > 60)
        return "hour/min/sec out of range";
    text.remove_prefix(8);
    if (text.starts_with('.')) {
        const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
        if (end == 1)
            return "no digits in second fraction";
        text.remove_prefix(end);
    }
    if (text != "z" && text != "Z") {
        if (text.size() != 6)
            return "offset must be 6 characters long";
        if (text[0] != '+' && text[0] != '-')
            return "offset must begin with plus/minus";
        if (text[3] != ':')
            return "missing colon in offset in correct place";
        const int hours = numberOf(text.substr(1, 2));
        const int minutes = numberOf(text.substr(4, 2));
        if (hours < 0 || minutes < 0)
            return "invalid hour/min in offset";
        if (hours > 23 || minutes > 59)
            return "hour/min in offset out of range";
        int inUtc = hour * 60 + minute + (text[0] == '+' ? -1 : 1) * (hours * 60 + minutes);
        inUtc += inUtc < 0 ? 24 * 60 : 0;
        hour = inUtc / 60;
        minute = inUtc % 60;
    }
    if (second >= 60 && (hour != 23 || minute != 59))
        return "invalid leap second";
    return std::nullopt;
}

Fault dateTime(std::string_view text)
{
    if (text.size() < 20)
        return "less than 20 characters long";
    if (text[10] != 't' && text[10] != 'T')
        return "11th character must be t or T";
    if (const Fault fault = date(text.substr(0, 10)))
        return "invalid date element: " + *fault;
    if (const Fault fault = timeOfDay(text.substr(11)))
        return "invalid time element: " + *fault;
    return std::nullopt;
}

Fault duration(std::string_view text)
{
    if (!text.starts_with('P'))
        return "must start with P";
    text.remove_prefix(1);
    if (text.empty())
        return "nothing after P";
    if (text.ends_with('W')) {
        text.remove_suffix(1);
        if (text.empty())
            return "no number in week";
        return std::all_of(text.begin(), text.end(), isDigit) ? Fault() : Fault("invalid week");
    }
    const std::array<std::string_view, 2> allUnits {"YMD", "HMS"};
    const std::vector<std::string_view> parts = split(text, 'T');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string_view part = parts[i];
        if (i != 0 && part.empty())
            return "no time elements";
        if (i >= allUnits.size())
            return "more than one T";
        std::string_view units = allUnits[i];
        while (!part.empty()) {
            const std::size_t digits = std::min(part.find_first_not_of("0123456789"), part.size());
            if (digits == 0)
                return "missing number";
            part.remove_prefix(digits);
            if (part.empty())
                return "missing unit";
            const std::size_t place = units.find(part.front());
            if (place == std::string_view::npos) {
                const bool isKnown = allUnits[i].find(part.front()) != std::string_view::npos;
                return (isKnown ? "unit " : "invalid unit ") + quotedCharacter(part, 0) + (isKnown ? " out of order" : "");
            }
            units.remove_prefix(place + 1);
            part.remove_prefix(1);
        }
    }
    return std::nullopt;
}

Fault uuid(std::string_view text)
{
    constexpr std::array<std::size_t, 5> sizes {8, 4, 4, 4, 12};
    const std::vector<std::string_view> groups = split(text, '-');
    if (groups.size() != sizes.size())
        return "must have 5 elements";
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (groups[i].size() != sizes[i])
            return "element " + std::to_string(i + 1) + " must be " + std::to_string(sizes[i]) + " characters long";
        for (std::size_t j = 0; j < groups[i].size(); ++j) {
            if (!isHex(groups[i][j]))
                return "non-hex character " + quotedCharacter(groups[i], j);
        }
    }
    return std::nullopt;
}

Fault jsonPointer(std::string_view text)
{
    if (text.empty())
        return std::nullopt;
    if (!text.starts_with('/'))
        return "not starting with /";
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '~' && (i + 1 >= text.size() || (text[i + 1] != '0' && text[i + 1] != '1')))
            return "~ must be followed by 0 or 1";
    }
    return std::nullopt;
}

Fault relativeJsonPointer(std::string_view text)
{
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0)
        return "must start with non-negative integer";
    if (digits > 1 && text.front() == '0')
        return "starts with zero";
    text.remove_prefix(digits);
    return text == "#" ? std::nullopt : jsonPointer(text);
}

/// What Go's url.Parse refuses, as far as it goes by characters. `isAbsolute` says whether there is a scheme.
Fault url(std::string_view text, bool &isAbsolute)
{
    const auto refuse = [&](const std::string &why) { return "parse " + goQuoted(text) + ": " + why; };
    isAbsolute = false;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            return refuse("net/url: invalid control character in URL");
    }
    const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    if (end != std::string_view::npos && text[end] == ':') {
        if (end == 0)
            return refuse("missing protocol scheme");
        isAbsolute = isLetter(text.front());
        if (!isAbsolute)
            return refuse("first path segment in URL cannot contain colon");
    }
    const std::string_view rest = isAbsolute ? text.substr(end + 1) : text;
    if (!isAbsolute && rest.substr(0, rest.find('/')).find(':') != std::string_view::npos)
        return refuse("first path segment in URL cannot contain colon");
    if (rest.starts_with("//")) {
        const std::string_view authority = rest.substr(2, rest.find_first_of("/?#", 2) == std::string_view::npos
                ? std::string_view::npos
                : rest.find_first_of("/?#", 2) - 2);
        const std::string_view host = authority.substr(authority.rfind('@') + 1);
        for (const char c : host) {
            if (std::string_view(" <>\"\\^`{|}").find(c) != std::string_view::npos)
                return refuse("invalid character " + goQuoted(std::string(1, c)) + " in host name");
        }
        const std::size_t colon = host.rfind(':');
        if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos
            && !std::all_of(host.begin() + static_cast<std::ptrdiff_t>(colon) + 1, host.end(), isDigit))
            return refuse("invalid port " + goQuoted(host.substr(colon)) + " after host");
        // Ours and the validator's, not Go's: what has two colons is an IPv6 address.
        if (!host.starts_with('[') && host.find(':') != colon)
            return "ipv6 address not enclosed in brackets";
    }
    const std::string_view path = rest.substr(0, rest.find_first_of("?"));
    for (std::size_t i = path.find('%'); i != std::string_view::npos; i = path.find('%', i + 1)) {
        if (i + 2 >= path.size() || !isHex(path[i + 1]) || !isHex(path[i + 2]))
            return refuse("invalid URL escape " + goQuoted(path.substr(i, 3)));
    }
    return std::nullopt;
}

Fault uri(std::string_view text)
{
    bool isAbsolute = false;
    const Fault fault = url(text, isAbsolute);
    return fault ? fault : isAbsolute ? std::nullopt : Fault("relative url");
}

Fault uriReference(std::string_view text)
{
    bool isAbsolute = false;
    return text.find('\\') == std::string_view::npos ? url(text, isAbsolute) : Fault("contains \\");
}

Fault regex(std::string_view text)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    const std::string pattern(text);
    const re2::RE2 compiled(funcs::patternForRe2(pattern), options);
    return compiled.ok() ? std::nullopt : Fault("error parsing regexp: " + funcs::patternFault(compiled, pattern));
}

Fault uriTemplate(std::string_view text)
{
    bool isAbsolute = false;
    if (const Fault fault = url(text, isAbsolute))
        return fault;
    for (const std::string_view step : split(text.substr(0, text.find_first_of("?#")), '/')) {
        bool isInside = false;
        for (const char c : step) {
            if (c != '{' && c != '}')
                continue;
            if ((c == '{') == isInside)
                return "nested curly braces";
            isInside = !isInside;
        }
        if (isInside)
            return "no matching closing brace";
    }
    return std::nullopt;
}

struct Format {
    std::string_view name;
    Fault (*check)(std::string_view);
};

constexpr Format formats[] = {
    {"ipv4", ipv4}, {"ipv6", ipv6}, {"hostname", hostname}, {"email", email}, {"date", date}, {"time", timeOfDay},
    {"date-time", dateTime}, {"duration", duration}, {"uuid", uuid}, {"json-pointer", jsonPointer},
    {"relative-json-pointer", relativeJsonPointer}, {"uri", uri}, {"iri", uri}, {"uri-reference", uriReference},
    {"iri-reference", uriReference}, {"regex", regex}, {"uri-template", uriTemplate},
};

} // namespace

std::optional<std::string> formatFault(std::string_view name, std::string_view text)
{
    for (const Format &format : formats) {
        if (format.name == name)
            return format.check(text);
    }
    return std::nullopt;
}

} // namespace fairway::chart
