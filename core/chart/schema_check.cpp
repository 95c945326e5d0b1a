#include "core/chart/schema_check.h"

#include "core/chart/go_text.h"
#include "core/chart/schema_format.h"
#include "core/chart/schema_words.h"
#include "core/value/float_text.h"
#include "core/value/utf8.h"

#include <re2/re2.h>

#include <cmath>
#include <set>

namespace fairway::chart {

using value::Map;
using value::Value;
using Draft = SchemaDocument::Draft;
using Faults = std::vector<SchemaFault>;

namespace {

constexpr int maxDepth = 512;
constexpr std::uint64_t maxComparisons = 50'000'000; ///< Of items that must differ.
/// A few seconds. The largest schemas of charts need some ten thousand.
constexpr std::uint64_t maxSteps = 3'000'000;

/// What of a value its schemas have looked at, for unevaluatedProperties and unevaluatedItems.
struct Evaluated {
    std::set<std::string> members;
    std::set<std::size_t> items;

    void add(const Evaluated &other)
    {
        members.insert(other.members.begin(), other.members.end());
        items.insert(other.items.begin(), other.items.end());
    }
};

double numberOf(const Value &value)
{
    return value.isInt() ? static_cast<double>(value.asInt()) : value.asFloat();
}

bool isWhole(const Value &value)
{
    return value.isInt() || (value.isFloat() && std::floor(value.asFloat()) == value.asFloat());
}

std::string_view typeOf(const Value &value)
{
    switch (value.kind()) {
    case value::Kind::Null: return "null";
    case value::Kind::Bool: return "boolean";
    case value::Kind::Int:
    case value::Kind::Float: return "number";
    case value::Kind::List: return "array";
    case value::Kind::Map: return "object";
    default: return "string";
    }
}

std::size_t characters(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        const value::Utf8Character character = value::decodeUtf8(text, at);
        at += character.size == 0 ? 1 : character.size;
    }
    return count;
}

/// In decimal, so that 0.3 is a multiple of 0.1: both as the shortest text that reads back.
bool isMultiple(double number, double of)
{
    if (of == 0)
        return false;
    double scale = 1;
    for (int i = 0; i < 16 && (std::floor(number * scale) != number * scale || std::floor(of * scale) != of * scale); ++i)
        scale *= 10;
    return std::fmod(std::round(number * scale), std::round(of * scale)) == 0;
}

class Checker {
public:
    explicit Checker(const SchemaDocument &document)
        : m_document(document)
        , m_isV4(document.version() == HelmVersion::V4)
    {
    }

    Faults check(const Value &schema, const Value &instance, Evaluated &seen)
    {
        Faults faults;
        if (m_isExhausted || ++m_steps > maxSteps || m_depth >= maxDepth) {
            m_isExhausted = true;
            return faults;
        }
        if (schema.isBool()) {
            if (!schema.asBool())
                add(faults, m_isV4 ? "false schema" : "False always fails validation");
            return faults;
        }
        if (!schema.isMap())
            return faults;
        ++m_depth;
        checkMap(schema, instance, seen, faults);
        --m_depth;
        return faults;
    }

    /// The check was given up: what it found means nothing.
    [[nodiscard]] bool isExhausted() const { return m_isExhausted; }

private:
    void add(Faults &faults, std::string text, std::vector<SchemaFault> causes = {})
    {
        faults.push_back({m_path, std::move(text), false, false, std::move(causes)});
    }

    /// As Go's validators hand a schema's faults up: one as it is, several in a group.
    void merge(Faults &into, Faults &&from)
    {
        if (from.size() > 1 && m_isV4)
            into.push_back({m_path, "validation failed", false, true, std::move(from)});
        else
            into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    }

