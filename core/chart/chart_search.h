#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/chart/repository_index.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

struct SearchOptions {
    std::string keyword;      ///< Empty: every chart.
    bool isPattern = false;   ///< `keyword` is a regular expression (RE2).
    std::string versionRange; ///< ">0.0.0" when empty: stable versions.
    bool allVersions = false; ///< Not only the newest of each chart that fits the range.
};

struct FoundChart {
    std::string name; ///< REPOSITORY/CHART
    int score = 0;    ///< How far down the keyword stands: 0 in the chart's name, 1 in repository and name, 2 in the description, 3 in its keywords.
    const ChartVersion *chart = nullptr; ///< In the index.
};

/// One repository that is searched. Borrowed.
struct SearchedRepository {
    std::string name;
    const RepositoryIndex *index = nullptr;
};

/// What `helm search repo` finds, best first: by score, then by name, then the newest.
/// Errors: InvalidInput for a bad range ("an invalid version/constraint format: …") or pattern.
[[nodiscard]] Result<std::vector<FoundChart>> searchCharts(
    const std::vector<SearchedRepository> &repositories, const SearchOptions &options, HelmVersion version);

} // namespace fairway::chart
