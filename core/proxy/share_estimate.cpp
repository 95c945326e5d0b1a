#include "core/proxy/share_estimate.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace fairway::proxy {
namespace {
    constexpr double Z95 = 1.959963984540054;
    constexpr double Z999 = 3.090232306167813; ///< One-sided 0.1 %.
    constexpr double MinExpected = 50;
}

ShareInterval wilsonInterval(std::uint64_t hits, std::uint64_t total)
{
    if (total == 0)
        return {};
    const double n = static_cast<double>(total);
    const double p = static_cast<double>(hits) / n;
    const double z2 = Z95 * Z95;
    const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = Z95 * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    // The ends are exact where rounding would leave a trace of them.
    return {p, hits == 0 ? 0.0 : std::max(0.0, centre - half), hits == total ? 1.0 : std::min(1.0, centre + half)};
}

double chiSquaredLimit(std::size_t degreesOfFreedom)
{
    if (degreesOfFreedom == 1)
        return 10.8276; // the approximation is worst for the smallest two, and those are the usual ones
    if (degreesOfFreedom == 2)
        return 13.8155;
    const double k = static_cast<double>(degreesOfFreedom);
    const double term = 1 - 2 / (9 * k) + Z999 * std::sqrt(2 / (9 * k));
    return k * term * term * term;
}

SplitVerdict judgeSplit(std::span<const std::uint64_t> counts, std::span<const double> expected)
{
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts)
        total += count;
    double statistic = 0;
    std::size_t cells = 0;
    bool isEnough = true;
    for (std::size_t i = 0; i < counts.size() && i < expected.size(); ++i) {
        if (expected[i] <= 0) {
            if (counts[i] > 0)
                return SplitVerdict::Differs;
            continue;
        }
        const double wanted = expected[i] * static_cast<double>(total);
        isEnough = isEnough && wanted >= MinExpected;
        if (wanted > 0)
            statistic += std::pow(static_cast<double>(counts[i]) - wanted, 2) / wanted;
        ++cells;
    }
    if (cells == 0 || !isEnough)
        return SplitVerdict::Pending;
    if (cells == 1)
        return SplitVerdict::Matches;
    return statistic <= chiSquaredLimit(cells - 1) ? SplitVerdict::Matches : SplitVerdict::Differs;
}

} // namespace fairway::proxy
