#include "core/lab/controller_context.h"

#include "core/value/json.h"

namespace fairway::lab {

using value::Value;

void reconcileNamespace(ControllerContext &context, std::string_view name)
{
    Value home = context.get("namespaces", {}, name);
    if (home.isNull())
        return;
    if (!home["metadata"]["deletionTimestamp"].isString()) {
        if (!context.service().store().get("serviceaccounts", name, "default"))
            (void)context.create("serviceaccounts", Value::map({{"metadata", Value::map({{"name", "default"}, {"namespace", name}})}}));
        return;
    }
    bool isEmpty = true;
    for (const ResourceTypePtr &type : context.service().registry().all()) {
        if (!type->isNamespaced)
            continue;
        for (const StoredPtr &object : context.service().store().snapshot(type->id(), name).objects) {
            (void)context.remove(type->id(), name, object->name);
            // What finalizers hold stays for now; its end brings us back here.
            isEmpty = isEmpty && !context.service().store().get(type->id(), name, object->name);
        }
    }
    if (!isEmpty)
        return;
    const StoredPtr stored = context.service().store().get("namespaces", {}, name);
    if (!stored)
        return;
    // Past the API's own rule that a Namespace is only marked: it is empty and really goes now.
    StoredObject last;
    last.name = stored->name;
    last.uid = stored->uid;
    last.labels = stored->labels;
    home = value::deepCopy(home);
    mapMember(home, "metadata").set("resourceVersion", VersionPlaceholder);
    home.asMap().remove("apiVersion");
    home.asMap().remove("kind");
    last.json = value::toJson(home);
    (void)context.service().store().remove("namespaces", std::move(last), stored->resourceVersion);
}

void collectGarbage(ControllerContext &context, std::string_view ns, std::string_view uid)
{
    for (const ResourceTypePtr &type : context.service().registry().all()) {
        // Events mention uids without being owned, and there are many of them.
        if (type->kind == "Event")
            continue;
        for (const StoredPtr &object : context.service().store().snapshot(type->id(), ns).objects) {
            if (object->json.find(uid) == std::string::npos)
                continue;
            const Value tree = context.service().parse(*object, *type, type->storageVersion());
            const Value &owners = tree["metadata"]["ownerReferences"];
            for (std::size_t i = 0; i < owners.size(); ++i) {
                if (owners[i]["uid"].stringOr() == uid) {
                    (void)context.remove(type->id(), object->ns, object->name);
                    break;
                }
            }
        }
    }
}

} // namespace fairway::lab
