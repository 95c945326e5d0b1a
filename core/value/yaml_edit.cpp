#include "core/value/yaml_edit.h"

#include "core/value/json.h"
#include "core/value/pointer.h"
#include "core/value/yaml_layout.h"

#include <algorithm>
#include <utility>

namespace fairway::value {

namespace {

    using Kind = YamlNode::Kind;
    using Style = YamlNode::Style;

    std::size_t lineStart(std::string_view text, std::size_t offset)
    {
        return offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    }

    /// The offset of the line's `\n`, or the end of the text.
    std::size_t lineEnd(std::string_view text, std::size_t offset)
    {
        return std::min(text.find('\n', offset), text.size());
    }

    bool isBlank(std::string_view text)
    {
        return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    }

    /// A `#` where it may begin a comment.
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

    /// Where the last byte of the node's own text ends: libyaml ends a block scalar lines later.
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

    tl::unexpected<Error> refuse(const YamlNode &node, std::string_view why)
    {
        return fail(ErrorCode::InvalidInput, "line " + std::to_string(node.start.line) + ": " + std::string(why));
    }

    tl::unexpected<Error> shared(const YamlNode &node, std::string_view what)
    {
        return refuse(node, std::string(what) + ", so one change would reach two places: write it out first");
    }

    bool isAliasOf(const YamlNode &node, std::string_view anchor)
    {
        if (node.kind == Kind::Alias)
            return node.text == anchor;
        return std::any_of(node.items.begin(), node.items.end(), [&](const YamlNode &item) { return isAliasOf(item, anchor); })
            || std::any_of(node.members.begin(), node.members.end(),
                [&](const auto &member) { return isAliasOf(member.first, anchor) || isAliasOf(member.second, anchor); });
    }

    Result<void> checkAlone(const YamlNode &root, const YamlNode &node)
    {
        if (node.kind == Kind::Alias)
            return shared(node, "*" + node.text + " stands for another place");
        if (!node.anchor.empty() && isAliasOf(root, node.anchor))
            return shared(node, "&" + node.anchor + " is used elsewhere");
        return {};
    }

    /// A node on the way, with what holds it.
    struct Place {
        const YamlNode *node = nullptr;
        const YamlNode *parent = nullptr; ///< Null: `node` is the root.
        std::size_t index = 0;            ///< Of the member or item in `parent`.
        bool inFlow = false;              ///< `parent` or something above it is in brackets.
    };

    class Editor {
    public:
        Editor(std::string_view text, const YamlNode &root)
            : m_text(text)
            , m_root(root)
            , m_layout(layoutOf(text, root))
        {
        }

        Result<YamlEdits> set(std::span<const std::string> steps, const Value &value)
        {
            Result<std::vector<Place>> way = walk(steps);
            if (!way)
                return tl::unexpected(way.error());
            const Place &last = way->back();
            const std::span<const std::string> rest = steps.subspan(way->size() - 1);
            if (rest.empty())
                return last.parent == nullptr ? refuse(*last.node, "the whole text can't be replaced") : finish(replace(last, value));
            if (last.node->kind == Kind::Map)
                return finish(insertMember(last, rest, value));
            if (last.node->kind == Kind::List)
                return refuse(*last.node, "the list has no item `" + rest.front() + "`");
            if (isNullText(*last.node) && last.parent != nullptr)
                return finish(replace(last, wrapped(rest, value)));
            return refuse(*last.node, "a map is needed here, for `" + rest.front() + "`");
        }

