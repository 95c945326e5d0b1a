#pragma once

#include "core/base/result.h"
#include "core/route/route_object.h"
#include "core/value/value.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// The arithmetic of weights: what they mean, how a split bar moves them, how they are written back.
namespace fairway::route {

/// What a list of weights does.
struct Allocation {
    std::vector<double> shares; ///< 0..1 per destination; they sum to 1, or to 0 when nothing is delivered.
    bool failsAll = false;      ///< No request gets through.
    bool isRefused = false;     ///< The API refuses such an object.
    Text note;                  ///< In words, when the weights do something unexpected; empty otherwise.
};

/// Istio: weight over sum; a single destination gets everything whatever its weight; two or more with sum 0 are refused.
/// Gateway API: weight over sum; weight 0 gets nothing even alone; all zero answers 500.
/// NginxCanary: {stable, canary}; the stable side is what the canary leaves of the total.
[[nodiscard]] Allocation allocate(WeightRules rules, std::span<const std::int64_t> weights);
[[nodiscard]] std::vector<double> effectiveShares(WeightRules rules, std::span<const std::int64_t> weights);

/// The largest weight the kind accepts: 2^31-1 (Istio), 1,000,000 (Gateway API), the total (canary).
[[nodiscard]] std::int64_t maxWeight(WeightRules rules);

/// "90 / 10", "1 : 1 : 1" (sums other than 100), "100".
[[nodiscard]] std::string weightSummary(std::span<const std::int64_t> weights);

// --- the split bar -----------------------------------------------------------------------------------------------

/// The same shares with the given sum, by largest remainder: what was above 0 stays above 0 where the sum allows it.
/// Errors: InvalidInput for negative weights, a sum of 0, or more destinations above 0 than `total`.
[[nodiscard]] Result<std::vector<std::int64_t>> normalise(std::span<const std::int64_t> weights, std::int64_t total = 100);

/// Sets one weight and spreads the rest of `total` over the other rows that are not locked, in proportion to what they
/// have (evenly when they have nothing), by largest remainder. The sum is `total` afterwards.
/// `locked` is parallel to `weights`; the edited row may be locked itself.
/// Errors: InvalidInput with a sentence for the user: negative, above what the locked rows leave, nobody to take the rest.
[[nodiscard]] Result<std::vector<std::int64_t>> spreadRest(std::span<const std::int64_t> weights, const std::vector<bool> &locked,
    std::size_t index, std::int64_t value, std::int64_t total);

/// Moves the divider between `divider` and `divider + 1` by `delta` (positive: the left one grows). Only those two change;
/// stops where one reaches 0. A divider that does not exist changes nothing.
[[nodiscard]] std::vector<std::int64_t> moveDivider(std::span<const std::int64_t> weights, std::size_t divider, std::int64_t delta);

// --- writing -----------------------------------------------------------------------------------------------------

/// Says why `weights` can't be written to this rule: wrong count, negative, too large, refused by the API's own rules.
[[nodiscard]] Result<void> checkWeights(const RouteObject &route, const Rule &rule, std::span<const std::int64_t> weights);

/// A copy of the object in which only the weight fields of one rule differ. A weight that is not written and keeps its
/// default stays unwritten. For a canary Ingress `weights` is {stable, canary} and must keep the total.
/// Errors: NotFound (no such rule), InvalidInput (see checkWeights()).
[[nodiscard]] Result<value::Value> setWeights(const value::Value &object, std::string_view section, int rule,
    std::span<const std::int64_t> weights);

/// How sure a patch makes that it changes what the user saw. Indices of lists shift when somebody inserts a rule, so a
/// patch without a guard could reach the wrong rule.
enum class PatchGuard {
    WholeRule,    ///< The rule is exactly as read, its present weights included.
    /// Same destinations in the same places and the same match; weights may have moved meanwhile. Weaker: a patch can't
    /// test that something is absent, so a destination appended meanwhile goes unnoticed.
    Destinations,
};

/// RFC 6902 operations (a list Value of {op, path, value}) that change only weights, led by `test` operations; JSON
/// merge patch can't address list items and server-side apply would take over the whole (atomic) list.
/// An empty list means there is nothing to change. Errors: as setWeights().
[[nodiscard]] Result<value::Value> weightPatch(const value::Value &object, std::string_view section, int rule,
    std::span<const std::int64_t> weights, PatchGuard guard = PatchGuard::WholeRule);

} // namespace fairway::route
