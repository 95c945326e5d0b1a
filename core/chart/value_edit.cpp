#include "core/chart/value_edit.h"

#include "core/chart/values_text.h"
#include "core/value/pointer.h"
#include "core/value/yaml_edit.h"
#include "core/value/yaml_layout.h"

#include <algorithm>
#include <functional>
#include <span>
#include <vector>

namespace fairway::chart {

using value::Value;
using value::YamlNode;
using Steps = std::vector<std::string>;

namespace {

constexpr std::size_t maxBytes = std::size_t {5} << 20; // Helm's own limit for a file of a chart
constexpr std::size_t maxSteps = 100;

/// A values file, read both ways: as it is written and as it is meant.
struct Opened {
    std::vector<YamlNode> roots; ///< One, or none when the text holds nothing.
    Value values;                ///< A map.
};

Result<Opened> open(std::string_view text)
{
    if (text.size() > maxBytes)
        return fail(ErrorCode::LimitExceeded, "the file is larger than " + std::to_string(maxBytes) + " bytes");
    Opened opened;
    Result<std::vector<YamlNode>> roots = value::parseYamlTree(text);
    if (!roots)
        return tl::unexpected(roots.error());
    if (roots->size() > 1)
        return fail(ErrorCode::InvalidInput, "line " + std::to_string((*roots)[1].start.line) + ": a second document begins in this file: edit it by hand");
    if (!roots->empty() && roots->front().kind != YamlNode::Kind::Map)
        return fail(ErrorCode::InvalidInput, "line " + std::to_string(roots->front().start.line) + ": the file holds no map of values");
    Result<Value> values = readYamlAsGo(text);
    if (!values)
        return tl::unexpected(values.error());
    opened.values = values->isMap() ? *values : Value::map();
    opened.roots = std::move(*roots);
    return opened;
}

Result<Steps> stepsOf(std::string_view pointer)
{
    Steps steps = value::splitPointer(pointer);
    if (steps.empty() || pointer.front() != '/' || steps.size() > maxSteps)
        return fail(ErrorCode::InvalidInput, "no place in the values: " + std::string(pointer.substr(0, 100)));
    return steps;
}

/// The place the steps lead to in a tree that may be changed; maps are made on the way where `make`. Null: there is none.
Value *placeOf(Value &values, std::span<const std::string> steps, bool make)
{
    Value *place = &values;
    for (const std::string &step : steps) {
        if (place->isList()) {
            const auto index = value::pointerIndex(step);
            if (!index || *index >= place->asList().size())
                return nullptr;
            place = &place->asList()[*index];
            continue;
        }
        if (place->isNull() && make)
            *place = Value::map();
        if (!place->isMap())
            return nullptr;
        Value *member = place->asMap().get(step);
        if (member == nullptr && make) {
            place->asMap().set(step, Value());
            member = place->asMap().get(step);
        }
        if (member == nullptr)
            return nullptr;
        place = member;
    }
    return place;
}

/// Reads the edited text and holds it against what was meant: whatever a strange layout did to us is caught here.
Result<std::string> checked(std::string_view text, value::YamlEdits edits, const Value &expected)
{
    Result<std::string> edited = value::applyEdits(text, std::move(edits));
    if (edited) {
        const Result<Opened> again = open(*edited);
        if (again && again->values == expected)
            return edited;
    }
    return fail(ErrorCode::InvalidInput, "this can't be changed without touching more of the file's layout: edit it by hand");
}

/// A text that holds no value yet.
Result<std::string> firstValue(std::string_view text, const Steps &steps, const Value &value, const Value &expected)
{
    Value whole = value;
    for (std::size_t i = steps.size(); i > 0; --i)
        whole = Value::map({{steps[i - 1], whole}});
    value::YamlLayout layout;
    if (text.find("\r\n") != std::string_view::npos)
        layout.lineBreak = "\r\n";
    std::string added;
    if (!text.empty() && text.back() != '\n')
        added += layout.lineBreak;
    for (const std::string &line : value::blockText(whole, layout).lines)
        added += line + std::string(layout.lineBreak);
    return checked(text, {{text.size(), text.size(), added}}, expected);
}

/// What every edit begins with: the text read, and the way to the value.
struct Place {
    Steps steps;
    Opened opened;
};

Result<Place> placeIn(std::string_view text, std::string_view pointer)
{
    Result<Steps> steps = stepsOf(pointer);
    if (!steps)
        return tl::unexpected(steps.error());
    Result<Opened> opened = open(text);
    if (!opened)
        return tl::unexpected(opened.error());
    return Place {std::move(*steps), std::move(*opened)};
}

} // namespace

Result<std::string> setValueInText(std::string_view text, std::string_view pointer, const Value &value)
{
    const Result<Place> at = placeIn(text, pointer);
    if (!at)
        return tl::unexpected(at.error());
    const auto &[steps, opened] = *at;
    Value expected = value::deepCopy(opened.values);
    Value *place = placeOf(expected, steps, true);
    if (place != nullptr && *place == value && place->kind() == value.kind() && !value.isNull())
        return std::string(text);
    if (place != nullptr)
        *place = value;
    if (opened.roots.empty())
        return firstValue(text, steps, value, expected);
    Result<value::YamlEdits> edits = value::editsToSet(text, opened.roots.front(), steps, value);
    if (!edits)
        return tl::unexpected(edits.error());
    return checked(text, std::move(*edits), expected);
}

Result<std::string> unsetValueInText(std::string_view text, std::string_view pointer)
{
    const Result<Place> at = placeIn(text, pointer);
    if (!at)
        return tl::unexpected(at.error());
    const auto &[steps, opened] = *at;
    if (opened.roots.empty())
        return fail(ErrorCode::NotFound, "the file holds no values");
    Result<value::YamlRemoval> removal = value::editsToRemove(text, opened.roots.front(), steps);
    if (!removal)
        return tl::unexpected(removal.error());
    Value expected = value::deepCopy(opened.values);
    if (removal->left) {
        if (Value *place = placeOf(expected, removal->steps, false))
            *place = *removal->left;
    } else if (Value *parent = placeOf(expected, std::span(removal->steps).first(removal->steps.size() - 1), false)) {
        if (parent->isMap())
            parent->asMap().remove(removal->steps.back());
        else if (const auto index = value::pointerIndex(removal->steps.back()); parent->isList() && index && *index < parent->size())
            parent->asList().erase(parent->asList().begin() + static_cast<std::ptrdiff_t>(*index));
    }
    return checked(text, std::move(removal->edits), expected);
}

Result<std::string> insertItemInText(std::string_view text, std::string_view pointer, std::size_t index, const Value &item)
{
    const Result<Place> at = placeIn(text, pointer);
    if (!at)
        return tl::unexpected(at.error());
    const auto &[steps, opened] = *at;
    Value expected = value::deepCopy(opened.values);
    Value *const list = placeOf(expected, steps, false);
    if (list == nullptr || opened.roots.empty())
        return setValueInText(text, pointer, Value::list({item}));
    if (list->isNull())
        *list = Value::list();
    if (list->isList())
        list->asList().insert(list->asList().begin() + static_cast<std::ptrdiff_t>(std::min(index, list->size())), item);
    Result<value::YamlEdits> edits = value::editsToInsertItem(text, opened.roots.front(), steps, index, item);
    if (!edits)
        return tl::unexpected(edits.error());
    return checked(text, std::move(*edits), expected);
}

Result<std::string> swapItemsInText(std::string_view text, std::string_view pointer, std::size_t index)
{
    const Result<Place> at = placeIn(text, pointer);
    if (!at)
        return tl::unexpected(at.error());
    const auto &[steps, opened] = *at;
    if (opened.roots.empty())
        return fail(ErrorCode::NotFound, "the file holds no values");
    Result<value::YamlEdits> edits = value::editsToSwapItems(text, opened.roots.front(), steps, index);
    if (!edits)
        return tl::unexpected(edits.error());
    Value expected = value::deepCopy(opened.values);
    if (Value *list = placeOf(expected, steps, false); list != nullptr && list->isList() && index + 1 < list->size())
        std::swap(list->asList()[index], list->asList()[index + 1]);
    return checked(text, std::move(*edits), expected);
}

} // namespace fairway::chart
