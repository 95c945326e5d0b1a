#include "app/fairwayctl/helm_flags.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/go_text.h"
#include "core/funcs/go_duration.h"
#include "core/gotemplate/number.h"

#include <charconv>
#include <optional>
#include <utility>

namespace fairway::ctl {

namespace {

std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

tl::unexpected<Error> refuse(std::string message)
{
    return fail(ErrorCode::InvalidInput, std::move(message));
}

/// strconv.ParseBool.
std::optional<bool> parseBool(std::string_view text)
{
    for (const std::string_view yes : {"1", "t", "T", "TRUE", "true", "True"}) {
        if (text == yes)
            return true;
    }
    for (const std::string_view no : {"0", "f", "F", "FALSE", "false", "False"}) {
        if (text == no)
            return false;
    }
    return std::nullopt;
}

/// The fields of one line of CSV: quotes around what holds commas, doubled quotes inside them.
Result<std::vector<std::string>> fieldsOf(std::string_view line)
{
    std::vector<std::string> fields;
    if (line.empty())
        return fields;
    for (std::size_t at = 0;;) {
        std::string &field = fields.emplace_back();
        if (at < line.size() && line[at] == '"') {
            for (++at;; ++at) {
                if (at >= line.size())
                    return refuse("parse error on line 1, column " + std::to_string(at + 1) + ": extraneous or missing \" in quoted-field");
                if (line[at] != '"')
                    field += line[at];
                else if (at + 1 < line.size() && line[at + 1] == '"')
                    field += line[at++];
                else
                    break;
            }
            ++at;
            if (at < line.size() && line[at] != ',')
                return refuse("parse error on line 1, column " + std::to_string(at + 1) + ": extraneous or missing \" in quoted-field");
        } else {
            for (; at < line.size() && line[at] != ','; ++at) {
                if (line[at] == '"')
                    return refuse("parse error on line 1, column " + std::to_string(at + 1) + ": bare \" in non-quoted-field");
                field += line[at];
            }
        }
        if (at >= line.size())
            return fields;
        ++at;
    }
}

} // namespace

void HelmFlags::custom(std::string_view name, std::function<Result<void>(std::string_view)> set, std::string_view whenBare, char shorthand)
{
    m_flags.push_back({name, shorthand, whenBare, {}, std::move(set), false});
}

void HelmFlags::boolean(std::string_view name, bool &target, char shorthand)
{
    custom(name, [&target](std::string_view text) -> Result<void> {
        const std::optional<bool> value = parseBool(text);
        if (!value)
            return refuse("strconv.ParseBool: parsing " + quoted(text) + ": invalid syntax");
        target = *value;
        return {};
    }, "true", shorthand);
}

void HelmFlags::text(std::string_view name, std::string &target, char shorthand)
{
    custom(name, [&target](std::string_view text) -> Result<void> {
        target = text;
        return {};
    }, {}, shorthand);
}

void HelmFlags::texts(std::string_view name, std::vector<std::string> &target, char shorthand)
{
    custom(name, [&target](std::string_view text) -> Result<void> {
        target.emplace_back(text);
        return {};
    }, {}, shorthand);
}

void HelmFlags::list(std::string_view name, std::vector<std::string> &target, char shorthand)
{
    custom(name, [&target](std::string_view text) -> Result<void> {
        Result<std::vector<std::string>> fields = fieldsOf(text);
        if (!fields)
            return tl::unexpected(fields.error());
        target.insert(target.end(), fields->begin(), fields->end());
        return {};
    }, {}, shorthand);
}

void HelmFlags::number(std::string_view name, std::size_t &target, char shorthand)
{
    custom(name, [&target](std::string_view text) -> Result<void> {
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), target);
        if (fault != std::errc() || end != text.data() + text.size() || text.empty())
            return refuse("strconv.ParseUint: parsing " + quoted(text) + ": invalid syntax");
        return {};
    }, {}, shorthand);
}

void HelmFlags::duration(std::string_view name, std::chrono::milliseconds &target)
{
    custom(name, [&target](std::string_view text) -> Result<void> {
        const auto duration = funcs::parseGoDuration(text);
        if (!duration)
            return refuse(duration.error().message);
        target = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(*duration));
        return {};
    });
}

void HelmFlags::ignoredBoolean(std::string_view name, char shorthand)
{
    custom(name, [](std::string_view text) -> Result<void> {
        return parseBool(text) ? Result<void>() : refuse("strconv.ParseBool: parsing " + quoted(text) + ": invalid syntax");
    }, "true", shorthand);
}

void HelmFlags::ignoredText(std::string_view name, char shorthand)
{
    custom(name, [](std::string_view) -> Result<void> { return {}; }, {}, shorthand);
}

