#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <string>
#include <string_view>

namespace fairway::chart {

class Messages;

/// Holds coalesced values against values.schema.json of the chart and its subcharts.
/// Errors: InvalidInput, for each chart its name and what is wrong, in the words of the Helm version's validator.
[[nodiscard]] Result<void> validateAgainstSchemas(
    const Chart &chart, const value::Value &values, HelmVersion version, const Messages *messages = nullptr);

/// The same for one schema; what is wrong, or nothing.
[[nodiscard]] std::string faultsAgainstSchema(std::string_view schema, const value::Value &values, HelmVersion version);

} // namespace fairway::chart
