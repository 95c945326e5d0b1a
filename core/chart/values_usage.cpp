#include "core/chart/values_usage.h"

#include "core/chart/paths.h"

#include <algorithm>

namespace fairway::chart {

namespace {

constexpr std::string_view word = ".Values";
constexpr std::string_view guards[] = {"if ", "with ", "default", "coalesce", "ternary", "hasKey", "empty", "required", "and ", "or ", "not ",
    "eq ", "ne ", "kindIs", "typeIs", "dig ", "range ", "get ", "index ", "lookup", "toYaml", "toJson"};

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

void skipBlanks(std::string_view text, std::size_t &at)
{
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'))
        ++at;
}

/// `.a.b` from `at` on.
void readFields(std::string_view text, std::size_t &at, std::vector<std::string> &path)
{
    while (at + 1 < text.size() && text[at] == '.' && isNameCharacter(text[at + 1])) {
        std::size_t end = at + 1;
        while (end < text.size() && isNameCharacter(text[end]))
            ++end;
        path.emplace_back(text.substr(at + 1, end - at - 1));
        at = end;
    }
}

/// ` "a" "b"` from `at` on.
void readNames(std::string_view text, std::size_t &at, std::vector<std::string> &path)
{
    for (;;) {
        std::size_t next = at;
        skipBlanks(text, next);
        if (next >= text.size() || text[next] != '"')
            return;
        const std::size_t end = text.find('"', next + 1);
        if (end == std::string_view::npos)
            return;
        path.emplace_back(text.substr(next + 1, end - next - 1));
        at = end + 1;
    }
}

/// The word before `at`, behind blanks, parentheses and variables' names.
std::string_view wordBefore(std::string_view text, std::size_t at)
{
    while (at > 0 && (text[at - 1] == '$' || text[at - 1] == '('))
        --at;
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        --at;
    std::size_t begin = at;
    while (begin > 0 && isNameCharacter(text[begin - 1]))
        --begin;
    return text.substr(begin, at - begin);
}

void collectFromAction(std::string_view action, const std::string &file, std::uint32_t line, std::vector<ValueUse> &out)
{
    const bool isGuarded = std::any_of(std::begin(guards), std::end(guards), [&](std::string_view guard) { return action.find(guard) != std::string_view::npos; });
    for (std::size_t at = action.find(word); at != std::string_view::npos; at = action.find(word, at)) {
        const std::size_t begin = at;
        at += word.size();
        if (at < action.size() && isNameCharacter(action[at]))
            continue; // .ValuesOfSomethingElse
        ValueUse use {{}, file, line, isGuarded};
        use.line += static_cast<std::uint32_t>(std::count(action.begin(), action.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
        readFields(action, at, use.path);
        if (const std::string_view before = wordBefore(action, begin); before == "index" || before == "get")
            readNames(action, at, use.path);
        out.push_back(std::move(use));
    }
}

void collectFromValues(const value::Value &value, const std::string &file, std::vector<ValueUse> &out)
{
    if (value.isMap()) {
        for (const auto &[key, member] : value.asMap())
            collectFromValues(member, file, out);
    } else if (value.isList()) {
        for (const value::Value &item : value.asList())
            collectFromValues(item, file, out);
    } else if (value.isString() && value.asString().find("{{") != std::string::npos) {
        std::vector<ValueUse> uses;
        collectUses(value.asString(), file, uses);
        for (ValueUse &use : uses) {
            use.line = value.position().line;
            out.push_back(std::move(use));
        }
    }
}

void collectShared(const Chart &chart, const Chart &user, std::vector<ValueUse> &out)
{
    const std::string path = chart.fullPath();
    for (const std::uint32_t index : chart.content->templates) {
        const ChartFile &file = chart.content->files[index];
        const bool isShared = chart.isLibrary() || basePath(file.name).starts_with('_');
        if (isShared && &chart != &user)
            collectUses(file.data, joinPath(path, file.name), out);
    }
    for (const Chart *const sub : chart.dependencies)
        collectShared(*sub, user, out);
}

/// Where either ends, the other may go on.
bool isPrefixOfOther(const std::vector<std::string> &a, const std::vector<std::string> &b)
{
    return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(std::min(a.size(), b.size())), b.begin());
}

} // namespace

void collectUses(std::string_view text, const std::string &file, std::vector<ValueUse> &out)
{
    std::uint32_t line = 1;
    std::size_t counted = 0;
    for (std::size_t open = text.find("{{"); open != std::string_view::npos; open = text.find("{{", open)) {
        const bool isComment = text.substr(open).starts_with("{{/*") || text.substr(open).starts_with("{{- /*");
        const std::size_t close = text.find("}}", isComment ? std::min(text.find("*/", open), text.size()) : open);
        const std::size_t end = close == std::string_view::npos ? text.size() : close;
        line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(counted), text.begin() + static_cast<std::ptrdiff_t>(open), '\n'));
        counted = open;
        const std::string_view action = text.substr(open, end - open);
        if (!isComment)
            collectFromAction(action, file, line, out);
        open = end;
    }
}

std::vector<ValueUse> usesOf(const Chart &chart)
{
    std::vector<ValueUse> uses;
    const std::string path = chart.fullPath();
    for (const std::uint32_t index : chart.content->templates) {
        const ChartFile &file = chart.content->files[index];
        collectUses(file.data, joinPath(path, file.name), uses);
    }
    for (const std::uint32_t index : chart.content->others) { // .Files.Get and tpl
        const ChartFile &file = chart.content->files[index];
        collectUses(file.data, joinPath(path, file.name), uses);
    }
    const Chart *root = &chart;
    while (root->parent != nullptr)
        root = root->parent;
    collectShared(*root, chart, uses);
    collectFromValues(chart.values, joinPath(path, "values.yaml"), uses);
    return uses;
}

bool isUsed(const std::vector<ValueUse> &uses, const std::vector<std::string> &path)
{
    return std::any_of(uses.begin(), uses.end(), [&](const ValueUse &use) { return !use.path.empty() && isPrefixOfOther(use.path, path); });
}

} // namespace fairway::chart
