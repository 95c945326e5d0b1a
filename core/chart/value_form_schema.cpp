#include "core/chart/value_form_schema.h"

#include "core/value/yaml_layout.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace fairway::chart {

using value::Value;
using Kind = FieldFacts::Kind;

namespace {

constexpr std::size_t maxParts = 64;
constexpr std::size_t maxAlternatives = 24;
constexpr std::size_t maxChoices = 500;
constexpr std::size_t maxHelpBytes = 4000;

const Value *find(const SchemaParts &parts, std::string_view keyword)
{
    for (const SchemaPart &part : parts) {
        if (const Value *found = part.schema->asMap().get(keyword))
            return found;
    }
    return nullptr;
}

void add(SchemaParts &parts, const SchemaDocument *document, const Value *schema)
{
    const bool isKnown = schema == nullptr || !schema->isMap()
        || std::any_of(parts.begin(), parts.end(), [&](const SchemaPart &part) { return part.schema->isSame(*schema); });
    if (!isKnown && parts.size() < maxParts)
        parts.push_back({document, schema});
}

std::string_view typeOfValue(const Value &value)
{
    switch (value.kind()) {
    case value::Kind::Null: return "null";
    case value::Kind::Bool: return "boolean";
    case value::Kind::Int: return "integer";
    case value::Kind::Float: return "number";
    case value::Kind::String: return "string";
    case value::Kind::List: return "array";
    case value::Kind::Map:
    case value::Kind::Object: return "object";
    }
    return "null";
}

bool isType(const Value &type, const Value &value)
{
    const std::string_view is = typeOfValue(value);
    const auto fits = [&](std::string_view wanted) {
        return wanted == is || (wanted == "number" && value.isNumber()) || (wanted == "integer" && value.isNumber() && value == Value(value.intOr(0)));
    };
    if (type.isString())
        return fits(type.asString());
    return type.isList() && std::any_of(type.asList().begin(), type.asList().end(), [&](const Value &each) { return fits(each.stringOr()); });
}

/// The type to offer: the first that is not null, by preference the one the value has.
std::string_view typeOf(const SchemaParts &parts, const Value &like)
{
    const Value *type = find(parts, "type");
    if (type != nullptr && type->isString())
        return type->asString();
    if (type != nullptr && type->isList()) {
        std::string_view first;
        for (const Value &each : type->asList()) {
            if (!like.isNull() && isType(each, like))
                return each.stringOr();
            if (first.empty() && each.stringOr() != "null")
                first = each.stringOr();
        }
        return first;
    }
    if (find(parts, "properties") != nullptr)
        return "object";
    if (find(parts, "items") != nullptr || find(parts, "prefixItems") != nullptr)
        return "array";
    return {};
}

Kind kindOfType(std::string_view type)
{
    if (type == "object")
        return Kind::Section;
    if (type == "array")
        return Kind::List;
    if (type == "boolean")
        return Kind::Bool;
    if (type == "integer")
        return Kind::Int;
    if (type == "number")
        return Kind::Number;
    return type == "string" ? Kind::String : Kind::Any;
}

Kind kindOf(const SchemaParts &parts, const Value &like)
{
    const Value *choices = find(parts, "enum");
    if ((choices != nullptr && choices->isList() && choices->size() > 0) || find(parts, "const") != nullptr)
        return Kind::Enum;
    const std::string_view type = typeOf(parts, like);
    if (!type.empty())
        return kindOfType(type);
    // Values read from YAML are floats whatever they look like; without a schema any number may be typed.
    return like.isNumber() ? Kind::Number : kindOfType(typeOfValue(like));
}

std::optional<double> numberOf(const SchemaParts &parts, std::string_view keyword)
{
    const Value *found = find(parts, keyword);
    if (found == nullptr || !found->isNumber())
        return std::nullopt;
    return found->isInt() ? static_cast<double>(found->asInt()) : found->asFloat();
}

std::optional<std::int64_t> countOf(const SchemaParts &parts, std::string_view keyword)
{
    const auto number = numberOf(parts, keyword);
    if (!number || *number < 0 || *number > 1e15)
        return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

/// A limit and whether it is itself allowed: a flag beside it in draft 4, a limit of its own later.
void limit(const SchemaParts &parts, std::string_view keyword, std::string_view exclusive, std::optional<double> &bound, bool &isExclusive)
{
    bound = numberOf(parts, keyword);
    const Value *flag = find(parts, exclusive);
    if (flag != nullptr && flag->isBool())
        isExclusive = flag->asBool();
    if (const auto own = numberOf(parts, exclusive)) {
        bound = own;
        isExclusive = true;
    }
}

std::string textOf(const SchemaParts &parts, std::string_view keyword)
{
    const Value *found = find(parts, keyword);
    return found == nullptr ? std::string() : std::string(found->stringOr().substr(0, maxHelpBytes));
}

/// How much a value looks like a schema: -1 not at all.
int likeness(const SchemaParts &parts, const Value &value)
{
    int score = 0;
    for (const SchemaPart &part : parts) {
        const value::Map &schema = part.schema->asMap();
        if (const Value *type = schema.get("type")) {
            if (!isType(*type, value))
                return -1;
            ++score;
        }
        if (const Value *constant = schema.get("const")) {
            if (!(*constant == value))
                return -1;
            score += 4;
        }
        if (const Value *choices = schema.get("enum"); choices != nullptr && choices->isList()) {
            if (std::find(choices->asList().begin(), choices->asList().end(), value) == choices->asList().end())
                return -1;
            score += 2;
        }
        const Value *required = schema.get("required");
        if (value.isMap() && required != nullptr && required->isList()) {
            for (const Value &name : required->asList()) {
                if (value.asMap().get(name.stringOr()) == nullptr)
                    return -1;
                ++score;
            }
        }
        const Value *properties = schema.get("properties");
        if (value.isMap() && properties != nullptr && properties->isMap()) {
            for (const auto &[name, member] : properties->asMap()) {
                const Value *present = value.asMap().get(name);
                const Value *constant = member.isMap() ? member.asMap().get("const") : nullptr;
                if (present != nullptr && constant != nullptr && !(*constant == *present))
                    return -1;
                score += present != nullptr ? 1 : 0;
            }
        }
    }
    return score;
}

std::string nameOfAlternative(const SchemaParts &parts, std::size_t index)
{
    std::string name = textOf(parts, "title");
    if (name.empty()) {
        if (const Value *constant = find(parts, "const"))
            name = value::inlineText(*constant, false);
    }
    if (name.empty()) {
        for (const std::string &member : memberNames(parts)) {
            const SchemaParts inner = memberParts(parts, member);
            if (isRequiredBy(parts, member) || find(inner, "const") != nullptr) {
                const Value *constant = find(inner, "const");
                name += (name.empty() ? "" : ", ") + member + (constant == nullptr ? "" : ": " + value::inlineText(*constant, true));
            }
        }
    }
    if (name.empty())
        name = typeOf(parts, Value());
    return name.empty() ? std::to_string(index + 1) : name.substr(0, 80);
}

std::string unitOf(std::string_view name)
{
    struct Unit {
        std::string_view suffix;
        const char *unit;
    };
    static constexpr Unit units[] = {{"Milliseconds", "ms"}, {"Millis", "ms"}, {"Ms", "ms"}, {"Seconds", "s"}, {"Secs", "s"}, {"Minutes", "min"},
        {"Hours", "h"}, {"Days", "d"}, {"Percentage", "%"}, {"Percent", "%"}, {"Bytes", "B"}, {"MiB", "MiB"}, {"MB", "MB"}};
    for (const Unit &each : units) {
        if (name.size() > each.suffix.size() && name.ends_with(each.suffix))
            return each.unit;
    }
    return {};
}

} // namespace

SchemaParts expanded(const SchemaParts &parts)
{
    SchemaParts all;
    for (const SchemaPart &part : parts)
        add(all, part.document, part.schema);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const SchemaPart part = all[i];
        const value::Map &schema = part.schema->asMap();
        if (schema.get("$ref") != nullptr)
            add(all, part.document, part.document->target(*part.schema, "$ref"));
        const Value *allOf = schema.get("allOf");
        for (std::size_t n = 0; allOf != nullptr && allOf->isList() && n < allOf->size(); ++n)
            add(all, part.document, &(*allOf)[n]);
    }
    return all;
}

