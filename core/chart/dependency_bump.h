#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/remote.h"

#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::chart {

/// Another version of a dependency in the place of the one a chart has, to see what it would change. Nothing on the disk changes.
///
/// Threads: any; fetching is done once for each repository, by one at a time.
class DependencyBump {
public:
    /// NAME=VERSION or NAME=PATH in two. Errors: InvalidInput.
    [[nodiscard]] static Result<std::pair<std::string, std::string>> parse(std::string_view text);
    /// `wanted`: a version, a range of which the newest is taken, or the path (with a slash, or of a .tgz) of a chart's folder or archive.
    /// What has to be fetched is fetched with `context`, as updateDependencies() does.
    DependencyBump(std::string name, std::string wanted, RemoteContext context);
    DependencyBump(const DependencyBump &) = delete;
    DependencyBump &operator=(const DependencyBump &) = delete;

    [[nodiscard]] const std::string &name() const { return m_name; }
    [[nodiscard]] const std::string &wanted() const { return m_wanted; }
    /// Puts the other version into a chart's files: into charts/ and, as the version that is wanted, into Chart.yaml (requirements.yaml).
    /// `folder` is the chart's own (absolute), for repositories given as file://. Returns the version that was put; empty when the chart doesn't
    /// depend on it. Errors: in Helm's words, those of updateDependencies(). Blocks.
    [[nodiscard]] Result<std::string> applyTo(std::vector<ChartFile> &files, const std::string &folder);

private:
    struct Replacement {
        std::vector<ChartFile> files; ///< Below charts/.
        std::string version;
    };
    [[nodiscard]] Result<Replacement> replacement(const std::string &repository, const std::string &folder);
    [[nodiscard]] Result<Replacement> ofPath() const;
    [[nodiscard]] Result<Replacement> fetched(const std::string &repository) const;

    const std::string m_name;
    const std::string m_wanted;
    const RemoteContext m_context;
    std::mutex m_mutex;
    std::map<std::string, Result<Replacement>> m_known; ///< By repository.
};

} // namespace fairway::chart
