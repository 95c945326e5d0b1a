#include "core/chart/schema_form.h"

#include "core/funcs/pattern_cache.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace fairway::chart {

using value::Value;
using Draft = SchemaDocument::Draft;

namespace {

constexpr std::string_view notASchema = "Expected: valid schema, given: Invalid JSON";
constexpr std::array<std::string_view, 7> knownTypes {"array", "boolean", "integer", "number", "null", "object", "string"};

std::string wrongType(std::string_view expected, std::string_view keyword)
{
    return "Invalid type. Expected: " + std::string(expected) + ", given: " + std::string(keyword);
}

double numberOf(const Value &value)
{
    return value.isInt() ? static_cast<double>(value.asInt()) : value.asFloat();
}

/// Looks at keywords in the order of xeipuuv/gojsonschema; the first fault ends it.
class FormCheck {
public:
    FormCheck(Draft draft, bool isHybrid)
        : m_draft(draft)
        , m_isHybrid(isHybrid)
    {
    }

    void schema(const Value &schema)
    {
        if (schema.isBool() && m_draft >= Draft::Draft6)
            return;
        if (!schema.isMap())
            return refuse(std::string(notASchema));
        const std::string_view id = m_draft == Draft::Draft4 || (m_isHybrid && has(schema, "id")) ? "id" : "$id";
        text(schema, id);
        definitions(schema);
        text(schema, "title");
        text(schema, "description");
        text(schema, "$ref");
        if (schema["$ref"].isString())
            return; // what stands beside it doesn't count
        types(schema);
        objects(schema);
        arrays(schema);
        numbers(schema);
        strings(schema);
        counts(schema);
        alternatives(schema);
    }

    [[nodiscard]] std::string fault() const { return m_fault.value_or(std::string()); }

private:
    static bool has(const Value &schema, std::string_view keyword) { return schema.asMap().get(keyword) != nullptr; }
    void refuse(std::string fault)
    {
        if (!m_fault)
            m_fault = std::move(fault);
    }
    /// Only where nothing is wrong yet: each step may stand on the one before.
    void child(const Value &inner)
    {
        if (!m_fault)
            schema(inner);
    }
    [[nodiscard]] bool isSchema(const Value &value) const { return value.isMap() || (value.isBool() && m_draft >= Draft::Draft6); }

    void text(const Value &schema, std::string_view keyword)
    {
        if (has(schema, keyword) && !schema[keyword].isString())
            refuse(wrongType("string", keyword));
    }

    void definitions(const Value &schema)
    {
        if (!has(schema, "definitions"))
            return;
        const Value &table = schema["definitions"];
        if (!table.isMap())
            return refuse(wrongType("array of schemas", "definitions"));
        for (const auto &[name, inner] : table.asMap()) {
            if (!isSchema(inner))
                return refuse(wrongType("array of schemas", "definitions"));
            child(inner);
        }
    }

    void type(const std::string &name, std::set<std::string> &seen)
    {
        if (std::find(knownTypes.begin(), knownTypes.end(), name) == knownTypes.end()) {
            std::string all;
            for (const std::string_view known : knownTypes)
                all += (all.empty() ? "" : " ") + std::string(known);
            return refuse("has a primitive type that is NOT VALID -- given: /" + name + "/ Expected valid values are:[" + all + "]");
        }
        if (!seen.insert(name).second)
            refuse(name + " type is duplicated");
    }

    void types(const Value &schema)
    {
        if (!has(schema, "type"))
            return;
        const Value &stated = schema["type"];
        std::set<std::string> seen;
        if (stated.isString())
            return type(stated.asString(), seen);
        if (!stated.isList())
            return refuse(wrongType("string/array of strings", "type"));
        for (const Value &one : stated.asList()) {
            if (!one.isString())
                return refuse("unable to validate schema: interface conversion: interface {} is " + goType(one) + ", not string");
            type(one.asString(), seen);
        }
    }