SchemaParts memberParts(const SchemaParts &parts, const std::string &name)
{
    SchemaParts found;
    for (const SchemaPart &part : parts) {
        const value::Map &schema = part.schema->asMap();
        bool isNamed = false;
        if (const Value *properties = schema.get("properties"); properties != nullptr && properties->isMap()) {
            const Value *own = properties->asMap().get(name);
            isNamed = own != nullptr;
            add(found, part.document, own);
        }
        if (const Value *patterns = schema.get("patternProperties"); patterns != nullptr && patterns->isMap()) {
            for (const auto &[pattern, inner] : patterns->asMap()) {
                const re2::RE2 *compiled = part.document->pattern(pattern);
                if (compiled == nullptr || !re2::RE2::PartialMatch(name, *compiled))
                    continue;
                isNamed = true;
                add(found, part.document, &inner);
            }
        }
        if (!isNamed)
            add(found, part.document, schema.get("additionalProperties"));
    }
    return found;
}

SchemaParts itemParts(const SchemaParts &parts, std::size_t index)
{
    SchemaParts found;
    for (const SchemaPart &part : parts) {
        const value::Map &schema = part.schema->asMap();
        const Value *prefix = schema.get("prefixItems");
        const Value *items = schema.get("items");
        if (prefix == nullptr && items != nullptr && items->isList()) {
            prefix = items;
            items = schema.get("additionalItems");
        }
        if (prefix != nullptr && prefix->isList() && index < prefix->size())
            add(found, part.document, &(*prefix)[index]);
        else
            add(found, part.document, items);
    }
    return found;
}

