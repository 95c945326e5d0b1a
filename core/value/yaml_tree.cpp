#include "core/value/yaml_tree.h"

#include "core/value/pointer.h"
#include "core/value/yaml_events.h"

#include <algorithm>
#include <utility>

namespace fairway::value {

namespace {

constexpr std::size_t MaxBytes = std::size_t {32} << 20;
constexpr std::size_t MaxDepth = 512;
constexpr std::size_t MaxNodes = 2'000'000;

/// libyaml counts characters; an edit needs bytes. Remembers the byte of every so-many-th character.
class ByteOffsets {
public:
    explicit ByteOffsets(std::string_view text)
        : m_text(text)
        , m_start(text.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0) // libyaml doesn't count the mark in front.
    {
        std::size_t characters = 0;
        for (std::size_t i = m_start; i < text.size(); i += width(i), ++characters) {
            if (characters % Step == 0)
                m_known.push_back(i);
        }
        m_known.push_back(text.size());
    }

    [[nodiscard]] std::size_t of(std::size_t character) const
    {
        const std::size_t slot = std::min(character / Step, m_known.size() - 1);
        std::size_t byte = m_known[slot];
        for (std::size_t rest = character - slot * Step; rest > 0 && byte < m_text.size(); --rest)
            byte += width(byte);
        return std::min(byte, m_text.size());
    }

private:
    static constexpr std::size_t Step = 256;

    [[nodiscard]] std::size_t width(std::size_t byte) const
    {
        const auto first = static_cast<unsigned char>(m_text[byte]);
        return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }

    std::string_view m_text;
    std::size_t m_start;
    std::vector<std::size_t> m_known;
};

YamlNode::Style styleOf(yaml_scalar_style_t style)
{
    switch (style) {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: return YamlNode::Style::SingleQuoted;
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return YamlNode::Style::DoubleQuoted;
    case YAML_LITERAL_SCALAR_STYLE: return YamlNode::Style::Literal;
    case YAML_FOLDED_SCALAR_STYLE: return YamlNode::Style::Folded;
    default: return YamlNode::Style::Plain;
    }
}

class TreeReader {
public:
    explicit TreeReader(std::string_view text)
        : m_text(text)
        , m_events(text)
        , m_offsets(text)
    {
    }

    Result<std::vector<YamlNode>> read()
    {
        std::vector<YamlNode> roots;
        for (;;) {
            if (auto next = m_events.next(); !next)
                return tl::unexpected<Error>(std::move(next).error());
            if (m_events.type() == YAML_STREAM_END_EVENT)
                return roots;
            if (m_events.type() != YAML_DOCUMENT_START_EVENT)
                continue;
            auto root = readNode(0);
            if (!root)
                return tl::unexpected<Error>(std::move(root).error());
            const bool isEmpty = root->kind == YamlNode::Kind::Scalar && root->start.offset == root->end.offset;
            if (!isEmpty)
                roots.push_back(std::move(*root));
        }
    }

private:
    [[nodiscard]] YamlMark markOf(const yaml_mark_t &mark) const
    {
        YamlMark converted;
        converted.offset = m_offsets.of(mark.index);
        converted.line = static_cast<std::uint32_t>(mark.line) + 1;
        const std::size_t lineStart = m_offsets.of(mark.index - mark.column);
        converted.column = static_cast<std::uint32_t>(converted.offset - lineStart) + 1;
        return converted;
    }

    Result<YamlNode> readNode(std::size_t depth)
    {
        if (auto next = m_events.next(); !next)
            return tl::unexpected<Error>(std::move(next).error());
        return readStarted(depth);
    }

    /// The node whose first event has been read.
    Result<YamlNode> readStarted(std::size_t depth)
    {
        YamlNode node;
        const yaml_event_t &event = m_events.event();
        node.start = markOf(event.start_mark);
        node.end = markOf(event.end_mark);
        node.tag = m_events.tag();
        if (++m_nodes > MaxNodes)
            return fail(ErrorCode::LimitExceeded, "yaml: the text holds more than " + std::to_string(MaxNodes) + " values");
        if (m_events.type() == YAML_ALIAS_EVENT) {
            node.kind = YamlNode::Kind::Alias;
            node.text = m_events.anchor();
            return node;
        }
        node.anchor = m_events.anchor();
        if (!node.anchor.empty() || !node.tag.empty())
            skipProperties(node);
        if (m_events.type() == YAML_SCALAR_EVENT) {
            node.text = m_events.scalarText();
            node.style = styleOf(event.data.scalar.style);
            return node;
        }
        if (depth >= MaxDepth)
            return fail(ErrorCode::LimitExceeded, "yaml: line " + std::to_string(node.start.line)
                    + ": lists and maps are nested deeper than " + std::to_string(MaxDepth));
        if (m_events.type() == YAML_SEQUENCE_START_EVENT) {
            node.kind = YamlNode::Kind::List;
            node.style = event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE ? YamlNode::Style::Flow
                                                                                     : YamlNode::Style::Block;
        } else {
            node.kind = YamlNode::Kind::Map;
            node.style = event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE ? YamlNode::Style::Flow
                                                                                   : YamlNode::Style::Block;
        }
        return readInside(std::move(node), depth);
    }

