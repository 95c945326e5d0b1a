#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"

#include <string>
#include <vector>

namespace fairway::chart {

/// A chart's dependency and what is there of it in charts/, in `helm dependency list`'s words: "ok" (an archive), "unpacked", "missing",
/// "wrong version", "invalid version", "misnamed", "corrupt", "too many matches".
struct DependencyStatus {
    std::string name;
    std::string version; ///< The range that is wanted.
    std::string repository;
    std::string status;
};

/// Of the chart at `path` (a folder or an archive), which was loaded as `chart`. Blocks on the disk.
[[nodiscard]] std::vector<DependencyStatus> dependencyStatus(const std::string &path, const Chart &chart, const LoadContext &context);

/// What stands in PATH/charts and no dependency names, a line each as helm warns of it.
[[nodiscard]] std::vector<std::string> strangersInCharts(const std::string &path, const Chart &chart, const LoadContext &context);

} // namespace fairway::chart