        Result<YamlRemoval> remove(std::span<const std::string> steps)
        {
            Result<std::vector<Place>> way = walk(steps);
            if (!way)
                return tl::unexpected(way.error());
            if (steps.empty() || way->size() != steps.size() + 1)
                return fail(ErrorCode::NotFound, "there is no `" + joinPointer({steps.begin(), steps.end()}) + "`");
            YamlRemoval removal;
            removal.steps.assign(steps.begin(), steps.end());
            // A map that would be left empty goes too: `image:` with nothing in it would be null, which means something.
            while (true) {
                const Place &child = (*way)[removal.steps.size()];
                const YamlNode &holder = *child.parent;
                const bool isOnly = holder.items.size() + holder.members.size() == 1;
                if (!isOnly || removal.steps.size() == 1) {
                    if (isOnly && holder.kind == Kind::List)
                        return refuse(holder, "the whole text can't be replaced");
                    if (Result<void> done = holder.kind == Kind::List ? removeItem(child) : removeMember(child); !done)
                        return tl::unexpected(done.error());
                    break;
                }
                const Place &place = (*way)[removal.steps.size() - 1];
                removal.steps.pop_back();
                const bool mustStay = holder.kind == Kind::List || place.parent->kind == Kind::List
                    || hasComment(m_text.substr(holderEnd(place), startOf(child) - holderEnd(place))) || !holder.anchor.empty();
                if (!mustStay)
                    continue;
                removal.left = holder.kind == Kind::List ? Value::list() : Value::map();
                if (Result<void> done = replace(place, *removal.left); !done)
                    return tl::unexpected(done.error());
                break;
            }
            removal.edits = std::move(m_edits);
            return removal;
        }

        Result<YamlEdits> insertItem(std::span<const std::string> steps, std::size_t index, const Value &value)
        {
            Result<std::vector<Place>> way = walk(steps);
            if (!way)
                return tl::unexpected(way.error());
            const Place &place = way->back();
            const YamlNode &list = *place.node;
            if (way->size() != steps.size() + 1 || (list.kind != Kind::List && !isNullText(list)))
                return refuse(list, "a list is needed here");
            index = std::min(index, list.items.size());
            if (list.items.empty())
                return place.parent == nullptr ? refuse(list, "the whole text can't be replaced") : finish(replace(place, Value::list({value})));
            if (list.style == Style::Flow) {
                const std::string written = inlineText(value, true);
                const std::size_t at = index == 0 ? list.start.offset + 1 : list.items[index - 1].end.offset;
                m_edits.push_back({at, at, index == 0 ? written + ", " : ", " + written});
                return std::move(m_edits);
            }
            const std::size_t column = list.start.column - 1;
            if (index == 0) {
                const std::size_t dash = list.start.offset;
                m_edits.push_back({dash, dash, joined(itemLines(value, m_layout), column) + std::string(m_layout.lineBreak) + std::string(column, ' ')});
            } else {
                insertLinesAfter(contentEnd(m_text, list.items[index - 1]), itemLines(value, m_layout), column);
            }
            return std::move(m_edits);
        }

        Result<YamlEdits> swapItems(std::span<const std::string> steps, std::size_t index)
        {
            Result<std::vector<Place>> way = walk(steps);
            if (!way)
                return tl::unexpected(way.error());
            const YamlNode &list = *way->back().node;
            if (way->size() != steps.size() + 1 || list.kind != Kind::List || list.items.size() < 2 || index > list.items.size() - 2)
                return refuse(list, "there is no such item to move");
            const auto [firstStart, firstEnd] = itemSpan(list, index);
            const auto [secondStart, secondEnd] = itemSpan(list, index + 1);
            if (firstEnd < firstStart || secondEnd < secondStart || secondStart < firstEnd)
                return refuse(list, "the items can't be told apart here");
            m_edits.push_back({firstStart, firstEnd, std::string(m_text.substr(secondStart, secondEnd - secondStart))});
            m_edits.push_back({secondStart, secondEnd, std::string(m_text.substr(firstStart, firstEnd - firstStart))});
            return std::move(m_edits);
        }

    private:
        Result<YamlEdits> finish(Result<void> done)
        {
            if (!done)
                return tl::unexpected(done.error());
            return std::move(m_edits);
        }

