#include "core/route/form_fields.h"

#include "core/value/json.h"

#include <utility>

namespace fairway::route {

std::string fieldText(const value::Value &field)
{
    if (field.isString())
        return std::string(field.stringOr());
    if (field.isNumber() || field.isBool())
        return value::toJson(field);
    return {};
}

GroupBuilder::GroupBuilder(const value::Value &object, std::string base, std::string id, Text title)
    : m_object(object)
    , m_base(std::move(base))
{
    m_group.id = std::move(id);
    m_group.title = std::move(title);
}

GroupBuilder &GroupBuilder::add(EditField field, std::string_view path)
{
    field.pointer = m_base + std::string(path);
    field.value = fieldText(value::at(m_object, field.pointer));
    m_group.fields.push_back(std::move(field));
    return *this;
}

GroupBuilder &GroupBuilder::text(std::string id, std::string_view path, Text label, Text help)
{
    return add({std::move(id), std::move(label), std::move(help), FieldType::Text}, path);
}

GroupBuilder &GroupBuilder::duration(std::string id, std::string_view path, Text label, Text help)
{
    return add({std::move(id), std::move(label), std::move(help), FieldType::Duration}, path);
}

GroupBuilder &GroupBuilder::percent(std::string id, std::string_view path, Text label, Text help)
{
    return add({std::move(id), std::move(label), std::move(help), FieldType::Percent}, path);
}

GroupBuilder &GroupBuilder::flag(std::string id, std::string_view path, Text label, Text help)
{
    return add({std::move(id), std::move(label), std::move(help), FieldType::Flag}, path);
}

GroupBuilder &GroupBuilder::choice(std::string id, std::string_view path, std::vector<std::string> choices, Text label, Text help)
{
    return add({std::move(id), std::move(label), std::move(help), FieldType::Choice, std::move(choices)}, path);
}

GroupBuilder &GroupBuilder::integer(std::string id, std::string_view path, Text label, Text help, std::int64_t min, std::int64_t max)
{
    return add({std::move(id), std::move(label), std::move(help), FieldType::Integer, {}, min, max}, path);
}

GroupBuilder &GroupBuilder::asString()
{
    m_group.fields.back().isString = true;
    return *this;
}

GroupBuilder &GroupBuilder::needs(std::string id)
{
    m_group.fields.back().needs = std::move(id);
    return *this;
}

GroupBuilder &GroupBuilder::startsAs(std::string text)
{
    m_group.fields.back().startsAs = std::move(text);
    return *this;
}

GroupBuilder &GroupBuilder::note(Text note)
{
    m_group.note = std::move(note);
    return *this;
}

GroupBuilder &GroupBuilder::item(std::string list, std::optional<std::size_t> index, value::Value blank)
{
    // The fields were read at the item; from here on their pointers begin there.
    for (EditField &field : m_group.fields)
        field.pointer.erase(0, m_base.size());
    m_group.item = EditGroup::Item {std::move(list), index, std::move(blank)};
    return *this;
}

} // namespace fairway::route
