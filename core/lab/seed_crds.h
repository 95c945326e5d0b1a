#pragma once

#include "core/value/value.h"

#include <vector>

namespace fairway::lab {

/// The custom kinds that every practice cluster knows: Istio's (VirtualService, DestinationRule, Gateway, ServiceEntry) and
/// Gateway API's (GatewayClass, Gateway, HTTPRoute, GRPCRoute, ReferenceGrant), in their served versions, with the columns
/// that `kubectl get` shows and schemas that check what the lab is about: weights, hosts, references.
[[nodiscard]] std::vector<value::Value> seedCrds();

} // namespace fairway::lab
