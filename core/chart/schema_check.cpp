#include "core/chart/schema_checker.h"

#include "core/chart/schema_form.h"
#include "core/chart/schema_format.h"
#include "core/chart/schema_words.h"

#include <cmath>
#include <iterator>
#include <optional>

namespace fairway::chart {

using value::Value;

namespace {

constexpr int maxDepth = 512;
/// A few seconds. The largest schemas of charts need some ten thousand.
constexpr std::uint64_t maxSteps = 3'000'000;

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

} // namespace

Faults SchemaChecker::check(const Value &schema, const Value &instance, Evaluated &seen)
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
    if (m_document.isMetaschema() && checkOtherDraft(schema, instance, faults))
        return faults;
    const std::size_t resource = m_document.resourceOf(schema);
    const bool isEntered = m_scope.empty() || m_scope.back() != resource;
    if (isEntered)
        m_scope.push_back(resource);
    ++m_depth;
    checkMap(schema, instance, seen, faults);
    --m_depth;
    if (isEntered)
        m_scope.pop_back();
    return faults;
}

bool SchemaChecker::checkOtherDraft(const Value &schema, const Value &instance, Faults &faults) const
{
    if (&schema != &m_document.root() || m_path.empty() || !instance.isMap())
        return false;
    const std::optional<Draft> stated = SchemaDocument::statedDraft(instance);
    if (!stated || *stated == m_document.draftOf(schema) || !instance[*stated == Draft::Draft4 ? "id" : "$id"].isString())
        return false;
    faults = faultsByMetaschema(instance, *stated);
    const auto place = [&](auto &self, Faults &some) -> void {
        for (SchemaFault &fault : some) {
            fault.path.insert(fault.path.begin(), m_path.begin(), m_path.end());
            self(self, fault.causes);
        }
    };
    place(place, faults);
    return true;
}

void SchemaChecker::add(Faults &faults, std::string text, std::vector<SchemaFault> causes)
{
    faults.push_back({m_path, std::move(text), false, false, std::move(causes)});
}

void SchemaChecker::merge(Faults &into, Faults &&from)
{
    if (from.size() > 1 && m_isV4)
        into.push_back({m_path, "validation failed", false, true, std::move(from)});
    else
        into.insert(into.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void SchemaChecker::checkMap(const Value &schema, const Value &instance, Evaluated &seen, Faults &faults)
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

void SchemaChecker::reference(const Value &schema, std::string_view keyword, const Value &instance, Evaluated &seen, Faults &faults)
{
    const Value *const target = keyword == "$ref" ? m_document.target(schema, keyword) : m_document.dynamicTarget(schema, keyword, m_scope);
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

bool SchemaChecker::checkType(const Value &schema, const Value &instance, Faults &faults)
{
    const Value &type = schema["type"];
    if (type.isNull() || (type.isString() && type.asString() == typeOf(instance)))
        return true;
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

std::string SchemaChecker::dotted() const
{
    std::string place;
    for (const std::string &step : m_path)
        place += (place.empty() ? "" : ".") + step;
    return place;
}

bool SchemaChecker::checkConstants(const Value &schema, const Value &instance, Draft draft, Faults &faults)
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

std::vector<SchemaFault> checkAgainstSchema(const SchemaDocument &document, const Value &instance)
{
    Evaluated seen;
    SchemaChecker checker(document);
    Faults faults = checker.check(document.root(), instance, seen);
    if (checker.isExhausted())
        return {SchemaFault {{}, "schema is too deep or takes too long to check", false, false, {}}};
    return faults;
}

} // namespace fairway::chart
