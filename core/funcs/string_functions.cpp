#include "core/funcs/convert.h"
#include "core/funcs/tables.h"
#include "core/funcs/text_case.h"
#include "core/gotemplate/go_format.h"
#include "core/gotemplate/go_quote.h"
#include "core/value/utf8.h"

#include <fmt/format.h>

#include <algorithm>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

std::string_view trimmedSpace(std::string_view text)
{
    std::size_t begin = 0;
    while (begin < text.size()) {
        const auto [code, size] = value::decodeUtf8(text, begin);
        if (size == 0 || !isUnicodeSpace(code))
            break;
        begin += size;
    }
    text.remove_prefix(begin);
    const auto lastSpace = [&]() -> std::size_t {
        for (std::size_t size = 1; size <= 3 && size <= text.size(); ++size) {
            const auto last = value::decodeUtf8(text, text.size() - size);
            if (last.size == size)
                return isUnicodeSpace(last.code) ? size : 0;
        }
        return 0;
    };
    while (!text.empty()) {
        const std::size_t size = lastSpace();
        if (size == 0)
            break;
        text.remove_suffix(size);
    }
    return text;
}

Out hello(Call &)
{
    return Value("Hello!");
}

Out trim(Call &call)
{
    const std::string_view part = trimmedSpace(call.text(0));
    return part.size() == call.text(0).size() ? call[0] : Value(part);
}

Out upper(Call &call)
{
    return Value(upperCase(call.text(0)));
}

Out lower(Call &call)
{
    return Value(lowerCase(call.text(0)));
}

Out title(Call &call)
{
    return Value(titleCase(call.text(0)));
}

Out untitle(Call &call)
{
    return Value(untitled(call.text(0)));
}

Out swapcase(Call &call)
{
    return Value(swappedCase(call.text(0)));
}

Out snakecase(Call &call)
{
    return Value(joinedLowerCase(call.text(0), '_'));
}

Out kebabcase(Call &call)
{
    return Value(joinedLowerCase(call.text(0), '-'));
}

Out camelcase(Call &call)
{
    return Value(pascalCase(call.text(0)));
}

Out substr(Call &call)
{
    const std::int64_t start = call.integer(0);
    const std::int64_t end = call.integer(1);
    const std::string_view text = call.text(2);
    const auto size = static_cast<std::int64_t>(text.size());
    const auto outOfRange = [](const std::string &range) {
        return failCall("runtime error: slice bounds out of range [" + range);
    };
    if (start < 0) {
        if (end < 0)
            return outOfRange(fmt::format(":{}]", end));
        if (end > size)
            return outOfRange(fmt::format(":{}] with length {}", end, size));
        return Value(text.substr(0, static_cast<std::size_t>(end)));
    }
    const std::int64_t stop = end < 0 || end > size ? size : end;
    if (start > stop)
        return outOfRange(fmt::format("{}:{}]", start, stop));
    return Value(text.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(stop - start)));
}

/// Go's strings.Repeat, or nothing when the result is beyond bounds.
Out repeated(std::string_view text, std::int64_t count)
{
    if (count < 0)
        return failCall("strings: negative Repeat count");
    if (!text.empty() && static_cast<std::uint64_t>(count) > MaxText / text.size())
        return tooLarge();
    std::string out;
    out.reserve(text.size() * static_cast<std::size_t>(count));
    if (!text.empty()) {
        for (std::int64_t i = 0; i < count; ++i)
            out += text;
    }
    return Value(std::move(out));
}

Out repeat(Call &call)
{
    return repeated(call.text(1), call.integer(0));
}

/// Go's strings.Trim: a set of characters.
Out trimAll(Call &call)
{
    const std::string_view set = call.text(0);
    std::string_view text = call.text(1);
    const auto isInSet = [set](std::string_view character) {
        for (std::size_t i = 0; i < set.size();) {
            const std::size_t size = std::max<std::size_t>(value::decodeUtf8(set, i).size, 1);
            if (set.substr(i, size) == character)
                return true;
            i += size;
        }
        return false;
    };
    while (!text.empty()) {
        const std::size_t size = std::max<std::size_t>(value::decodeUtf8(text, 0).size, 1);
        if (!isInSet(text.substr(0, size)))
            break;
        text.remove_prefix(size);
    }
    while (!text.empty()) {
        std::size_t size = 1;
        for (std::size_t wide = 2; wide <= 4 && wide <= text.size(); ++wide) {
            if (value::decodeUtf8(text, text.size() - wide).size == wide)
                size = wide;
        }
        if (!isInSet(text.substr(text.size() - size)))
            break;
        text.remove_suffix(size);
    }
    return Value(text);
}

Out trimSuffix(Call &call)
{
    const std::string &suffix = call.text(0);
    const std::string &text = call.text(1);
    if (suffix.empty() || !text.ends_with(suffix))
        return call[1];
    return Value(std::string_view(text).substr(0, text.size() - suffix.size()));
}

