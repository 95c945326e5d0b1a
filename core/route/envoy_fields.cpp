#include "core/route/envoy_fields.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace fairway::route::envoy {
namespace {

    using value::Value;

    std::string camelCase(std::string_view snake)
    {
        std::string out;
        for (std::size_t i = 0; i < snake.size(); ++i) {
            const bool isWord = snake[i] == '_' && i + 1 < snake.size();
            out += isWord ? static_cast<char>(std::toupper(static_cast<unsigned char>(snake[++i]))) : snake[i];
        }
        return out;
    }

    std::string snakeCase(std::string_view camel)
    {
        std::string out;
        for (const char c : camel) {
            const bool isWord = std::isupper(static_cast<unsigned char>(c)) != 0;
            out += isWord ? "_" : "";
            out += isWord ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : c;
        }
        return out;
    }

    bool isDefault(const Value &value)
    {
        return value.isNull() || (value.isBool() && !value.asBool()) || (value.isInt() && value.asInt() == 0)
            || (value.isString() && value.asString().empty()) || ((value.isList() || value.isMap()) && value.size() == 0);
    }

} // namespace

const Value &field(const Value &from, std::string_view name)
{
    const Value &snake = from[name];
    return snake.isNull() && name.find('_') != std::string_view::npos ? from[camelCase(name)] : snake;
}

std::string text(const Value &from, std::string_view name)
{
    return std::string(field(from, name).stringOr());
}

std::vector<std::string> others(const Value &from, std::initializer_list<std::string_view> known)
{
    std::vector<std::string> out;
    if (!from.isMap())
        return out;
    for (const auto &[name, value] : from.asMap()) {
        std::string spelled = snakeCase(name);
        const bool isKnown = std::find(known.begin(), known.end(), spelled) != known.end();
        if (!isKnown && !isDefault(value) && !spelled.starts_with('@'))
            out.push_back(std::move(spelled));
    }
    return out;
}

std::optional<TextMatcher> stringMatcher(const Value &from, RegexCache &regexes)
{
    static constexpr std::pair<const char *, TextMatcher::Kind> Kinds[] = {{"exact", TextMatcher::Kind::Exact},
        {"prefix", TextMatcher::Kind::Prefix}, {"suffix", TextMatcher::Kind::Suffix}, {"contains", TextMatcher::Kind::Contains}};
    for (const auto &[name, kind] : Kinds) {
        if (from[name].isString())
            return TextMatcher(kind, from[name].asString(), field(from, "ignore_case").boolOr(false));
    }
    if (!field(from, "safe_regex").isMap())
        return std::nullopt;
    Result<TextMatcher> made = TextMatcher::regex(text(field(from, "safe_regex"), "regex"), regexes);
    return made ? std::optional<TextMatcher>(std::move(*made)) : std::nullopt;
}

double percentOf(const Value &from)
{
    const std::string denominator = text(from, "denominator");
    const double whole = denominator == "MILLION" ? 1e6 : denominator == "TEN_THOUSAND" ? 1e4 : 1e2;
    return std::clamp(static_cast<double>(from["numerator"].intOr(0)) / whole * 100, 0.0, 100.0);
}

} // namespace fairway::route::envoy