std::vector<std::string> memberNames(const SchemaParts &parts)
{
    std::set<std::string> names;
    for (const SchemaPart &part : parts) {
        if (const Value *properties = part.schema->asMap().get("properties"); properties != nullptr && properties->isMap()) {
            for (const auto &[name, schema] : properties->asMap())
                names.insert(name);
        }
        const Value *required = part.schema->asMap().get("required");
        for (std::size_t i = 0; required != nullptr && required->isList() && i < required->size(); ++i) {
            if ((*required)[i].isString())
                names.insert((*required)[i].asString());
        }
    }
    return {names.begin(), names.end()};
}

bool isRequiredBy(const SchemaParts &parts, std::string_view name)
{
    return std::any_of(parts.begin(), parts.end(), [&](const SchemaPart &part) {
        const Value *required = part.schema->asMap().get("required");
        return required != nullptr && required->isList()
            && std::any_of(required->asList().begin(), required->asList().end(), [&](const Value &each) { return each.stringOr() == name; });
    });
}

void describeField(FieldFacts &field, const SchemaParts &parts, const Value &like)
{
    field.kind = kindOf(parts, like);
    field.title = textOf(parts, "title");
    field.help = textOf(parts, "description");
    field.unit = field.kind == Kind::Int || field.kind == Kind::Number ? unitOf(field.name) : std::string();
    field.pattern = textOf(parts, "pattern");
    field.isDeprecated = find(parts, "deprecated") != nullptr && find(parts, "deprecated")->boolOr(false);
    limit(parts, "minimum", "exclusiveMinimum", field.minimum, field.isAboveMinimum);
    limit(parts, "maximum", "exclusiveMaximum", field.maximum, field.isBelowMaximum);
    field.step = numberOf(parts, "multipleOf");
    const bool isList = field.kind == Kind::List;
    field.minimumLength = countOf(parts, isList ? "minItems" : "minLength");
    field.maximumLength = countOf(parts, isList ? "maxItems" : "maxLength");
    if (field.kind == Kind::Enum) {
        const Value *choices = find(parts, "enum");
        if (choices != nullptr && choices->isList())
            field.choices.assign(choices->asList().begin(), choices->asList().begin() + static_cast<std::ptrdiff_t>(std::min(choices->size(), maxChoices)));
        else
            field.choices = {*find(parts, "const")};
    }
    if (field.kind == Kind::Section) {
        const Value *more = find(parts, "additionalProperties");
        const bool isDeclared = find(parts, "properties") != nullptr;
        field.isOpen = more != nullptr ? more->isMap() || more->boolOr(false) : !isDeclared || find(parts, "patternProperties") != nullptr;
    }
}

void chooseAlternative(FieldFacts &field, SchemaParts &parts, const Value &like)
{
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const SchemaPart part = parts[i];
        const Value *list = part.schema->asMap().get("oneOf");
        if (list == nullptr)
            list = part.schema->asMap().get("anyOf");
        if (list == nullptr || !list->isList() || list->size() < 2 || list->size() > maxAlternatives)
            continue;
        int best = -1;
        SchemaParts chosen;
        for (std::size_t n = 0; n < list->size(); ++n) {
            SchemaParts one;
            add(one, part.document, &(*list)[n]);
            one = expanded(one);
            field.alternatives.push_back(nameOfAlternative(one, n));
            field.alternativeValues.push_back(emptyValue(one));
            const int score = likeness(one, like);
            if (score > best) {
                best = score;
                field.alternative = static_cast<int>(n);
                chosen = std::move(one);
            }
        }
        for (const SchemaPart &more : chosen)
            add(parts, more.document, more.schema);
        return;
    }
}

Value emptyValue(const SchemaParts &parts)
{
    if (const Value *preset = find(parts, "default"))
        return value::deepCopy(*preset);
    if (const Value *constant = find(parts, "const"))
        return *constant;
    if (const Value *choices = find(parts, "enum"); choices != nullptr && choices->isList() && choices->size() > 0)
        return (*choices)[0];
    const std::string_view type = typeOf(parts, Value());
    if (type == "object") {
        Value map = Value::map();
        for (const std::string &name : memberNames(parts)) {
            const SchemaParts inner = memberParts(parts, name);
            if (!isRequiredBy(parts, name))
                continue;
            // One level: what is required further down is a field of its own then.
            const std::string_view innerType = typeOf(inner, Value());
            map.set(name, innerType == "object" ? Value::map() : emptyValue(inner));
        }
        return map;
    }
    if (type == "array")
        return Value::list();
    if (type == "boolean")
        return Value(false);
    if (type == "integer" || type == "number") {
        const auto minimum = numberOf(parts, "minimum");
        return minimum && *minimum > 0 ? Value(*minimum) : Value(0);
    }
    return type == "string" ? Value("") : Value();
}

} // namespace fairway::chart