    void checkMap(const Value &schema, const Value &instance, Evaluated &seen, Faults &faults)
    {
        const Draft draft = m_document.draftOf(schema);
        if (draft < Draft::Draft2019 && schema["$ref"].isString()) {
            reference(schema, "$ref", instance, seen, faults);
            return;
        }
        if (!checkType(schema, instance, faults))
            return;
        ++m_nodes;
        if (!checkConstants(schema, instance, draft, faults) && m_isV4)
            return;
        if (schema["format"].isString() && instance.isString() && m_document.assertsFormats(schema)) {
            const std::string &name = schema["format"].asString();
            if (const std::optional<std::string> why = formatFault(name, instance.asString())) {
                if (m_isV4)
                    return add(faults, singleQuoted(instance.asString()) + " is not valid " + name + ": " + *why);
                add(faults, "Does not match format '" + name + "'");
            }
        }
        if (schema["$ref"].isString())
            reference(schema, "$ref", instance, seen, faults);
        if (!m_isV4)
            conditions(schema, instance, seen, faults);
        if (instance.isMap())
            members(schema, instance, draft, seen, faults);
        else if (instance.isList())
            items(schema, instance, draft, seen, faults);
        else if (instance.isString())
            text(schema, instance.asString(), faults);
        else if (instance.isNumber())
            number(schema, numberOf(instance), faults);
        for (const std::string_view keyword : {"$recursiveRef", "$dynamicRef"}) {
            if (draft >= Draft::Draft2019 && schema[keyword].isString())
                reference(schema, keyword, instance, seen, faults);
        }
        if (m_isV4)
            conditions(schema, instance, seen, faults);
        if (draft >= Draft::Draft2019)
            unevaluated(schema, instance, seen, faults);
    }

    void reference(const Value &schema, std::string_view keyword, const Value &instance, Evaluated &seen, Faults &faults)
    {
        const Value *const target = m_document.target(schema, keyword);
        if (!target)
            return;
        // A reference that leads back to itself without going into the instance would never end.
        const std::pair<const void *, const void *> visit {target, &instance};
        if (!m_visits.insert(visit).second)
            return;
        Faults inner = check(*target, instance, seen);
        m_visits.erase(visit);
        if (!inner.empty())
            faults.push_back({m_path, "validation failed", true, false, std::move(inner)});
    }

    bool checkType(const Value &schema, const Value &instance, Faults &faults)
    {
        const Value &type = schema["type"];
        std::vector<std::string> wanted;
        if (type.isString())
            wanted.push_back(type.asString());
        else if (type.isList()) {
            for (const Value &item : type.asList())
                wanted.emplace_back(item.stringOr());
        }
        if (wanted.empty())
            return true;
        const std::string_view found = typeOf(instance);
        for (const std::string &name : wanted) {
            if (name == found || (name == "integer" && instance.isNumber() && isWhole(instance)))
                return true;
        }
        if (m_isV4) {
            std::string names;
            for (const std::string_view name : {"null", "boolean", "number", "integer", "string", "array", "object"}) {
                for (const std::string &candidate : wanted)
                    names += candidate == name ? (names.empty() ? "" : " or ") + candidate : "";
            }
            add(faults, "got " + std::string(found) + ", want " + names);
        } else {
            std::string names;
            for (const std::string &name : wanted)
                names += (names.empty() ? "" : ",") + name;
            add(faults, "Invalid type. Expected: " + (wanted.size() > 1 ? "[" + names + "]" : names) + ", given: "
                + (instance.isNumber() && isWhole(instance) ? "integer" : std::string(found)));
        }
        return false;
    }

    [[nodiscard]] std::string lastStep() const { return m_path.empty() ? "(root)" : dotted(); }
    [[nodiscard]] std::string dotted() const
    {
        std::string place;
        for (const std::string &step : m_path)
            place += (place.empty() ? "" : ".") + step;
        return place;
    }

    bool checkConstants(const Value &schema, const Value &instance, Draft draft, Faults &faults)
    {
        const HelmVersion version = m_document.version();
        const Value *const constant = draft >= Draft::Draft6 ? schema.asMap().get("const") : nullptr;
        if (constant && !(instance == *constant)) {
            if (!m_isV4)
                add(faults, lastStep() + " does not match: " + shownValue(*constant, version));
            else if (constant->isList() || constant->isMap())
                add(faults, "'const' failed");
            else
                add(faults, "value must be " + shownValue(*constant, version));
            return false;
        }
        const Value &choices = schema["enum"];
        if (!choices.isList() || (choices.size() == 0 && !m_isV4))
            return true;
        bool arePrimitive = true;
        std::string names;
        for (const Value &choice : choices.asList()) {
            if (instance == choice)
                return true;
            arePrimitive = arePrimitive && !choice.isList() && !choice.isMap();
            names += (names.empty() ? "" : ", ") + shownValue(choice, version);
        }
        if (!m_isV4)
            add(faults, lastStep() + " must be one of the following: " + names);
        else if (!arePrimitive)
            add(faults, "'enum' failed");
        else
            add(faults, (choices.size() == 1 ? "value must be " : "value must be one of ") + names);
        return false;
    }

