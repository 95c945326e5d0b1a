#include "core/lab/json_path.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::size_t MaxResults = 100;
using Nodes = std::vector<const Value *>;

std::string_view unquoted(std::string_view text)
{
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
        return text.substr(1, text.size() - 2);
    return text;
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

bool isTextOf(const Value &value, std::string_view wanted)
{
    if (value.isString())
        return value.stringOr() == unquoted(wanted);
    if (value.isBool())
        return wanted == (value.asBool() ? "true" : "false");
    return value.isInt() && wanted == std::to_string(value.asInt());
}

/// The inside of [?( … )].
void filter(const Value &list, std::string_view condition, Nodes &into)
{
    const std::size_t equals = condition.find("==");
    const std::size_t differs = condition.find("!=");
    const std::size_t place = std::min(equals, differs);
    if (place == std::string_view::npos || !list.isList())
        return;
    std::string_view left = trimmed(condition.substr(0, place));
    const std::string_view right = trimmed(condition.substr(place + 2));
    if (!left.starts_with('@'))
        return;
    left.remove_prefix(1);
    for (const Value &item : list.asList()) {
        const Nodes found = jsonPath(item, left);
        const bool isEqual = !found.empty() && isTextOf(*found.front(), right);
        if (isEqual == (equals < differs))
            into.push_back(&item);
    }
}

void subscript(const Value &node, std::string_view inside, Nodes &into)
{
    if (inside.starts_with("?(") && inside.ends_with(')')) {
        filter(node, inside.substr(2, inside.size() - 3), into);
        return;
    }
    if (inside == "*") {
        if (node.isList()) {
            for (const Value &item : node.asList())
                into.push_back(&item);
        } else if (node.isMap()) {
            for (const auto &[name, member] : node.asMap())
                into.push_back(&member);
        }
        return;
    }
    if (inside.starts_with('\'') || inside.starts_with('"')) {
        const Value &member = node[unquoted(inside)];
        if (!member.isNull())
            into.push_back(&member);
        return;
    }
    std::int64_t index = 0;
    const auto [end, error] = std::from_chars(inside.data(), inside.data() + inside.size(), index);
    if (error != std::errc() || end != inside.data() + inside.size())
        return;
    if (index < 0)
        index += static_cast<std::int64_t>(node.size());
    if (index >= 0 && static_cast<std::size_t>(index) < node.size() && node.isList())
        into.push_back(&node[static_cast<std::size_t>(index)]);
}

} // namespace

std::vector<const Value *> jsonPath(const Value &root, std::string_view path)
{
    Nodes nodes {&root};
    if (path.starts_with('{') && path.ends_with('}'))
        path = path.substr(1, path.size() - 2);
    if (path.starts_with('$'))
        path.remove_prefix(1);
    while (!path.empty() && !nodes.empty()) {
        Nodes next;
        if (path.front() == '[') {
            std::size_t close = 1;
            for (int depth = 1; close < path.size(); ++close) {
                depth += path[close] == '[' ? 1 : path[close] == ']' ? -1 : 0;
                if (depth == 0)
                    break;
            }
            if (close == path.size())
                return {};
            for (const Value *node : nodes)
                subscript(*node, path.substr(1, close - 1), next);
            path.remove_prefix(close + 1);
        } else {
            if (path.front() != '.')
                return {};
            path.remove_prefix(1);
            // A backslash keeps a dot in a name, as in labels: .metadata.labels.app\.kubernetes\.io/name
            std::string name;
            std::size_t used = 0;
            for (; used < path.size() && path[used] != '.' && path[used] != '['; ++used) {
                if (path[used] == '\\' && used + 1 < path.size())
                    ++used;
                name += path[used];
            }
            path.remove_prefix(used);
            for (const Value *node : nodes) {
                if (name == "*") {
                    subscript(*node, "*", next);
                } else if (const Value &member = (*node)[std::string_view(name)]; !member.isNull()) {
                    next.push_back(&member);
                }
            }
        }
        if (next.size() > MaxResults)
            next.resize(MaxResults);
        nodes = std::move(next);
    }
    return nodes;
}

} // namespace fairway::lab
