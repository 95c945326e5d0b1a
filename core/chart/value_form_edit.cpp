#include "core/chart/value_form_edit.h"

#include "core/chart/go_text.h"
#include "core/chart/value_edit.h"
#include "core/chart/values_text.h"
#include "core/value/pointer.h"
#include "core/value/yaml_layout.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace fairway::chart {

using value::Value;
using Change = FormChange::Kind;

namespace {

std::string parentOf(std::string_view pointer)
{
    return std::string(pointer.substr(0, std::min(pointer.rfind('/'), pointer.size())));
}

/// The outermost list on the way that the file doesn't say anything about.
const FormField *inheritedList(const FormField &root, std::string_view pointer)
{
    const FormField *field = &root;
    for (std::size_t end = pointer.find('/', 1);; end = pointer.find('/', end + 1)) {
        field = findField(*field, pointer.substr(0, end));
        if (field == nullptr || field->kind != FormField::Kind::List || field->isSet) {
            if (field == nullptr || end == std::string_view::npos)
                return nullptr;
            continue;
        }
        return field;
    }
}

Result<std::size_t> itemIndex(std::string_view pointer)
{
    const auto index = value::pointerIndex(pointer.substr(std::min(pointer.rfind('/') + 1, pointer.size())));
    if (!index)
        return fail(ErrorCode::NotFound, "this is no item of a list");
    return *index;
}

Result<std::string> move(std::string_view text, const FormChange &change)
{
    const Result<std::size_t> index = itemIndex(change.pointer);
    if (!index)
        return tl::unexpected(index.error());
    if (change.kind == Change::MoveUp && *index == 0)
        return std::string(text);
    return swapItemsInText(text, parentOf(change.pointer), change.kind == Change::MoveUp ? *index - 1 : *index);
}

Result<std::string> remove(std::string_view text, const ValueForm &form, const FormChange &change)
{
    const FormField *field = findField(form.root, change.pointer);
    if (field == nullptr)
        return fail(ErrorCode::NotFound, "there is no such value");
    return field->hasPreset ? setValueInText(text, change.pointer, Value()) : unsetValueInText(text, change.pointer);
}

} // namespace

const FormField *findField(const FormField &root, std::string_view pointer)
{
    const FormField *field = &root;
    while (field != nullptr && field->pointer != pointer) {
        const FormField *next = nullptr;
        for (const FormField &inner : field->fields) {
            if (pointer.starts_with(inner.pointer) && (pointer.size() == inner.pointer.size() || pointer[inner.pointer.size()] == '/'))
                next = &inner;
        }
        field = next;
    }
    return field;
}

Result<std::string> applyFormChange(std::string_view text, const ValueForm &form, const FormChange &change)
{
    std::string whole(text);
    const bool isItemwise = change.kind != Change::Reset;
    if (const FormField *list = isItemwise ? inheritedList(form.root, change.pointer) : nullptr;
        list != nullptr && (list->pointer != change.pointer || change.kind == Change::AddItem) && list->value.isList()) {
        Result<std::string> written = setValueInText(whole, list->pointer, list->value);
        if (!written)
            return written;
        whole = std::move(*written);
    }
    switch (change.kind) {
    case Change::Set: return setValueInText(whole, change.pointer, change.value);
    case Change::Reset: return unsetValueInText(whole, change.pointer);
    case Change::AddItem: return insertItemInText(whole, change.pointer, static_cast<std::size_t>(-1) / 2, change.value);
    case Change::Remove: return remove(whole, form, change);
    case Change::MoveUp:
    case Change::MoveDown: return move(whole, change);
    }
    return fail(ErrorCode::Internal, "no such change");
}

Result<Value> valueFromText(const FieldFacts &field, std::string_view typed)
{
    const std::string_view text = trimSpace(typed);
    switch (field.kind) {
    case FormField::Kind::Int: {
        std::int64_t number = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (code != std::errc() || end != text.data() + text.size())
            return fail(ErrorCode::InvalidInput, "not a whole number");
        return Value(number);
    }
    case FormField::Kind::Number: {
        double number = 0;
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (code != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
            return fail(ErrorCode::InvalidInput, "not a number");
        return Value(number);
    }
    case FormField::Kind::String: return Value(typed);
    case FormField::Kind::Bool:
        if (text == "true" || text == "false")
            return Value(text == "true");
        return fail(ErrorCode::InvalidInput, "neither true nor false");
    case FormField::Kind::Enum:
        for (const Value &choice : field.choices) {
            if (textFromValue(choice) == typed)
                return choice;
        }
        return fail(ErrorCode::InvalidInput, "not one of the choices");
    case FormField::Kind::Any:
    case FormField::Kind::List:
    case FormField::Kind::Section: break;
    }
    return readYamlAsGo(text);
}

std::string textFromValue(const Value &value)
{
    if (value.isNull())
        return {};
    return value.isString() ? value.asString() : value::inlineText(value, false);
}

} // namespace fairway::chart