    /// A bound that counts: `got` against the keyword's number.
    void count(const Value &schema, std::string_view keyword, std::size_t got, bool isMinimum, std::string_view before, std::string_view after, Faults &faults)
    {
        const Value &bound = schema[keyword];
        if (!bound.isNumber())
            return;
        const double wanted = numberOf(bound);
        if (isMinimum ? static_cast<double>(got) >= wanted : static_cast<double>(got) <= wanted)
            return;
        if (m_isV4)
            add(faults, std::string(keyword) + ": got " + englishCount(static_cast<double>(got)) + ", want " + englishCount(wanted));
        else
            add(faults, std::string(before) + std::to_string(static_cast<std::int64_t>(wanted)) + std::string(after));
    }

    static std::string englishCount(double number)
    {
        std::string digits = std::to_string(static_cast<std::int64_t>(number));
        for (std::size_t at = digits.size(); at > 3; at -= 3)
            digits.insert(at - 3, 1, ',');
        return digits;
    }

    void text(const Value &schema, const std::string &instance, Faults &faults)
    {
        if (schema["minLength"].isNumber() || schema["maxLength"].isNumber()) {
            const std::size_t length = characters(instance);
            count(schema, "minLength", length, true, "String length must be greater than or equal to ", "", faults);
            count(schema, "maxLength", length, false, "String length must be less than or equal to ", "", faults);
        }
        if (!schema["pattern"].isString())
            return;
        const std::string &pattern = schema["pattern"].asString();
        const re2::RE2 *const regex = m_document.pattern(pattern);
        if (regex && !re2::RE2::PartialMatch(instance, *regex)) {
            add(faults, m_isV4 ? singleQuoted(instance) + " does not match pattern " + singleQuoted(pattern)
                               : "Does not match pattern '" + pattern + "'");
        }
    }

    void number(const Value &schema, double instance, Faults &faults)
    {
        const auto bound = [&](std::string_view keyword, double wanted, bool isGood, std::string_view words) {
            if (isGood)
                return;
            if (m_isV4)
                add(faults, std::string(keyword) + ": got " + englishNumber(instance) + ", want " + englishNumber(wanted));
            else
                add(faults, std::string(words) + value::formatFloatG(wanted));
        };
        const auto side = [&](std::string_view keyword, std::string_view exclusive, bool isLower) {
            const Value &inclusiveBound = schema[keyword];
            const Value &exclusiveBound = schema[exclusive];
            const bool isExclusive = exclusiveBound.boolOr(false);
            const std::string_view strict = isLower ? "Must be greater than " : "Must be less than ";
            if (inclusiveBound.isNumber()) {
                const double wanted = numberOf(inclusiveBound);
                if (isExclusive)
                    bound(exclusive, wanted, isLower ? instance > wanted : instance < wanted, strict);
                else
                    bound(keyword, wanted, isLower ? instance >= wanted : instance <= wanted,
                        isLower ? "Must be greater than or equal to " : "Must be less than or equal to ");
            }
            if (exclusiveBound.isNumber()) {
                const double wanted = numberOf(exclusiveBound);
                bound(exclusive, wanted, isLower ? instance > wanted : instance < wanted, strict);
            }
        };
        side("minimum", "exclusiveMinimum", true);
        side("maximum", "exclusiveMaximum", false);
        if (const Value &of = schema["multipleOf"]; of.isNumber())
            bound("multipleOf", numberOf(of), isMultiple(instance, numberOf(of)), "Must be a multiple of ");
    }

    static std::vector<std::string> missingOf(const Value &names, const Map &instance)
    {
        std::vector<std::string> missing;
        if (names.isList()) {
            for (const Value &name : names.asList()) {
                if (name.isString() && !instance.get(name.asString()))
                    missing.push_back(name.asString());
            }
        }
        return missing;
    }

    void inMember(const Value &schema, const std::string &name, const Value &member, Faults &faults)
    {
        m_path.push_back(name);
        Evaluated inner;
        Faults found = check(schema, member, inner);
        merge(faults, std::move(found));
        m_path.pop_back();
    }

