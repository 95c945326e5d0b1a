#pragma once

#include "core/route/edit_form.h"

#include <limits>

/// Internal to core/route: how the tables of form fields are written down.
namespace fairway::route {

/// The field's value in `object` as text: numbers as the object has them, texts as they are; empty for anything else.
[[nodiscard]] std::string fieldText(const value::Value &field);

/// A group whose fields' pointers are relative to `base` until add() makes them whole and reads what is set.
class GroupBuilder {
public:
    GroupBuilder(const value::Value &object, std::string base, std::string id, Text title);

    GroupBuilder &text(std::string id, std::string_view path, Text label, Text help);
    GroupBuilder &duration(std::string id, std::string_view path, Text label, Text help);
    GroupBuilder &percent(std::string id, std::string_view path, Text label, Text help);
    GroupBuilder &flag(std::string id, std::string_view path, Text label, Text help);
    GroupBuilder &choice(std::string id, std::string_view path, std::vector<std::string> choices, Text label, Text help);
    GroupBuilder &integer(std::string id, std::string_view path, Text label, Text help, std::int64_t min = 0,
        std::int64_t max = std::numeric_limits<std::int32_t>::max());
    /// Of the field added last: the object holds it as text.
    GroupBuilder &asString();
    /// Of the field added last: see EditField::needs.
    GroupBuilder &needs(std::string id);
    /// Of the field added last: see EditField::startsAs.
    GroupBuilder &startsAs(std::string text);
    GroupBuilder &note(Text note);
    /// The group stands for an item of the list at `list` (see EditGroup::Item); the base is the item's.
    GroupBuilder &item(std::string list, std::optional<std::size_t> index, value::Value blank);

    [[nodiscard]] EditGroup take() { return std::move(m_group); }

private:
    GroupBuilder &add(EditField field, std::string_view path);

    const value::Value &m_object;
    std::string m_base;
    EditGroup m_group;
};

} // namespace fairway::route
