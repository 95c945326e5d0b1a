#pragma once

#include "core/base/cancellation.h"
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

/// A commit of the repository the workspace stands in.
class GitTree {
public:
    /// Finds the commit `ref` names. `ref` goes to git as an argument, never through a shell, and can't be taken for an option.
    /// Errors: NotFound (no such commit, no repository, no git).
    [[nodiscard]] static Result<GitTree> find(const std::string &folder, const std::string &ref, const CancelToken &cancel = {});

    [[nodiscard]] const std::string &commit() const { return m_commit; }
    /// The cell's files as the commit has them, read with `git archive` into memory (at most 64 MiB). Values files that weren't there then
    /// are left out. Errors: NotFound when the chart wasn't there; LimitExceeded, Cancelled. Blocks.
    [[nodiscard]] Result<CellFiles> readCell(const Workspace &workspace, const WorkspaceCell &cell, const CancelToken &cancel) const;

private:
    [[nodiscard]] Result<std::vector<ChartFile>> archive(const std::string &path, const CancelToken &cancel) const;

    std::string m_folder;
    std::string m_commit;
};

} // namespace fairway::chart
