#pragma once

#include "core/base/result.h"
#include "core/chart/remote.h"
#include "core/chart/workspace.h"

#include <cstddef>
#include <string>
#include <vector>

namespace fairway::chart {

/// A chart that charts of a workspace depend on.
struct WorkspaceDependency {
    std::string name;
    std::string repository;           ///< As the first of `charts` that names one has it; empty: none does.
    std::vector<std::string> wanted;  ///< Versions and ranges that are asked for, each once, in the order of `charts`.
    std::vector<std::size_t> charts;  ///< Which depend on it: indices in Workspace::charts.
};

struct WorkspaceDependencies {
    std::vector<WorkspaceDependency> all; ///< By name.
    std::vector<std::size_t> incomplete;  ///< Charts that name a dependency that is not in their charts/.
};

/// What the charts of a workspace depend on, by their Chart.yaml and requirements.yaml; those that can't be read have none. Blocks on the disk.
[[nodiscard]] WorkspaceDependencies dependenciesOf(const Workspace &workspace, HelmVersion version);

/// The versions there are of a dependency, the newest first, at most 500. `folder` is the chart's that depends on it (absolute), for file://.
/// `isFresh`: its repository or registry is asked; otherwise nothing is fetched, and what isn't known gives an empty list.
/// Errors: NotFound (no repository is named, or it has no such chart); those of the index and of OciSource::versions(). Blocks.
[[nodiscard]] Result<std::vector<std::string>> dependencyVersions(
    const std::string &name, const std::string &repository, const std::string &folder, const RemoteContext &context, bool isFresh);

} // namespace fairway::chart
