#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/messages.h"

namespace fairway::chart {

/// Takes what dependencies' import-values name out of subcharts' values into their parents' values, from the leaves up. Afterwards
/// the values of a chart with dependencies hold those of its subcharts too.
/// Source: Helm's documentation "Importing child values via dependencies", and Helm's behaviour.
[[nodiscard]] Result<void> importValues(Chart &chart, const Messages &messages);

} // namespace fairway::chart
