#pragma once

#include "core/lab/api_error.h"

#include <vector>

namespace fairway::lab {

/// What a CRD's openAPIV3Schema demands, as far as the lab checks it: types, required, enum, minimum, maximum,
/// minItems, maxItems, minLength, maxLength, x-kubernetes-int-or-string. Patterns, formats and CEL rules are not checked.
[[nodiscard]] std::vector<FieldCause> checkSchema(const value::Value &object, const value::Value &schema);

/// Drops fields that the schema does not know and fills in its defaults, in place. Returns the dropped fields' paths,
/// for strict field validation ("spec.wieght").
std::vector<std::string> pruneAndDefault(value::Value &object, const value::Value &schema);

} // namespace fairway::lab
