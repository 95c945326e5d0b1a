#pragma once

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"

#include <string>
#include <vector>

namespace fairway::ctl {

/// What the files hold, and with `isLive` what the cluster holds of the kinds that decide about traffic: Istio's, the Gateway API's,
/// Ingresses, Services, endpoints, pods, namespaces. An object that stands in the files is left out of the cluster's: the file is what
/// will be. Kinds that may not be listed are told on standard error and left out.
/// Errors: as readManifests(); of the connection; Forbidden when no kind may be listed.
[[nodiscard]] Result<std::vector<Manifest>> readRouting(const std::vector<std::string> &files, bool isLive, const GlobalOptions &globals);

} // namespace fairway::ctl
