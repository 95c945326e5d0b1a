#pragma once

#include "core/route/route_object.h"
#include "core/route/topology.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// Good: something was checked and is fine; for a window, not for a list of problems.
enum class Severity { Good, Info, Warning, Error };
[[nodiscard]] std::string_view toString(Severity severity); ///< "good", "info", "warning", "error"

/// One thing worth saying about a route, with the next step.
struct Finding {
    Severity severity = Severity::Info;
    std::string code;   ///< Istio's where users know one ("IST0101"), else ours ("FW0003"); list in findings.cpp.
    std::string object; ///< "VirtualService shop/reviews"
    std::string path;   ///< "spec.http[2].route[1]"
    Text title;         ///< "v2 has 2 of 3 pods ready"
    Text message;
    Text nextStep;        ///< Label of a button; empty when there is none.
    std::string target;   ///< "rule:http/2", "pod:shop/reviews-v2-x", "service:shop/reviews", "destinationrule:shop/reviews"
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// What can be said from the object alone: shape, sums, order of rules, source labels.
[[nodiscard]] std::vector<Finding> checkRoute(const RouteObject &route);

/// The same and whether its destinations exist and can answer.
[[nodiscard]] std::vector<Finding> checkRoute(const RouteObject &route, const TopologyView &topology);

/// Findings of a rule as if its weights were these: for a draft that is not written yet. Only what depends on the weights.
[[nodiscard]] std::vector<Finding> checkDraft(const RouteObject &route, const Rule &rule, std::span<const std::int64_t> weights,
    const TopologyView *topology = nullptr);

/// Labels of destinations that would get a share without a ready endpoint: these need an explicit override.
[[nodiscard]] std::vector<std::string> unreadyDestinations(const RouteObject &route, const Rule &rule,
    std::span<const std::int64_t> weights, const TopologyView &topology);

} // namespace fairway::route
