#include "core/engine/yaml_place.h"

#include "core/engine/text.h"
#include "core/value/pointer.h"
#include "core/value/yaml_tree.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::engine {
namespace {

/// The steps of "spec.http[2][\"a.b\"]": "spec", "http", "2", "a.b".
std::vector<std::string> stepsOf(std::string_view path)
{
    std::vector<std::string> steps;
    while (!path.empty()) {
        const bool isQuoted = path.starts_with("[\"");
        const std::string_view until = isQuoted ? "\"]" : path.front() == '[' ? "]" : ".[";
        path.remove_prefix(isQuoted ? 2 : path.front() == '[' || path.front() == '.' ? 1 : 0);
        const std::size_t end = std::min(path.size(), isQuoted ? path.find(until) : path.find_first_of(until));
        if (end > 0)
            steps.emplace_back(path.substr(0, end));
        path.remove_prefix(end);
        if (until.back() == ']')
            path.remove_prefix(std::min(path.size(), until.size()));
    }
    return steps;
}

} // namespace

int lineOfField(const QString &yaml, const QString &path)
{
    const auto roots = value::parseYamlTree(toUtf8(yaml));
    if (!roots || roots->empty())
        return -1;
    const value::YamlNode *node = &roots->front();
    int line = -1;
    for (const std::string &step : stepsOf(toUtf8(path))) {
        const value::YamlNode *next = nullptr;
        if (node->kind == value::YamlNode::Kind::Map) {
            for (const auto &[key, member] : node->members) {
                if (key.text == step) {
                    next = &member;
                    line = static_cast<int>(key.start.line) - 1;
                }
            }
        } else if (const auto index = value::pointerIndex(step); index && *index < node->items.size()) {
            next = &node->items[*index];
            line = static_cast<int>(next->start.line) - 1;
        }
        if (next == nullptr)
            break;
        node = next;
    }
    return line;
}

} // namespace fairway::engine