    static std::string goType(const Value &value)
    {
        return value.isNumber() ? "json.Number" : value.isBool() ? "bool" : value.isMap() ? "map[string]interface {}" : value.isList() ? "[]interface {}" : "nil";
    }

    void table(const Value &schema, std::string_view keyword, std::string wrong)
    {
        if (!has(schema, keyword))
            return;
        if (!schema[keyword].isMap())
            return refuse(std::move(wrong));
        for (const auto &[name, inner] : schema[keyword].asMap()) {
            if (keyword == "patternProperties" && !isPattern(name))
                return refuse("Invalid regex pattern '" + name + "'");
            child(inner);
        }
    }

    void objects(const Value &schema)
    {
        table(schema, "properties", "properties must be of type object");
        booleanOrSchema(schema, "additionalProperties");
        table(schema, "patternProperties", wrongType("valid schema", "patternProperties"));
        if (m_draft >= Draft::Draft6 && has(schema, "propertyNames")) {
            if (isSchema(schema["propertyNames"]))
                child(schema["propertyNames"]);
            else
                refuse(wrongType("valid schema", "patternProperties")); // sic
        }
        if (!has(schema, "dependencies"))
            return;
        const Value &dependencies = schema["dependencies"];
        if (!dependencies.isMap())
            return refuse("dependencies must be of type object");
        for (const auto &[name, wanted] : dependencies.asMap()) {
            const bool areNames
                = wanted.isList() && std::all_of(wanted.asList().begin(), wanted.asList().end(), [](const Value &one) { return one.isString(); });
            if (!areNames && !isSchema(wanted))
                return refuse("dependency must be of type schema or array of strings");
            if (!areNames)
                child(wanted);
        }
    }

    void booleanOrSchema(const Value &schema, std::string_view keyword)
    {
        if (!has(schema, keyword) || schema[keyword].isBool())
            return;
        if (schema[keyword].isMap())
            child(schema[keyword]);
        else
            refuse(wrongType("boolean/valid schema", keyword));
    }

    void arrays(const Value &schema)
    {
        const std::string wrong = wrongType("valid schema/array of schemas", "items");
        if (has(schema, "items")) {
            const Value &items = schema["items"];
            if (!items.isList() && !isSchema(items))
                return refuse(wrong);
            for (std::size_t i = 0; items.isList() && i < items.size(); ++i) {
                if (!isSchema(items[i]))
                    return refuse(wrong);
                child(items[i]);
            }
            if (!items.isList())
                child(items);
        }
        booleanOrSchema(schema, "additionalItems");
    }

    void bound(const Value &schema, std::string_view keyword)
    {
        if (has(schema, keyword) && !schema[keyword].isNumber())
            refuse(std::string(keyword) + " must be of a number");
    }

    void exclusive(const Value &schema, std::string_view keyword, std::string_view inclusive)
    {
        if (!has(schema, keyword))
            return;
        const Value &stated = schema[keyword];
        const bool isFlag = stated.isBool() && (m_draft == Draft::Draft4 || m_isHybrid);
        const bool isBound = stated.isNumber() && (m_draft != Draft::Draft4 || m_isHybrid);
        if (!isFlag && !isBound)
            return refuse(wrongType(m_isHybrid ? "boolean/number" : m_draft == Draft::Draft4 ? "boolean" : "number", keyword));
        if (isFlag && stated.asBool() && !has(schema, inclusive))
            refuse(std::string(keyword) + " cannot be used without " + std::string(inclusive));
    }

    void numbers(const Value &schema)
    {
        if (has(schema, "multipleOf")) {
            const Value &of = schema["multipleOf"];
            if (!of.isNumber())
                return refuse(wrongType("number", "multipleOf"));
            if (numberOf(of) <= 0)
                return refuse("multipleOf must be strictly greater than 0");
        }
        bound(schema, "minimum");
        exclusive(schema, "exclusiveMinimum", "minimum");
        bound(schema, "maximum");
        exclusive(schema, "exclusiveMaximum", "maximum");
    }

