#pragma once

#include "core/lab/resource_type.h"
#include "core/value/value.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// Field names from the object's root; items of lists add nothing: {"spec","template","spec","containers","ports"}.
using FieldPath = std::vector<std::string_view>;

/// How a list merges: replaced as a whole, as a set of scalars, or item by item, told apart by key fields.
struct ListShape {
    enum class Kind { Atomic, Set, Keyed };
    struct Key {
        std::string name;
        value::Value fallback; ///< What an item means that leaves the key out ("TCP"); Null when it may not.
    };
    Kind kind = Kind::Atomic;
    std::vector<Key> keys;
};

/// How the fields of one kind merge, for server-side apply and field ownership.
/// Threads: immutable.
class Structure {
public:
    virtual ~Structure() = default;
    [[nodiscard]] virtual ListShape list(const FieldPath &path) const = 0;
    [[nodiscard]] virtual bool isAtomicMap(const FieldPath &path) const = 0;
};

/// Built-in kinds by a table of field names, custom ones by the x-kubernetes-… marks of their schema.
[[nodiscard]] std::unique_ptr<Structure> structureOf(const ResourceType &type, std::string_view version);

/// The merge key of a list in a strategic merge patch of a built-in kind; empty: the list is replaced.
/// `isSet` is set for lists of scalars that merge (finalizers).
[[nodiscard]] std::string_view strategicMergeKey(const FieldPath &path, bool &isSet);

/// Identity of one item in its list: `k:{"name":"c"}`, `v:"x"` as FieldsV1 writes it. Empty: the item lacks a key.
[[nodiscard]] std::string itemKey(const value::Value &item, const ListShape &shape);

} // namespace fairway::lab
