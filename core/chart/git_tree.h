#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/workspace_files.h"

#include <optional>
#include <string>
#include <vector>

namespace fairway::chart {

/// A commit of the repository a folder stands in. Blocks: each call runs git.
class GitTree {
public:
    /// Finds the commit `ref` names. `ref` goes to git as an argument, never through a shell, and can't be taken for an option.
    /// Errors: NotFound (no such commit, no repository, no git).
    [[nodiscard]] static Result<GitTree> find(const std::string &folder, const std::string &ref, const CancelToken &cancel = {});
    /// The top of the repository a folder stands in, without links. Errors: NotFound.
    [[nodiscard]] static Result<std::string> repositoryOf(const std::string &folder, const CancelToken &cancel = {});

    [[nodiscard]] const std::string &commit() const { return m_commit; }
    /// A file below the folder as the commit has it; nothing when it wasn't there. Errors: LimitExceeded, Cancelled.
    [[nodiscard]] Result<std::optional<std::string>> file(const std::string &path, const CancelToken &cancel = {}) const;
    /// Whether a path below the folder differs on disk, files that git doesn't know yet included.
    [[nodiscard]] Result<bool> isChanged(const std::string &path, const CancelToken &cancel = {}) const;
    /// The files of a chart's folder below ours, read with `git archive` into memory (at most 64 MiB). Dependencies that the commit doesn't
    /// hold because charts/ is not under version control are taken from the disk.
    /// Errors: NotFound when the chart wasn't there; LimitExceeded, Cancelled.
    [[nodiscard]] Result<std::vector<ChartFile>> readChart(const std::string &folder, const CancelToken &cancel = {}) const;
    /// The cell's files, of a workspace whose root is our folder. Values files that weren't there then are left out. Errors: readChart()'s.
    [[nodiscard]] Result<CellFiles> readCell(const Workspace &workspace, const WorkspaceCell &cell, const CancelToken &cancel) const;

private:
    [[nodiscard]] Result<std::vector<ChartFile>> archive(const std::string &path, const CancelToken &cancel) const;

    std::string m_folder;
    std::string m_commit;
};

} // namespace fairway::chart
