#include "core/value/yaml_edit.h"

#include "core/value/pointer.h"
#include "core/value/yaml_editor.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace fairway::value {

Result<YamlEdits> YamlEditor::set(std::span<const std::string> steps, const Value &value)
{
    Result<std::vector<Place>> way = walk(steps);
    if (!way)
        return tl::unexpected(way.error());
    const Place &last = way->back();
    const std::span<const std::string> rest = steps.subspan(way->size() - 1);
    if (rest.empty())
        return last.parent == nullptr ? refuseEdit(*last.node, "the whole text can't be replaced") : finish(replace(last, value));
    if (last.node->kind == Kind::Map)
        return finish(insertMember(last, rest, value));
    if (last.node->kind == Kind::List)
        return refuseEdit(*last.node, "the list has no item `" + rest.front() + "`");
    if (isNullText(*last.node) && last.parent != nullptr)
        return finish(replace(last, wrapped(rest, value)));
    return refuseEdit(*last.node, "a map is needed here, for `" + rest.front() + "`");
}

Result<YamlRemoval> YamlEditor::remove(std::span<const std::string> steps)
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
                return refuseEdit(holder, "the whole text can't be replaced");
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

Result<YamlEdits> YamlEditor::insertItem(std::span<const std::string> steps, std::size_t index, const Value &value)
{
    Result<std::vector<Place>> way = walk(steps);
    if (!way)
        return tl::unexpected(way.error());
    const Place &place = way->back();
    const YamlNode &list = *place.node;
    if (way->size() != steps.size() + 1 || (list.kind != Kind::List && !isNullText(list)))
        return refuseEdit(list, "a list is needed here");
    index = std::min(index, list.items.size());
    if (list.items.empty())
        return place.parent == nullptr ? refuseEdit(list, "the whole text can't be replaced") : finish(replace(place, Value::list({value})));
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

Result<YamlEdits> YamlEditor::swapItems(std::span<const std::string> steps, std::size_t index)
{
    Result<std::vector<Place>> way = walk(steps);
    if (!way)
        return tl::unexpected(way.error());
    const YamlNode &list = *way->back().node;
    if (way->size() != steps.size() + 1 || list.kind != Kind::List || list.items.size() < 2 || index > list.items.size() - 2)
        return refuseEdit(list, "there is no such item to move");
    const auto [firstStart, firstEnd] = itemSpan(list, index);
    const auto [secondStart, secondEnd] = itemSpan(list, index + 1);
    if (firstEnd < firstStart || secondEnd < secondStart || secondStart < firstEnd)
        return refuseEdit(list, "the items can't be told apart here");
    m_edits.push_back({firstStart, firstEnd, std::string(m_text.substr(secondStart, secondEnd - secondStart))});
    m_edits.push_back({secondStart, secondEnd, std::string(m_text.substr(firstStart, firstEnd - firstStart))});
    return std::move(m_edits);
}

Result<YamlEdits> YamlEditor::finish(Result<void> done)
{
    if (!done)
        return tl::unexpected(done.error());
    return std::move(m_edits);
}

Result<std::vector<YamlEditor::Place>> YamlEditor::walk(std::span<const std::string> steps) const
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

Value YamlEditor::wrapped(std::span<const std::string> steps, const Value &value)
{
    Value whole = value;
    for (std::size_t i = steps.size(); i > 0; --i) {
        Value map = Value::map();
        map.set(steps[i - 1], whole);
        whole = map;
    }
    return whole;
}

Result<YamlEdits> editsToSet(std::string_view text, const YamlNode &root, std::span<const std::string> steps, const Value &value)
{
    return YamlEditor(text, root).set(steps, value);
}

Result<YamlRemoval> editsToRemove(std::string_view text, const YamlNode &root, std::span<const std::string> steps)
{
    return YamlEditor(text, root).remove(steps);
}

Result<YamlEdits> editsToInsertItem(
    std::string_view text, const YamlNode &root, std::span<const std::string> steps, std::size_t index, const Value &value)
{
    return YamlEditor(text, root).insertItem(steps, index, value);
}

Result<YamlEdits> editsToSwapItems(std::string_view text, const YamlNode &root, std::span<const std::string> steps, std::size_t index)
{
    return YamlEditor(text, root).swapItems(steps, index);
}

} // namespace fairway::value
