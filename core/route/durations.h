#pragma once

#include "core/value/value.h"

#include <chrono>
#include <optional>
#include <string_view>

namespace fairway::route {

/// A duration as objects write it: protobuf's JSON ("1.5s"), Go's ("1h30m", Istio) and Gateway API's (GEP-2257: "1h500ms").
/// Sign and fractions are read; units are h, m, s, ms, us, ns. Nothing for anything else or what nanoseconds can't hold.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parseDuration(std::string_view text);

/// The same of a field, also protobuf's {seconds, nanos} and bare seconds, rounded down to milliseconds.
[[nodiscard]] std::optional<std::chrono::milliseconds> durationOf(const value::Value &field);

} // namespace fairway::route
