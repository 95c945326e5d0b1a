#pragma once

#include "core/lab/api_error.h"

namespace fairway::lab {

/// A strategic merge patch on an object of a built-in kind: lists with a merge key merge item by item, `$patch: delete`,
/// `$patch: replace`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…` and `$retainKeys` are obeyed. Returns a tree of
/// its own.
/// Errors: 400 when an item of a keyed list lacks its key, or for a `$patch` that does not exist.
/// Source: apimachinery strategicpatch; keys: structure.h.
[[nodiscard]] ApiResult<value::Value> strategicMerge(const value::Value &target, const value::Value &patch);

} // namespace fairway::lab
