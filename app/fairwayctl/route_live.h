#pragma once

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/manifests.h"

#include <vector>

namespace fairway::ctl {

/// Adds what the cluster holds of the kinds that decide about traffic: Istio's, the Gateway API's, Ingresses, Services, endpoints,
/// pods, namespaces. An object that stands in `manifests` already is left out: the file is what will be. Kinds that may not be listed
/// are told on standard error and left out.
/// Errors: of the connection; Forbidden when no kind may be listed.
[[nodiscard]] Result<void> addLiveObjects(const GlobalOptions &globals, std::vector<Manifest> &manifests);

} // namespace fairway::ctl
