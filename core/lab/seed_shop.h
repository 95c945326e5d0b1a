#pragma once

#include "core/value/value.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// A step of the seed: objects as YAML, written as if that long ago.
struct SeedStep {
    std::chrono::seconds age {0};
    std::string yaml;
};

/// Nodes and namespaces that every cluster has.
[[nodiscard]] std::vector<SeedStep> seedCluster();
/// The shop: namespaces `shop` and `mail` with thirteen routes, seven of them split, most well and one failing.
[[nodiscard]] std::vector<SeedStep> seedShop();

/// A Helm release as helm 3 and 4 store it.
struct HelmRelease {
    std::string_view name;
    std::string_view ns;
    int revision = 1;
    std::string_view status; ///< "deployed", "superseded"
    std::string_view chart;
    std::string_view chartVersion;
    std::string_view appVersion;
    std::string_view description;
    std::string_view manifest;
    std::string_view notes;
};
/// The Secret sh.helm.release.v1.NAME.vREVISION; `time` is RFC 3339.
[[nodiscard]] value::Value helmSecret(const HelmRelease &release, std::string_view firstDeployed, std::string_view time);

} // namespace fairway::lab
