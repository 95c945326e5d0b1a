#include "core/funcs/convert.h"
#include "core/funcs/pattern_cache.h"
#include "core/funcs/tables.h"
#include "core/value/utf8.h"

#include <re2/re2.h>

#include <algorithm>
#include <memory>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

TemplateResult<std::shared_ptr<const re2::RE2>> compiled(const Call &call, const std::string &pattern)
{
    auto regex = call.state<PatternCache>().find(pattern);
    if (!regex->ok())
        return failCall("error parsing regexp: " + patternFault(*regex, pattern));
    return regex;
}

/// regexp.MustCompile panics with more words than regexp.Compile's error has.
TemplateResult<std::shared_ptr<const re2::RE2>> compiledFor(const Call &call, const std::string &pattern)
{
    auto regex = compiled(call, pattern);
    if (!regex && !call.name().starts_with("must"))
        return failCall("regexp: Compile(`" + pattern + "`): " + regex.error().message);
    return regex;
}

struct Match {
    std::vector<re2::StringPiece> groups;
    [[nodiscard]] std::size_t begin(std::string_view text) const { return static_cast<std::size_t>(groups[0].data() - text.data()); }
    [[nodiscard]] std::size_t end(std::string_view text) const { return begin(text) + groups[0].size(); }
};

/// Calls `use` for each match from left to right as Go's FindAll does: no empty match right after another match. `use` returns
/// false to stop.
template <typename Use>
void forEachMatch(const re2::RE2 &regex, std::string_view text, Use &&use)
{
    Match match;
    match.groups.resize(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) + 1);
    const re2::StringPiece whole(text.data(), text.size());
    std::size_t at = 0;
    std::size_t lastEnd = std::string_view::npos;
    while (at <= text.size()) {
        if (!regex.Match(whole, at, text.size(), re2::RE2::UNANCHORED, match.groups.data(), static_cast<int>(match.groups.size())))
            return;
        const std::size_t begin = match.begin(text);
        const std::size_t end = match.end(text);
        const bool isAccepted = !(begin == end && begin == lastEnd);
        at = end > at ? end : at + (at < text.size() ? std::max<std::size_t>(value::decodeUtf8(text, at).size, 1) : 1);
        lastEnd = end;
        if (isAccepted && !use(match))
            return;
    }
}

Out regexMatch(Call &call)
{
    const auto regex = compiled(call, call.text(0));
    if (!regex) {
        if (call.name() == "mustRegexMatch")
            return tl::unexpected(regex.error());
        return Value(false);
    }
    return Value(re2::RE2::PartialMatch(call.text(1), **regex));
}

Out regexFind(Call &call)
{
    const auto regex = compiledFor(call, call.text(0));
    if (!regex)
        return tl::unexpected(regex.error());
    re2::StringPiece found;
    const std::string &text = call.text(1);
    if (!(*regex)->Match(text, 0, text.size(), re2::RE2::UNANCHORED, &found, 1))
        return Value("");
    return Value(std::string_view(found.data(), found.size()));
}

