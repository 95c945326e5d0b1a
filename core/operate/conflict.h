#pragma once

#include "core/operate/writer.h"

namespace fairway::operate {

/// What to show when `theirs` (Null: deleted) is not the object the draft began from any more.
[[nodiscard]] ConflictView describeConflict(const Change &change, const value::Value &theirs);
/// Who wrote last by managedFields: `"kubectl" at 2026-11-22T03:04:05Z`; empty when that tells nothing.
[[nodiscard]] std::string lastManager(const value::Value &object);

} // namespace fairway::operate
