#pragma once

#include "core/value/value.h"

#include <string_view>
#include <vector>

namespace fairway::value {

/// True when go-yaml v2 writes member `a` before `b`: letters after everything else, runs of digits by their amount.
[[nodiscard]] bool isYamlKeyBefore(std::string_view a, std::string_view b);

/// The members in the order go-yaml writes them. Pointers into `map`.
[[nodiscard]] std::vector<const Map::value_type *> inYamlOrder(const Map &map);

} // namespace fairway::value
