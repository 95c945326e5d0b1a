#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/workspace.h"

#include <string>
#include <utility>
#include <vector>

namespace fairway::chart {

/// What a cell is rendered from, wherever it was read.
struct CellFiles {
    std::vector<ChartFile> chart;
    std::vector<std::pair<std::string, std::string>> values; ///< Path and text, in the order of -f.
};

/// The cell's files as the disk has them. Errors: in Helm's words. Blocks.
[[nodiscard]] Result<CellFiles> readCell(const Workspace &workspace, const WorkspaceCell &cell, HelmVersion version);

} // namespace fairway::chart
