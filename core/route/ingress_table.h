#pragma once

#include "core/route/route_table.h"
#include "core/value/value.h"

#include <string_view>
#include <vector>

namespace fairway::route {

/// What an ingress-nginx controller would hold for a class of Ingresses ("" takes all): hosts and their aliases, paths (exact ones first,
/// then the longest prefix; expressions by the length of their text), canaries by header, cookie and weight in this order, redirects,
/// rewrites, default backends.
///
/// Listens on 80 and 443. A host "*.a.b" stands for one label only.
/// Source: networking.k8s.io/v1 ingress types; ingress-nginx's documentation of its annotations and of how it matches paths.
[[nodiscard]] RouteTable compileIngress(const std::vector<value::Value> &objects, std::string_view ingressClass);

} // namespace fairway::route
