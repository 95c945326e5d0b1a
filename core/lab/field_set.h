#pragma once

#include "core/lab/structure.h"
#include "core/value/value.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// A set of fields of an object, as managedFields records them: a tree whose edges are FieldsV1 keys
/// (`f:name`, `k:{"name":"c"}`, `v:"x"`).
struct FieldSet {
    bool isMember = false; ///< This field itself belongs to the set ("." in FieldsV1).
    std::map<std::string, FieldSet, std::less<>> children;

    [[nodiscard]] static FieldSet fromFieldsV1(const value::Value &fields);
    [[nodiscard]] value::Value toFieldsV1() const;
    [[nodiscard]] bool isEmpty() const { return !isMember && children.empty(); }
    void unite(const FieldSet &other);
    void subtract(const FieldSet &other);
    [[nodiscard]] FieldSet intersected(const FieldSet &other) const;
    [[nodiscard]] const FieldSet *child(std::string_view key) const;
    void removeChild(std::string_view key);
    /// Every member as a path people read: `.spec.containers[name="c"].image`.
    [[nodiscard]] std::vector<std::string> paths() const;

    friend bool operator==(const FieldSet &, const FieldSet &) = default;
};

/// Which fields an object sets. `marksContainers`: maps and lists are members too (as an update records them), not only
/// leaves and list items (as an apply does).
[[nodiscard]] FieldSet fieldsOf(const value::Value &object, const Structure &structure, bool marksContainers);

struct FieldChanges {
    FieldSet changed; ///< Added or modified.
    FieldSet removed;
};
[[nodiscard]] FieldChanges compareFields(const value::Value &before, const value::Value &after, const Structure &structure);

/// `live` with the fields of `applied` laid over it. Shares no list or map with either.
[[nodiscard]] value::Value mergeApplied(const value::Value &live, const value::Value &applied, const Structure &structure);

/// Takes fields out of `object` that are in `dropped` and that nobody in `kept` still holds.
void pruneFields(value::Value &object, const FieldSet &dropped, const FieldSet &kept, const Structure &structure);

/// Takes out what ownership never covers: apiVersion, kind, and the metadata that the server fills in.
void dropServerFields(FieldSet &fields);

} // namespace fairway::lab