Out regexFindAll(Call &call)
{
    const auto regex = compiledFor(call, call.text(0));
    if (!regex)
        return tl::unexpected(regex.error());
    const std::int64_t most = call.integer(2);
    Value out = Value::list().withOrigin(Origin::Strings);
    if (most == 0)
        return out;
    forEachMatch(**regex, call.text(1), [&](const Match &match) {
        out.asList().emplace_back(std::string_view(match.groups[0].data(), match.groups[0].size()));
        return most < 0 || static_cast<std::int64_t>(out.size()) < most;
    });
    return out;
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Go's Regexp.Expand: $1, $name, ${name}, $$.
void expand(std::string &out, std::string_view pattern, const Match &match, const re2::RE2 &regex)
{
    while (!pattern.empty()) {
        const std::size_t dollar = pattern.find('$');
        out += pattern.substr(0, dollar);
        if (dollar == std::string_view::npos)
            return;
        pattern.remove_prefix(dollar + 1);
        if (pattern.starts_with('$')) {
            out += '$';
            pattern.remove_prefix(1);
            continue;
        }
        const bool isBraced = pattern.starts_with('{');
        std::string_view name = isBraced ? pattern.substr(1) : pattern;
        std::size_t size = 0;
        while (size < name.size() && isNameCharacter(name[size]))
            ++size;
        const bool isClosed = !isBraced || (size < name.size() && name[size] == '}');
        if (size == 0 || !isClosed) {
            out += '$';
            continue;
        }
        name = name.substr(0, size);
        pattern.remove_prefix(size + (isBraced ? 2 : 0));
        std::size_t group = match.groups.size();
        if (name.find_first_not_of("0123456789") == std::string_view::npos) {
            constexpr std::size_t mostDigits = 8;
            group = name.size() > mostDigits ? group : static_cast<std::size_t>(std::stoul(std::string(name)));
        } else if (const auto found = regex.NamedCapturingGroups().find(std::string(name));
                   found != regex.NamedCapturingGroups().end()) {
            group = static_cast<std::size_t>(found->second);
        }
        if (group < match.groups.size() && match.groups[group].data() != nullptr)
            out.append(match.groups[group].data(), match.groups[group].size());
    }
}

template <typename Replacement>
Out replaced(Call &call, Replacement &&replacement)
{
    const auto regex = compiledFor(call, call.text(0));
    if (!regex)
        return tl::unexpected(regex.error());
    const std::string_view text = call.text(1);
    std::string out;
    std::size_t at = 0;
    forEachMatch(**regex, text, [&](const Match &match) {
        out += text.substr(at, match.begin(text) - at);
        replacement(out, match, **regex);
        at = match.end(text);
        return out.size() <= MaxText;
    });
    if (out.size() > MaxText)
        return tooLarge();
    return Value(out.append(text.substr(at)));
}

Out regexReplaceAll(Call &call)
{
    return replaced(call, [&call](std::string &out, const Match &match, const re2::RE2 &regex) {
        expand(out, call.text(2), match, regex);
    });
}

Out regexReplaceAllLiteral(Call &call)
{
    return replaced(call, [&call](std::string &out, const Match &, const re2::RE2 &) { out += call.text(2); });
}

Out regexSplit(Call &call)
{
    const auto regex = compiledFor(call, call.text(0));
    if (!regex)
        return tl::unexpected(regex.error());
    const std::string_view text = call.text(1);
    const std::int64_t most = call.integer(2);
    Value out = Value::list().withOrigin(Origin::Strings);
    if (most == 0)
        return out;
    if (!call.text(0).empty() && text.empty()) {
        out.append(Value(""));
        return out;
    }
    std::size_t begin = 0;
    std::size_t end = 0;
    forEachMatch(**regex, text, [&](const Match &match) {
        if (most > 0 && static_cast<std::int64_t>(out.size()) == most - 1)
            return false;
        end = match.begin(text);
        if (match.end(text) != 0)
            out.append(Value(text.substr(begin, end - begin)));
        begin = match.end(text);
        return true;
    });
    if (end != text.size())
        out.append(Value(text.substr(begin)));
    return out;
}

Out regexQuoteMeta(Call &call)
{
    std::string out;
    for (const char c : call.text(0)) {
        if (std::string_view("\\.+*?()|[]{}^$").find(c) != std::string_view::npos)
            out += '\\';
        out += c;
    }
    return Value(std::move(out));
}

constexpr Type S = Type::String;
constexpr Type I = Type::Int;
constexpr FunctionSpec Table[] = {
    {"regexMatch", {{S, S}}, regexMatch},
    {"mustRegexMatch", {{S, S}}, regexMatch},
    {"regexFind", {{S, S}}, regexFind},
    {"mustRegexFind", {{S, S}}, regexFind},
    {"regexFindAll", {{S, S, I}}, regexFindAll},
    {"mustRegexFindAll", {{S, S, I}}, regexFindAll},
    {"regexReplaceAll", {{S, S, S}}, regexReplaceAll},
    {"mustRegexReplaceAll", {{S, S, S}}, regexReplaceAll},
    {"regexReplaceAllLiteral", {{S, S, S}}, regexReplaceAllLiteral},
    {"mustRegexReplaceAllLiteral", {{S, S, S}}, regexReplaceAllLiteral},
    {"regexSplit", {{S, S, I}}, regexSplit},
    {"mustRegexSplit", {{S, S, I}}, regexSplit},
    {"regexQuoteMeta", {S}, regexQuoteMeta},
};

} // namespace

std::span<const FunctionSpec> regexFunctions()
{
    return Table;
}

} // namespace fairway::funcs
