#pragma once

#include "core/base/result.h"
#include "core/chart/pull_chart.h"
#include "core/chart/remote.h"

#include <functional>
#include <string>

namespace fairway::chart {

struct DependencyOptions {
    std::string chart;        ///< The chart's folder.
    bool skipsRefresh = false; ///< The cached indexes of repositories are good enough.
    RemoteAccess access;      ///< For registries; repositories have their own.
    VerifyMode verify = VerifyMode::Never;
    std::function<Result<std::string>(const std::string &archivePath, const std::string &provenancePath)> verifier; ///< As ChartSource's.
    bool isRecursive = false; ///< Charts named by file:// get their own dependencies first. Helm doesn't do that.
};

/// `helm dependency update`: chooses a version for each dependency of Chart.yaml (or requirements.yaml), fetches them into charts/, up to
/// eight at a time, removes archives there that are no longer named, and writes Chart.lock (or requirements.lock) when it changed.
///
/// What helm says on the way goes to RemoteContext::print; progress and cancellation are the context's. charts/ and the lock change only
/// when everything was fetched. Blocks: not for the GUI thread.
/// Errors: in Helm's words.
[[nodiscard]] Result<void> updateDependencies(const DependencyOptions &options, const RemoteContext &context);

/// `helm dependency build`: fetches what the lock says, after checking that it belongs to Chart.yaml. Without a lock: updateDependencies().
/// Errors: in Helm's words; Conflict ("the lock file (Chart.lock) is out of sync …"), NotFound ("no repository definition for …").
[[nodiscard]] Result<void> buildDependencies(const DependencyOptions &options, const RemoteContext &context);

} // namespace fairway::chart
