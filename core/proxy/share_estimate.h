#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace fairway::proxy {

/// A share of requests with the range in which the true one lies with 95 % confidence.
struct ShareInterval {
    double share = 0;
    double low = 0;
    double high = 1;
};

/// Wilson's score interval: unlike share ± 1.96 s it keeps its coverage near 0 and 1 and for few requests.
/// Source: E. B. Wilson, 1927; n = 0 gives 0…1.
[[nodiscard]] ShareInterval wilsonInterval(std::uint64_t hits, std::uint64_t total);

enum class SplitVerdict : std::uint8_t {
    Pending, ///< Too few requests to tell: some expected count is below 50.
    Matches,
    Differs,
};

/// Whether counts fit the shares they should have: Pearson's chi-squared test at the level 0.1 %, so that a correct split is
/// called wrong once in a thousand looks. A destination with share 0 that got a request differs at once.
/// `expected` sums to 1 (all 0: Pending).
[[nodiscard]] SplitVerdict judgeSplit(std::span<const std::uint64_t> counts, std::span<const double> expected);

/// Upper 0.1 % point of the chi-squared distribution (Wilson-Hilferty from 3 degrees of freedom on: within 2 %).
[[nodiscard]] double chiSquaredLimit(std::size_t degreesOfFreedom);

} // namespace fairway::proxy
