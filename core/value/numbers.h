#pragma once

#include <cstdint>

namespace fairway::value {

/// What a reader makes of a number without a fraction.
enum class NumberStyle : std::uint8_t {
    Kubernetes, ///< Whole numbers are Int (Go's int64), the rest Float: objects of an API server.
    Helm,       ///< Every number is a Float, as encoding/json gives them to Helm's values.
};

} // namespace fairway::value