    void members(const Value &schema, const Value &value, Draft draft, Evaluated &seen, Faults &faults)
    {
        const Map &instance = value.asMap();
        count(schema, "minProperties", instance.size(), true, "Must have at least ", " properties", faults);
        count(schema, "maxProperties", instance.size(), false, "Must have at most ", " properties", faults);
        if (const std::vector<std::string> missing = missingOf(schema["required"], instance); !missing.empty()) {
            if (m_isV4) {
                add(faults, (missing.size() == 1 ? "missing property " : "missing properties ") + singleQuoted(missing));
            } else {
                for (const std::string &name : missing)
                    add(faults, name + " is required");
            }
        }
        dependencies(schema["dependencies"], value, seen, faults);
        std::vector<std::string> additional;
        const Value &properties = schema["properties"];
        const Value &patterns = schema["patternProperties"];
        const Value *const others = schema.asMap().get("additionalProperties");
        for (const auto &[name, member] : instance) {
            bool isEvaluated = false;
            if (const Value *const own = properties.isMap() ? properties.asMap().get(name) : nullptr) {
                isEvaluated = true;
                inMember(*own, name, member, faults);
            }
            if (patterns.isMap()) {
                for (const auto &[pattern, inner] : patterns.asMap()) {
                    const re2::RE2 *const regex = m_document.pattern(pattern);
                    if (!regex || !re2::RE2::PartialMatch(name, *regex))
                        continue;
                    isEvaluated = true;
                    inMember(inner, name, member, faults);
                }
            }
            if (!isEvaluated && others) {
                isEvaluated = true;
                if (others->isBool()) {
                    if (!others->asBool())
                        additional.push_back(name);
                } else {
                    inMember(*others, name, member, faults);
                }
            }
            if (isEvaluated && m_document.tracksEvaluation())
                seen.members.insert(name);
        }
        if (m_isV4 && !additional.empty())
            add(faults, "additional properties " + singleQuoted(additional) + " not allowed");
        for (const std::string &name : additional) {
            if (!m_isV4)
                add(faults, "Additional property " + name + " is not allowed");
        }
        if (draft >= Draft::Draft6)
            propertyNames(schema, instance, faults);
        if (draft >= Draft::Draft2019) {
            dependencies(schema["dependentSchemas"], value, seen, faults);
            dependencies(schema["dependentRequired"], value, seen, faults);
        }
    }

    void propertyNames(const Value &schema, const Map &instance, Faults &faults)
    {
        const Value *const names = schema.asMap().get("propertyNames");
        if (!names)
            return;
        for (const auto &[name, member] : instance) {
            Evaluated inner;
            std::vector<std::string> path;
            std::swap(path, m_path); // a name is a value of its own
            Faults found = check(*names, Value(name), inner);
            std::swap(path, m_path);
            if (!found.empty())
                add(faults, m_isV4 ? "invalid propertyName " + singleQuoted(name) : "Property name of \"" + name + "\" does not match", std::move(found));
        }
    }

    void dependencies(const Value &table, const Value &instance, Evaluated &seen, Faults &faults)
    {
        if (!table.isMap())
            return;
        for (const auto &[name, wanted] : table.asMap()) {
            if (!instance.asMap().get(name))
                continue;
            if (!wanted.isList()) {
                merge(faults, check(wanted, instance, seen));
                continue;
            }
            const std::vector<std::string> missing = missingOf(wanted, instance.asMap());
            if (missing.empty())
                continue;
            if (m_isV4)
                add(faults, "properties " + singleQuoted(missing) + " required, if " + singleQuoted(name) + " exists");
            for (const std::string &other : missing) {
                if (!m_isV4)
                    add(faults, "Has a dependency on " + other);
            }
        }
    }

    void inItem(const Value &schema, const Value &list, std::size_t index, Evaluated &seen, Faults &faults)
    {
        inMember(schema, std::to_string(index), list[index], faults);
        if (m_document.tracksEvaluation())
            seen.items.insert(index);
    }

    void items(const Value &schema, const Value &instance, Draft draft, Evaluated &seen, Faults &faults)
    {
        const std::size_t size = instance.size();
        count(schema, "minItems", size, true, "Array must have at least ", " items", faults);
        count(schema, "maxItems", size, false, "Array must have at most ", " items", faults);
        if (schema["uniqueItems"].boolOr(false))
            uniqueItems(instance, faults);

        const Value *const rest = schema.asMap().get("items");
        const Value &tuple = draft >= Draft::Draft2020 ? schema["prefixItems"] : schema["items"];
        std::size_t next = 0;
        if (tuple.isList()) {
            for (; next < std::min(size, tuple.size()); ++next)
                inItem(tuple[next], instance, next, seen, faults);
        }
        if (rest && !rest->isList()) {
            for (; next < size; ++next)
                inItem(*rest, instance, next, seen, faults);
        }
        const Value *const additional = draft < Draft::Draft2020 && tuple.isList() ? schema.asMap().get("additionalItems") : nullptr;
        if (additional && additional->isBool()) {
            if (!additional->asBool() && next < size)
                add(faults, m_isV4 ? "last " + englishCount(static_cast<double>(size - next)) + " additionalItem(s) not allowed"
                                   : "No additional items allowed on array");
        } else if (additional) {
            for (; next < size; ++next)
                inItem(*additional, instance, next, seen, faults);
        }
        if (const Value *const wanted = draft >= Draft::Draft6 ? schema.asMap().get("contains") : nullptr)
            contains(schema, *wanted, instance, draft, seen, faults);
    }

