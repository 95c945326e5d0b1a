#pragma once

#include "core/base/result.h"
#include "core/route/route_object.h"
#include "core/route/weight_edit_yaml.h"

#include <map>
#include <string>

namespace fairway::ctl {

/// "vs/reviews", "VirtualService/shop/reviews", "httproute/catalog": the short names kubectl knows. InvalidInput otherwise.
[[nodiscard]] Result<route::ObjectRef> parseRouteName(const std::string &text);

/// The same, and "DestinationRule/reviews" and "Gateway/public" (Istio's): what has fields to edit.
[[nodiscard]] Result<route::ObjectRef> parseEditableName(const std::string &text);

/// "http[2]", "http/2", "2" (of the only or first section that has it), or the rule's own name.
/// NotFound names what there is.
[[nodiscard]] Result<const route::Rule *> chooseRule(const route::RouteObject &route, const std::string &text);

/// The destination a user means: its label, its subset, its Service or host, when only one fits.
[[nodiscard]] Result<std::size_t> chooseDestination(const route::Rule &rule, const std::string &text);

/// "VirtualService shop/reviews http[0]"
[[nodiscard]] std::string ruleName(const route::RouteObject &route, const route::Rule &rule);

/// "app=web,tier=front" of --from-labels; InvalidInput names what is no KEY=VALUE.
[[nodiscard]] Result<std::map<std::string, std::string>> parseLabels(const std::string &text);

} // namespace fairway::ctl
