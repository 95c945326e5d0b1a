#pragma once

#include <cstdint>

namespace fairway::chart {

/// Which Helm to agree with, where they differ: 3.17 or 4.1.
enum class HelmVersion : std::uint8_t { V3, V4 };

} // namespace fairway::chart