    void count(const Value &schema, std::string_view keyword)
    {
        if (!has(schema, keyword))
            return;
        const Value &stated = schema[keyword];
        if (!stated.isInt()) // 2.0 is none
            refuse(std::string(keyword) + " must be of an integer");
        else if (numberOf(stated) < 0)
            refuse(std::string(keyword) + " must be greater than or equal to 0");
    }

    void pair(const Value &schema, std::string_view least, std::string_view most)
    {
        count(schema, least);
        count(schema, most);
        if (!m_fault && has(schema, least) && has(schema, most) && numberOf(schema[least]) > numberOf(schema[most]))
            refuse(std::string(least) + " cannot be greater than " + std::string(most));
    }

    static bool isPattern(const std::string &text)
    {
        re2::RE2::Options options;
        options.set_log_errors(false);
        return re2::RE2(funcs::patternForRe2(text), options).ok();
    }

    void strings(const Value &schema)
    {
        pair(schema, "minLength", "maxLength");
        if (has(schema, "pattern")) {
            if (!schema["pattern"].isString())
                return refuse("pattern must be of a string");
            if (!isPattern(schema["pattern"].asString()))
                return refuse("pattern must be a valid regex");
        }
        if (has(schema, "format") && !schema["format"].isString())
            refuse("format must be of type string");
    }

    void counts(const Value &schema)
    {
        pair(schema, "minProperties", "maxProperties");
        if (has(schema, "required")) {
            const Value &names = schema["required"];
            if (!names.isList())
                return refuse("required must be of an array");
            std::set<std::string> seen;
            for (const Value &name : names.asList()) {
                if (!name.isString())
                    return refuse("required items must be string");
                if (!seen.insert(name.asString()).second)
                    return refuse("required items must be unique");
            }
        }
        count(schema, "minItems");
        count(schema, "maxItems");
        if (has(schema, "uniqueItems") && !schema["uniqueItems"].isBool())
            refuse("uniqueItems must be of a boolean");
        if (m_draft >= Draft::Draft6 && has(schema, "contains"))
            child(schema["contains"]);
    }

    void alternatives(const Value &schema)
    {
        if (has(schema, "enum")) {
            const Value &choices = schema["enum"];
            if (!choices.isList())
                return refuse("enum must be of an array");
            for (std::size_t j = 1; j < choices.size(); ++j) {
                for (std::size_t i = 0; i < j; ++i) {
                    if (choices[i] == choices[j])
                        return refuse("enum items must be unique");
                }
            }
        }
        for (const std::string_view keyword : {"oneOf", "anyOf", "allOf"}) {
            if (!has(schema, keyword))
                continue;
            if (!schema[keyword].isList())
                return refuse((keyword == "allOf" ? "anyOf" : std::string(keyword)) + " must be of an array"); // sic
            for (const Value &inner : schema[keyword].asList())
                child(inner);
        }
        const bool hasConditions = m_draft >= Draft::Draft7;
        for (const std::string_view keyword : {"not", "if", "then", "else"}) {
            if (!has(schema, keyword) || (keyword != "not" && !hasConditions))
                continue;
            const Value &inner = schema[keyword];
            if (inner.isMap() || inner.isBool())
                child(inner);
            else
                refuse(std::string(keyword) + " must be of an object");
        }
    }

    const Draft m_draft;
    const bool m_isHybrid;
    std::optional<std::string> m_fault;
};

} // namespace

std::string schemaFormFault3(const Value &schema, Draft draft, bool isHybrid)
{
    if (schema.isMap() && schema.asMap().get("$schema") && !schema["$schema"].isString())
        return "$schema must be of type string";
    if (!schema.isMap() && !schema.isBool())
        return "schema is invalid";
    FormCheck check(draft, isHybrid);
    check.schema(schema);
    return check.fault();
}

} // namespace fairway::chart