void HelmFlags::ignoredNumber(std::string_view name, bool isWhole)
{
    custom(name, [isWhole](std::string_view text) -> Result<void> {
        std::int64_t whole = 0;
        if (isWhole ? chart::parseGoInt(text, whole) : gotemplate::parseFloat(text).isGood())
            return {};
        return refuse(std::string(isWhole ? "strconv.ParseInt" : "strconv.ParseFloat") + ": parsing " + quoted(text) + ": invalid syntax");
    });
}

void HelmFlags::ignoredDuration(std::string_view name)
{
    custom(name, [](std::string_view text) -> Result<void> {
        const auto duration = funcs::parseGoDuration(text);
        return duration ? Result<void>() : refuse(duration.error().message);
    });
}

void HelmFlags::deprecate(std::string_view name, std::string_view advice)
{
    if (Flag *const flag = find(name))
        flag->advice = advice;
}

HelmFlags::Flag *HelmFlags::find(std::string_view name)
{
    for (Flag &flag : m_flags) {
        if (flag.name == name)
            return &flag;
    }
    return nullptr;
}

HelmFlags::Flag *HelmFlags::find(char shorthand)
{
    for (Flag &flag : m_flags) {
        if (flag.shorthand == shorthand)
            return &flag;
    }
    return nullptr;
}

bool HelmFlags::isSet(std::string_view name) const
{
    for (const Flag &flag : m_flags) {
        if (flag.name == name)
            return flag.isSet;
    }
    return false;
}

Result<void> HelmFlags::assign(Flag &flag, std::string_view value)
{
    if (const Result<void> done = flag.set(value); !done) {
        std::string shown = "--" + std::string(flag.name);
        if (flag.shorthand != 0)
            shown = std::string("-") + flag.shorthand + ", " + shown;
        return refuse("invalid argument " + quoted(value) + " for " + quoted(shown) + " flag: " + done.error().message);
    }
    if (!flag.isSet && !flag.advice.empty())
        note("Flag --" + std::string(flag.name) + " has been deprecated, " + std::string(flag.advice));
    flag.isSet = true;
    return {};
}

Result<void> HelmFlags::parseLong(std::string_view argument, std::span<const std::string> &rest)
{
    const std::size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    if (name.empty() || name.starts_with('-'))
        return refuse("bad flag syntax: --" + std::string(argument));
    Flag *const flag = find(name);
    if (!flag)
        return refuse("unknown flag: --" + std::string(name));
    if (equals != std::string_view::npos)
        return assign(*flag, argument.substr(equals + 1));
    if (!flag->whenBare.empty())
        return assign(*flag, flag->whenBare);
    if (rest.empty())
        return refuse("flag needs an argument: --" + std::string(name));
    const std::string_view value = rest.front();
    rest = rest.subspan(1);
    return assign(*flag, value);
}

Result<void> HelmFlags::parseShort(std::string_view letters, std::span<const std::string> &rest)
{
    for (std::string_view left = letters; !left.empty();) {
        const std::string_view here = left;
        const char letter = left.front();
        left.remove_prefix(1);
        Flag *const flag = find(letter);
        if (!flag || letter == 0)
            return refuse("unknown shorthand flag: '" + std::string(1, letter) + "' in -" + std::string(here));
        if (left.size() > 1 && left.front() == '=')
            return assign(*flag, left.substr(1));
        if (!flag->whenBare.empty()) {
            if (Result<void> done = assign(*flag, flag->whenBare); !done)
                return done;
            continue;
        }
        if (!left.empty())
            return assign(*flag, left);
        if (rest.empty())
            return refuse("flag needs an argument: '" + std::string(1, letter) + "' in -" + std::string(here));
        const std::string_view value = rest.front();
        rest = rest.subspan(1);
        return assign(*flag, value);
    }
    return {};
}

Result<std::vector<std::string>> HelmFlags::parse(std::span<const std::string> arguments)
{
    std::vector<std::string> positional;
    while (!arguments.empty()) {
        const std::string_view argument = arguments.front();
        arguments = arguments.subspan(1);
        if (argument == "--") {
            positional.insert(positional.end(), arguments.begin(), arguments.end());
            break;
        }
        if (argument.size() < 2 || argument.front() != '-') {
            positional.emplace_back(argument);
            continue;
        }
        if (!m_help.empty() && (argument == "--help" || argument == "-h")) {
            m_isHelpAsked = true;
            return refuse("help requested");
        }
        const Result<void> done = argument[1] == '-' ? parseLong(argument.substr(2), arguments) : parseShort(argument.substr(1), arguments);
        if (!done)
            return tl::unexpected(done.error());
    }
    return positional;
}

} // namespace fairway::ctl
