#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

/// RFC 7396: members of `patch` replace those of `target`, null removes, maps go on inside. Returns a tree of its own;
/// neither argument changes.
[[nodiscard]] Value mergePatch(const Value &target, const Value &patch);

/// RFC 6902: the list of operations `ops` (add, remove, replace, move, copy, test) on a copy of `target`. All or nothing.
/// Errors: InvalidInput naming the operation ("op 2 (replace /spec/x): no such member"), Conflict when a `test` fails,
///         LimitExceeded above 10 000 operations or when copies grow the tree without measure.
[[nodiscard]] Result<Value> jsonPatch(const Value &target, const Value &ops);

/// The smallest merge patch that makes `after` of `before`: mergePatch(before, diffToMergePatch(before, after)) == after
/// unless `after` holds nulls inside maps, which a merge patch cannot say. Equal trees give an empty map.
[[nodiscard]] Value diffToMergePatch(const Value &before, const Value &after);

/// A field that differs between two trees.
struct Change {
    std::string pointer; ///< RFC 6901; of list items by index.
    Value before;        ///< Null when added.
    Value after;         ///< Null when removed.
    enum class Kind : std::uint8_t { Added, Removed, Replaced } kind = Kind::Replaced;
};

/// Every differing field, in document order: lists are compared index by index, a missing tail item is Added or Removed.
[[nodiscard]] std::vector<Change> changesBetween(const Value &before, const Value &after);

} // namespace fairway::value
