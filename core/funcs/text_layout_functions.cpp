#include "core/funcs/convert.h"
#include "core/funcs/tables.h"

#include <algorithm>

namespace fairway::funcs {

namespace {

using Out = TemplateResult<Value>;

std::string abbreviated(std::string_view text, std::size_t offset, std::size_t width)
{
    constexpr std::size_t marker = 3;
    if (text.size() <= width)
        return std::string(text);
    offset = std::min(offset, text.size());
    if (text.size() - offset < width - marker)
        offset = text.size() - (width - marker);
    constexpr std::size_t shownWhole = 4;
    if (offset <= shownWhole)
        return std::string(text.substr(0, width - marker)) + "...";
    if (width < 7)
        return {};
    if (offset + width - marker < text.size()) {
        const std::string_view rest = text.substr(offset);
        const std::size_t inner = width - marker;
        return "..." + (inner < 4 ? std::string() : abbreviated(rest, 0, inner));
    }
    return "..." + std::string(text.substr(text.size() - (width - marker)));
}

Out abbrev(Call &call)
{
    if (call.integer(0) < 4)
        return call[1];
    return Value(abbreviated(call.text(1), 0, static_cast<std::size_t>(call.integer(0))));
}

Out abbrevboth(Call &call)
{
    const std::int64_t left = call.integer(0);
    const std::int64_t right = call.integer(1);
    if (right < 4 || (left > 0 && right < 7))
        return call[2];
    return Value(abbreviated(call.text(2), left < 0 ? 0 : static_cast<std::size_t>(left), static_cast<std::size_t>(right)));
}

Out trunc(Call &call)
{
    const std::int64_t count = call.integer(0);
    const std::string &text = call.text(1);
    const auto size = static_cast<std::int64_t>(text.size());
    if (count < 0 && size + count > 0)
        return Value(std::string_view(text).substr(static_cast<std::size_t>(size + count)));
    if (count >= 0 && size > count)
        return Value(std::string_view(text).substr(0, static_cast<std::size_t>(count)));
    return call[1];
}

Out wrapped(const std::string &text, std::int64_t wantedWidth, std::string_view lineBreak, bool breaksWords)
{
    const auto width = static_cast<std::size_t>(std::max<std::int64_t>(wantedWidth, 1));
    const std::string_view in = text;
    std::string out;
    std::size_t at = 0;
    while (in.size() - at > width) {
        if (in[at] == ' ') {
            ++at;
            continue;
        }
        const std::size_t space = in.substr(at, width + 1).rfind(' ');
        if (space != std::string_view::npos) {
            out.append(in.substr(at, space)).append(lineBreak);
            at += space + 1;
        } else if (breaksWords) {
            out.append(in.substr(at, width)).append(lineBreak);
            at += width;
        } else {
            const std::size_t next = in.find(' ', at + width);
            if (next == std::string_view::npos)
                break;
            out.append(in.substr(at, next - at)).append(lineBreak);
            at = next + 1;
        }
        if (out.size() > MaxText)
            return tooLarge();
    }
    return Value(out.append(in.substr(at)));
}

Out wrap(Call &call)
{
    return wrapped(call.text(1), call.integer(0), "\n", false);
}

Out wrapWith(Call &call)
{
    const std::string &lineBreak = call.text(1);
    return wrapped(call.text(2), call.integer(0), lineBreak.empty() ? std::string_view("\n") : lineBreak, true);
}

Out indented(std::int64_t spaces, const std::string &text, std::string_view before)
{
    if (spaces < 0)
        return failCall("strings: negative Repeat count");
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    const auto width = static_cast<std::size_t>(spaces);
    if (width > MaxText / lines)
        return tooLarge();
    std::string out;
    out.reserve(before.size() + text.size() + lines * width);
    out += before;
    std::size_t at = 0;
    for (;;) {
        out.append(width, ' ');
        const std::size_t end = text.find('\n', at);
        if (end == std::string::npos)
            break;
        out.append(text, at, end + 1 - at);
        at = end + 1;
    }
    return Value(std::move(out.append(text, at)));
}

Out indent(Call &call)
{
    return indented(call.integer(0), call.text(1), "");
}

Out nindent(Call &call)
{
    return indented(call.integer(0), call.text(1), "\n");
}

constexpr Type S = Type::String;
constexpr Type I = Type::Int;
constexpr FunctionSpec Table[] = {
    {"abbrev", {{I, S}}, abbrev},
    {"abbrevboth", {{I, I, S}}, abbrevboth},
    {"trunc", {{I, S}}, trunc},
    {"wrap", {{I, S}}, wrap},
    {"wrapWith", {{I, S, S}}, wrapWith},
    {"indent", {{I, S}}, indent},
    {"nindent", {{I, S}}, nindent},
};

} // namespace

std::span<const FunctionSpec> textLayoutFunctions()
{
    return Table;
}

} // namespace fairway::funcs
