#include "core/value/yaml_editor.h"

#include <algorithm>
#include <utility>

namespace fairway::value {

std::size_t YamlEditor::startOf(const Place &place) const
{
    if (place.parent->kind == Kind::Map)
        return place.parent->members[place.index].first.start.offset;
    return place.parent->style == Style::Flow ? place.node->start.offset : dashOf(*place.parent, place.index);
}

std::size_t YamlEditor::holderEnd(const Place &place) const
{
    if (place.parent->kind == Kind::Map) {
        const std::size_t colon = m_text.find(':', place.parent->members[place.index].first.end.offset);
        return std::min(colon == std::string_view::npos ? m_text.size() : colon + 1, m_text.size());
    }
    return place.parent->style == Style::Flow ? place.node->start.offset : dashOf(*place.parent, place.index) + 1;
}

std::size_t YamlEditor::dashOf(const YamlNode &list, std::size_t index) const
{
    const std::size_t before = index == 0 ? list.start.offset : list.items[index - 1].end.offset;
    for (std::size_t at = std::min(list.items[index].start.offset, m_text.size()); at > before; --at) {
        if (m_text[at - 1] == '-' && at - 1 - lineStart(m_text, at - 1) == list.start.column - 1)
            return at - 1;
    }
    return before;
}

std::pair<std::size_t, std::size_t> YamlEditor::itemSpan(const YamlNode &list, std::size_t index) const
{
    const YamlNode &item = list.items[index];
    if (list.style == Style::Flow)
        return {item.start.offset, item.end.offset};
    std::size_t start = dashOf(list, index) + 1;
    const std::size_t end = contentEnd(m_text, item);
    while (start < end && (m_text[start] == ' ' || m_text[start] == '\t'))
        ++start;
    return {start, end};
}

std::string YamlEditor::joined(const std::vector<std::string> &lines, std::size_t indent) const
{
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i > 0)
            text += std::string(m_layout.lineBreak) + std::string(lines[i].empty() ? 0 : indent, ' ');
        text += lines[i];
    }
    return text;
}

void YamlEditor::insertLinesAfter(std::size_t offset, const std::vector<std::string> &lines, std::size_t indent)
{
    const std::size_t end = lineEnd(m_text, offset);
    const std::string text = std::string(indent, ' ') + joined(lines, indent);
    if (end == m_text.size())
        m_edits.push_back({end, end, std::string(m_layout.lineBreak) + text});
    else
        m_edits.push_back({end + 1, end + 1, text + std::string(m_layout.lineBreak)});
}

void YamlEditor::removeLines(std::size_t from, std::size_t to)
{
    const std::size_t start = lineStart(m_text, from);
    const std::size_t end = lineEnd(m_text, to);
    if (end < m_text.size())
        m_edits.push_back({start, end + 1, {}});
    else
        m_edits.push_back({start == 0 ? 0 : start - (start > 1 && m_text[start - 2] == '\r' ? 2 : 1), end, {}});
}

Result<void> YamlEditor::insertMember(const Place &place, std::span<const std::string> steps, const Value &value)
{
    const YamlNode &map = *place.node;
    if (steps.size() > 1 && map.member("<<") != nullptr)
        return refuseShared(*map.member("<<"), "`" + steps.front() + "` may come from a merge key");
    const Value inner = wrapped(steps.subspan(1), value);
    if (map.members.empty())
        return insertFirst(place, steps.front(), inner);
    const YamlNode &neighbour = map.members.back().first;
    const YamlNode &first = map.members.front().first;
    if (!first.anchor.empty() || !first.tag.empty() || first.kind != Kind::Scalar)
        return refuseEdit(map, "can't put `" + steps.front() + "` beside this key: edit it by hand");
    std::string key = scalarLike(neighbour, Value(steps.front()), map.style == Style::Flow);
    if (map.style == Style::Flow)
        m_edits.push_back(flowInsertion(map, key + ": " + inlineText(inner, true)));
    else
        insertLinesAfter(contentEnd(m_text, map), entryLines(key, inner, m_layout), first.start.column - 1);
    return {};
}

