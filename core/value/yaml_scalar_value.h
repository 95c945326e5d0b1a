#pragma once

#include "core/value/numbers.h"
#include "core/value/value.h"
#include "core/value/yaml_scalar.h"

#include <string_view>

namespace fairway::value {

/// What a resolved scalar is behind its way through JSON. `text` is what it was resolved from, and stays what it is unless it is UTF-8;
/// a float that is no finite number stays one, though JSON can't say it.
[[nodiscard]] Value scalarValue(const ResolvedScalar &resolved, std::string_view text, NumberStyle numbers);

} // namespace fairway::value