    void uniqueItems(const Value &instance, Faults &faults)
    {
        for (std::size_t j = 1; j < instance.size(); ++j) {
            for (std::size_t i = 0; i < j; ++i) {
                if (++m_comparisons > maxComparisons) {
                    m_isExhausted = true;
                    return;
                }
                if (!(instance[i] == instance[j]))
                    continue;
                const std::string pair = std::to_string(i) + (m_isV4 ? " and " : ",") + std::to_string(j);
                return add(faults, m_isV4 ? "items at " + pair + " are equal" : "array items[" + pair + "] must be unique");
            }
        }
    }

    void contains(const Value &schema, const Value &wanted, const Value &instance, Draft draft, Evaluated &seen, Faults &faults)
    {
        Faults misses;
        std::string matched;
        std::size_t matches = 0;
        for (std::size_t i = 0; i < instance.size(); ++i) {
            Faults found;
            inMember(wanted, std::to_string(i), instance[i], found);
            if (found.empty()) {
                ++matches;
                matched += (matched.empty() ? "" : " ") + std::to_string(i);
                if (draft >= Draft::Draft2020)
                    seen.items.insert(i);
            }
            merge(misses, std::move(found));
        }
        const Value none;
        const Value &least = draft >= Draft::Draft2019 ? schema["minContains"] : none;
        const Value &most = draft >= Draft::Draft2019 ? schema["maxContains"] : none;
        const auto but = [&] { return ", but matched " + std::to_string(matches) + " items at " + matched; };
        if (least.isNumber()) {
            if (static_cast<double>(matches) < numberOf(least))
                add(faults, "min " + englishCount(numberOf(least)) + " items required to match contains schema"
                    + (matches == 0 ? ", but none matched" : but()), std::move(misses));
        } else if (matches == 0) {
            if (m_isV4)
                add(faults, "no items match contains schema", std::move(misses));
            else
                add(faults, "At least one of the items must match");
        }
        if (most.isNumber() && static_cast<double>(matches) > numberOf(most))
            add(faults, "max " + englishCount(numberOf(most)) + " items required to match contains schema" + but());
    }

    /// Of alternatives that all failed, Helm 3 reports the one that got furthest.
    static void keepBest(Faults &best, std::uint64_t &bestNodes, Faults &&candidate, std::uint64_t nodes)
    {
        if (best.empty() || nodes > bestNodes) {
            best = std::move(candidate);
            bestNodes = nodes;
        }
    }

    void conditions(const Value &schema, const Value &instance, Evaluated &seen, Faults &faults)
    {
        if (m_isV4) {
            negation(schema, instance, faults);
            allOf(schema["allOf"], instance, seen, faults);
            anyOf(schema["anyOf"], instance, seen, faults);
            oneOf(schema["oneOf"], instance, seen, faults);
        } else {
            anyOf(schema["anyOf"], instance, seen, faults);
            oneOf(schema["oneOf"], instance, seen, faults);
            allOf(schema["allOf"], instance, seen, faults);
            negation(schema, instance, faults);
        }
        const Value *const condition = schema.asMap().get("if");
        if (!condition || m_document.draftOf(schema) < Draft::Draft7)
            return;
        Evaluated inner;
        const bool holds = check(*condition, instance, inner).empty();
        if (holds)
            seen.add(inner);
        const Value *const branch = schema.asMap().get(holds ? "then" : "else");
        Faults found = branch ? check(*branch, instance, seen) : Faults();
        if (!found.empty() && !m_isV4)
            add(faults, holds ? "Must validate \"then\" as \"if\" was valid" : "Must validate \"else\" as \"if\" was not valid");
        merge(faults, std::move(found));
    }