Result<void> YamlEditor::insertFirst(const Place &place, const std::string &key, const Value &inner)
{
    Value map = Value::map();
    map.set(key, inner);
    if (place.parent != nullptr)
        return replace(place, map);
    const YamlText text = blockText(map, m_layout);
    m_edits.push_back({place.node->start.offset, place.node->end.offset, joined(text.lines, place.node->start.column - 1)});
    return {};
}

TextEdit YamlEditor::flowInsertion(const YamlNode &map, const std::string &entry) const
{
    const auto &[key, last] = map.members.back();
    // Where each member has a line of its own, the new one gets one too.
    const std::size_t start = lineStart(m_text, key.start.offset);
    const bool isAlone = start > 0 && isBlank(m_text.substr(start, key.start.offset - start));
    const std::string gap = isAlone ? std::string(m_layout.lineBreak).append(m_text.substr(start, key.start.offset - start)) : std::string(" ");
    const std::size_t at = std::max(last.end.offset, key.end.offset);
    return {at, at, "," + gap + entry};
}

Result<void> YamlEditor::removeMember(const Place &place)
{
    const auto &members = place.parent->members;
    const auto &[key, node] = members[place.index];
    const std::size_t start = key.start.offset;
    const std::size_t end = std::max({contentEnd(m_text, node), key.end.offset, holderEndOrNode(place)});
    const bool isLast = place.index + 1 == members.size();
    if (place.parent->style == Style::Flow)
        return removeFromFlow(start, end, place.index == 0 ? start : flowEnd(members[place.index - 1].second, members[place.index - 1].first),
            isLast ? end : members[place.index + 1].first.start.offset, isLast);
    if (isBlank(m_text.substr(lineStart(m_text, start), start - lineStart(m_text, start)))) {
        removeLines(start, end);
        return {};
    }
    // The first key behind a dash: the next one takes its place.
    if (isLast)
        return refuseEdit(key, "this key can't be taken away alone: edit it by hand");
    const std::size_t next = members[place.index + 1].first.start.offset;
    m_edits.push_back({start, isBlank(m_text.substr(end, next - end)) ? next : end, {}});
    return {};
}

Result<void> YamlEditor::removeItem(const Place &place)
{
    const YamlNode &list = *place.parent;
    const bool isLast = place.index + 1 == list.items.size();
    if (list.style == Style::Flow)
        return removeFromFlow(place.node->start.offset, place.node->end.offset,
            place.index == 0 ? place.node->start.offset : list.items[place.index - 1].end.offset,
            isLast ? place.node->end.offset : list.items[place.index + 1].start.offset, isLast);
    const std::size_t dash = dashOf(list, place.index);
    const std::size_t end = std::max(contentEnd(m_text, *place.node), dash + 1);
    if (isBlank(m_text.substr(lineStart(m_text, dash), dash - lineStart(m_text, dash))))
        removeLines(dash, end);
    else if (isLast)
        return refuseEdit(*place.node, "this item can't be taken away alone: edit it by hand");
    else
        m_edits.push_back({dash, dashOf(list, place.index + 1), {}});
    return {};
}

Result<void> YamlEditor::removeFromFlow(std::size_t start, std::size_t end, std::size_t previousEnd, std::size_t nextStart, bool isLast)
{
    const std::size_t from = isLast ? previousEnd : start;
    const std::size_t to = isLast ? end : nextStart;
    if (hasComment(m_text.substr(from, start - from)) || hasComment(m_text.substr(end, to - end)))
        return fail(ErrorCode::InvalidInput, "a comment stands between the commas here: edit it by hand");
    m_edits.push_back({from, to, {}});
    return {};
}

} // namespace fairway::value
