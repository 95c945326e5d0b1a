#include "core/value/yaml_editor.h"

#include "core/value/json.h"

#include <algorithm>

namespace fairway::value {

Result<void> YamlEditor::replace(const Place &place, const Value &value)
{
    const YamlNode &node = *place.node;
    if (!node.tag.empty())
        return refuseEdit(node, "the value carries a tag (" + node.tag + "): edit it by hand");
    if (!node.anchor.empty() && node.kind != Kind::Scalar)
        return refuseEdit(node, "the value carries the anchor &" + node.anchor + ": edit it by hand");
    if (place.inFlow) {
        const std::string written = scalarLike(node, value, true);
        const bool needsSpace = isEmptyNode(node) && place.parent->kind == Kind::Map;
        const std::size_t at = needsSpace ? holderEnd(place) : node.start.offset;
        m_edits.push_back({at, std::max(at, node.end.offset), (needsSpace ? " " : "") + written});
        return {};
    }
    return place.parent->kind == Kind::List ? replaceItem(place, value) : replaceMember(place, value);
}

std::string YamlEditor::scalarLike(const YamlNode &old, const Value &value, bool inFlow)
{
    const bool isQuoted = value.isString() && (old.style == Style::DoubleQuoted || old.style == Style::SingleQuoted);
    const bool hasControls = isQuoted && std::any_of(value.asString().begin(), value.asString().end(), [](char c) { return static_cast<unsigned char>(c) < ' '; });
    std::string written;
    if (!isQuoted) {
        written = inlineText(value, inFlow);
    } else if (old.style == Style::DoubleQuoted || hasControls) {
        appendJsonString(written, value.asString());
    } else {
        for (const char c : value.asString())
            written += c == '\'' ? std::string("''") : std::string(1, c);
        written = "'" + written + "'";
    }
    return written;
}

Result<void> YamlEditor::replaceItem(const Place &place, const Value &value)
{
    const YamlNode &node = *place.node;
    const std::size_t after = holderEnd(place);
    const std::size_t start = isEmptyNode(node) ? after : node.start.offset;
    const std::size_t end = std::max(start, contentEnd(m_text, node));
    if (lineEnd(m_text, after) < start)
        return refuseEdit(node, "the item stands below its dash: edit it by hand");
    const YamlText text = blockText(value, m_layout);
    const std::size_t column = isEmptyNode(node) ? place.parent->start.column + 1 : start - lineStart(m_text, start);
    std::string written = text.lines.empty() ? scalarLike(node, value, false) : text.head;
    if (!text.lines.empty())
        written += (text.head.empty() ? std::string() : std::string(m_layout.lineBreak) + std::string(column, ' ')) + joined(text.lines, column);
    m_edits.push_back({start, end, (isEmptyNode(node) ? " " : "") + written});
    return {};
}

Result<void> YamlEditor::replaceMember(const Place &place, const Value &value)
{
    const YamlNode &node = *place.node;
    const YamlNode &key = place.parent->members[place.index].first;
    const YamlText text = blockText(value, m_layout);
    const std::size_t indent = key.start.column - 1 + (value.isList() && !m_layout.hasIndentedLists ? 0 : m_layout.step);
    const std::size_t after = holderEnd(place);
    if (lineEnd(m_text, after) >= node.start.offset)
        return replaceInline(node, value, text, after, indent);
    if (node.kind == Kind::Scalar || node.style != Style::Block)
        return refuseEdit(node, "the value stands below its key: edit it by hand");
    // What stands between key and value are comments: they stay.
    const std::size_t start = lineStart(m_text, node.start.offset);
    const std::size_t end = lineEnd(m_text, contentEnd(m_text, node));
    const std::size_t kept = end > start && m_text[end - 1] == '\r' ? end - 1 : end;
    // A text of several lines goes into one: behind a `|` the comments would be part of it.
    const std::string head = " " + (text.isLiteral ? inlineText(value, false) : text.head);
    if (!text.lines.empty() && !text.isLiteral) {
        m_edits.push_back({start, kept, std::string(indent, ' ') + joined(text.lines, indent)});
        return {};
    }
    const std::size_t breakBefore = start - 1 - (start > 1 && m_text[start - 2] == '\r' ? 1 : 0);
    if (breakBefore == after)
        m_edits.push_back({after, kept, head});
    else {
        m_edits.push_back({after, after, head});
        m_edits.push_back({breakBefore, kept, {}});
    }
    return {};
}

Result<void> YamlEditor::replaceInline(const YamlNode &node, const Value &value, const YamlText &text, std::size_t after, std::size_t indent)
{
    const bool isEmpty = isEmptyNode(node);
    if (isBlockScalar(node) && hasComment(m_text.substr(node.start.offset, lineEnd(m_text, node.start.offset) - node.start.offset)))
        return refuseEdit(node, "a comment stands behind the | of this text: edit it by hand");
    if (isEmpty && !node.anchor.empty())
        return refuseEdit(node, "the value carries the anchor &" + node.anchor + ": edit it by hand");
    std::size_t start = isEmpty ? after : node.start.offset;
    const std::size_t end = std::max(start, contentEnd(m_text, node));
    if (text.lines.empty() || (text.isLiteral && isCommentBelow(end))) {
        m_edits.push_back({start, end, (isEmpty ? " " : "") + scalarLike(node, value, false)});
        return {};
    }
    const std::size_t last = lineEnd(m_text, end);
    const std::string lines = std::string(m_layout.lineBreak) + std::string(indent, ' ') + joined(text.lines, indent);
    const bool isAlone = isBlank(m_text.substr(end, last - end));
    if (text.head.empty() && node.anchor.empty())
        start = after;
    const std::string head = (isEmpty || start == after) && !text.head.empty() ? " " + text.head : text.head;
    if (isAlone) {
        m_edits.push_back({start, end, head + lines});
        return {};
    }
    m_edits.push_back({start, end, head});
    m_edits.push_back({last, last, lines});
    if (last > 0 && m_text[last - 1] == '\r')
        m_edits.back() = {last - 1, last - 1, lines};
    return {};
}

bool YamlEditor::isCommentBelow(std::size_t offset) const
{
    const std::size_t next = m_text.find_first_not_of(" \t\r\n", lineEnd(m_text, offset));
    return next != std::string_view::npos && m_text[next] == '#';
}

} // namespace fairway::value
