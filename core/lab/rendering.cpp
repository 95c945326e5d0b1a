#include "core/lab/rendering.h"

#include "core/value/json.h"

namespace fairway::lab {

using value::Value;

namespace {

std::string quotedJson(std::string_view text)
{
    std::string out;
    value::appendJsonString(out, text);
    return out;
}

} // namespace

Renderer::Renderer(const ObjectService &service, ResourceTypePtr type, std::string version, Form form, std::string includesObject)
    : m_service(service)
    , m_type(std::move(type))
    , m_version(std::move(version))
    , m_form(form)
    , m_includesObject(std::move(includesObject))
    , m_columns(TableColumns::of(*m_type, m_version))
    , m_prefix("{\"kind\":" + quotedJson(m_type->kind) + ",\"apiVersion\":" + quotedJson(m_type->groupVersion(m_version)) + ",")
{
}

std::string Renderer::object(const StoredObject &object, bool isListItem) const
{
    // Only a HorizontalPodAutoscaler looks different in another version.
    if (m_version != m_type->storageVersion() && !m_type->isCustom)
        return value::toJson(m_service.parse(object, *m_type, m_version));
    // Items of built-in lists carry neither kind nor apiVersion; those of custom ones do.
    if (isListItem && !m_type->isCustom)
        return object.json;
    return m_prefix + object.json.substr(1);
}

std::string Renderer::metadata(const StoredObject &object) const
{
    const auto tree = value::parseJson(object.json);
    return "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
        + (tree ? value::toJson((*tree)["metadata"]) : std::string("{}")) + "}";
}

std::string Renderer::row(const StoredObject &object) const
{
    const Value tree = m_service.parse(object, *m_type, m_version);
    std::string text = "{\"cells\":" + value::toJson(m_columns.cells(tree, m_service.clock().systemNow()));
    if (m_includesObject == "Object")
        text += ",\"object\":" + this->object(object, false);
    else if (m_includesObject != "None")
        text += ",\"object\":{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
            + value::toJson(tree["metadata"]) + "}";
    return text + "}";
}

std::string Renderer::table(std::string rows, std::string metadataText, bool hasColumns) const
{
    return "{\"kind\":\"Table\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":" + std::move(metadataText)
        + ",\"columnDefinitions\":" + (hasColumns ? value::toJson(m_columns.definitions()) : std::string("null")) + ",\"rows\":["
        + std::move(rows) + "]}";
}

std::string Renderer::one(const StoredObject &stored) const
{
    if (m_form == Form::Metadata)
        return metadata(stored);
    if (m_form == Form::Table)
        return table(row(stored), "{\"resourceVersion\":\"" + std::to_string(stored.resourceVersion) + "\"}", true);
    return object(stored, false);
}

std::string Renderer::list(const std::vector<StoredPtr> &objects, std::uint64_t version, std::string_view continueToken,
    std::size_t remaining) const
{
    std::string meta = "{\"resourceVersion\":\"" + std::to_string(version) + "\"";
    if (!continueToken.empty()) {
        meta += ",\"continue\":" + quotedJson(continueToken);
        if (remaining > 0)
            meta += ",\"remainingItemCount\":" + std::to_string(remaining);
    }
    meta += "}";
    std::size_t size = 0;
    for (const StoredPtr &stored : objects)
        size += stored->json.size() + 8;
    std::string items;
    items.reserve(size + size / 16);
    for (const StoredPtr &stored : objects) {
        if (!items.empty())
            items += ',';
        items += m_form == Form::Table ? row(*stored) : m_form == Form::Metadata ? metadata(*stored) : object(*stored, true);
    }
    if (m_form == Form::Table)
        return table(std::move(items), std::move(meta), true);
    const bool isMetadata = m_form == Form::Metadata;
    std::string text = "{\"kind\":" + quotedJson(isMetadata ? "PartialObjectMetadataList" : m_type->listKind) + ",\"apiVersion\":"
        + quotedJson(isMetadata ? "meta.k8s.io/v1" : m_type->groupVersion(m_version)) + ",\"metadata\":" + meta + ",\"items\":[";
    text += items;
    text += "]}";
    return text;
}

std::string Renderer::event(std::string_view type, const StoredObject &stored, bool isFirst) const
{
    std::string text = "{\"type\":\"" + std::string(type) + "\",\"object\":";
    if (m_form == Form::Metadata)
        text += metadata(stored);
    else if (m_form == Form::Table)
        text += table(row(stored), "{\"resourceVersion\":\"" + std::to_string(stored.resourceVersion) + "\"}", isFirst);
    else
        text += object(stored, false);
    return text + "}\n";
}

std::string Renderer::bookmark(std::uint64_t version, bool endsInitialEvents, bool isFirst) const
{
    const std::string stamp = "{\"resourceVersion\":\"" + std::to_string(version) + "\"";
    const std::string meta = stamp + (endsInitialEvents ? ",\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}" : "}");
    const std::string partial = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":" + meta + "}";
    std::string text = "{\"type\":\"BOOKMARK\",\"object\":";
    if (m_form == Form::Table)
        text += table("{\"cells\":" + value::toJson(m_columns.emptyCells()) + ",\"object\":" + partial + "}", stamp + "}", isFirst);
    else if (m_form == Form::Metadata)
        text += partial;
    else
        text += m_prefix + "\"metadata\":" + meta + "}";
    return text + "}\n";
}

} // namespace fairway::lab
