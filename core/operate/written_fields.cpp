#include "core/operate/written_fields.h"

#include "core/operate/hash.h"
#include "core/operate/pointer.h"
#include "core/operate/secret_mask.h"
#include "core/value/json.h"

#include <algorithm>

namespace fairway::operate {

using value::Value;

namespace {

constexpr std::string_view hashMark = "sha256:";

/// The JSON text of a field, or its hash (never valid JSON, so the two can't be confused).
std::optional<std::string> textOf(const Value *node, bool isHidden, const SecretHash &hash)
{
    if (node == nullptr)
        return std::nullopt;
    std::string json = value::toJson(*node);
    return isHidden ? hash(json) : json;
}

/// `object`'s field at `pointer` against a recorded text.
bool holds(const Value *node, const std::optional<std::string> &recorded, const SecretHash &hash)
{
    if (node == nullptr || !recorded)
        return node == nullptr && !recorded;
    if (recorded->compare(0, hashMark.size(), hashMark) == 0)
        return hash(value::toJson(*node)) == *recorded;
    const Result<Value> wanted = value::parseJson(*recorded);
    return wanted && *node == *wanted;
}

FieldState stateAt(const Value &object, std::string_view pointer, const WrittenField &field, const SecretHash &hash)
{
    const Value *node = findAt(object, pointer);
    if (holds(node, field.after, hash))
        return FieldState::HoldsAfter;
    return holds(node, field.before, hash) ? FieldState::HoldsBefore : FieldState::Neither;
}

std::string listOf(const std::string &anchor)
{
    return anchor.substr(0, anchor.rfind('/'));
}

std::string itemHash(const Value &item)
{
    return sha256Hex(value::toJson(item));
}

} // namespace

std::vector<WrittenField> recordFields(const Value &live, const Value &written, const std::vector<FieldChange> &changes,
                                       const SecretHash &hash)
{
    const bool isHidden = isSecret(live) || isSecret(written);
    std::vector<WrittenField> fields;
    for (const FieldChange &change : changes) {
        WrittenField field;
        field.pointer = change.pointer;
        const bool isMasked = isHidden && isSecretField(change.pointer);
        field.before = textOf(findAt(live, change.pointer), isMasked, hash);
        field.after = textOf(findAt(written, change.pointer), isMasked, hash);
        field.anchor = outermostItem(written, change.pointer);
        if (const Value *item = field.anchor.empty() ? nullptr : findAt(written, field.anchor))
            field.anchorHash = isMasked ? std::string() : itemHash(*item);
        if (const Value *list = field.anchor.empty() ? nullptr : findAt(written, listOf(field.anchor)))
            field.listSize = static_cast<std::int64_t>(list->size());
        fields.push_back(std::move(field));
    }
    return fields;
}

FoundField findField(const Value &object, const WrittenField &field, const SecretHash &hash)
{
    if (field.anchor.empty() || field.anchorHash.empty())
        return {field.pointer, stateAt(object, field.pointer, field, hash)};
    const Value *item = findAt(object, field.anchor);
    if (item != nullptr && itemHash(*item) == field.anchorHash)
        return {field.pointer, FieldState::HoldsAfter};
    // The rule may have moved: somebody added or removed another one before it.
    const std::string listPointer = listOf(field.anchor);
    const Value *list = findAt(object, listPointer);
    std::string moved;
    for (std::size_t i = 0; list != nullptr && list->isList() && i < list->size(); ++i) {
        if (itemHash((*list)[i]) != field.anchorHash)
            continue;
        if (!moved.empty())
            return {field.pointer, FieldState::Neither}; // two alike: guessing would change the wrong one
        moved = childPointer(listPointer, i) + field.pointer.substr(field.anchor.size());
    }
    if (!moved.empty())
        return {moved, FieldState::HoldsAfter};
    // Only when no item came or went does the index still name the item that was written.
    if (list == nullptr || static_cast<std::int64_t>(list->size()) != field.listSize)
        return {field.pointer, FieldState::Neither};
    return {field.pointer, stateAt(object, field.pointer, field, hash)};
}

FieldState stateOf(const Value &object, const std::vector<WrittenField> &fields, const SecretHash &hash)
{
    const auto all = [&](FieldState wanted) {
        return !fields.empty() && std::all_of(fields.begin(), fields.end(), [&](const WrittenField &field) {
            return findField(object, field, hash).state == wanted;
        });
    };
    if (all(FieldState::HoldsAfter))
        return FieldState::HoldsAfter;
    return all(FieldState::HoldsBefore) ? FieldState::HoldsBefore : FieldState::Neither;
}

} // namespace fairway::operate