        /// The root and each node the steps lead to, as far as there is one. Each must stand here alone.
        Result<std::vector<Place>> walk(std::span<const std::string> steps) const
        {
            std::vector<Place> way {{&m_root, nullptr, 0, false}};
            for (const std::string &step : steps) {
                const Place here = way.back();
                if (Result<void> alone = checkAlone(m_root, *here.node); !alone)
                    return tl::unexpected(alone.error());
                const bool inFlow = here.inFlow || here.node->style == Style::Flow;
                if (here.node->kind == Kind::Map) {
                    const auto &members = here.node->members;
                    const auto found = std::find_if(members.rbegin(), members.rend(), [&](const auto &member) { return member.first.kind == Kind::Scalar && member.first.text == step; });
                    if (found == members.rend())
                        return way;
                    way.push_back({&found->second, here.node, static_cast<std::size_t>(members.rend() - found) - 1, inFlow});
                } else {
                    const std::optional<std::size_t> index = pointerIndex(step);
                    if (here.node->kind != Kind::List || !index || *index >= here.node->items.size())
                        return way;
                    way.push_back({&here.node->items[*index], here.node, *index, inFlow});
                }
            }
            if (Result<void> alone = checkAlone(m_root, *way.back().node); !alone)
                return tl::unexpected(alone.error());
            return way;
        }

        static Value wrapped(std::span<const std::string> steps, const Value &value)
        {
            Value whole = value;
            for (std::size_t i = steps.size(); i > 0; --i) {
                Value map = Value::map();
                map.set(steps[i - 1], whole);
                whole = map;
            }
            return whole;
        }

        /// Of a member, where its key begins; of an item, its dash or itself.
        std::size_t startOf(const Place &place) const
        {
            if (place.parent->kind == Kind::Map)
                return place.parent->members[place.index].first.start.offset;
            return place.parent->style == Style::Flow ? place.node->start.offset : dashOf(*place.parent, place.index);
        }

        /// Right behind the `:` or the `-` that holds the node.
        std::size_t holderEnd(const Place &place) const
        {
            if (place.parent->kind == Kind::Map) {
                const std::size_t colon = m_text.find(':', place.parent->members[place.index].first.end.offset);
                return std::min(colon == std::string_view::npos ? m_text.size() : colon + 1, m_text.size());
            }
            return place.parent->style == Style::Flow ? place.node->start.offset : dashOf(*place.parent, place.index) + 1;
        }

        std::size_t dashOf(const YamlNode &list, std::size_t index) const
        {
            const std::size_t before = index == 0 ? list.start.offset : list.items[index - 1].end.offset;
            for (std::size_t at = std::min(list.items[index].start.offset, m_text.size()); at > before; --at) {
                if (m_text[at - 1] == '-' && at - 1 - lineStart(m_text, at - 1) == list.start.column - 1)
                    return at - 1;
            }
            return before;
        }

        std::pair<std::size_t, std::size_t> itemSpan(const YamlNode &list, std::size_t index) const
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

        std::string joined(const std::vector<std::string> &lines, std::size_t indent) const
        {
            std::string text;
            for (std::size_t i = 0; i < lines.size(); ++i) {
                if (i > 0)
                    text += std::string(m_layout.lineBreak) + std::string(lines[i].empty() ? 0 : indent, ' ');
                text += lines[i];
            }
            return text;
        }

        void insertLinesAfter(std::size_t offset, const std::vector<std::string> &lines, std::size_t indent)
        {
            const std::size_t end = lineEnd(m_text, offset);
            const std::string text = std::string(indent, ' ') + joined(lines, indent);
            if (end == m_text.size())
                m_edits.push_back({end, end, std::string(m_layout.lineBreak) + text});
            else
                m_edits.push_back({end + 1, end + 1, text + std::string(m_layout.lineBreak)});
        }

        /// Lines [from's, to's], with their line break.
        void removeLines(std::size_t from, std::size_t to)
        {
            const std::size_t start = lineStart(m_text, from);
            const std::size_t end = lineEnd(m_text, to);
            if (end < m_text.size())
                m_edits.push_back({start, end + 1, {}});
            else
                m_edits.push_back({start == 0 ? 0 : start - (start > 1 && m_text[start - 2] == '\r' ? 2 : 1), end, {}});
        }

        // --- one value for another -------------------------------------------------------------------------------------

