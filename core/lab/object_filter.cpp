#include "core/lab/object_filter.h"

#include "core/lab/json_path.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace fairway::lab {

using value::Value;

namespace {

constexpr std::array<std::string_view, 6> PodFields {
    "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "status.phase", "status.podIP"};
constexpr std::array<std::string_view, 10> EventFields {"involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
    "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
    "type", "reportingComponent"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N> &fields, std::string_view field)
{
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

bool isKnownField(const ResourceType &type, std::string_view field)
{
    if (field == "metadata.name" || (field == "metadata.namespace" && type.isNamespaced))
        return true;
    if (type.kind == "Pod" && type.group.empty())
        return contains(PodFields, field);
    if (type.kind == "Event")
        return contains(EventFields, field);
    if (type.kind == "Secret")
        return field == "type";
    if (type.kind == "Namespace")
        return field == "status.phase";
    if (type.kind == "Node")
        return field == "spec.unschedulable";
    return type.kind == "Job" && field == "status.successful";
}

std::string textOf(const Value &value)
{
    if (value.isString())
        return value.asString();
    return value.isNull() ? std::string() : value::toJson(value);
}

} // namespace

ApiResult<ObjectFilter> ObjectFilter::make(ResourceTypePtr type, std::string_view ns, std::string_view name,
    std::string_view labelSelector, std::string_view fieldSelector)
{
    ObjectFilter filter;
    const auto labels = LabelSelector::parse(labelSelector);
    if (!labels)
        return tl::unexpected(badRequest("unable to parse requirement: found '" + std::string(labelSelector.substr(0, 100)) + "'"));
    const auto fields = FieldSelector::parse(fieldSelector);
    if (!fields)
        return tl::unexpected(badRequest("invalid selector: '" + std::string(fieldSelector.substr(0, 100)) + "'; can't understand it"));
    for (const FieldSelector::Term &term : fields->terms()) {
        if (isKnownField(*type, term.field))
            continue;
        if (type->isCustom)
            return tl::unexpected(badRequest("field label not supported: " + term.field));
        return tl::unexpected(badRequest("\"" + term.field + "\" is not a known field selector: only \"metadata.name\""
            + (type->isNamespaced ? ", \"metadata.namespace\"" : "")));
    }
    filter.m_type = std::move(type);
    filter.m_namespace = ns;
    filter.m_name = name;
    filter.m_labels = *labels;
    filter.m_fields = *fields;
    return filter;
}

bool ObjectFilter::isEverything() const
{
    return m_name.empty() && m_labels.isEverything() && m_fields.isEverything();
}

bool ObjectFilter::matchesFields(const StoredObject &object) const
{
    Value tree; // parsed only when a term asks for more than the name
    return std::all_of(m_fields.terms().begin(), m_fields.terms().end(), [&](const FieldSelector::Term &term) {
        if (term.field == "metadata.name")
            return (object.name == term.wanted) != term.isNegated;
        if (term.field == "metadata.namespace")
            return (object.ns == term.wanted) != term.isNegated;
        if (tree.isNull()) {
            if (auto parsed = value::parseJson(object.json))
                tree = std::move(*parsed);
        }
        const auto found = jsonPath(tree, "." + term.field);
        std::string text = found.empty() ? std::string() : textOf(*found.front());
        if (text.empty() && term.field == "reportingComponent")
            text = tree["source"]["component"].stringOr();
        if (text.empty() && term.field == "spec.unschedulable")
            text = "false";
        return (text == term.wanted) != term.isNegated;
    });
}

bool ObjectFilter::matches(const StoredObject &object) const
{
    return (m_namespace.empty() || object.ns == m_namespace) && (m_name.empty() || object.name == m_name)
        && m_labels.matches(object.labels) && (m_fields.isEverything() || matchesFields(object));
}

} // namespace fairway::lab
