#pragma once

#include "core/route/route_object.h"
#include "core/value/value.h"

#include <string>
#include <vector>

namespace fairway::route {

/// What the controller of a progressive delivery says of the split it steers, in the status of its own object.
struct OwnerClaim {
    std::string controller; ///< "Argo Rollouts", "Flagger"
    std::string object;     ///< "Rollout shop/reviews"
    RouteKind kind = RouteKind::VirtualService;
    std::string ns;         ///< Of the route.
    std::string name;
    std::vector<std::string> rules; ///< Names of the rules it steers; empty: every rule that leads to its canary.
    std::string subset;             ///< The canary's subset; empty: `service` tells.
    std::string service;            ///< The canary's Service, a name in the namespace of the controller's object.
    double share = 0;               ///< 0..1 of the canary.
    std::string phase;              ///< Its own word: "Paused", "Progressing".
    bool revertsEdits = true;       ///< It writes its own weight over one edited by others; Flagger goes on from theirs.
};

/// Claims of an argoproj.io Rollout (status.canary.weights; with traffic routing by Istio, the Gateway API plugin or ingress-nginx) or of a
/// flagger.app Canary (status.canaryWeight). Empty for every other object, and where the controller has not said anything yet.
///
/// Source:  argo-rollouts docs/features/traffic-management; flagger docs/gitbook/usage and apis/flagger/v1beta1.
/// Bounds:  100 claims of one object.
/// Threads: any.
[[nodiscard]] std::vector<OwnerClaim> claimsOf(const value::Value &object);

/// The destination of `rule` that the claim is about; null when it is about another rule.
[[nodiscard]] const Destination *claimed(const OwnerClaim &claim, const RouteObject &route, const Rule &rule);

} // namespace fairway::route
