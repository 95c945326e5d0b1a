#include "core/route/shape_reader.h"

#include "core/value/value.h"

namespace fairway::route {
namespace {

    constexpr std::size_t kMaxProblems = 200;

} // namespace

Text nameOf(value::Kind kind)
{
    switch (kind) {
    case value::Kind::Null:
        return phrase("route", "null");
    case value::Kind::Bool:
        return phrase("route", "a boolean");
    case value::Kind::Int:
    case value::Kind::Float:
        return phrase("route", "a number");
    case value::Kind::String:
        return phrase("route", "text");
    case value::Kind::List:
        return phrase("route", "a list");
    case value::Kind::Map:
        return phrase("route", "a map");
    case value::Kind::Object:
        break;
    }
    return phrase("route", "something else");
}

void ShapeReader::problem(std::string_view pointer, Text message)
{
    if (m_problems.size() == kMaxProblems) {
        ++m_dropped;
        return;
    }
    m_problems.push_back({displayPath(pointer), std::move(message)});
}

std::string ShapeReader::text(const value::Value &parent, std::string_view key, std::string_view pointer)
{
    const value::Value &member = parent[key];
    if (member.isString())
        return member.asString();
    if (!member.isNull())
        problem(childPointer(pointer, key), phrase("route", "%1 must be text, not %2").with(key, nameOf(member.kind())));
    return {};
}

std::int64_t ShapeReader::whole(
    const value::Value &parent, std::string_view key, std::string_view pointer, std::int64_t fallback)
{
    const value::Value &member = parent[key];
    if (member.isNull())
        return fallback;
    if (member.isNumber()) {
        // A value that no whole number equals comes back as two different fallbacks.
        const std::int64_t number = member.intOr(0);
        if (number == member.intOr(1))
            return number;
        problem(childPointer(pointer, key), phrase("route", "%1 must be a whole number").with(key));
        return fallback;
    }
    problem(childPointer(pointer, key), phrase("route", "%1 must be a whole number, not %2").with(key, nameOf(member.kind())));
    return fallback;
}

bool ShapeReader::flag(const value::Value &parent, std::string_view key, std::string_view pointer)
{
    const value::Value &member = parent[key];
    if (member.isBool())
        return member.asBool();
    if (!member.isNull())
        problem(childPointer(pointer, key), phrase("route", "%1 must be true or false, not %2").with(key, nameOf(member.kind())));
    return false;
}

const value::List &ShapeReader::list(const value::Value &parent, std::string_view key, std::string_view pointer)
{
    static const value::List Empty;
    const value::Value &member = parent[key];
    if (member.isList())
        return member.asList();
    if (!member.isNull())
        problem(childPointer(pointer, key), phrase("route", "%1 must be a list, not %2").with(key, nameOf(member.kind())));
    return Empty;
}

std::vector<std::string> ShapeReader::texts(const value::Value &parent, std::string_view key, std::string_view pointer)
{
    std::vector<std::string> out;
    const value::List &items = list(parent, key, pointer);
    const std::string base = childPointer(pointer, key);
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].isString())
            out.push_back(items[i].asString());
        else
            problem(childPointer(base, i), phrase("route", "must be text, not %1").with(nameOf(items[i].kind())));
    }
    return out;
}

std::map<std::string, std::string> ShapeReader::textMap(
    const value::Value &parent, std::string_view key, std::string_view pointer)
{
    std::map<std::string, std::string> out;
    const value::Value &member = parent[key];
    const std::string base = childPointer(pointer, key);
    if (member.isMap()) {
        for (const auto &[name, item] : member.asMap()) {
            if (item.isString())
                out.emplace(name, item.asString());
            else
                problem(childPointer(base, name), phrase("route", "must be text, not %1").with(nameOf(item.kind())));
        }
    } else if (!member.isNull()) {
        problem(base, phrase("route", "%1 must be a map, not %2").with(key, nameOf(member.kind())));
    }
    return out;
}

bool ShapeReader::isMap(const value::Value &item, std::string_view pointer)
{
    if (item.isMap())
        return true;
    problem(pointer, phrase("route", "must be a map, not %1").with(nameOf(item.kind())));
    return false;
}

} // namespace fairway::route
