#pragma once

#include "core/gotemplate/function.h"

namespace fairway::gotemplate {

/// What `if` takes a value for: false, 0, nil and empty texts, lists and maps are not true.
[[nodiscard]] bool isTrue(const Value &value);
/// Whether items of this list or map are of Go's type interface {}: errors then name that type and not the item's own.
[[nodiscard]] bool boxesItems(const Value &container);
/// Of a map: Helm 3's own type for values, chartutil.Values. Origin::Values is Helm 4's, common.Values. (A code that lists alone use otherwise.)
inline constexpr value::Origin Values3 = value::Origin::Lists;
/// Whether this map is of Helm's own type for values, which has methods.
[[nodiscard]] bool isHelmValues(const Value &map);
/// The zero value of the items of a list or map.
[[nodiscard]] Value zeroItem(const Value &container);

} // namespace fairway::gotemplate
