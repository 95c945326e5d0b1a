#include "core/chart/json_prefix.h"

#include <array>

namespace fairway::chart {

namespace {

bool isDigitAt(std::string_view text, std::size_t at)
{
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
}

std::optional<std::size_t> endOfString(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            return at + 1;
    }
    return std::nullopt;
}

std::optional<std::size_t> endOfNumber(std::string_view text, std::size_t at)
{
    const auto digits = [&] {
        while (isDigitAt(text, at))
            ++at;
    };
    if (text[at] == '-')
        ++at;
    if (!isDigitAt(text, at))
        return std::nullopt;
    if (text[at] == '0')
        ++at; // nothing may follow a leading zero, so "01" is 0 and then something else
    else
        digits();
    if (at < text.size() && text[at] == '.') {
        if (!isDigitAt(text, ++at))
            return std::nullopt;
        digits();
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        if (!isDigitAt(text, at))
            return std::nullopt;
        digits();
    }
    return at;
}

std::optional<std::size_t> endOfBrackets(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '"') {
            const std::optional<std::size_t> end = endOfString(text, at);
            if (!end)
                return std::nullopt;
            at = *end;
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::size_t> endOfJsonValue(std::string_view text)
{
    const std::size_t start = text.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos)
        return std::nullopt;
    switch (text[start]) {
    case '"':
        return endOfString(text, start);
    case '{':
    case '[':
        return endOfBrackets(text, start);
    default:
        break;
    }
    for (const std::string_view word : std::array<std::string_view, 3> {"true", "false", "null"}) {
        if (text.substr(start).starts_with(word))
            return start + word.size();
    }
    return endOfNumber(text, start);
}

} // namespace fairway::chart
