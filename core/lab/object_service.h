#pragma once

#include "core/base/clock.h"
#include "core/lab/api_error.h"
#include "core/lab/identity.h"
#include "core/lab/resource_registry.h"
#include "core/lab/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

enum class FieldValidation { Ignore, Warn, Strict };

/// How a write was asked for.
struct WriteOptions {
    std::string manager = "unknown";
    std::string subresource; ///< "", "status" or "scale".
    bool isDryRun = false;
    bool isForced = false;     ///< Server-side apply takes fields from other managers.
    bool keepsGeneration = false; ///< A creation may bring its metadata.generation (the seed's history).
    bool tracksFields = true;  ///< Off for the lab's own controllers: managedFields stay as they are.
    FieldValidation validation = FieldValidation::Warn;
};

struct DeleteOptions {
    std::string uid;             ///< Precondition; empty: none.
    std::string resourceVersion; ///< Precondition; empty: none.
    bool orphansDependents = false;
    bool isDryRun = false;
};

enum class PatchKind { Merge, Json, Strategic, Apply };

struct Written {
    value::Value object; ///< With apiVersion and kind of the version asked for.
    bool isCreated = false;
    bool isDeleted = false; ///< remove() took it away; false: finalizers or a controller still hold it.
    std::vector<std::string> warnings;
};

/// What the API server does to objects between the wire and the store: metadata, defaults, validation, generations,
/// field ownership, optimistic concurrency, finalizers. No HTTP, no rights.
///
/// Errors:  as the API answers them.
/// Threads: any; a write is read, computed and compared-and-swapped, without a lock held while computing.
class ObjectService {
public:
    ObjectService(Store &store, ResourceRegistry &registry, IdentitySource &identity, const Clock &clock);

    [[nodiscard]] ApiResult<Written> create(const ResourceType &type, std::string_view version, std::string_view ns,
        value::Value object, const WriteOptions &options);
    [[nodiscard]] ApiResult<Written> update(const ResourceType &type, std::string_view version, std::string_view ns,
        std::string_view name, const value::Value &object, const WriteOptions &options);
    [[nodiscard]] ApiResult<Written> patch(const ResourceType &type, std::string_view version, std::string_view ns,
        std::string_view name, PatchKind kind, const value::Value &patch, const WriteOptions &options);
    [[nodiscard]] ApiResult<Written> remove(const ResourceType &type, std::string_view version, std::string_view ns,
        std::string_view name, const DeleteOptions &options);

    [[nodiscard]] ApiResult<value::Value> get(const ResourceType &type, std::string_view version, std::string_view ns,
        std::string_view name) const;
    /// The Scale of a workload or custom resource.
    [[nodiscard]] value::Value scaleOf(const ResourceType &type, const value::Value &object) const;

    /// A stored object as a tree in a version.
    [[nodiscard]] value::Value parse(const StoredObject &stored, const ResourceType &type, std::string_view version) const;
    [[nodiscard]] std::string now() const;

    Store &store() { return m_store; }
    ResourceRegistry &registry() { return m_registry; }
    IdentitySource &identity() { return m_identity; }
    const Clock &clock() const { return m_clock; }

private:
    struct Attempt; ///< One read-compute-swap.
    ApiResult<Written> finish(const ResourceType &type, std::string_view version, const StoredPtr &stored,
        const value::Value &before, value::Value after, const WriteOptions &options, bool isApplied, bool &isContended);
    ApiResult<Written> updateScale(const ResourceType &type, std::string_view version, const StoredPtr &stored,
        const value::Value &scale, const WriteOptions &options, bool &isContended);
    ApiResult<value::Value> patched(const ResourceType &type, const value::Value &before, PatchKind kind, const value::Value &patch) const;
    std::optional<ApiError> checkPreconditions(const ResourceType &type, const StoredObject &stored, const value::Value &incoming,
        std::string_view name) const;
    void completeMetadata(value::Value &after, const value::Value &before, const ResourceType &type, bool keepsGeneration) const;
    void afterWrite(const ResourceType &type, const value::Value &object, bool isDeleted);
    void orphan(std::string_view uid, std::string_view ns);

    Store &m_store;
    ResourceRegistry &m_registry;
    IdentitySource &m_identity;
    const Clock &m_clock;
};

} // namespace fairway::lab
