#include "core/value/yaml_layout.h"

#include "core/value/json.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

namespace fairway::value {

namespace {

    struct Seen {
        std::optional<std::size_t> step;
        std::optional<bool> hasIndentedLists;
        std::size_t visits = 0;
        [[nodiscard]] bool isEnough() const { return (step && hasIndentedLists) || visits > 20'000; }
    };

    void look(const YamlNode &node, Seen &seen)
    {
        ++seen.visits;
        if (seen.isEnough() || node.style == YamlNode::Style::Flow)
            return;
        for (const auto &[key, value] : node.members) {
            const bool isBlock = value.style == YamlNode::Style::Block && value.start.line > key.start.line;
            if (isBlock && value.kind == YamlNode::Kind::Map && !seen.step && value.start.column > key.start.column)
                seen.step = value.start.column - key.start.column;
            if (isBlock && value.kind == YamlNode::Kind::List && !seen.hasIndentedLists)
                seen.hasIndentedLists = value.start.column > key.start.column;
            look(value, seen);
        }
        for (const YamlNode &item : node.items)
            look(item, seen);
    }

    std::string oneLine(const Value &scalar)
    {
        std::string text = toYaml(scalar);
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return text;
    }

    std::string stringText(const std::string &text, bool inFlow)
    {
        std::string written = oneLine(Value(text));
        const bool isQuoted = !written.empty() && (written.front() == '"' || written.front() == '\'');
        const bool isSafe = written.find('\n') == std::string::npos && (isQuoted || !inFlow || written.find_first_of(",[]{}?:") == std::string::npos);
        if (isSafe && !written.empty())
            return written;
        written.clear();
        appendJsonString(written, text);
        return written;
    }

    std::string numberText(const Value &number)
    {
        constexpr double exact = 9007199254740992.0; // 2^53
        if (number.isFloat() && std::trunc(number.asFloat()) == number.asFloat() && std::fabs(number.asFloat()) < exact)
            return std::to_string(static_cast<std::int64_t>(number.asFloat()));
        return oneLine(number);
    }

    /// Texts that read well behind a `|`; the others are quoted.
    bool isLiteralText(std::string_view text)
    {
        const bool isPrintable = std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= ' '; });
        return isPrintable && text.find('\n') != std::string_view::npos && text.front() != ' ' && text.front() != '\n' && text.front() != '\t'
            && !text.ends_with("\n\n") && text.find(" \n") == std::string_view::npos && text.back() != ' ';
    }

    YamlText literal(std::string_view text)
    {
        YamlText written {"|-", {}, true};
        if (text.back() == '\n') {
            written.head = "|";
            text.remove_suffix(1);
        }
        for (std::size_t at = 0; at <= text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size());
            written.lines.emplace_back(text.substr(at, end - at));
            at = end + 1;
        }
        return written;
    }

    void appendIndented(std::vector<std::string> &out, const std::vector<std::string> &lines, std::size_t spaces)
    {
        for (const std::string &line : lines)
            out.push_back(line.empty() ? line : std::string(spaces, ' ') + line);
    }

} // namespace

YamlLayout layoutOf(std::string_view text, const YamlNode &root)
{
    YamlLayout layout;
    Seen seen;
    look(root, seen);
    layout.step = std::clamp<std::size_t>(seen.step.value_or(2), 1, 8);
    layout.hasIndentedLists = seen.hasIndentedLists.value_or(true);
    const std::size_t end = text.find('\n');
    if (end != std::string_view::npos && end > 0 && text[end - 1] == '\r')
        layout.lineBreak = "\r\n";
    return layout;
}

std::string inlineText(const Value &value, bool inFlow)
{
    if (value.isString())
        return stringText(value.asString(), inFlow);
    if (value.isNumber())
        return numberText(value);
    std::string out;
    if (value.isList()) {
        for (const Value &item : value.asList())
            out += (out.empty() ? "" : ", ") + inlineText(item, true);
        return "[" + out + "]";
    }
    if (value.isMap()) {
        for (const auto &[key, member] : value.asMap())
            out += (out.empty() ? "" : ", ") + stringText(key, true) + ": " + inlineText(member, true);
        return "{" + out + "}";
    }
    return oneLine(value);
}

YamlText blockText(const Value &value, const YamlLayout &layout)
{
    if (value.isString() && isLiteralText(value.asString().empty() ? std::string_view("x") : std::string_view(value.asString())))
        return literal(value.asString());
    YamlText written;
    if (value.size() == 0) {
        written.head = inlineText(value, false);
        return written;
    }
    const auto take = [&](std::vector<std::string> lines) { written.lines.insert(written.lines.end(), lines.begin(), lines.end()); };
    if (value.isList()) {
        for (const Value &item : value.asList())
            take(itemLines(item, layout));
    } else {
        for (const auto &[key, member] : value.asMap())
            take(entryLines(stringText(key, false), member, layout));
    }
    return written;
}

std::vector<std::string> entryLines(const std::string &key, const Value &value, const YamlLayout &layout)
{
    const YamlText text = blockText(value, layout);
    std::vector<std::string> lines {key + ":" + (text.head.empty() ? "" : " " + text.head)};
    appendIndented(lines, text.lines, value.isList() && !layout.hasIndentedLists ? 0 : layout.step);
    return lines;
}

std::vector<std::string> itemLines(const Value &value, const YamlLayout &layout)
{
    const YamlText text = blockText(value, layout);
    std::vector<std::string> lines;
    if (!text.head.empty())
        lines.push_back(text.head);
    appendIndented(lines, text.lines, text.head.empty() ? 0 : layout.step);
    for (std::size_t i = 0; i < lines.size(); ++i)
        lines[i] = (i == 0 ? "- " : lines[i].empty() ? "" : "  ") + lines[i];
    return lines;
}

} // namespace fairway::value
