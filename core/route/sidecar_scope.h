#pragma once

#include "core/route/istio_table.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace fairway::route {

/// What one egress listener of a sidecar imports. Internal to core/route.
struct EgressScope {
    int port = 0; ///< 0: every port.
    bool isHttpProxy = false;
    std::vector<const MeshService *> services;
    std::vector<const MeshVirtualService *> virtualServices;
    /// For a service's host the virtual service whose host fits it best: the one whose wildcard may speak for it.
    std::unordered_map<std::string, const MeshVirtualService *> closest;
};

struct SidecarScope {
    std::vector<EgressScope> listeners;
    std::string outboundMode;
    std::string sidecar; ///< "ns/name" of the Sidecar in force; empty without one.
};

/// The Sidecar in force (one that selects the workload, else the namespace's own without selector, else the root namespace's)
/// and what it imports. Source: Istio's pilot/pkg/model/sidecar.go.
[[nodiscard]] SidecarScope scopeOf(const IstioConfig &config, const SidecarView &view);

} // namespace fairway::route
