#include "core/chart/schema_checker.h"


namespace fairway::chart {

using value::Value;

void SchemaChecker::keepBest(Faults &best, std::uint64_t &bestNodes, Faults &&candidate, std::uint64_t nodes)
{
    if (best.empty() || nodes > bestNodes) {
        best = std::move(candidate);
        bestNodes = nodes;
    }
}

void SchemaChecker::conditions(const Value &schema, const Value &instance, Evaluated &seen, Faults &faults)
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

void SchemaChecker::negation(const Value &schema, const Value &instance, Faults &faults)
{
    Evaluated ignored;
    const Value *const forbidden = schema.asMap().get("not");
    if (forbidden && check(*forbidden, instance, ignored).empty())
        add(faults, m_isV4 ? "'not' failed" : "Must not validate the schema (not)");
}

void SchemaChecker::allOf(const Value &schemas, const Value &instance, Evaluated &seen, Faults &faults)
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

void SchemaChecker::anyOf(const Value &schemas, const Value &instance, Evaluated &seen, Faults &faults)
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

void SchemaChecker::oneOf(const Value &schemas, const Value &instance, Evaluated &seen, Faults &faults)
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

} // namespace fairway::chart
