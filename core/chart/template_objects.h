#pragma once

#include "core/chart/capabilities.h"
#include "core/chart/chart.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <memory>

/// What charts' templates find beside values, as objects of the template engine.
namespace fairway::chart {

/// .Capabilities
[[nodiscard]] value::Value capabilitiesObject(const Capabilities &capabilities, HelmVersion version);

/// .Chart: in Helm 4 a map with Go's names of the fields, in Helm 3 a struct that refuses others.
[[nodiscard]] value::Value chartObject(const Chart &chart, HelmVersion version);

/// .Files of a chart: Get, GetBytes, Glob, Lines, AsConfig, AsSecrets; ranges over names and bytes.
[[nodiscard]] value::Value filesObject(std::shared_ptr<const ChartContent> content);

} // namespace fairway::chart
