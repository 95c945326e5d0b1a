#pragma once

#include "core/route/route_object.h"
#include "core/route/topology.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fairway::route {

/// The data of a YAML text that is known to be good.
inline value::Value yaml(std::string_view text)
{
    Result<value::Value> read = value::parseYaml(text);
    EXPECT_TRUE(read) << read.error().message;
    return read ? *read : value::Value();
}

inline RouteObject routeOf(std::string_view text)
{
    Result<RouteObject> route = parseRoute(yaml(text));
    EXPECT_TRUE(route) << route.error().message;
    return route ? *route : RouteObject();
}

/// A VirtualService shop/reviews with this text below `spec:`.
inline std::string virtualService(std::string_view spec)
{
    return "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: reviews, namespace: shop}\nspec:\n"
        + std::string(spec);
}

inline std::string httpRoute(std::string_view spec)
{
    return "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: catalog, namespace: shop}\nspec:\n"
        + std::string(spec);
}

/// Every document of a stream goes into a topology.
inline TopologyView topologyOf(std::string_view documents)
{
    TopologyView topology;
    Result<std::vector<value::Value>> read = value::parseYamlDocuments(documents);
    EXPECT_TRUE(read) << read.error().message;
    for (const value::Value &object : *read)
        EXPECT_TRUE(topology.upsert(object));
    return topology;
}

/// reviews with two pods of v1, one of two pods of v2 ready, and a subset v3 without pods.
inline constexpr std::string_view kShop = R"(
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec:
  host: reviews
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
  - {name: v3, labels: {version: v3}}
---
kind: Service
metadata: {name: reviews, namespace: shop}
spec:
  selector: {app: reviews}
  ports: [{name: http, port: 9080, targetPort: web}]
---
kind: EndpointSlice
metadata: {name: reviews-abc, namespace: shop, labels: {kubernetes.io/service-name: reviews}}
ports: [{name: http, port: 8080}]
endpoints:
- {addresses: [10.0.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: reviews-v1-a}}
- {addresses: [10.0.0.2], targetRef: {kind: Pod, name: reviews-v1-b}}
- {addresses: [10.0.0.3], conditions: {ready: true}, targetRef: {kind: Pod, name: reviews-v2-a}}
- {addresses: [10.0.0.4], conditions: {ready: false}, targetRef: {kind: Pod, name: reviews-v2-b}}
---
kind: Pod
metadata: {name: reviews-v1-a, namespace: shop, labels: {app: reviews, version: v1}}
---
kind: Pod
metadata: {name: reviews-v1-b, namespace: shop, labels: {app: reviews, version: v1}}
---
kind: Pod
metadata: {name: reviews-v2-a, namespace: shop, labels: {app: reviews, version: v2}}
---
kind: Pod
metadata: {name: reviews-v2-b, namespace: shop, labels: {app: reviews, version: v2}}
)";

} // namespace fairway::route