Out trimPrefix(Call &call)
{
    const std::string &prefix = call.text(0);
    const std::string &text = call.text(1);
    if (prefix.empty() || !text.starts_with(prefix))
        return call[1];
    return Value(std::string_view(text).substr(prefix.size()));
}

/// goutils looks at bytes as if each were a character, and writes them so.
Out nospace(Call &call)
{
    const std::string &text = call.text(0);
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (!isUnicodeSpace(byte))
            value::appendUtf8(out, byte);
    }
    const bool hasSpace = std::any_of(text.begin(), text.end(), [](char c) { return isUnicodeSpace(static_cast<unsigned char>(c)); });
    return hasSpace ? Value(std::move(out)) : call[0];
}

Out initials(Call &call)
{
    std::string out;
    bool isStart = true;
    for (const char c : call.text(0)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool isSpace = isUnicodeSpace(byte);
        if (!isSpace && isStart)
            value::appendUtf8(out, byte);
        isStart = isSpace;
    }
    return Value(std::move(out));
}

Out contains(Call &call)
{
    return Value(call.text(1).find(call.text(0)) != std::string::npos);
}

Out hasPrefix(Call &call)
{
    return Value(call.text(1).starts_with(call.text(0)));
}

Out hasSuffix(Call &call)
{
    return Value(call.text(1).ends_with(call.text(0)));
}

/// The arguments that are not nil, each as `append` writes it, with spaces between.
template <typename Append>
Out spaced(const Call &call, const Append &append)
{
    std::string out;
    bool isFirst = true;
    for (const Value &value : call.arguments()) {
        if (value.isNull())
            continue;
        if (!isFirst)
            out += ' ';
        isFirst = false;
        append(out, value);
    }
    return Value(std::move(out));
}

Out quote(Call &call)
{
    return spaced(call, [](std::string &out, const Value &value) {
        if (value.isString())
            out += gotemplate::quote(value.asString());
        else
            out += gotemplate::quote(textOf(value));
    });
}

Out squote(Call &call)
{
    return spaced(call, [](std::string &out, const Value &value) {
        out += '\'';
        gotemplate::appendGoText(out, value);
        out += '\'';
    });
}

Out cat(Call &call)
{
    return spaced(call, [](std::string &out, const Value &value) { gotemplate::appendGoText(out, value); });
}

Out replace(Call &call)
{
    const std::string_view old = call.text(0);
    const std::string_view fresh = call.text(1);
    const std::string_view text = call.text(2);
    std::string out;
    std::size_t at = 0;
    if (old.empty()) {
        // Between any two characters, before the first and after the last.
        while (at < text.size()) {
            out += fresh;
            const std::size_t size = std::max<std::size_t>(value::decodeUtf8(text, at).size, 1);
            out += text.substr(at, size);
            at += size;
            if (out.size() > MaxText)
                return tooLarge();
        }
        return Value(out.append(fresh));
    }
    for (;;) {
        const std::size_t found = text.find(old, at);
        if (found == std::string_view::npos)
            break;
        out.append(text.substr(at, found - at)).append(fresh);
        at = found + old.size();
        if (out.size() > MaxText)
            return tooLarge();
    }
    return at == 0 ? call[2] : Value(out.append(text.substr(at)));
}

Out plural(Call &call)
{
    return call[call.integer(2) == 1 ? 0 : 1];
}

Out toString(Call &call)
{
    return call[0].isString() ? call[0] : Value(textOf(call[0]));
}

constexpr Type S = Type::String;
constexpr Type I = Type::Int;
constexpr bool Variadic = true;
constexpr FunctionSpec Table[] = {
    {"hello", {}, hello},
    {"trim", {S}, trim},
    {"upper", {S}, upper},
    {"lower", {S}, lower},
    {"title", {S}, title},
    {"untitle", {S}, untitle},
    {"substr", {{I, I, S}}, substr},
    {"repeat", {{I, S}}, repeat},
    {"trimall", {{S, S}}, trimAll},
    {"trimAll", {{S, S}}, trimAll},
    {"trimSuffix", {{S, S}}, trimSuffix},
    {"trimPrefix", {{S, S}}, trimPrefix},
    {"nospace", {S}, nospace},
    {"initials", {S}, initials},
    {"swapcase", {S}, swapcase},
    {"snakecase", {S}, snakecase},
    {"camelcase", {S}, camelcase},
    {"kebabcase", {S}, kebabcase},
    {"contains", {{S, S}}, contains},
    {"hasPrefix", {{S, S}}, hasPrefix},
    {"hasSuffix", {{S, S}}, hasSuffix},
    {"quote", {{Type::Any}, Variadic}, quote},
    {"squote", {{Type::Any}, Variadic}, squote},
    {"cat", {{Type::Any}, Variadic}, cat},
    {"replace", {{S, S, S}}, replace},
    {"plural", {{S, S, I}}, plural},
    {"toString", {Type::Any}, toString},
};

} // namespace

std::span<const FunctionSpec> stringFunctions()
{
    return Table;
}

} // namespace fairway::funcs
