#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// Unpacks a chart's archive into FOLDER/NAME, NAME as Chart.yaml says, every file byte for byte. Links on the way, which only somebody
/// else can have put there, are not followed out of the folder. Returns FOLDER/NAME. Blocks on the disk.
/// Errors: readChartArchive()'s, InvalidInput ("chart name not specified"), Io.
[[nodiscard]] Result<std::string> unpackChart(std::string_view archive, const std::string &folder, HelmVersion version);

} // namespace fairway::chart