        Result<void> replace(const Place &place, const Value &value)
        {
            const YamlNode &node = *place.node;
            if (!node.tag.empty())
                return refuse(node, "the value carries a tag (" + node.tag + "): edit it by hand");
            if (!node.anchor.empty() && node.kind != Kind::Scalar)
                return refuse(node, "the value carries the anchor &" + node.anchor + ": edit it by hand");
            if (place.inFlow) {
                const std::string written = scalarLike(node, value, true);
                const bool needsSpace = isEmptyNode(node) && place.parent->kind == Kind::Map;
                const std::size_t at = needsSpace ? holderEnd(place) : node.start.offset;
                m_edits.push_back({at, std::max(at, node.end.offset), (needsSpace ? " " : "") + written});
                return {};
            }
            return place.parent->kind == Kind::List ? replaceItem(place, value) : replaceMember(place, value);
        }

        /// In the manner of what stood there: a text keeps its quotes.
        static std::string scalarLike(const YamlNode &old, const Value &value, bool inFlow)
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

        Result<void> replaceItem(const Place &place, const Value &value)
        {
            const YamlNode &node = *place.node;
            const std::size_t after = holderEnd(place);
            const std::size_t start = isEmptyNode(node) ? after : node.start.offset;
            const std::size_t end = std::max(start, contentEnd(m_text, node));
            if (lineEnd(m_text, after) < start)
                return refuse(node, "the item stands below its dash: edit it by hand");
            const YamlText text = blockText(value, m_layout);
            const std::size_t column = isEmptyNode(node) ? place.parent->start.column + 1 : start - lineStart(m_text, start);
            std::string written = text.lines.empty() ? scalarLike(node, value, false) : text.head;
            if (!text.lines.empty())
                written += (text.head.empty() ? std::string() : std::string(m_layout.lineBreak) + std::string(column, ' ')) + joined(text.lines, column);
            m_edits.push_back({start, end, (isEmptyNode(node) ? " " : "") + written});
            return {};
        }