    void negation(const Value &schema, const Value &instance, Faults &faults)
    {
        Evaluated ignored;
        const Value *const forbidden = schema.asMap().get("not");
        if (forbidden && check(*forbidden, instance, ignored).empty())
            add(faults, m_isV4 ? "'not' failed" : "Must not validate the schema (not)");
    }

    void allOf(const Value &schemas, const Value &instance, Evaluated &seen, Faults &faults)
    {
        Faults causes;
        for (std::size_t i = 0; schemas.isList() && i < schemas.size(); ++i)
            merge(causes, check(schemas[i], instance, seen));
        if (causes.empty())
            return;
        if (m_isV4)
            return add(faults, "'allOf' failed", std::move(causes));
        merge(faults, std::move(causes));
        add(faults, "Must validate all the schemas (allOf)");
    }

    void anyOf(const Value &schemas, const Value &instance, Evaluated &seen, Faults &faults)
    {
        if (!schemas.isList() || schemas.size() == 0)
            return;
        Faults causes;
        Faults best;
        std::uint64_t bestNodes = 0;
        bool isMatched = false;
        for (const Value &candidate : schemas.asList()) {
            Evaluated inner;
            const std::uint64_t before = m_nodes;
            Faults found = check(candidate, instance, inner);
            if (found.empty()) {
                isMatched = true;
                seen.add(inner);
                if (!m_document.tracksEvaluation())
                    return;
            } else if (m_isV4) {
                merge(causes, std::move(found));
            } else {
                keepBest(best, bestNodes, std::move(found), m_nodes - before);
            }
        }
        if (isMatched)
            return;
        add(faults, m_isV4 ? "'anyOf' failed" : "Must validate at least one schema (anyOf)", std::move(causes));
        merge(faults, std::move(best));
    }

    void oneOf(const Value &schemas, const Value &instance, Evaluated &seen, Faults &faults)
    {
        if (!schemas.isList() || schemas.size() == 0)
            return;
        Faults causes;
        Faults best;
        std::uint64_t bestNodes = 0;
        std::vector<std::size_t> matches;
        for (std::size_t i = 0; i < schemas.size() && matches.size() < 2; ++i) {
            Evaluated inner;
            const std::uint64_t before = m_nodes;
            Faults found = check(schemas[i], instance, inner);
            if (found.empty()) {
                matches.push_back(i);
                seen.add(inner);
            } else if (m_isV4) {
                merge(causes, std::move(found));
            } else {
                keepBest(best, bestNodes, std::move(found), m_nodes - before);
            }
        }
        if (matches.size() == 1)
            return;
        if (!m_isV4) {
            add(faults, "Must validate one and only one schema (oneOf)");
            if (matches.empty())
                merge(faults, std::move(best));
        } else if (matches.empty()) {
            add(faults, "'oneOf' failed, none matched", std::move(causes));
        } else {
            add(faults, "'oneOf' failed, subschemas " + std::to_string(matches[0]) + ", " + std::to_string(matches[1]) + " matched");
        }
    }

    void unevaluated(const Value &schema, const Value &instance, Evaluated &seen, Faults &faults)
    {
        if (const Value *const rule = instance.isMap() ? schema.asMap().get("unevaluatedProperties") : nullptr) {
            for (const auto &[name, member] : instance.asMap()) {
                if (seen.members.insert(name).second)
                    inMember(*rule, name, member, faults);
            }
        }
        if (const Value *const rule = instance.isList() ? schema.asMap().get("unevaluatedItems") : nullptr) {
            for (std::size_t i = 0; i < instance.size(); ++i) {
                if (seen.items.insert(i).second)
                    inMember(*rule, std::to_string(i), instance[i], faults);
            }
        }
    }

    const SchemaDocument &m_document;
    const bool m_isV4;
    std::vector<std::string> m_path;
    std::set<std::pair<const void *, const void *>> m_visits;
    std::uint64_t m_steps = 0;
    std::uint64_t m_nodes = 0; ///< Values that were looked into: how well an alternative fits.
    std::uint64_t m_comparisons = 0;
    int m_depth = 0;
    bool m_isExhausted = false;
};

} // namespace

std::vector<SchemaFault> checkAgainstSchema(const SchemaDocument &document, const Value &instance)
{
    Evaluated seen;
    Checker checker(document);
    Faults faults = checker.check(document.root(), instance, seen);
    if (checker.isExhausted())
        return {SchemaFault {{}, "schema is too deep or takes too long to check", false, false, {}}};
    return faults;
}

} // namespace fairway::chart
