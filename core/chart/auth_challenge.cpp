#include "core/chart/auth_challenge.h"

#include "core/chart/go_text.h"

#include <optional>

namespace fairway::chart {

namespace {

constexpr std::size_t maxHeader = 16384;
constexpr std::size_t maxParameters = 32;

bool isTokenCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
        || (c != '\0' && std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos);
}

std::string_view takeToken(std::string_view &rest)
{
    std::size_t size = 0;
    while (size < rest.size() && isTokenCharacter(rest[size]))
        ++size;
    const std::string_view token = rest.substr(0, size);
    rest.remove_prefix(size);
    return token;
}

void skipBlanks(std::string_view &rest)
{
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

std::optional<std::string> takeQuoted(std::string_view &rest)
{
    std::string out;
    for (std::size_t i = 1; i < rest.size(); ++i) {
        const char c = rest[i];
        if (c == '"') {
            rest.remove_prefix(i + 1);
            return out;
        }
        if (c == '\\' && ++i == rest.size())
            break;
        out += rest[i];
    }
    return std::nullopt;
}

} // namespace

std::string_view AuthChallenge::parameter(std::string_view name) const
{
    const auto found = parameters.find(name);
    return found != parameters.end() ? std::string_view(found->second) : std::string_view();
}

AuthChallenge readAuthChallenge(std::string_view header)
{
    AuthChallenge out;
    std::string_view rest = header.substr(0, maxHeader);
    const std::string_view scheme = takeToken(rest);
    if (equalsFolded(scheme, "basic"))
        out.scheme = AuthChallenge::Scheme::Basic;
    if (!equalsFolded(scheme, "bearer"))
        return out;
    out.scheme = AuthChallenge::Scheme::Bearer;
    while (out.parameters.size() < maxParameters) {
        skipBlanks(rest);
        const std::string_view name = takeToken(rest);
        skipBlanks(rest);
        if (name.empty() || !rest.starts_with('='))
            return out;
        rest.remove_prefix(1);
        skipBlanks(rest);
        if (rest.starts_with('"')) {
            std::optional<std::string> text = takeQuoted(rest);
            if (!text)
                return out;
            out.parameters[std::string(name)] = std::move(*text);
        } else {
            const std::string_view token = takeToken(rest);
            if (token.empty())
                return out;
            out.parameters[std::string(name)] = token;
        }
        skipBlanks(rest);
        if (!rest.starts_with(','))
            return out;
        rest.remove_prefix(1);
    }
    return out;
}

} // namespace fairway::chart
