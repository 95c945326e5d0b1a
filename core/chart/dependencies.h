#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/messages.h"
#include "core/value/value.h"

#include <string_view>

namespace fairway::chart {

/// Makes the tree what is rendered: renames subcharts by their alias (a copy for each), takes out those that conditions and tags
/// disable, and takes import-values into their parents. `userValues` decide. Changes the tree: keep a clone() to do it again.
/// Errors: InvalidInput in Helm's words.
[[nodiscard]] Result<void> processDependencies(ChartTree &tree, const value::Value &userValues, const Messages &messages);

/// Names in Chart.yaml's dependencies without a chart in charts/: "found in Chart.yaml, but missing in charts/ directory: a, b".
[[nodiscard]] Result<void> checkDependencies(const Chart &chart);

/// Whether `version` satisfies `range`, both as charts and clusters state them; false when one is malformed.
[[nodiscard]] bool isCompatibleRange(std::string_view range, std::string_view version, HelmVersion helm);

} // namespace fairway::chart
