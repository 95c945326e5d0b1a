#include "core/value/yaml_spans.h"

#include <algorithm>

namespace fairway::value {

namespace {

using Kind = YamlNode::Kind;
using Style = YamlNode::Style;

bool isAliasOf(const YamlNode &node, std::string_view anchor)
{
    if (node.kind == Kind::Alias)
        return node.text == anchor;
    return std::any_of(node.items.begin(), node.items.end(), [&](const YamlNode &item) { return isAliasOf(item, anchor); })
        || std::any_of(node.members.begin(), node.members.end(),
            [&](const auto &member) { return isAliasOf(member.first, anchor) || isAliasOf(member.second, anchor); });
}

} // namespace

std::size_t lineStart(std::string_view text, std::size_t offset)
{
    return offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
}

std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    return std::min(text.find('\n', offset), text.size());
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool hasComment(std::string_view text)
{
    for (std::size_t at = text.find('#'); at != std::string_view::npos; at = text.find('#', at + 1)) {
        if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\t' || text[at - 1] == '\n')
            return true;
    }
    return false;
}

bool isBlockScalar(const YamlNode &node)
{
    return node.style == Style::Literal || node.style == Style::Folded;
}

bool isEmptyNode(const YamlNode &node)
{
    return node.kind == Kind::Scalar && node.start.offset == node.end.offset;
}

bool isNullText(const YamlNode &node)
{
    return node.kind == Kind::Scalar && node.style == Style::Plain && node.tag.empty()
        && (node.text.empty() || node.text == "~" || node.text == "null" || node.text == "Null" || node.text == "NULL");
}

std::size_t contentEnd(std::string_view text, const YamlNode &node)
{
    if (node.style == Style::Block && !node.items.empty())
        return contentEnd(text, node.items.back());
    if (node.style == Style::Block && !node.members.empty())
        return std::max(contentEnd(text, node.members.back().second), node.members.back().first.end.offset);
    if (!isBlockScalar(node))
        return std::min(node.end.offset, text.size());
    std::size_t end = std::min(node.end.offset, text.size());
    while (end > node.start.offset + 1 && isBlank(text.substr(end - 1, 1)))
        --end;
    return end;
}

tl::unexpected<Error> refuseEdit(const YamlNode &node, std::string_view why)
{
    return fail(ErrorCode::InvalidInput, "line " + std::to_string(node.start.line) + ": " + std::string(why));
}

tl::unexpected<Error> refuseShared(const YamlNode &node, std::string_view what)
{
    return refuseEdit(node, std::string(what) + ", so one change would reach two places: write it out first");
}

Result<void> checkAlone(const YamlNode &root, const YamlNode &node)
{
    if (node.kind == Kind::Alias)
        return refuseShared(node, "*" + node.text + " stands for another place");
    if (!node.anchor.empty() && isAliasOf(root, node.anchor))
        return refuseShared(node, "&" + node.anchor + " is used elsewhere");
    return {};
}

} // namespace fairway::value
