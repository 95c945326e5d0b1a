#pragma once

#include "core/base/random.h"
#include "core/proxy/proxy_config.h"

#include <cstdint>
#include <span>
#include <vector>

namespace fairway::proxy {

/// Picks one of several weighted legs, again and again.
///
/// Exact:  the smooth interleave that takes each time the leg whose credit is highest: over any run of `sum` picks that
///         starts at a multiple of it every leg comes up exactly `weight` times, and never in bursts longer than needed.
/// Random: one random number modulo the sum, looked up in the cumulative weights in listed order.
/// Threads: one owner.
class Splitter {
public:
    Splitter(std::vector<std::uint32_t> weights, Split split, Random random);
    /// Position of the leg; -1 when every weight is 0.
    [[nodiscard]] int pick();

private:
    int pickExact();
    int pickRandom();

    std::vector<std::uint32_t> m_weights;
    std::vector<std::int64_t> m_credits; ///< Exact only.
    std::int64_t m_sum = 0;
    Split m_split;
    Random m_random;
};

} // namespace fairway::proxy
