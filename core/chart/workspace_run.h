#pragma once

#include "core/chart/dependency_bump.h"
#include "core/chart/git_tree.h"
#include "core/chart/workspace_cell.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace fairway::chart {

/// All that is known about a cell once it was rendered.
struct CellOutcome {
    std::string error; ///< Why it can't be rendered, in Helm's words; may have several lines. Empty: it can.
    std::size_t objects = 0;
    std::size_t lintErrors = 0;
    std::size_t lintWarnings = 0;

    bool isCompared = false; ///< Held against the commit, or the bump against it: `changes` say how it differs.
    bool isNew = false;      ///< The chart wasn't there then.
    std::string baseProblem; ///< Why it could not be compared: the other chart doesn't render, or can't be read.
    std::vector<ObjectChange> changes;
    double milliseconds = 0;
};

struct MatrixOptions {
    CellOptions cell;
    const GitTree *against = nullptr; ///< Compare with this commit.
    DependencyBump *bump = nullptr;   ///< Or say what this version of a dependency would change; cells without it are not compared.
    bool withLint = true;
    unsigned threads = 2;
};

/// Renders one cell from the disk. Blocks.
[[nodiscard]] CellOutcome evaluateCell(const Workspace &workspace, const WorkspaceCell &cell, const MatrixOptions &options);

/// Renders these cells side by side. `done` gets the index in Workspace::cells and the outcome, one at a time, in the order in which they
/// come; not those that were cancelled. Blocks until all are done or MatrixOptions::cell.cancel says stop.
void evaluateCells(const Workspace &workspace, std::span<const std::size_t> cells, const MatrixOptions &options,
    const std::function<void(std::size_t cell, CellOutcome outcome)> &done);

/// The cells a changed file (below the root) may change: those of its chart, and those whose values it is.
[[nodiscard]] std::vector<std::size_t> cellsTouchedBy(const Workspace &workspace, std::string_view path);

} // namespace fairway::chart
