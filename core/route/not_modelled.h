#pragma once

#include "core/base/text.h"
#include "core/route/route_object.h"

#include <span>
#include <string_view>
#include <vector>

namespace fairway::route {

/// A kind whose objects change what a mesh or gateway does with requests, and of which the built-in proxy knows nothing.
struct PolicyKind {
    std::string_view group;
    std::string_view kind;
};
[[nodiscard]] std::span<const PolicyKind> policyKinds();

/// What a mesh or gateway would do with the requests of this rule and a rehearsal in the built-in proxy does not, in the words
/// of the field, by name: "mTLS", "fault", "AuthorizationPolicy shop/deny-all", "DestinationRule shop/reviews: outlierDetection".
/// `objects` are those of policyKinds() known of the cluster or the files (others are passed over); what concerns other
/// namespaces or hosts is left out where that is certain.
[[nodiscard]] std::vector<Text> notModelled(const RouteObject &route, const Rule &rule, std::span<const value::Value> objects = {});

} // namespace fairway::route
