#pragma once

#include "core/base/result.h"
#include "core/chart/dependency_lock.h"
#include "core/chart/repositories.h"
#include "core/chart/update_dependencies.h"

#include <functional>
#include <string>

namespace fairway::chart {

/// Fetching what updateDependencies() chose.
struct DependencyFetch {
    const DependencyOptions &options;
    const RemoteContext &context;
    const RepositoryFile &known;
    /// The index of the added repository of that URL; nullptr when none was added.
    std::function<Result<const RepositoryIndex *>(const std::string &repositoryUrl)> findIndex;
};

/// Brings charts/ to what `locked` says: archives fetched or packed into a folder beside it, then moved, then those no longer named
/// removed. Versions of charts in other folders are filled in.
/// Errors: in Helm's words; charts/ is as it was then.
[[nodiscard]] Result<void> fetchDependencies(const DependencyFetch &request, Dependencies &locked);

/// Of file://PATH, or of a path, the folder seen from the chart. Errors: NotFound ("directory … not found").
[[nodiscard]] Result<std::string> localChartPath(const std::string &repository, const std::string &chart);

} // namespace fairway::chart
