#include "core/lab/object_draft.h"

#include "core/lab/conversion.h"
#include "core/value/json.h"

#include <algorithm>
#include <array>

namespace fairway::lab {

using value::Value;

Value &member(Value &parent, std::string_view key)
{
    if (!parent[key].isMap())
        parent.set(key, Value::map());
    return *parent.asMap().get(key);
}

bool hasGeneration(const ResourceType &type)
{
    static constexpr std::array<std::string_view, 11> Kinds {"Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet",
        "Ingress", "NetworkPolicy", "PodDisruptionBudget", "CustomResourceDefinition", "Job", "EndpointSlice"};
    return type.isCustom || std::find(Kinds.begin(), Kinds.end(), type.kind) != Kinds.end();
}

StoredObject draftOf(const Value &object, const ResourceType &type)
{
    Value stored = convertVersion(object, type, type.storageVersion());
    Value body = Value::map();
    for (const auto &[key, entry] : stored.asMap()) {
        if (key != "apiVersion" && key != "kind")
            body.set(key, entry);
    }
    Value metadata = Value::map();
    for (const auto &[key, entry] : object["metadata"].asMap())
        metadata.set(key, entry);
    metadata.set("resourceVersion", VersionPlaceholder);
    body.set("metadata", metadata);
    StoredObject draft;
    draft.ns = metadata["namespace"].stringOr();
    draft.name = metadata["name"].stringOr();
    draft.uid = metadata["uid"].stringOr();
    draft.labels = LabelSet(metadata["labels"]);
    draft.json = value::toJson(body);
    return draft;
}

} // namespace fairway::lab
