#include "core/chart/go_struct.h"

#include "core/value/float_text.h"

namespace fairway::chart {

using value::Value;

bool isField(std::string_view key, std::string_view field)
{
    if (key.size() != field.size())
        return false;
    for (std::size_t i = 0; i < key.size(); ++i) {
        const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
        if (small(key[i]) != small(field[i]))
            return false;
    }
    return true;
}

std::string GoStructReader::Place::path() const
{
    std::string before = around != nullptr ? around->path() : std::string();
    if (name.empty())
        return before;
    return before.empty() ? std::string(name) : before + "." + std::string(name);
}

void GoStructReader::text(const Value &data, const Place &place, std::string &out)
{
    switch (data.kind()) {
    case value::Kind::Null:
        return;
    case value::Kind::String:
        out = data.asString();
        return;
    case value::Kind::Bool:
        out = data.asBool() ? "true" : "false";
        return;
    case value::Kind::Int:
        out = std::to_string(data.asInt());
        return;
    case value::Kind::Float:
        out = value::formatFloatG(data.asFloat());
        return;
    default:
        refuse(data, place, "string");
    }
}

void GoStructReader::boolean(const Value &data, const Place &place, bool &out)
{
    if (data.isBool())
        out = data.asBool();
    else if (!data.isNull())
        refuse(data, place, "bool");
}

void GoStructReader::texts(const Value &data, const Place &place, std::vector<std::string> &out)
{
    if (data.isList()) {
        out.clear();
        for (const Value &item : data.asList())
            text(item, place, out.emplace_back());
    } else if (data.isNull()) {
        out.clear();
    } else {
        refuse(data, place, "[]string");
    }
}

void GoStructReader::textMap(const Value &data, const Place &place, std::optional<std::map<std::string, std::string>> &out)
{
    if (data.isMap()) {
        if (!out)
            out.emplace();
        for (const auto &[key, member] : data.asMap())
            text(member, place, (*out)[key]);
    } else if (data.isNull()) {
        out.reset();
    } else {
        refuse(data, place, "map[string]string");
    }
}

void GoStructReader::refuse(const Value &data, const Place &place, std::string_view typeName)
{
    if (!m_error.empty())
        return;
    const std::string_view kind = data.isMap() ? "object" : data.isList() ? "array" : data.isString() ? "string" : data.isBool() ? "bool" : "number";
    m_error = "json: cannot unmarshal " + std::string(kind) + " into Go ";
    if (const std::string path = place.path(); path.empty())
        m_error += "value";
    else
        m_error += "struct field " + std::string(place.structName) + "." + path;
    m_error += " of type " + std::string(typeName);
}

Result<void> GoStructReader::result() const
{
    if (m_error.empty())
        return {};
    return fail(ErrorCode::InvalidInput, "error unmarshaling JSON: while decoding JSON: " + m_error);
}

} // namespace fairway::chart
