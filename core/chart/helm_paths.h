#pragma once

#include <string>

namespace fairway::chart {

/// Where Helm keeps what it knows, so that both tools share it.
/// Source: `helm env`: the variables HELM_REPOSITORY_CONFIG and the like, then HELM_CONFIG_HOME and the like, XDG's, and the defaults below ~.
struct HelmPaths {
    std::string repositoryConfig; ///< repositories.yaml
    std::string repositoryCache;  ///< Folder of NAME-index.yaml and NAME-charts.txt.
    std::string contentCache;     ///< Folder of downloaded charts by digest: ab/abcd….chart. Helm 4 only.
    std::string registryConfig;   ///< registry/config.json, in Docker's format.
    std::string starters;         ///< Folder of starter charts.

    /// By the process's environment.
    [[nodiscard]] static HelmPaths ofProcess();
};

} // namespace fairway::chart
