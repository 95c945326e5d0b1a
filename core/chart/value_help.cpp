#include "core/chart/value_help.h"

#include "core/chart/go_text.h"
#include "core/value/pointer.h"
#include "core/value/yaml_tree.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace fairway::chart {

using value::YamlNode;

namespace {

constexpr std::size_t maxHelp = 20'000;
constexpr std::size_t maxDepth = 64;

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// What stands behind the #s of a comment line; nothing for other lines.
std::optional<std::string_view> commentOf(std::string_view line)
{
    line = trimSpace(line);
    if (!line.starts_with('#'))
        return std::nullopt;
    line.remove_prefix(std::min(line.find_first_not_of('#'), line.size()));
    return trimSpace(line);
}

/// "image.tag" or "hosts[0].name" as a pointer.
std::string pointerOf(std::string_view dotted)
{
    std::string pointer;
    std::string step;
    const auto finish = [&] {
        if (!step.empty())
            pointer = value::childPointer(pointer, step);
        step.clear();
    };
    for (const char c : dotted) {
        if (c == '.' || c == '[' || c == ']')
            finish();
        else if (c != '"')
            step += c;
    }
    finish();
    return pointer;
}

class Reader {
public:
    explicit Reader(std::string_view text)
        : m_lines(linesOf(text))
    {
    }

    std::map<std::string, std::string> read(std::string_view text)
    {
        for (std::size_t i = 0; i < m_lines.size() && m_help.size() < maxHelp; ++i)
            named(i);
        if (const auto roots = value::parseYamlTree(text); roots && !roots->empty())
            members(roots->front(), {}, 0);
        return std::move(m_help);
    }

private:
    /// Comments that name the value themselves.
    void named(std::size_t line)
    {
        const auto comment = commentOf(m_lines[line]);
        if (!comment)
            return;
        if (comment->starts_with("@param ")) {
            std::string_view rest = trimSpace(comment->substr(7));
            const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
            const std::string pointer = pointerOf(rest.substr(0, end));
            rest = trimSpace(rest.substr(end));
            if (rest.starts_with('['))
                rest = trimSpace(rest.substr(std::min(rest.find(']'), rest.size() - 1) + 1));
            m_help.emplace(pointer, rest);
            return;
        }
        const std::size_t dashes = comment->starts_with('@') ? std::string_view::npos : comment->find(" -- ");
        if (dashes != std::string_view::npos && dashes > 0 && comment->substr(0, dashes).find(' ') == std::string_view::npos)
            m_help.emplace(pointerOf(comment->substr(0, dashes)), paragraph(std::string(comment->substr(dashes + 4)), line + 1, m_lines.size()));
    }

    void members(const YamlNode &node, const std::string &pointer, std::size_t depth)
    {
        if (depth > maxDepth || m_help.size() >= maxHelp)
            return;
        for (const auto &[key, value] : node.members) {
            if (key.kind != YamlNode::Kind::Scalar)
                continue;
            const std::string inner = value::childPointer(pointer, key.text);
            above(key.start.line, inner);
            members(value, inner, depth + 1);
        }
    }

    /// The comment that ends on the line above this one (counted from 1).
    void above(std::size_t line, const std::string &pointer)
    {
        std::size_t first = line - 1;
        while (first > 0 && first <= m_lines.size() && commentOf(m_lines[first - 1]))
            --first;
        for (std::size_t i = first; i + 1 < line; ++i) {
            const auto comment = commentOf(m_lines[i]);
            if (comment && (comment->starts_with("-- ") || *comment == "--"))
                m_help.emplace(pointer, paragraph(std::string(trimSpace(comment->substr(2))), i + 1, line - 1));
        }
    }

    /// `text` with the comment lines that go on with it.
    std::string paragraph(std::string text, std::size_t from, std::size_t to) const
    {
        // helm-docs: a type may stand in front, in parentheses.
        if (text.starts_with('(') && text.find(')') != std::string::npos)
            text = trimSpace(std::string_view(text).substr(text.find(')') + 1));
        for (std::size_t i = from; i < std::min(to, m_lines.size()); ++i) {
            const auto comment = commentOf(m_lines[i]);
            if (!comment || comment->starts_with('@') || comment->starts_with("--") || comment->find(" -- ") != std::string_view::npos)
                break;
            if (!comment->empty())
                text += (text.empty() ? "" : " ") + std::string(*comment);
        }
        return text;
    }

    std::vector<std::string_view> m_lines;
    std::map<std::string, std::string> m_help;
};

} // namespace

std::map<std::string, std::string> helpFromComments(std::string_view valuesYaml)
{
    return Reader(valuesYaml).read(valuesYaml);
}

} // namespace fairway::chart
