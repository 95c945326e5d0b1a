#include "core/funcs/convert.h"
#include "core/funcs/tables.h"
#include "core/value/utf8.h"

#include <algorithm>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

/// Go's strings.SplitN; without a separator into characters.
TemplateResult<std::vector<std::string>> parts(std::string_view text, std::string_view separator, std::int64_t most)
{
    std::vector<std::string> out;
    if (most == 0)
        return out;
    const auto isFull = [&] { return most > 0 && static_cast<std::int64_t>(out.size()) == most - 1; };
    std::size_t at = 0;
    if (separator.empty()) {
        while (at < text.size() && !isFull()) {
            const std::size_t size = std::max<std::size_t>(value::decodeUtf8(text, at).size, 1);
            out.emplace_back(text.substr(at, size));
            at += size;
            if (static_cast<std::int64_t>(out.size()) > MaxItems)
                return tooLarge();
        }
        if (at < text.size())
            out.emplace_back(text.substr(at));
        return out;
    }
    while (!isFull()) {
        const std::size_t found = text.find(separator, at);
        if (found == std::string_view::npos)
            break;
        out.emplace_back(text.substr(at, found - at));
        at = found + separator.size();
        if (static_cast<std::int64_t>(out.size()) > MaxItems)
            return tooLarge();
    }
    out.emplace_back(text.substr(at));
    return out;
}

Out numbered(TemplateResult<std::vector<std::string>> texts)
{
    if (!texts)
        return tl::unexpected(std::move(texts.error()));
    Value map = Value::map().withOrigin(Origin::Strings);
    for (std::size_t i = 0; i < texts->size(); ++i)
        map.set("_" + std::to_string(i), Value(std::move((*texts)[i])));
    return map;
}

Out split(Call &call)
{
    return numbered(parts(call.text(1), call.text(0), -1));
}

Out splitn(Call &call)
{
    return numbered(parts(call.text(2), call.text(0), call.integer(1)));
}

Out splitList(Call &call)
{
    auto texts = parts(call.text(1), call.text(0), -1);
    if (!texts)
        return tl::unexpected(std::move(texts.error()));
    return stringList(std::move(*texts));
}

Out join(Call &call)
{
    const std::string &separator = call.text(0);
    std::string out;
    bool isFirst = true;
    for (const std::string &text : textsOf(call[1])) {
        if (!isFirst)
            out += separator;
        isFirst = false;
        out += text;
        if (out.size() > MaxText)
            return tooLarge();
    }
    return Value(std::move(out));
}

constexpr Type S = Type::String;
constexpr Type I = Type::Int;
constexpr FunctionSpec Table[] = {
    {"split", {{S, S}}, split},
    {"splitn", {{S, I, S}}, splitn},
    {"splitList", {{S, S}}, splitList},
    {"join", {{S, Type::Any}}, join},
};

} // namespace

std::span<const FunctionSpec> splitFunctions()
{
    return Table;
}

} // namespace fairway::funcs
