#include "core/route/validation_names.h"

#include "core/route/ip_subnet.h"
#include "core/route/text_matcher.h"

#include <algorithm>
#include <vector>

namespace fairway::route {
namespace {

    bool isAlnum(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    bool isWildcardLabel(std::string_view text)
    {
        if (text.size() > 63)
            return false;
        if (text == "*")
            return true;
        if (text.starts_with("*-"))
            text.remove_prefix(2);
        else if (text.starts_with('*'))
            text.remove_prefix(1);
        return isDnsLabel(text);
    }

    Text labelsProblem(std::string_view domain, std::string_view labels)
    {
        const std::string_view top = labels.substr(labels.rfind('.') == std::string_view::npos ? 0 : labels.rfind('.') + 1);
        if (!top.empty() && std::all_of(top.begin(), top.end(), [](char c) { return c >= '0' && c <= '9'; }))
            return phrase("route", "domain name %1 is invalid: its last label must not be a number")
                .with(quoted(domain));
        while (true) {
            const std::size_t dot = labels.find('.');
            const std::string_view label = labels.substr(0, dot);
            if (dot == std::string_view::npos && label.empty())
                return {}; // the dot of a full name
            if (!isDnsLabel(label))
                return phrase("route", "domain name %1 is invalid: label %2").with(quoted(domain), quoted(label));
            if (dot == std::string_view::npos)
                return {};
            labels.remove_prefix(dot + 1);
        }
    }

    Text lengthProblem(std::string_view domain)
    {
        if (domain.size() > 255)
            return phrase("route", "domain name is too long: 255 characters at most");
        return domain.empty() ? phrase("route", "a domain name must not be empty") : Text();
    }

} // namespace

std::string quoted(std::string_view text)
{
    constexpr std::size_t most = 120;
    return "\"" + std::string(text.substr(0, most)) + (text.size() > most ? "…\"" : "\"");
}

bool isLabelValue(std::string_view text)
{
    if (text.empty() || !isAlnum(text.front()) || !isAlnum(text.back()))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return isAlnum(c) || c == '-' || c == '_' || c == '.'; });
}

bool isLabelKey(std::string_view key)
{
    const std::size_t slash = key.find('/');
    if (slash != std::string_view::npos) {
        const std::string_view prefix = key.substr(0, slash);
        if (prefix.empty() || prefix.size() > 253)
            return false;
        for (std::size_t from = 0; from <= prefix.size();) {
            const std::size_t dot = std::min(prefix.find('.', from), prefix.size());
            if (!isDnsLabel(prefix.substr(from, dot - from)))
                return false;
            from = dot + 1;
        }
        key.remove_prefix(slash + 1);
    }
    return key.size() <= 63 && isLabelValue(key);
}

bool isHeaderToken(std::string_view name)
{
    return std::all_of(name.begin(), name.end(),
        [](char c) { return isAlnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos; });
}

bool isStrictHeaderName(std::string_view name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return isAlnum(c) || c == '-' || c == '_'; });
}

bool isDnsLabel(std::string_view text)
{
    if (text.empty() || text.size() > 63 || !isAlnum(text.front()) || !isAlnum(text.back()))
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) { return isAlnum(c) || c == '-'; });
}

bool isIpAddress(std::string_view text)
{
    const std::size_t zone = text.find('%');
    return IpAddress::parse(zone != std::string_view::npos && text.find(':') != std::string_view::npos ? text.substr(0, zone) : text)
        .has_value();
}

Text fqdnProblem(std::string_view host)
{
    Text problem = lengthProblem(host);
    return problem.empty() ? labelsProblem(host, host) : problem;
}

Text wildcardProblem(std::string_view host)
{
    if (Text problem = lengthProblem(host); !problem.empty())
        return problem;
    const std::size_t dot = host.find('.');
    if (!isWildcardLabel(host.substr(0, dot)))
        return phrase("route", "domain name %1 is invalid: label %2").with(quoted(host), quoted(host.substr(0, dot)));
    return dot == std::string_view::npos ? Text() : labelsProblem(host, host.substr(dot + 1));
}

