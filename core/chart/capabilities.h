#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"

#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// A version of Kubernetes as templates see it.
struct KubeVersion {
    std::string version;    ///< "v1.33.4-gke.1245000"
    std::string normalized; ///< What constraints are checked with: "v1.33.4" (Helm 4), or as `version` (Helm 3).
    std::string major;
    std::string minor;
};

/// Which build of Helm templates are told they run in.
struct HelmBuild {
    std::string version;
    std::string gitCommit;
    std::string gitTreeState;
    std::string goVersion;
    std::string kubeClientVersion; ///< Helm 4 only.
};

/// What templates ask in .Capabilities.
struct Capabilities {
    KubeVersion kubeVersion;
    std::vector<std::string> apiVersions; ///< "apps/v1", in Helm's order.
    HelmBuild helm;
};

/// What Helm assumes when there is no cluster: the Kubernetes version it was built for and the API versions of its client library.
[[nodiscard]] Capabilities defaultCapabilities(HelmVersion helm);

/// --kube-version. Errors: InvalidInput in Helm's words, without the flag's name.
[[nodiscard]] Result<KubeVersion> parseKubeVersion(std::string_view text, HelmVersion helm);

} // namespace fairway::chart
