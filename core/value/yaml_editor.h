#pragma once

#include "core/value/yaml_edit.h"
#include "core/value/yaml_layout.h"
#include "core/value/yaml_spans.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::value {

/// Makes the edits of one change of a text; each object for one change.
class YamlEditor {
public:
    YamlEditor(std::string_view text, const YamlNode &root)
        : m_text(text)
        , m_root(root)
        , m_layout(layoutOf(text, root))
    {
    }
    Result<YamlEdits> set(std::span<const std::string> steps, const Value &value);
    Result<YamlRemoval> remove(std::span<const std::string> steps);
    Result<YamlEdits> insertItem(std::span<const std::string> steps, std::size_t index, const Value &value);
    Result<YamlEdits> swapItems(std::span<const std::string> steps, std::size_t index);

private:
    using Kind = YamlNode::Kind;
    using Style = YamlNode::Style;

    /// A node on the way, with what holds it.
    struct Place {
        const YamlNode *node = nullptr;
        const YamlNode *parent = nullptr; ///< Null: `node` is the root.
        std::size_t index = 0;            ///< Of the member or item in `parent`.
        bool inFlow = false;              ///< `parent` or something above it is in brackets.
    };

    Result<YamlEdits> finish(Result<void> done);
    /// The root and each node the steps lead to, as far as there is one. Each must stand here alone.
    Result<std::vector<Place>> walk(std::span<const std::string> steps) const;
    static Value wrapped(std::span<const std::string> steps, const Value &value);
    /// Of a member, where its key begins; of an item, its dash or itself.
    std::size_t startOf(const Place &place) const;
    /// Right behind the `:` or the `-` that holds the node.
    std::size_t holderEnd(const Place &place) const;
    std::size_t dashOf(const YamlNode &list, std::size_t index) const;
    std::pair<std::size_t, std::size_t> itemSpan(const YamlNode &list, std::size_t index) const;
    std::string joined(const std::vector<std::string> &lines, std::size_t indent) const;
    void insertLinesAfter(std::size_t offset, const std::vector<std::string> &lines, std::size_t indent);
    /// Lines [from's, to's], with their line break.
    void removeLines(std::size_t from, std::size_t to);

    Result<void> replace(const Place &place, const Value &value);
    /// In the manner of what stood there: a text keeps its quotes.
    static std::string scalarLike(const YamlNode &old, const Value &value, bool inFlow);
    Result<void> replaceItem(const Place &place, const Value &value);
    Result<void> replaceMember(const Place &place, const Value &value);
    /// The old value begins on its key's line.
    Result<void> replaceInline(const YamlNode &node, const Value &value, const YamlText &text, std::size_t after, std::size_t indent);
    /// Behind a `|` it would be part of the text.
    bool isCommentBelow(std::size_t offset) const;

    Result<void> insertMember(const Place &place, std::span<const std::string> steps, const Value &value);
    Result<void> insertFirst(const Place &place, const std::string &key, const Value &inner);
    TextEdit flowInsertion(const YamlNode &map, const std::string &entry) const;

    Result<void> removeMember(const Place &place);
    std::size_t holderEndOrNode(const Place &place) const { return isEmptyNode(*place.node) ? holderEnd(place) : place.node->start.offset; }
    static std::size_t flowEnd(const YamlNode &node, const YamlNode &key) { return std::max(node.end.offset, key.end.offset); }
    Result<void> removeItem(const Place &place);
    Result<void> removeFromFlow(std::size_t start, std::size_t end, std::size_t previousEnd, std::size_t nextStart, bool isLast);

    std::string_view m_text;
    const YamlNode &m_root;
    YamlLayout m_layout;
    YamlEdits m_edits;
};

} // namespace fairway::value