Text gatewayHostProblem(std::string_view host, bool isSni)
{
    if (Text problem = lengthProblem(host); !problem.empty())
        return problem;
    if (!isSni || !host.starts_with("outbound_"))
        return wildcardProblem(host);
    // outbound_.<port>_.<subset>_.<host>
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from <= host.size();) {
        const std::size_t end = std::min(host.find('_', from), host.size());
        parts.push_back(host.substr(from, end - from));
        from = end + 1;
    }
    const auto hasAny = [](std::string_view text, auto test) { return std::any_of(text.begin(), text.end(), test); };
    const bool isGood = parts.size() >= 4 && hasAny(parts[1], [](char c) { return c >= '0' && c <= '9'; })
        && hasAny(parts[3], [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    return isGood ? Text()
                  : phrase("route", "domain name %1 is invalid: it must be outbound_.<port>_.<subset>_.<host>")
                        .with(quoted(host));
}

Text partialWildcardProblem(std::string_view host)
{
    if (host.find('*') != std::string_view::npos && host.size() != 1 && !host.starts_with("*."))
        return phrase("route", "partial wildcard %1 is not allowed").with(quoted(host));
    return {};
}

/// Source: Envoy's header formatter: %VAR%, %VAR(text)%, %VAR(["a", "b"])%, %%.
Text headerValueProblem(std::string_view value)
{
    enum class State { Literal, Name, Array, Text, TextStart, Delimiter, ArgumentsEnd, End };
    for (const char c : value) {
        if ((c >= 0 && c < 0x20 && c != '\t') || c == 0x7f)
            return phrase("route", "header value has a control character");
    }
    State state = State::Literal;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool isLast = i + 1 == value.size();
        switch (state) {
        case State::Literal:
            if (c != '%')
                break;
            if (isLast)
                return phrase("route", "header value ends in a single %: write %%");
            if (value[i + 1] == '%')
                ++i;
            else
                state = State::Name;
            break;
        case State::Name:
            state = c == '%' ? State::Literal : c == '(' ? State::Array : state;
            break;
        case State::Array:
            state = c == '[' ? State::TextStart : c != ' ' ? State::Text : state;
            break;
        case State::TextStart:
            if (c == '"')
                state = State::Text;
            else if (c != ' ')
                return phrase("route", "header value: a quote is expected in the arguments of a variable");
            break;
        case State::Text:
            if (c == '\\' && isLast)
                return phrase("route", "header value ends in a backslash");
            if (c == '\\')
                ++i;
            else if (c == ')')
                state = State::End;
            else if (c == '"')
                state = State::Delimiter;
            break;
        case State::Delimiter:
            if (c == ',')
                state = State::TextStart;
            else if (c == ']')
                state = State::ArgumentsEnd;
            else if (c != ' ')
                return phrase("route", "header value: a comma or bracket is expected in the arguments of a variable");
            break;
        case State::ArgumentsEnd:
            if (c == ')')
                state = State::End;
            else if (c != ' ')
                return phrase(
                    "route", "header value: a closing parenthesis is expected after the arguments of a variable");
            break;
        case State::End:
            if (c == '%')
                state = State::Literal;
            else if (c != ' ')
                return phrase("route", "header value: % is expected at the end of a variable");
            break;
        }
    }
    return state == State::Literal
        ? Text()
        : phrase("route", "header value has a variable without its closing %: write %% for a percent sign");
}

bool isClaimName(std::string_view header)
{
    constexpr std::string_view prefix = "@request.auth.claims";
    if (header.size() <= prefix.size() + 1 || !equalsIgnoringCase(header.substr(0, prefix.size()), prefix))
        return false;
    return header[prefix.size()] == '.' || (header[prefix.size()] == '[' && header.back() == ']');
}

} // namespace fairway::route
