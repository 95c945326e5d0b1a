#pragma once

#include "core/base/result.h"
#include "core/value/field_edit.h"
#include "core/value/value.h"

#include <span>

namespace fairway::route {

/// The object with the edits made, unless that gives it an error it did not have: what a server would refuse is refused here, with the
/// field and the reason. Errors that were there before are not held against an edit.
/// Errors: as value::withFieldEdits(); InvalidInput with the first new error ("spec.http[0].fault.delay: …").
[[nodiscard]] Result<value::Value> checkedEdit(const value::Value &object, std::span<const value::FieldEdit> edits);

} // namespace fairway::route
