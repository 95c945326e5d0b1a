#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// Which charts and environments a folder holds, when its scan shouldn't decide. Kept in `fairway-workspace.yaml`:
///
///     version: 1
///     charts: [apps/*, platform/ingress]     # folders, `*` within a step; left out: every folder with a Chart.yaml
///     environments:                          # in the order of the columns; left out: by the names of files
///       prod: [values-prod.yaml, "env/prod/{chart}.yaml"]
///
/// A pattern is held against paths below the chart's folder, then below the workspace's; `{chart}` is the name of the chart's folder.
struct WorkspaceFile {
    std::vector<std::string> charts;
    std::vector<std::pair<std::string, std::vector<std::string>>> environments;
};
inline constexpr std::string_view workspaceFileName = "fairway-workspace.yaml";
/// Errors: InvalidInput with the line.
[[nodiscard]] Result<WorkspaceFile> parseWorkspaceFile(std::string_view text);
[[nodiscard]] std::string writeWorkspaceFile(const WorkspaceFile &file);

/// One chart in one environment.
struct WorkspaceCell {
    std::size_t chart = 0;
    std::size_t environment = 0;
    std::vector<std::string> valuesFiles; ///< Below the root, in the order of -f.
};

/// Charts down, environments across.
struct Workspace {
    std::string root;                      ///< Absolute.
    std::vector<std::string> charts;       ///< Folders below the root, "." for the root itself; sorted.
    std::vector<std::string> environments; ///< "default" first: no values files.
    std::vector<WorkspaceCell> cells;      ///< By chart, then environment; an environment a chart has no files for has no cell.
    bool isCut = false;                    ///< There is more than the bounds allow.

    [[nodiscard]] const WorkspaceCell *cell(std::size_t chart, std::size_t environment) const;
};

struct WorkspaceLimits {
    std::size_t maxEntries = 50'000; ///< Files and folders looked at.
    std::size_t maxDepth = 12;
    std::size_t maxCharts = 500;
    std::size_t maxCells = 5'000;
};

/// Looks through a folder: links to folders are not followed, folders that begin with a dot, node_modules and what is inside a chart's charts/ left out.
/// Without a workspace file environments come from names: values-prod.yaml, values.prod.yaml, values/prod.yaml, environments/prod.yaml,
/// environments/prod/*.yaml and ci/prod-values.yaml in a chart; environments/prod/CHART.yaml, environments/prod/CHART/*.yaml at the top
/// (also env and envs).
/// Errors: NotFound, InvalidInput (the workspace file), Cancelled. Blocks on the disk.
[[nodiscard]] Result<Workspace> scanWorkspace(const std::string &root, const WorkspaceLimits &limits = {}, const CancelToken &cancel = {});

/// The pure part: `paths` are all files below the root.
[[nodiscard]] Workspace arrangeWorkspace(std::string root, std::vector<std::string> paths, const WorkspaceFile &file, const WorkspaceLimits &limits = {});

} // namespace fairway::chart
