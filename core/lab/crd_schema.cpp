#include "core/lab/crd_schema.h"

#include "core/value/json.h"

#include <algorithm>
#include <cstdint>

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::size_t MaxCauses = 20;

std::string typeName(const Value &value)
{
    switch (value.kind()) {
    case value::Kind::Null: return "null";
    case value::Kind::Bool: return "boolean";
    case value::Kind::Int: return "integer";
    case value::Kind::Float: return "number";
    case value::Kind::String: return "string";
    case value::Kind::List: return "array";
    case value::Kind::Map: return "object";
    case value::Kind::Object: break;
    }
    return "null";
}

bool isOfType(const Value &value, std::string_view type)
{
    if (type.empty())
        return true;
    if (type == "number")
        return value.isNumber();
    return typeName(value) == type;
}

class Checker {
public:
    std::vector<FieldCause> causes;

    void check(const Value &node, const Value &schema, const std::string &path)
    {
        if (!schema.isMap() || causes.size() >= MaxCauses)
            return;
        if (node.isNull() && schema["nullable"].boolOr(false))
            return;
        const std::string_view type = schema["type"].stringOr();
        if (schema["x-kubernetes-int-or-string"].boolOr(false)) {
            if (!node.isInt() && !node.isString())
                wrongType(node, "integer,string", path);
            return;
        }
        if (!isOfType(node, type)) {
            wrongType(node, type, path);
            return;
        }
        checkEnum(node, schema["enum"], path);
        if (node.isNumber())
            checkNumber(node, schema, path);
        if (node.isString())
            checkSize(node.stringOr().size(), schema["minLength"], schema["maxLength"], node, " chars long", path);
        if (node.isList())
            checkList(node, schema, path);
        if (node.isMap())
            checkMap(node, schema, path);
    }

private:
    void add(std::string reason, std::string message, const std::string &path)
    {
        causes.push_back({std::move(reason), std::move(message), path.empty() ? "<nil>" : path});
    }

    void wrongType(const Value &node, std::string_view type, const std::string &path)
    {
        add("FieldValueTypeInvalid",
            "Invalid value: \"" + typeName(node) + "\": " + path + " in body must be of type " + std::string(type) + ": \""
                + typeName(node) + "\"",
            path);
    }

    void checkEnum(const Value &node, const Value &allowed, const std::string &path)
    {
        if (!allowed.isList() || std::find(allowed.asList().begin(), allowed.asList().end(), node) != allowed.asList().end())
            return;
        std::string list;
        for (const Value &item : allowed.asList())
            list += (list.empty() ? "" : ", ") + value::toJson(item);
        add("FieldValueNotSupported", "Unsupported value: " + value::toJson(node) + ": supported values: " + list, path);
    }

    void checkNumber(const Value &node, const Value &schema, const std::string &path)
    {
        const Value &low = schema["minimum"];
        const Value &high = schema["maximum"];
        if (low.isNumber() && node.asFloat() < low.asFloat())
            outOfRange(node, "greater than or equal to ", low, path);
        if (high.isNumber() && node.asFloat() > high.asFloat())
            outOfRange(node, "less than or equal to ", high, path);
    }

    void outOfRange(const Value &node, std::string_view relation, const Value &bound, const std::string &path)
    {
        add("FieldValueInvalid",
            "Invalid value: " + value::toJson(node) + ": " + path + " in body should be " + std::string(relation)
                + value::toJson(bound),
            path);
    }

    void checkSize(std::size_t size, const Value &low, const Value &high, const Value &node, std::string_view unit,
        const std::string &path)
    {
        const auto count = static_cast<std::int64_t>(size);
        if (low.isInt() && count < low.asInt())
            add("FieldValueInvalid",
                "Invalid value: " + value::toJson(node) + ": " + path + " in body should be at least " + value::toJson(low)
                    + std::string(unit),
                path);
        if (high.isInt() && count > high.asInt())
            add("FieldValueTooLong", "Too long: may not be more than " + value::toJson(high) + " bytes", path);
    }

    void checkList(const Value &node, const Value &schema, const std::string &path)
    {
        const auto count = static_cast<std::int64_t>(node.size());
        if (schema["minItems"].isInt() && count < schema["minItems"].asInt())
            add("FieldValueInvalid",
                "Invalid value: " + std::to_string(count) + ": " + path + " in body should have at least "
                    + value::toJson(schema["minItems"]) + " items",
                path);
        if (schema["maxItems"].isInt() && count > schema["maxItems"].asInt())
            add("FieldValueTooMany",
                "Too many: " + std::to_string(count) + ": must have at most " + value::toJson(schema["maxItems"]) + " items", path);
        for (std::size_t i = 0; i < node.size(); ++i)
            check(node[i], schema["items"], path + "[" + std::to_string(i) + "]");
    }

    void checkMap(const Value &node, const Value &schema, const std::string &path)
    {
        const std::string prefix = path.empty() ? "" : path + ".";
        const Value &required = schema["required"];
        for (std::size_t i = 0; i < required.size(); ++i) {
            const std::string name(required[i].stringOr());
            if (!node.asMap().get(name))
                add("FieldValueRequired", "Required value", prefix + name);
        }
        for (const auto &[name, member] : node.asMap()) {
            const Value &property = schema["properties"][name];
            check(member, property.isNull() ? schema["additionalProperties"] : property, prefix + name);
        }
    }
};

void prune(Value &node, const Value &schema, const std::string &path, bool isRoot, std::vector<std::string> &dropped)
{
    if (!schema.isMap() || schema["x-kubernetes-int-or-string"].boolOr(false))
        return;
    if (node.isList()) {
        for (std::size_t i = 0; i < node.size(); ++i)
            prune(node.asList()[i], schema["items"], path + "[" + std::to_string(i) + "]", false, dropped);
        return;
    }
    if (!node.isMap())
        return;
    const Value &properties = schema["properties"];
    const Value &additional = schema["additionalProperties"];
    const bool keepsUnknown = schema["x-kubernetes-preserve-unknown-fields"].boolOr(false);
    if (properties.isMap()) {
        for (const auto &[name, property] : properties.asMap()) {
            if (!property["default"].isNull() && !node.asMap().get(name))
                node.set(name, value::deepCopy(property["default"]));
        }
    }
    const std::string prefix = path.empty() ? "" : path + ".";
    for (auto member = node.asMap().begin(); member != node.asMap().end();) {
        const Value &property = properties[member->first];
        const bool isOwn = isRoot && (member->first == "apiVersion" || member->first == "kind" || member->first == "metadata");
        if (isOwn) {
            ++member;
        } else if (!property.isNull()) {
            prune(member->second, property, prefix + member->first, false, dropped);
            ++member;
        } else if (additional.isMap()) {
            prune(member->second, additional, prefix + member->first, false, dropped);
            ++member;
        } else if (keepsUnknown || additional.boolOr(false)) {
            ++member;
        } else {
            dropped.push_back(prefix + member->first);
            member = node.asMap().erase(member);
        }
    }
}

} // namespace

std::vector<FieldCause> checkSchema(const Value &object, const Value &schema)
{
    Checker checker;
    checker.check(object, schema, {});
    return std::move(checker.causes);
}

std::vector<std::string> pruneAndDefault(Value &object, const Value &schema)
{
    std::vector<std::string> dropped;
    prune(object, schema, {}, true, dropped);
    return dropped;
}

} // namespace fairway::lab
