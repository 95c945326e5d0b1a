#pragma once

#include "core/lab/api_error.h"
#include "core/lab/field_set.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// One entry of metadata.managedFields.
struct ManagedEntry {
    std::string manager;
    bool isApply = false; ///< Operation Apply, else Update.
    std::string apiVersion;
    std::string subresource;
    std::string time;
    FieldSet fields;
};

/// Who writes, and when.
struct FieldWriter {
    std::string manager;
    std::string apiVersion;
    std::string subresource;
    std::string time; ///< RFC 3339
};

[[nodiscard]] std::vector<ManagedEntry> readManagedFields(const value::Value &object);
/// Replaces metadata.managedFields; entries without fields are left out.
void writeManagedFields(value::Value &object, std::vector<ManagedEntry> entries);

/// Records that `writer` turned `before` (Null for a creation) into `after`, as create, update and patch do: it owns
/// what changed, the others lose it.
void recordUpdate(const value::Value &before, value::Value &after, const FieldWriter &writer, const Structure &structure);

/// Server-side apply: lays `applied` over `live` (Null: there is none), takes out what the writer applied before and no
/// longer does, and records ownership in the result's managedFields.
/// Errors: 409 with a cause per field when another manager owns a field that would change and `isForced` is false.
[[nodiscard]] ApiResult<value::Value> applyFields(const value::Value &live, const value::Value &applied,
    const FieldWriter &writer, bool isForced, const Structure &structure);

} // namespace fairway::lab
