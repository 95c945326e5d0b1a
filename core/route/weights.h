#pragma once

#include "core/base/result.h"
#include "core/route/route_object.h"
#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// Largest weight that is accepted: Gateway API's maximum; Istio's int32 is larger, its sum must fit an uint32.
inline constexpr std::int64_t maxWeight = 1'000'000;

/// What share of the requests each destination really gets, 0…1, in order.
///
/// A lone destination of a VirtualService gets everything whatever its weight. A total of 0 gives all shares 0: Istio refuses
/// such a rule, a Gateway answers 500. For an Ingress pair the canary's weight counts against weight-total.
[[nodiscard]] std::vector<double> effectiveShares(RouteKind kind, const std::vector<std::int64_t> &weights);

/// In words what the weights do when that is not what their numbers suggest; empty else.
[[nodiscard]] std::string allocationNote(RouteKind kind, const std::vector<std::int64_t> &weights);

/// Whether the control plane would take these weights, and how it says no.
[[nodiscard]] Result<void> checkWeights(RouteKind kind, const std::vector<std::int64_t> &weights);

/// A copy of `object` in which only the weights of one rule's destinations differ. A weight that is not written down and
/// keeps its meaning is not written.
/// Errors:  InvalidInput (no such rule, other number of weights, weights the control plane refuses, not editable).
[[nodiscard]] Result<value::Value> setWeights(const value::Value &object, std::string_view section, std::size_t rule,
                                              const std::vector<std::int64_t> &weights);

/// Weights scaled to the total 100 by largest remainder; zero stays zero and nothing else becomes zero while there is room.
[[nodiscard]] std::vector<std::int64_t> normalised(const std::vector<std::int64_t> &weights, std::int64_t total = 100);

} // namespace fairway::route
