#include "core/lab/object_service.h"

#include "core/lab/crd.h"
#include "core/lab/object_draft.h"

/// The end of objects: deletion with its preconditions and finalizers, dependents let go, and what goes with a definition.
namespace fairway::lab {

using value::Value;

namespace {

/// Every owner but `uid`.
void dropOwner(Value &object, std::string_view uid)
{
    Value *owners = member(object, "metadata").asMap().get("ownerReferences");
    if (!owners || !owners->isList())
        return;
    std::erase_if(owners->asList(), [&](const Value &owner) { return owner["uid"].stringOr() == uid; });
    if (owners->size() == 0)
        member(object, "metadata").asMap().remove("ownerReferences");
}

} // namespace

ApiResult<Written> ObjectService::remove(const ResourceType &type, std::string_view version, std::string_view ns,
    std::string_view name, const DeleteOptions &options)
{
    for (int attempt = 0;; ++attempt) {
        const StoredPtr stored = m_store.get(type.id(), ns, name);
        if (!stored)
            return tl::unexpected(notFound(type.subject(), name));
        if (!options.uid.empty() && options.uid != stored->uid) {
            ApiError error = conflict({"", type.kind, type.kind}, name,
                "the UID in the precondition (" + options.uid + ") does not match the UID in record (" + stored->uid
                    + "). The object might have been deleted and then recreated");
            return tl::unexpected(std::move(error));
        }
        if (!options.resourceVersion.empty() && options.resourceVersion != std::to_string(stored->resourceVersion)) {
            ApiError error = conflict({"", type.kind, type.kind}, name,
                "the ResourceVersion in the precondition (" + options.resourceVersion + ") does not match the ResourceVersion in record ("
                    + std::to_string(stored->resourceVersion) + "). The object might have been modified");
            return tl::unexpected(std::move(error));
        }
        Written written;
        written.object = parse(*stored, type, version);
        if (options.isDryRun) {
            written.isDeleted = true;
            return written;
        }
        const bool isHeld = written.object["metadata"]["finalizers"].size() > 0 || type.kind == "Namespace";
        if (isHeld && written.object["metadata"]["deletionTimestamp"].isString())
            return written;
        if (isHeld) {
            Value &metadata = member(written.object, "metadata");
            metadata.set("deletionTimestamp", now());
            if (type.kind == "Namespace")
                member(written.object, "status").set("phase", "Terminating");
            else
                metadata.set("deletionGracePeriodSeconds", 0);
            if (hasGeneration(type))
                metadata.set("generation", metadata["generation"].intOr(0) + 1);
        }
        const StoredObject draft = draftOf(written.object, type);
        const Store::PutResult result = isHeld ? m_store.put(type.id(), draft, stored->resourceVersion)
                                               : m_store.remove(type.id(), draft, stored->resourceVersion);
        if (result.object) {
            member(written.object, "metadata").set("resourceVersion", std::to_string(result.object->resourceVersion));
            written.isDeleted = !isHeld;
            if (options.orphansDependents)
                orphan(stored->uid, ns);
            afterWrite(type, written.object, !isHeld);
            return written;
        }
        if (attempt == MaxWriteAttempts)
            return tl::unexpected(staleVersion(type.subject(), name));
    }
}

void ObjectService::orphan(std::string_view uid, std::string_view ns)
{
    WriteOptions options;
    options.tracksFields = false;
    for (const ResourceTypePtr &type : m_registry.all()) {
        for (const StoredPtr &object : m_store.snapshot(type->id(), ns).objects) {
            if (object->json.find(uid) == std::string::npos)
                continue;
            Value tree = parse(*object, *type, type->storageVersion());
            dropOwner(tree, uid);
            // A dependent that changed or went meanwhile is none of ours any more.
            (void)update(*type, type->storageVersion(), object->ns, object->name, tree, options);
        }
    }
}

void ObjectService::afterWrite(const ResourceType &type, const Value &object, bool isDeleted)
{
    if (type.kind != "CustomResourceDefinition")
        return;
    ResourceTypePtr custom = typeOfCrd(object);
    if (!isDeleted) {
        if (!custom->versions.empty())
            m_registry.put(std::move(custom));
        return;
    }
    for (const StoredPtr &stored : m_store.snapshot(custom->id(), {}).objects)
        (void)remove(*custom, custom->storageVersion(), stored->ns, stored->name, {});
    m_registry.remove(custom->id());
}

} // namespace fairway::lab
