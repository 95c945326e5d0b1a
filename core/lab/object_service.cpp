#include "core/lab/object_service.h"

#include "core/lab/conversion.h"
#include "core/lab/crd.h"
#include "core/lab/crd_schema.h"
#include "core/lab/defaults.h"
#include "core/lab/json_path.h"
#include "core/lab/managed_fields.h"
#include "core/lab/object_draft.h"
#include "core/lab/strategic_merge.h"

#include "core/value/json.h"
#include "core/value/patch.h"

#include <algorithm>
#include <array>

namespace fairway::lab {

using value::Value;

namespace {

/// Whether what the user asks for differs, metadata and status apart.
bool isSpecChanged(const Value &before, const Value &after)
{
    const auto differs = [](const Value &a, const Value &b) {
        return std::any_of(a.asMap().begin(), a.asMap().end(), [&](const auto &entry) {
            return entry.first != "metadata" && entry.first != "status" && entry.first != "apiVersion"
                && !(entry.second == b[entry.first]);
        });
    };
    return differs(before, after) || differs(after, before);
}

/// Whether `b` has every member of `a` alike, but for those named.
bool hasAllOf(const Value &a, const Value &b, std::initializer_list<std::string_view> ignored)
{
    if (!a.isMap())
        return a == b;
    return std::all_of(a.asMap().begin(), a.asMap().end(), [&](const auto &entry) {
        return std::find(ignored.begin(), ignored.end(), entry.first) != ignored.end() || entry.second == b[entry.first];
    });
}

bool isSameObject(const Value &a, const Value &b)
{
    const auto isWithin = [](const Value &x, const Value &y) {
        return hasAllOf(x, y, {"metadata"}) && hasAllOf(x["metadata"], y["metadata"], {"managedFields", "resourceVersion"});
    };
    return isWithin(a, b) && isWithin(b, a);
}

/// What every step below takes for granted.
bool isObject(const Value &object)
{
    return object.isMap() && (object["metadata"].isMap() || object["metadata"].isNull());
}

ApiError notAnObject()
{
    return badRequest("the object provided is unrecognized (must be of type Object with metadata)");
}

} // namespace

ObjectService::ObjectService(Store &store, ResourceRegistry &registry, IdentitySource &identity, const Clock &clock)
    : m_store(store)
    , m_registry(registry)
    , m_identity(identity)
    , m_clock(clock)
{
}

std::string ObjectService::now() const
{
    return formatRfc3339(m_clock.systemNow());
}

Value ObjectService::parse(const StoredObject &stored, const ResourceType &type, std::string_view version) const
{
    auto object = value::parseJson(stored.json);
    Value result = object ? std::move(*object) : Value::map();
    result.set("apiVersion", type.groupVersion(type.storageVersion()));
    result.set("kind", type.kind);
    return convertVersion(std::move(result), type, version);
}

ApiResult<Value> ObjectService::get(const ResourceType &type, std::string_view version, std::string_view ns, std::string_view name) const
{
    const StoredPtr stored = m_store.get(type.id(), ns, name);
    if (!stored)
        return tl::unexpected(notFound(type.subject(), name));
    return parse(*stored, type, version);
}

void ObjectService::completeMetadata(Value &after, const Value &before, const ResourceType &type, bool keepsGeneration) const
{
    Value &metadata = member(after, "metadata");
    const Value &old = before["metadata"];
    metadata.asMap().remove("selfLink");
    for (const char *key : {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "generateName"}) {
        if (before.isNull())
            break;
        if (old[key].isNull())
            metadata.asMap().remove(key);
        else
            metadata.set(key, old[key]);
    }
    for (const char *key : {"labels", "annotations", "finalizers", "ownerReferences"}) {
        if (metadata[key].isNull() || metadata[key].size() == 0)
            metadata.asMap().remove(key);
    }
    if (before.isNull()) {
        metadata.asMap().remove("deletionTimestamp");
        const std::int64_t generation = keepsGeneration ? metadata["generation"].intOr(1) : 1;
        metadata.asMap().remove("generation");
        if (metadata["uid"].stringOr().empty())
            metadata.set("uid", m_identity.uid());
        // The seed writes history: its own times stay.
        if (metadata["creationTimestamp"].stringOr().empty())
            metadata.set("creationTimestamp", now());
        if (hasGeneration(type))
            metadata.set("generation", generation);
    } else if (hasGeneration(type) && isSpecChanged(before, after)) {
        metadata.set("generation", old["generation"].intOr(0) + 1);
    }
}

ApiResult<Written> ObjectService::finish(const ResourceType &type, std::string_view version, const StoredPtr &stored,
    const Value &before, Value after, const WriteOptions &options, bool isApplied, bool &isContended)
{
    Written written;
    written.isCreated = before.isNull();
    after.set("apiVersion", type.groupVersion(version));
    after.set("kind", type.kind);
    const std::string name(after["metadata"]["name"].stringOr());

    if (type.isCustom) {
        const ResourceVersion *served = type.version(version);
        const std::vector<std::string> unknown = pruneAndDefault(after, served ? served->schema : Value());
        if (!unknown.empty() && options.validation == FieldValidation::Strict) {
            std::string list;
            for (const std::string &field : unknown)
                list += (list.empty() ? "" : ", ") + std::string("unknown field \"") + field + "\"";
            return tl::unexpected(badRequest(type.kind + " in version \"" + std::string(version) + "\" cannot be handled as a "
                + type.kind + ": strict decoding error: " + list));
        }
        for (const std::string &field : unknown) {
            if (options.validation == FieldValidation::Warn)
                written.warnings.push_back("unknown field \"" + field + "\"");
        }
        const std::vector<FieldCause> causes = checkSchema(after, served ? served->schema : Value());
        if (!causes.empty())
            return tl::unexpected(invalid(type.subject(), name, causes));
    } else {
        applyDefaults(after, type, before.isNull() ? m_identity.serial() : 0);
        if (type.kind == "CustomResourceDefinition") {
            defaultCrd(after);
            if (checkCrd(after).empty())
                after.set("status", establishedStatus(after, now()));
        }
        for (std::string &warning : warningsFor(after, type))
            written.warnings.push_back(std::move(warning));
    }
    if (const std::vector<FieldCause> causes = validate(after, before, type); !causes.empty())
        return tl::unexpected(invalid(type.subject(), name, causes));

    completeMetadata(after, before, type, options.keepsGeneration);
    if (!isApplied && options.tracksFields) {
        const FieldWriter writer {options.manager, type.groupVersion(version), options.subresource, now()};
        recordUpdate(before, after, writer, *structureOf(type, version));
    } else if (!isApplied) {
        const Value &kept = before["metadata"]["managedFields"];
        if (kept.isNull())
            member(after, "metadata").asMap().remove("managedFields");
        else
            member(after, "metadata").set("managedFields", kept);
    }

    const bool isUnchanged = !before.isNull() && isSameObject(before, after)
        && (!isApplied || before["metadata"]["managedFields"] == after["metadata"]["managedFields"]);
    if (isUnchanged) {
        written.object = before;
        return written;
    }
    const bool isLastFinalizerGone = !before.isNull() && before["metadata"]["deletionTimestamp"].isString()
        && after["metadata"]["finalizers"].size() == 0 && type.kind != "Namespace";
    if (options.isDryRun) {
        Value &metadata = member(after, "metadata");
        if (stored)
            metadata.set("resourceVersion", std::to_string(stored->resourceVersion));
        else
            metadata.asMap().remove("resourceVersion");
        written.object = std::move(after);
        return written;
    }
    const std::uint64_t expected = stored ? stored->resourceVersion : 0;
    const Store::PutResult result = isLastFinalizerGone ? m_store.remove(type.id(), draftOf(after, type), expected)
                                                        : m_store.put(type.id(), draftOf(after, type), expected);
    if (!result.object) {
        if (result.error == Store::PutError::Exists)
            return tl::unexpected(alreadyExists(type.subject(), name));
        if (result.error == Store::PutError::Missing)
            return tl::unexpected(notFound(type.subject(), name));
        isContended = true;
        return tl::unexpected(staleVersion(type.subject(), name));
    }
    member(after, "metadata").set("resourceVersion", std::to_string(result.object->resourceVersion));
    afterWrite(type, after, isLastFinalizerGone);
    written.isDeleted = isLastFinalizerGone;
    written.object = std::move(after);
    return written;
}

ApiResult<Written> ObjectService::create(const ResourceType &type, std::string_view version, std::string_view ns, Value object,
    const WriteOptions &options)
{
    if (!isObject(object))
        return tl::unexpected(notAnObject());
    Value &metadata = member(object, "metadata");
    if (type.isNamespaced) {
        const std::string_view given = metadata["namespace"].stringOr();
        if (!given.empty() && given != ns)
            return tl::unexpected(badRequest("the namespace of the provided object does not match the namespace sent on the request"));
        const StoredPtr home = m_store.get("namespaces", {}, ns);
        if (!home)
            return tl::unexpected(notFound({"", "namespaces", "Namespace"}, ns));
        if (home->json.find("\"deletionTimestamp\"") != std::string::npos) {
            ApiError error = conflict(type.subject(), metadata["name"].stringOr(), {});
            error.code = 403;
            error.reason = "Forbidden";
            error.message = type.subject().qualifiedPlural() + " \"" + std::string(metadata["name"].stringOr())
                + "\" is forbidden: unable to create new content in namespace " + std::string(ns) + " because it is being terminated";
            return tl::unexpected(std::move(error));
        }
        metadata.set("namespace", ns);
    } else {
        metadata.asMap().remove("namespace");
    }
    if (!metadata["resourceVersion"].stringOr().empty())
        return tl::unexpected(badRequest("resourceVersion should not be set on objects to be created"));
    metadata.asMap().remove("resourceVersion");
    const std::string prefix(metadata["generateName"].stringOr());
    const bool isGenerated = metadata["name"].stringOr().empty() && !prefix.empty();
    if (metadata["name"].stringOr().empty() && !isGenerated)
        return tl::unexpected(invalid(type.subject(), "",
            {{"FieldValueRequired", "Required value: name or generateName is required", "metadata.name"}}));
    for (int attempt = 0;; ++attempt) {
        if (isGenerated)
            metadata.set("name", prefix + m_identity.suffix());
        bool isContended = false;
        const StoredPtr existing = m_store.get(type.id(), ns, metadata["name"].stringOr());
        auto written = existing ? ApiResult<Written>(tl::unexpected(alreadyExists(type.subject(), metadata["name"].stringOr())))
                                : finish(type, version, nullptr, {}, value::deepCopy(object), options, false, isContended);
        if (written || !isGenerated || written.error().reason != "AlreadyExists" || attempt == MaxWriteAttempts)
            return written;
    }
}

std::optional<ApiError> ObjectService::checkPreconditions(const ResourceType &type, const StoredObject &stored,
    const Value &incoming, std::string_view name) const
{
    const Value &metadata = incoming["metadata"];
    const std::string_view given = metadata["name"].stringOr();
    if (!given.empty() && given != name)
        return badRequest("the name of the object (" + std::string(given) + ") does not match the name on the URL (" + std::string(name) + ")");
    const std::string_view version = metadata["resourceVersion"].stringOr();
    if (!version.empty() && version != std::to_string(stored.resourceVersion))
        return staleVersion(type.subject(), name);
    const std::string_view uid = metadata["uid"].stringOr();
    if (!uid.empty() && uid != stored.uid)
        return conflict(type.subject(), name,
            "Precondition failed: UID in precondition: " + std::string(uid) + ", UID in object meta: " + stored.uid);
    return std::nullopt;
}

ApiResult<Written> ObjectService::update(const ResourceType &type, std::string_view version, std::string_view ns,
    std::string_view name, const Value &object, const WriteOptions &options)
{
    if (!isObject(object))
        return tl::unexpected(notAnObject());
    const bool isPinned = !object["metadata"]["resourceVersion"].stringOr().empty();
    for (int attempt = 0;; ++attempt) {
        const StoredPtr stored = m_store.get(type.id(), ns, name);
        if (!stored)
            return tl::unexpected(notFound(type.subject(), name));
        if (auto refusal = checkPreconditions(type, *stored, object, name))
            return tl::unexpected(std::move(*refusal));
        bool isContended = false;
        ApiResult<Written> written;
        if (options.subresource == "scale") {
            written = updateScale(type, version, stored, object, options, isContended);
        } else {
            if (type.isCustom && !isPinned && options.tracksFields)
                return tl::unexpected(invalid(type.subject(), name,
                    {{"FieldValueInvalid", "Invalid value: 0: must be specified for an update", "metadata.resourceVersion"}}));
            const Value before = parse(*stored, type, version);
            Value after = value::deepCopy(options.subresource == "status" ? before : object);
            if (options.subresource == "status")
                after.set("status", value::deepCopy(object["status"]));
            else if (type.hasStatus && options.tracksFields)
                after.set("status", value::deepCopy(before["status"]));
            if (after["status"].isNull())
                after.asMap().remove("status");
            Value &metadata = member(after, "metadata");
            metadata.set("name", name);
            if (type.isNamespaced)
                metadata.set("namespace", ns);
            written = finish(type, version, stored, before, std::move(after), options, false, isContended);
        }
        if (!isContended || isPinned || attempt == MaxWriteAttempts)
            return written;
    }
}

ApiResult<Value> ObjectService::patched(const ResourceType &type, const Value &before, PatchKind kind, const Value &patch) const
{
    switch (kind) {
    case PatchKind::Merge:
        if (!patch.isMap())
            return tl::unexpected(badRequest("error decoding patch: a merge patch is an object"));
        return value::mergePatch(before, patch);
    case PatchKind::Json: {
        auto result = value::jsonPatch(before, patch);
        if (!result)
            return tl::unexpected(unprocessablePatch());
        return std::move(*result);
    }
    case PatchKind::Strategic:
        if (type.isCustom)
            return tl::unexpected(unsupportedMediaType("application/strategic-merge-patch+json"));
        return strategicMerge(before, patch);
    case PatchKind::Apply: break;
    }
    return tl::unexpected(internalError("not a patch of an existing object"));
}

ApiResult<Written> ObjectService::patch(const ResourceType &type, std::string_view version, std::string_view ns,
    std::string_view name, PatchKind kind, const Value &patch, const WriteOptions &options)
{
    const bool isApply = kind == PatchKind::Apply;
    if (isApply && !isObject(patch))
        return tl::unexpected(notAnObject());
    const bool isPinned = !patch["metadata"]["resourceVersion"].stringOr().empty();
    for (int attempt = 0;; ++attempt) {
        const StoredPtr stored = m_store.get(type.id(), ns, name);
        if (!stored && (!isApply || !options.subresource.empty()))
            return tl::unexpected(notFound(type.subject(), name));
        const Value before = stored ? parse(*stored, type, version) : Value();
        bool isContended = false;
        ApiResult<Written> written;
        if (stored && options.subresource == "scale") {
            auto scale = isApply ? ApiResult<Value>(value::mergePatch(scaleOf(type, before), patch))
                                 : patched(type, scaleOf(type, before), kind, patch);
            if (!scale)
                return tl::unexpected(scale.error());
            written = updateScale(type, version, stored, *scale, options, isContended);
        } else if (isApply) {
            if (!stored && type.isNamespaced && !m_store.get("namespaces", {}, ns))
                return tl::unexpected(notFound({"", "namespaces", "Namespace"}, ns));
            if (stored) {
                if (auto refusal = checkPreconditions(type, *stored, patch, name))
                    return tl::unexpected(std::move(*refusal));
            }
            const FieldWriter writer {options.manager, type.groupVersion(version), options.subresource, now()};
            auto applied = applyFields(before, patch, writer, options.isForced, *structureOf(type, version));
            if (!applied)
                return tl::unexpected(applied.error());
            if (options.subresource.empty() && type.hasStatus && stored) {
                if (before["status"].isNull())
                    applied->asMap().remove("status");
                else
                    applied->set("status", before["status"]);
            }
            Value &metadata = member(*applied, "metadata");
            metadata.set("name", name);
            if (type.isNamespaced)
                metadata.set("namespace", ns);
            written = finish(type, version, stored, before, std::move(*applied), options, true, isContended);
        } else {
            auto after = patched(type, before, kind, patch);
            if (!after)
                return tl::unexpected(after.error());
            if (!isObject(*after))
                return tl::unexpected(unprocessablePatch());
            if (auto refusal = checkPreconditions(type, *stored, *after, name))
                return tl::unexpected(std::move(*refusal));
            if (options.subresource == "status" || type.hasStatus) {
                const bool isStatus = options.subresource == "status";
                Value merged = value::deepCopy(isStatus ? before : *after);
                const Value &status = isStatus ? (*after)["status"] : before["status"];
                if (status.isNull())
                    merged.asMap().remove("status");
                else
                    merged.set("status", value::deepCopy(status));
                *after = std::move(merged);
            }
            written = finish(type, version, stored, before, std::move(*after), options, false, isContended);
        }
        if (!isContended || isPinned || attempt == MaxWriteAttempts)
            return written;
    }
}

Value ObjectService::scaleOf(const ResourceType &type, const Value &object) const
{
    const auto first = [&](std::string_view path) {
        const auto found = jsonPath(object, path);
        return found.empty() ? Value() : *found.front();
    };
    Value metadata = Value::map();
    for (const char *key : {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
        if (!object["metadata"][key].isNull())
            metadata.set(key, object["metadata"][key]);
    }
    Value status = Value::map({{"replicas", first(type.scaleStatusPath).intOr(0)}});
    if (!type.isCustom)
        status.set("selector", selectorText(object["spec"]["selector"]));
    else if (!type.scaleSelectorPath.empty())
        status.set("selector", first(type.scaleSelectorPath).stringOr());
    return Value::map({{"kind", "Scale"}, {"apiVersion", "autoscaling/v1"}, {"metadata", metadata},
        {"spec", Value::map({{"replicas", first(type.scaleSpecPath).intOr(0)}})}, {"status", status}});
}

ApiResult<Written> ObjectService::updateScale(const ResourceType &type, std::string_view version, const StoredPtr &stored,
    const Value &scale, const WriteOptions &options, bool &isContended)
{
    if (auto refusal = checkPreconditions(type, *stored, scale, stored->name))
        return tl::unexpected(std::move(*refusal));
    const std::int64_t replicas = scale["spec"]["replicas"].intOr(0);
    if (replicas < 0)
        return tl::unexpected(invalid({"autoscaling", "scales", "Scale"}, stored->name,
            {{"FieldValueInvalid", "Invalid value: " + std::to_string(replicas) + ": must be greater than or equal to 0", "spec.replicas"}}));
    const Value before = parse(*stored, type, version);
    Value after = value::deepCopy(before);
    Value *node = &after;
    std::string_view path = std::string_view(type.scaleSpecPath).substr(1);
    while (path.find('.') != std::string_view::npos) {
        node = &member(*node, path.substr(0, path.find('.')));
        path.remove_prefix(path.find('.') + 1);
    }
    node->set(path, replicas);
    auto written = finish(type, version, stored, before, std::move(after), options, false, isContended);
    if (written)
        written->object = scaleOf(type, written->object);
    return written;
}

} // namespace fairway::lab
