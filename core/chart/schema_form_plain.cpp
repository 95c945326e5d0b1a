#include "core/chart/schema_form_plain.h"

#include "core/chart/schema_format.h"

#include <algorithm>
#include <cmath>

namespace fairway::chart {

using value::Value;
using Draft = SchemaDocument::Draft;

namespace {

/// What a keyword's value must be. Where drafts differ it is what all of them take, or nothing at all.
enum class Form : std::uint8_t {
    Text,
    Flag,
    Number,
    Bound,      ///< In draft 4 a flag beside another keyword.
    Positive,
    Count,
    List,
    Choices,    ///< Older drafts want some, all different.
    Names,
    NameLists,  ///< By member.
    SchemasOrNames,
    Types,
    Pattern,
    Draft,
    Reference,
    Address,    ///< Of the schema itself.
    Schema,
    FlagOrSchema,
    Items,      ///< Until 2019-09 a list of schemas, too.
    Schemas,
    SchemaMap,
    PatternMap,
    Rare,
};

struct Keyword {
    std::string_view name;
    Form form;
};

constexpr Keyword keywords[] = {
    {"$anchor", Form::Rare}, {"$comment", Form::Text}, {"$defs", Form::SchemaMap}, {"$dynamicAnchor", Form::Rare}, {"$dynamicRef", Form::Rare},
    {"$id", Form::Address}, {"$recursiveAnchor", Form::Rare}, {"$recursiveRef", Form::Rare}, {"$ref", Form::Reference}, {"$schema", Form::Draft},
    {"$vocabulary", Form::Rare}, {"additionalItems", Form::FlagOrSchema}, {"additionalProperties", Form::FlagOrSchema},
    {"allOf", Form::Schemas}, {"anyOf", Form::Schemas}, {"contains", Form::Schema}, {"contentEncoding", Form::Text},
    {"contentMediaType", Form::Text}, {"contentSchema", Form::Schema}, {"definitions", Form::SchemaMap}, {"dependencies", Form::SchemasOrNames},
    {"dependentRequired", Form::NameLists}, {"dependentSchemas", Form::SchemaMap}, {"deprecated", Form::Flag}, {"description", Form::Text},
    {"else", Form::Schema}, {"enum", Form::Choices}, {"examples", Form::List}, {"exclusiveMaximum", Form::Bound},
    {"exclusiveMinimum", Form::Bound}, {"format", Form::Text}, {"id", Form::Text}, {"if", Form::Schema}, {"items", Form::Items},
    {"maxContains", Form::Count}, {"maxItems", Form::Count}, {"maxLength", Form::Count}, {"maxProperties", Form::Count},
    {"maximum", Form::Number}, {"minContains", Form::Count}, {"minItems", Form::Count}, {"minLength", Form::Count},
    {"minProperties", Form::Count}, {"minimum", Form::Number}, {"multipleOf", Form::Positive}, {"not", Form::Schema}, {"oneOf", Form::Schemas},
    {"pattern", Form::Pattern}, {"patternProperties", Form::PatternMap}, {"prefixItems", Form::Schemas}, {"properties", Form::SchemaMap},
    {"propertyNames", Form::Schema}, {"readOnly", Form::Flag}, {"required", Form::Names}, {"then", Form::Schema}, {"title", Form::Text},
    {"type", Form::Types}, {"unevaluatedItems", Form::Schema}, {"unevaluatedProperties", Form::Schema}, {"uniqueItems", Form::Flag},
    {"writeOnly", Form::Flag},
};
static_assert(std::is_sorted(std::begin(keywords), std::end(keywords), [](const Keyword &a, const Keyword &b) { return a.name < b.name; }));

bool isCount(const Value &value)
{
    return value.isNumber() && value.asFloat() >= 0 && std::trunc(value.asFloat()) == value.asFloat();
}

bool isType(const Value &value)
{
    constexpr std::string_view types[] = {"array", "boolean", "integer", "null", "number", "object", "string"};
    return value.isString() && std::find(std::begin(types), std::end(types), value.asString()) != std::end(types);
}

bool areDifferent(const value::List &items)
{
    constexpr std::size_t most = 64; // each is compared with each
    if (items.size() > most)
        return false;
    for (auto item = items.begin(); item != items.end(); ++item) {
        if (std::find(items.begin(), item, *item) != item)
            return false;
    }
    return true;
}

template <typename Is>
bool areAll(const Value &list, const Is &is)
{
    return list.isList() && std::all_of(list.asList().begin(), list.asList().end(), is);
}

bool isReference(const Value &value)
{
    return value.isString() && !formatFault("uri-reference", value.asString());
}

bool isPattern(std::string_view text)
{
    return !formatFault("regex", text);
}

class FormChecker {
public:
    explicit FormChecker(Draft draft)
        : m_draft(draft)
    {
    }