        Result<void> replaceMember(const Place &place, const Value &value)
        {
            const YamlNode &node = *place.node;
            const YamlNode &key = place.parent->members[place.index].first;
            const YamlText text = blockText(value, m_layout);
            const std::size_t indent = key.start.column - 1 + (value.isList() && !m_layout.hasIndentedLists ? 0 : m_layout.step);
            const std::size_t after = holderEnd(place);
            if (lineEnd(m_text, after) >= node.start.offset)
                return replaceInline(node, value, text, after, indent);
            if (node.kind == Kind::Scalar || node.style != Style::Block)
                return refuse(node, "the value stands below its key: edit it by hand");
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

        /// The old value begins on its key's line.
        Result<void> replaceInline(const YamlNode &node, const Value &value, const YamlText &text, std::size_t after, std::size_t indent)
        {
            const bool isEmpty = isEmptyNode(node);
            if (isBlockScalar(node) && hasComment(m_text.substr(node.start.offset, lineEnd(m_text, node.start.offset) - node.start.offset)))
                return refuse(node, "a comment stands behind the | of this text: edit it by hand");
            if (isEmpty && !node.anchor.empty())
                return refuse(node, "the value carries the anchor &" + node.anchor + ": edit it by hand");
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

        /// Behind a `|` it would be part of the text.
        bool isCommentBelow(std::size_t offset) const
        {
            const std::size_t next = m_text.find_first_not_of(" \t\r\n", lineEnd(m_text, offset));
            return next != std::string_view::npos && m_text[next] == '#';
        }

        // --- a new member --------------------------------------------------------------------------------------------

        Result<void> insertMember(const Place &place, std::span<const std::string> steps, const Value &value)
        {
            const YamlNode &map = *place.node;
            if (steps.size() > 1 && map.member("<<") != nullptr)
                return shared(*map.member("<<"), "`" + steps.front() + "` may come from a merge key");
            const Value inner = wrapped(steps.subspan(1), value);
            if (map.members.empty())
                return insertFirst(place, steps.front(), inner);
            const YamlNode &neighbour = map.members.back().first;
            const YamlNode &first = map.members.front().first;
            if (!first.anchor.empty() || !first.tag.empty() || first.kind != Kind::Scalar)
                return refuse(map, "can't put `" + steps.front() + "` beside this key: edit it by hand");
            std::string key = scalarLike(neighbour, Value(steps.front()), map.style == Style::Flow);
            if (map.style == Style::Flow)
                m_edits.push_back(flowInsertion(map, key + ": " + inlineText(inner, true)));
            else
                insertLinesAfter(contentEnd(m_text, map), entryLines(key, inner, m_layout), first.start.column - 1);
            return {};
        }

        Result<void> insertFirst(const Place &place, const std::string &key, const Value &inner)
        {
            Value map = Value::map();
            map.set(key, inner);
            if (place.parent != nullptr)
                return replace(place, map);
            const YamlText text = blockText(map, m_layout);
            m_edits.push_back({place.node->start.offset, place.node->end.offset, joined(text.lines, place.node->start.column - 1)});
            return {};
        }

        TextEdit flowInsertion(const YamlNode &map, const std::string &entry) const
        {
            const auto &[key, last] = map.members.back();
            // Where each member has a line of its own, the new one gets one too.
            const std::size_t start = lineStart(m_text, key.start.offset);
            const bool isAlone = start > 0 && isBlank(m_text.substr(start, key.start.offset - start));
            const std::string gap = isAlone ? std::string(m_layout.lineBreak).append(m_text.substr(start, key.start.offset - start)) : std::string(" ");
            const std::size_t at = std::max(last.end.offset, key.end.offset);
            return {at, at, "," + gap + entry};
        }

        // --- removing ----------------------------------------------------------------------------------------------------

        Result<void> removeMember(const Place &place)
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
                return refuse(key, "this key can't be taken away alone: edit it by hand");
            const std::size_t next = members[place.index + 1].first.start.offset;
            m_edits.push_back({start, isBlank(m_text.substr(end, next - end)) ? next : end, {}});
            return {};
        }

        std::size_t holderEndOrNode(const Place &place) const { return isEmptyNode(*place.node) ? holderEnd(place) : place.node->start.offset; }

        static std::size_t flowEnd(const YamlNode &node, const YamlNode &key) { return std::max(node.end.offset, key.end.offset); }

        Result<void> removeItem(const Place &place)
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
                return refuse(*place.node, "this item can't be taken away alone: edit it by hand");
            else
                m_edits.push_back({dash, dashOf(list, place.index + 1), {}});
            return {};
        }

        Result<void> removeFromFlow(std::size_t start, std::size_t end, std::size_t previousEnd, std::size_t nextStart, bool isLast)
        {
            const std::size_t from = isLast ? previousEnd : start;
            const std::size_t to = isLast ? end : nextStart;
            if (hasComment(m_text.substr(from, start - from)) || hasComment(m_text.substr(end, to - end)))
                return fail(ErrorCode::InvalidInput, "a comment stands between the commas here: edit it by hand");
            m_edits.push_back({from, to, {}});
            return {};
        }

        std::string_view m_text;
        const YamlNode &m_root;
        YamlLayout m_layout;
        YamlEdits m_edits;
    };

} // namespace

Result<YamlEdits> editsToSet(std::string_view text, const YamlNode &root, std::span<const std::string> steps, const Value &value)
{
    return Editor(text, root).set(steps, value);
}

Result<YamlRemoval> editsToRemove(std::string_view text, const YamlNode &root, std::span<const std::string> steps)
{
    return Editor(text, root).remove(steps);
}

Result<YamlEdits> editsToInsertItem(
    std::string_view text, const YamlNode &root, std::span<const std::string> steps, std::size_t index, const Value &value)
{
    return Editor(text, root).insertItem(steps, index, value);
}

Result<YamlEdits> editsToSwapItems(std::string_view text, const YamlNode &root, std::span<const std::string> steps, std::size_t index)
{
    return Editor(text, root).swapItems(steps, index);
}

} // namespace fairway::value
