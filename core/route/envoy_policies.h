#pragma once

#include "core/route/compiled_route.h"
#include "core/value/value.h"

#include <optional>
#include <string>
#include <vector>

/// What routes of Envoy's v3 API ask of its router and of two of its filters.
namespace fairway::route::envoy {

/// A policy with what of it the table can't hold, as fields of the message.
template <typename Action>
struct Policy {
    Action action;
    std::vector<std::string> left;
};

/// A RetryPolicy; nothing when it never retries. Source: envoy/config/route/v3/route_components.proto.
[[nodiscard]] std::optional<Policy<RetryAction>> retryPolicy(const value::Value &from);
/// An HTTPFault. Source: envoy/extensions/filters/http/fault/v3/fault.proto.
[[nodiscard]] Policy<FaultAction> fault(const value::Value &from);
/// A CorsPolicy. Source: envoy/extensions/filters/http/cors/v3/cors.proto.
[[nodiscard]] Policy<CorsAction> cors(const value::Value &from, RegexCache &regexes);

} // namespace fairway::route::envoy