    [[nodiscard]] bool isSchema(const Value &schema) const
    {
        if (!schema.isMap())
            return schema.isBool() && m_draft != Draft::Draft4;
        return std::all_of(schema.asMap().begin(), schema.asMap().end(), [&](const auto &member) {
            const auto keyword = std::lower_bound(
                std::begin(keywords), std::end(keywords), std::string_view(member.first), [](const Keyword &one, std::string_view name) { return one.name < name; });
            return keyword == std::end(keywords) || keyword->name != member.first || has(keyword->form, member.second);
        });
    }

private:
    [[nodiscard]] bool has(Form form, const Value &value) const
    {
        switch (form) {
        case Form::Text: return value.isString();
        case Form::Flag: return value.isBool();
        case Form::Number: return value.isNumber();
        case Form::Bound: return value.isNumber() && m_draft != Draft::Draft4;
        case Form::Positive: return value.isNumber() && value.asFloat() > 0;
        case Form::Count: return isCount(value);
        case Form::List: return value.isList();
        case Form::Choices: return value.isList() && (m_draft >= Draft::Draft2019 || (value.size() > 0 && areDifferent(value.asList())));
        case Form::Names: return areNames(value);
        case Form::NameLists: return areMembers(value, [&](const Value &one) { return areNames(one); });
        case Form::SchemasOrNames: return areMembers(value, [&](const Value &one) { return isSchema(one) || areNames(one); });
        case Form::Types: return isType(value) || (value.size() > 0 && areAll(value, isType) && areDifferent(value.asList()));
        case Form::Pattern: return value.isString() && isPattern(value.asString());
        case Form::Draft: return value.isString() && SchemaDocument::draftAt(value.asString());
        case Form::Reference: return isReference(value);
        case Form::Address: return isReference(value) && value.asString().find('#') == std::string::npos;
        case Form::Schema: return isSchema(value);
        case Form::FlagOrSchema: return value.isBool() || isSchema(value);
        case Form::Items: return value.isList() ? m_draft < Draft::Draft2020 && areSchemas(value) : isSchema(value);
        case Form::Schemas: return areSchemas(value);
        case Form::PatternMap:
            return areMembers(value, [&](const Value &one) { return isSchema(one); })
                && std::all_of(value.asMap().begin(), value.asMap().end(), [](const auto &member) { return isPattern(member.first); });
        case Form::SchemaMap: return areMembers(value, [&](const Value &one) { return isSchema(one); });
        case Form::Rare: break;
        }
        return false;
    }

    template <typename Is>
    static bool areMembers(const Value &map, const Is &is)
    {
        return map.isMap() && std::all_of(map.asMap().begin(), map.asMap().end(), [&](const auto &member) { return is(member.second); });
    }

    [[nodiscard]] bool areNames(const Value &value) const
    {
        return areAll(value, [](const Value &name) { return name.isString(); }) && areDifferent(value.asList())
            && (value.size() > 0 || m_draft != Draft::Draft4);
    }

    [[nodiscard]] bool areSchemas(const Value &value) const
    {
        return value.size() > 0 && areAll(value, [&](const Value &one) { return isSchema(one); });
    }

    const Draft m_draft;
};

} // namespace

bool isPlainSchema(const Value &schema, Draft draft)
{
    return FormChecker(draft).isSchema(schema);
}

} // namespace fairway::chart
