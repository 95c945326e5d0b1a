#include "core/chart/workspace_files.h"

#include "core/chart/load_chart.h"
#include "core/chart/messages.h"
#include "core/chart/paths.h"
#include "core/chart/value_sources.h"

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxValuesBytes = std::uint64_t {16} << 20;

} // namespace

Result<CellFiles> readCell(const Workspace &workspace, const WorkspaceCell &cell, HelmVersion version)
{
    const Messages messages(version);
    ValueSources sources;
    Result<std::vector<ChartFile>> chart = readChartFolder(joinPath(workspace.root, workspace.charts[cell.chart]), {version, messages, sources});
    if (!chart)
        return tl::unexpected(chart.error());
    CellFiles files;
    files.chart = std::move(*chart);
    for (const std::string &path : cell.valuesFiles) {
        Result<std::string> text = readWholeFile(joinPath(workspace.root, path), maxValuesBytes);
        if (!text)
            return tl::unexpected(text.error());
        files.values.emplace_back(path, std::move(*text));
    }
    return files;
}

} // namespace fairway::chart
