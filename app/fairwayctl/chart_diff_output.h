#pragma once

#include "core/chart/workspace_cell.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fairway::ctl {

/// How the changes between two renders are shown.
struct ChartDiffOutput {
    std::string format = "diff"; ///< diff, table, json or yaml.
    std::size_t context = 3;     ///< Lines around a change.
    std::size_t maxLines = 10'000; ///< Of all diffs together; 0: no bound. Objects beyond are listed without their lines.
    bool showSecrets = false;    ///< Otherwise data and stringData of Secrets are masked: "***", "*** (before)", "*** (after)".
};

/// The text for standard output. `omitted` counts changed objects whose lines are beyond the bound.
[[nodiscard]] std::string chartDiffText(const std::vector<chart::ObjectChange> &changes, const ChartDiffOutput &output, std::size_t &omitted);

/// "added", "removed" or "changed".
[[nodiscard]] const char *changeWord(chart::ObjectChange::Kind kind);

} // namespace fairway::ctl
