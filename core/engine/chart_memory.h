#pragma once

#include "core/base/result.h"
#include "core/engine/chart_types.h"

#include <map>
#include <string>

namespace fairway::engine {

/// What the Charts page remembers from one day to the next, in `charts.yaml` of the state folder. Flags (--set) are left out: they may
/// hold secrets.
struct ChartMemory {
    QStringList recent;              ///< Newest first.
    QList<ClusterProfile> clusters;  ///< By name.
    std::map<QString, ChartInputs> inputs; ///< By the chart's path, of those in `recent`.

    static constexpr int MaxRecent = 12;

    void noteOpened(const QString &path);
    /// Without charts that are no longer there. Errors: a file that can't be read or isn't ours. Blocks on the disk.
    [[nodiscard]] static Result<ChartMemory> read(const std::string &file);
    [[nodiscard]] Result<void> write(const std::string &file) const;
};

} // namespace fairway::engine
