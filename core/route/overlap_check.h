#pragma once

#include "core/base/cancellation.h"
#include "core/route/object_check.h"
#include "core/value/value.h"

#include <vector>

namespace fairway::route {

/// Rules that stand in each other's way, over all gateways and the mesh as each namespace sees it, with an example request for each
/// claim: FW0030 (warning) never runs; FW0031 (info) another object's special case comes first; FW0032 (info) each takes requests the
/// other would take, too. What holds at several places is told once, with the first.
///
/// Errors: Cancelled.
[[nodiscard]] Result<std::vector<ObjectFinding>> checkOverlaps(const std::vector<value::Value> &objects, const CancelToken &token = {});

} // namespace fairway::route
