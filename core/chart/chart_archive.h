#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"

#include <string_view>
#include <vector>

namespace fairway::chart {

/// The files of a chart in a .tgz, in the archive's order, without the folder all of them stand in.
/// Errors: in Helm's words and with its limits: absolute paths, paths out of the chart, files or archives that are too large when
///         decompressed ("decompressed chart is larger than the maximum size 104857600"), what is no gzip ("gzip: invalid header") or
///         no tar ("archive/tar: invalid tar header"). Links are read as empty files, as Helm does.
[[nodiscard]] Result<std::vector<ChartFile>> readChartArchive(std::string_view archive, const ChartLimits &limits = {});

} // namespace fairway::chart
