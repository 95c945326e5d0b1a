#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// The files of a chart's folder in Helm's order: names sorted, folder by folder, what .helmignore names left out, links followed
/// and told about. `folder` is absolute.
/// Errors: Io or InvalidInput in Helm's words; LimitExceeded.
[[nodiscard]] Result<std::vector<ChartFile>> readChartFolder(const std::string &folder, const LoadContext &context);

/// A chart in a folder (absolute), and nothing else.
[[nodiscard]] Result<ChartTree> loadChartFolder(const std::string &folder, const LoadContext &context);

/// A chart in a folder or a .tgz, as `helm` finds it at `path` (absolute).
/// Blocks on the disk: not for the GUI thread.
[[nodiscard]] Result<ChartTree> loadChart(const std::string &path, const LoadContext &context);

/// A whole file of at most `maxBytes`. Errors in Go's words: "open PATH: no such file or directory".
[[nodiscard]] Result<std::string> readWholeFile(const std::string &path, std::uint64_t maxBytes);

} // namespace fairway::chart
