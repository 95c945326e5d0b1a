#pragma once

#include "core/route/istio_analysis.h"
#include "core/route/object_check.h"
#include "core/value/value.h"

#include <span>
#include <vector>

namespace fairway::route {

/// What names lead to among the same objects, where none of Istio's analyzers says it.
/// Codes: IST0101 a delegate that is missing, has hosts of its own or is not exported to the root (a warning when the objects hold no
/// delegate at all: another file may); FW0026 a Gateway that objects without any Gateway can't tell of; FW0027 an object that stands
/// there more than once.
void checkReferences(std::vector<ObjectFinding> &out, const AnalysisInput &input, std::span<const value::Value> objects);

} // namespace fairway::route
