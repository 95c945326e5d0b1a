#pragma once

#include "core/value/value.h"

#include <string_view>
#include <vector>

namespace fairway::lab {

/// What a printer column or scale path names, in document order.
///
/// Shape:   the subset of JSONPath that CRDs use: `.a.b`, `['a.b']`, `[0]`, `[-1]`, `[*]`, `[?(@.type=="Ready")]` with
///          == and !=. A path it can't read names nothing.
/// Bound:   at most 100 results.
[[nodiscard]] std::vector<const value::Value *> jsonPath(const value::Value &root, std::string_view path);

} // namespace fairway::lab