    Result<YamlNode> readInside(YamlNode node, std::size_t depth)
    {
        const bool isMap = node.kind == YamlNode::Kind::Map;
        for (;;) {
            if (auto next = m_events.next(); !next)
                return tl::unexpected<Error>(std::move(next).error());
            if (m_events.type() == YAML_SEQUENCE_END_EVENT || m_events.type() == YAML_MAPPING_END_EVENT)
                break;
            auto child = readStarted(depth + 1);
            if (!child)
                return child;
            if (!isMap) {
                node.end = child->end;
                node.items.push_back(std::move(*child));
                continue;
            }
            auto value = readNode(depth + 1);
            if (!value)
                return value;
            node.end = value->end;
            node.members.emplace_back(std::move(*child), std::move(*value));
        }
        // A block's own end stands where the next thing starts, lines later; that of its last node is the useful one.
        if (node.style == YamlNode::Style::Flow)
            node.end = markOf(m_events.event().end_mark);
        return node;
    }

    /// libyaml's start of a node is that of its anchor or tag: move it to the node itself.
    void skipProperties(YamlNode &node) const
    {
        std::size_t at = node.start.offset;
        std::uint32_t line = node.start.line;
        std::size_t lineStart = at - (node.start.column - 1);
        while (at < node.end.offset || m_events.type() != YAML_SCALAR_EVENT) {
            if (at >= m_text.size())
                break;
            const char c = m_text[at];
            if (c == '&' || c == '!') {
                at = std::min(m_text.find_first_of(" \t\r\n", at), m_text.size());
            } else if (c == ' ' || c == '\t' || c == '\r') {
                ++at;
            } else if (c == '\n') {
                ++line;
                lineStart = ++at;
            } else if (c == '#') {
                at = std::min(m_text.find('\n', at), m_text.size());
            } else {
                break;
            }
        }
        if (m_events.type() == YAML_SCALAR_EVENT)
            at = std::min(at, node.end.offset);
        node.start = {at, line, static_cast<std::uint32_t>(at - std::min(at, lineStart)) + 1};
        if (node.end.offset < at)
            node.end = node.start;
    }

    std::string_view m_text;
    YamlEvents m_events;
    ByteOffsets m_offsets;
    std::size_t m_nodes = 0;
};

} // namespace

// Out of line, because a pair of nodes needs the complete type.
YamlNode::YamlNode() = default;
YamlNode::~YamlNode() = default;
YamlNode::YamlNode(const YamlNode &other) = default;
YamlNode::YamlNode(YamlNode &&other) noexcept = default;
YamlNode &YamlNode::operator=(const YamlNode &other) = default;
YamlNode &YamlNode::operator=(YamlNode &&other) noexcept = default;

const YamlNode *YamlNode::member(std::string_view key) const
{
    const YamlNode *found = nullptr;
    for (const auto &[name, value] : members) {
        if (name.kind == Kind::Scalar && name.text == key)
            found = &value;
    }
    return found;
}

const YamlNode *YamlNode::at(std::string_view pointer) const
{
    const YamlNode *node = this;
    PointerSteps steps(pointer);
    while (node != nullptr && !steps.atEnd()) {
        const auto step = steps.next();
        if (!step)
            return nullptr;
        if (node->kind != Kind::List) {
            node = node->member(*step);
            continue;
        }
        const auto index = pointerIndex(*step);
        node = index && *index < node->items.size() ? &node->items[*index] : nullptr;
    }
    return node;
}

Result<std::vector<YamlNode>> parseYamlTree(std::string_view text)
{
    if (text.size() > MaxBytes)
        return fail(ErrorCode::LimitExceeded,
            "yaml: the text has " + std::to_string(text.size()) + " bytes, more than the limit of " + std::to_string(MaxBytes));
    if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF")
        return fail(ErrorCode::Unsupported, "yaml: the text is UTF-16; only UTF-8 can be edited in place");
    return TreeReader(text).read();
}

Result<std::string> applyEdits(std::string_view text, std::vector<TextEdit> edits)
{
    // What goes in at a place stands before what is taken away there, in the order given.
    std::stable_sort(edits.begin(), edits.end(), [](const TextEdit &a, const TextEdit &b) { return a.start < b.start; });
    std::string out;
    std::size_t kept = 0;
    for (const TextEdit &edit : edits) {
        if (edit.start < kept || edit.end < edit.start || edit.end > text.size())
            return fail(ErrorCode::InvalidInput, "edits overlap or leave the text");
        out += text.substr(kept, edit.start - kept);
        out += edit.text;
        kept = edit.end;
    }
    return out += text.substr(kept);
}

} // namespace fairway::value
