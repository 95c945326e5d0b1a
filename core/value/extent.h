#pragma once

#include "core/value/value.h"

#include <cstddef>
#include <cstdint>

namespace fairway::value {

/// Whether a tree can be walked to its end. Templates can make maps that hold themselves, and small ones that unfold into billions of nodes.
enum class Extent : std::uint8_t { Fits, TooDeep, TooLarge };

struct ExtentLimits {
    std::size_t maxDepth = 1000;         ///< Where Go's encoding/json begins to look for cycles.
    std::size_t maxNodes = 20'000'000;   ///< Nodes as often as they are met.
};

/// Costs a visit of each node, at most maxNodes. What holds itself is TooDeep.
[[nodiscard]] Extent extentOf(const Value &tree, const ExtentLimits &limits = {});

} // namespace fairway::value
