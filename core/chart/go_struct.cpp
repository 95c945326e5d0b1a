#include "core/chart/go_struct.h"

#include "core/chart/go_text.h"
#include "core/value/float_text.h"

#include <utility>

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

template <typename Data>
void GoStructReader::text(Data &data, const Place &place, std::string &out)
{
    if (data.isString())
        out = data.asString();
    else if (data.isNull())
        return;
    else if (data.isList() || data.isMap() || m_scalars == GoScalars::Refused)
        refuse(data, place, "string");
    else if (const Value scalar = treeOf(data); scalar.isBool())
        out = scalar.asBool() ? "true" : "false";
    else if (scalar.isInt())
        out = std::to_string(scalar.asInt());
    else if (scalar.isFloat())
        out = value::formatFloatG(scalar.asFloat());
    else
        refuse(data, place, "string");
}

template <typename Data>
void GoStructReader::boolean(Data &data, const Place &place, bool &out)
{
    if (data.isBool())
        out = data.asBool();
    else if (!data.isNull())
        refuse(data, place, "bool");
}

template <typename Data>
void GoStructReader::texts(Data &data, const Place &place, std::vector<std::string> &out)
{
    if (!data.isList() && !data.isNull())
        return refuse(data, place, "[]string");
    out.clear();
    if (data.isList())
        eachItem(data, [&](auto &item) { text(item, place, out.emplace_back()); });
}

template <typename Data>
void GoStructReader::textMap(Data &data, const Place &place, std::optional<std::map<std::string, std::string>> &out)
{
    if (data.isMap()) {
        if (!out)
            out.emplace();
        eachMember(data, [&](auto &&key, auto &member) {
            const auto [at, isNew] = out->try_emplace(std::string(key));
            if (!isNew)
                repeated(member);
            text(member, place, at->second);
        });
    } else if (data.isNull()) {
        out.reset();
    } else {
        refuse(data, place, "map[string]string");
    }
}

template void GoStructReader::text(const Value &, const Place &, std::string &);
template void GoStructReader::text(Node &, const Place &, std::string &);
template void GoStructReader::boolean(const Value &, const Place &, bool &);
template void GoStructReader::boolean(Node &, const Place &, bool &);
template void GoStructReader::texts(const Value &, const Place &, std::vector<std::string> &);
template void GoStructReader::texts(Node &, const Place &, std::vector<std::string> &);
template void GoStructReader::textMap(const Value &, const Place &, std::optional<std::map<std::string, std::string>> &);
template void GoStructReader::textMap(Node &, const Place &, std::optional<std::map<std::string, std::string>> &);

void GoStructReader::stop(const Value &, std::string message)
{
    if (!m_isStopped)
        m_error = std::move(message);
    m_isStopped = true;
}

void GoStructReader::unknown(std::string_view key, const Value &)
{
    if (m_refusesUnknown && m_error.empty())
        m_error = "json: unknown field " + goQuoted(key);
}

void GoStructReader::unknown(std::string_view, Node &data) const
{
    data.giveUp();
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
