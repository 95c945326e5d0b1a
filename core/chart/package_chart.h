#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/chart.h"

#include <cstdint>
#include <optional>
#include <string>

namespace fairway::chart {

struct PackageOptions {
    std::string version;     ///< Instead of Chart.yaml's, when not empty.
    std::string appVersion;  ///< The same.
    std::string destination = "."; ///< Folder; made when missing.
    /// No file in the archive is younger, in seconds since 1970: what SOURCE_DATE_EPOCH says. The folder's own times otherwise.
    std::optional<std::int64_t> latestSeconds;
};

/// The chart as a .tgz, as Helm lays it out: Chart.yaml written anew, subcharts unpacked below charts/. The same chart gives the same
/// bytes; unpacked they are what `helm package` gives. Read it with LoadContext::withTimes.
/// Errors: InvalidInput in Helm's words.
[[nodiscard]] Result<std::string> chartArchive(const Chart &chart, const std::optional<std::int64_t> &latestSeconds = {});

/// Writes NAME-VERSION.tgz into a folder, in one step, and returns its path. Blocks on the disk.
/// Errors: InvalidInput, Io in Helm's words.
[[nodiscard]] Result<std::string> saveChart(const Chart &chart, const std::string &folder, const std::optional<std::int64_t> &latestSeconds = {});

/// `helm package` of the chart in `folder` (absolute): reads, changes versions, checks that dependencies are there, writes.
/// Returns the archive's path, below PackageOptions::destination as it was given ("." becomes the working folder).
/// Threads: any; blocks on the disk: not for the GUI thread.
[[nodiscard]] Result<std::string> packageChart(
    const std::string &folder, const PackageOptions &options, const LoadContext &context, const CancelToken &cancel = {});

} // namespace fairway::chart
