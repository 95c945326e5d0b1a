#include "core/value/field_edit.h"

#include "core/value/pointer.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace fairway::value {
namespace {

    using Steps = std::vector<std::string>;

    tl::unexpected<Error> wrong(std::span<const std::string> steps, std::string_view what)
    {
        return fail(ErrorCode::InvalidInput, joinPointer({steps.begin(), steps.end()}) + ": " + std::string(what));
    }

    /// The node at the first `count` steps. Handles share the tree, so what is done to the answer is done to `root`.
    /// `makes`: maps that are missing are made; otherwise nothing is found there.
    Result<std::optional<Value>> nodeAt(Value &root, const Steps &steps, std::size_t count, bool makes)
    {
        Value node = root;
        for (std::size_t i = 0; i < count; ++i) {
            const std::span here(steps.data(), i + 1);
            if (node.isList()) {
                const auto index = pointerIndex(steps[i]);
                if (!index || *index >= node.size())
                    return wrong(here, "there is no such item");
                if (node[*index].isNull() && makes)
                    node.asList()[*index] = Value::map();
                node = Value(node[*index]);
                continue;
            }
            if (!node.isMap())
                return wrong(here.first(i), "is no map");
            const Value *found = node.asMap().get(steps[i]);
            if (found == nullptr || found->isNull()) {
                if (!makes)
                    return std::nullopt;
                node.asMap().set(steps[i], Value::map());
                found = node.asMap().get(steps[i]);
            }
            node = Value(*found);
        }
        return node;
    }

    Result<void> set(Value &root, const Steps &steps, const Value &value)
    {
        const auto parent = nodeAt(root, steps, steps.size() - 1, true);
        if (!parent)
            return tl::unexpected(parent.error());
        Value into = **parent;
        if (into.isMap()) {
            into.asMap().set(steps.back(), deepCopy(value));
            return {};
        }
        const auto index = into.isList() ? pointerIndex(steps.back()) : std::nullopt;
        if (!index || *index >= into.size())
            return wrong(steps, into.isList() ? "there is no such item" : "what holds it is no map");
        into.asList()[*index] = deepCopy(value);
        return {};
    }

    Result<void> remove(Value &root, Steps steps)
    {
        while (true) {
            const auto parent = nodeAt(root, steps, steps.size() - 1, false);
            if (!parent)
                return tl::unexpected(parent.error());
            if (!*parent)
                return {};
            Value from = **parent;
            if (from.isList()) {
                const auto index = pointerIndex(steps.back());
                if (!index || *index >= from.size())
                    return wrong(steps, "there is no such item");
                from.asList().erase(from.asList().begin() + static_cast<std::ptrdiff_t>(*index));
                return {};
            }
            if (!from.isMap() || !from.asMap().remove(steps.back()) || from.size() > 0 || steps.size() < 2)
                return {};
            steps.pop_back();
            // A map that is an item keeps its place, empty: without it the items behind would move.
            const auto holder = nodeAt(root, steps, steps.size() - 1, false);
            if (!holder || !*holder || !(*holder)->isMap())
                return {};
        }
    }

    Result<void> insert(Value &root, const Steps &steps, const Value &value)
    {
        Steps listSteps(steps.begin(), steps.end() - 1);
        if (listSteps.empty())
            return wrong(steps, "an object is no list");
        const auto list = nodeAt(root, listSteps, listSteps.size(), false);
        if (!list)
            return tl::unexpected(list.error());
        if (!*list || (*list)->isNull())
            return set(root, listSteps, Value::list({deepCopy(value)}));
        Value into = **list;
        if (!into.isList())
            return wrong(listSteps, "is no list");
        const auto index = steps.back() == "-" ? std::optional(into.size()) : pointerIndex(steps.back());
        if (!index || *index > into.size())
            return wrong(steps, "there is no such item");
        into.asList().insert(into.asList().begin() + static_cast<std::ptrdiff_t>(*index), deepCopy(value));
        return {};
    }

} // namespace

Result<Value> withFieldEdits(const Value &object, std::span<const FieldEdit> edits)
{
    Value out = deepCopy(object);
    for (const FieldEdit &edit : edits) {
        const Steps steps = splitPointer(edit.pointer);
        if (steps.empty())
            return fail(ErrorCode::InvalidInput, "an edit names no field");
        Result<void> done;
        switch (edit.verb) {
        case FieldEdit::Verb::Set:
            done = set(out, steps, edit.value);
            break;
        case FieldEdit::Verb::Remove:
            done = remove(out, steps);
            break;
        case FieldEdit::Verb::Insert:
            done = insert(out, steps, edit.value);
            break;
        }
        if (!done)
            return tl::unexpected(done.error());
    }
    return out;
}

} // namespace fairway::value
