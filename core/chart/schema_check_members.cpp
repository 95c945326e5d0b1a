#include "core/chart/schema_checker.h"

#include "core/chart/schema_words.h"

#include <re2/re2.h>

#include <algorithm>

namespace fairway::chart {

using value::Map;
using value::Value;

namespace {

constexpr std::uint64_t maxComparisons = 50'000'000; ///< Of items that must differ.

} // namespace

std::vector<std::string> SchemaChecker::missingOf(const Value &names, const Map &instance)
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

void SchemaChecker::inMember(const Value &schema, const std::string &name, const Value &member, Faults &faults)
{
    m_path.push_back(name);
    Evaluated inner;
    Faults found = check(schema, member, inner);
    merge(faults, std::move(found));
    m_path.pop_back();
}

void SchemaChecker::members(const Value &schema, const Value &value, Draft draft, Evaluated &seen, Faults &faults)
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

void SchemaChecker::propertyNames(const Value &schema, const Map &instance, Faults &faults)
{
    const Value *const names = schema.asMap().get("propertyNames");
    if (!names)
        return;
    for (const auto &[name, member] : instance) {
        Evaluated inner;
        std::vector<std::string> path;
        std::swap(path, m_path); // a name is a value of its own
        Faults found = check(*names, Value(name), inner);
        if (!m_isV4) // Helm 4's validator forgets where the object is
            std::swap(path, m_path);
        if (!found.empty())
            add(faults, m_isV4 ? "invalid propertyName " + singleQuoted(name) : "Property name of \"" + name + "\" does not match", std::move(found));
        if (m_isV4)
            std::swap(path, m_path);
    }
}

void SchemaChecker::dependencies(const Value &table, const Value &instance, Evaluated &seen, Faults &faults)
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

void SchemaChecker::inItem(const Value &schema, const Value &list, std::size_t index, std::size_t before, Evaluated &seen, Faults &faults)
{
    inMember(schema, std::to_string(m_isV4 ? index - before : index), list[index], faults);
    if (m_document.tracksEvaluation())
        seen.items.insert(index);
}

void SchemaChecker::items(const Value &schema, const Value &instance, Draft draft, Evaluated &seen, Faults &faults)
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
            inItem(tuple[next], instance, next, 0, seen, faults);
    }
    const std::size_t first = next;
    if (rest && !rest->isList()) {
        for (; next < size; ++next)
            inItem(*rest, instance, next, first, seen, faults);
    }
    const Value *const additional = draft < Draft::Draft2020 && tuple.isList() ? schema.asMap().get("additionalItems") : nullptr;
    if (additional && additional->isBool()) {
        if (!additional->asBool() && next < size)
            add(faults, m_isV4 ? "last " + englishCount(static_cast<double>(size - next)) + " additionalItem(s) not allowed"
                               : "No additional items allowed on array");
    } else if (additional) {
        for (; next < size; ++next)
            inItem(*additional, instance, next, first, seen, faults);
    }
    if (const Value *const wanted = draft >= Draft::Draft6 ? schema.asMap().get("contains") : nullptr)
        contains(schema, *wanted, instance, draft, seen, faults);
}

void SchemaChecker::uniqueItems(const Value &instance, Faults &faults)
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

void SchemaChecker::contains(const Value &schema, const Value &wanted, const Value &instance, Draft draft, Evaluated &seen, Faults &faults)
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

void SchemaChecker::unevaluated(const Value &schema, const Value &instance, Evaluated &seen, Faults &faults)
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

} // namespace fairway::chart
