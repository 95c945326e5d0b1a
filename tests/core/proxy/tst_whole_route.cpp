#include "core/proxy/whole_route.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Routes played wherever they are loaded.
namespace fairway::proxy {
namespace {

constexpr const char *kService = R"(
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}, {name: tcp-db, port: 5432}]}
---
)";

/// "VirtualService shop/web http[0] at mesh: GET /path", "never", "none"; behind them what was not played.
std::vector<std::string> played(const std::string &yaml, const std::string &which, const std::optional<route::Viewpoint> &place = {})
{
    const auto objects = value::parseYamlDocuments(kService + yaml);
    EXPECT_TRUE(objects) << (objects ? "" : objects.error().message);
    std::optional<route::RouteObject> chosen;
    for (const value::Value &object : *objects) {
        if (auto read = route::parseRoute(object); read && read->id() == which)
            chosen = std::move(*read);
    }
    EXPECT_TRUE(chosen) << which;
    WholeRoutePlan plan;
    plan.route = &*chosen;
    plan.objects = *objects;
    plan.place = place;
    plan.requestsPerRule = 20;
    plan.split = Split::Exact;
    const Result<WholeRouteReport> report = rehearseWholeRoute(plan);
    if (!report)
        return {report.error().message};
    std::vector<std::string> out;
    for (const WholeRouteReport::Outcome &one : report->rules) {
        std::string labels;
        for (const auto &[key, label] : one.place.labels)
            labels += " " + key + "=" + label;
        const RuleOutcome &rule = one.rule;
        out.push_back(rule.rule + " at " + one.place.display() + labels + ": " + (!rule.takenBy.empty() ? "never" : rule.request.empty() ? "none" : rule.request));
        EXPECT_EQ(rule.answered, rule.sent) << out.back();
    }
    for (const UnplayedRule &unplayed : report->unplayed) {
        out.push_back(unplayed.rule->section + "[" + std::to_string(unplayed.rule->index) + "] "
            + (unplayed.why == UnplayedRule::Why::Connections ? "connections"
                : unplayed.by != nullptr                       ? "hidden by " + std::to_string(unplayed.by->index)
                                                               : "not loaded"));
    }
    return out;
}

using Texts = std::vector<std::string>;

TEST(WholeRoute, PlaysARuleForTheClientsItAsksFor)
{
    EXPECT_EQ(played(R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web]
  http:
  - {match: [{sourceLabels: {app: bff}}], route: [{destination: {host: web, port: {number: 80}}}]}
  - {match: [{gateways: [shop/elsewhere]}], route: [{destination: {host: web, port: {number: 80}}}]}
  - {route: [{destination: {host: web, port: {number: 80}}}]}
  tcp:
  - {match: [{port: 5432}], route: [{destination: {host: web, port: {number: 5432}}}]}
)", "VirtualService/shop/web"), (Texts {"VirtualService shop/web http[2] at mesh: GET http://web.shop.svc.cluster.local/",
        "VirtualService shop/web http[0] at mesh app=bff: GET http://web.shop.svc.cluster.local/", "http[1] not loaded", "tcp[0] connections"}));
}

TEST(WholeRoute, FollowsDelegatesAndTakesUnknownGatewaysForPlainOnes)
{
    const std::string delegated = R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: shop}
spec:
  hosts: [shop.example]
  gateways: [shop/front]
  http:
  - {match: [{uri: {prefix: /cart}}], delegate: {name: cart, namespace: shop}}
  - {redirect: {uri: /}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  http:
  - {match: [{uri: {prefix: /cart/a}}], route: [{destination: {host: web, port: {number: 80}}}]}
  - {match: [{uri: {prefix: /other}}], route: [{destination: {host: web, port: {number: 80}}}]}
)";
    EXPECT_EQ(played(delegated, "VirtualService/shop/root"), (Texts {"VirtualService shop/cart http[0] at gateway/shop/front: GET http://shop.example/cart/a",
        "VirtualService shop/root http[1] at gateway/shop/front: GET http://shop.example/"}));
    EXPECT_EQ(played(delegated, "VirtualService/shop/cart"), (Texts {"VirtualService shop/cart http[0] at gateway/shop/front: GET http://shop.example/cart/a", "http[1] not loaded"}))
        << "/other is not within /cart";
}

TEST(WholeRoute, WhatStandsBehindACatchAllNeverRuns)
{
    EXPECT_EQ(played(R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec: {hosts: [web], http: [{route: [{destination: {host: web, port: {number: 80}}}]}, {match: [{uri: {prefix: /a}}], route: [{destination: {host: web, port: {number: 80}}}]}]}
)", "VirtualService/shop/web"), (Texts {"VirtualService shop/web http[0] at mesh: GET http://web.shop.svc.cluster.local/", "http[1] hidden by 0"}));
}

TEST(WholeRoute, KnowsAListenerOfTheGatewayApi)
{
    EXPECT_EQ(played(R"(
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec:
  parentRefs: [{name: g, sectionName: http}]
  hostnames: [a.example]
  rules:
  - {matches: [{path: {type: Exact, value: /}}], backendRefs: [{name: web, port: 80}]}
  - {backendRefs: [{name: web, port: 80}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: g, namespace: shop}
spec:
  parentRefs: [{name: g}]
  hostnames: [b.example]
  rules: [{matches: [{method: {service: shop.Cart, method: Add}}], backendRefs: [{name: web, port: 80}]}]
)", "HTTPRoute/shop/r"), (Texts {"HTTPRoute shop/r rules[0] at gateway/shop/g: GET http://a.example/", "HTTPRoute shop/r rules[1] at gateway/shop/g: GET http://a.example/x"}));
}

TEST(WholeRoute, APrimaryIngressIsPlayedWithItsCanary)
{
    const std::string both = R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}, {path: /b, pathType: Exact, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: next, namespace: shop, annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20"}}
spec: {rules: [{host: a.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
)";
    EXPECT_EQ(played(both, "Ingress/shop/web"),
        (Texts {"Ingress shop/web rules[1] at ingress: GET http://a.example/b", "Ingress shop/next rules[0] at ingress: GET http://a.example/"}));
    EXPECT_EQ(played(both, "Ingress/shop/next"), (Texts {"Ingress shop/next rules[0] at ingress: GET http://a.example/"}));
}

TEST(WholeRoute, AtOnePlaceOnly)
{
    const std::string route = R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec: {hosts: [web], gateways: [mesh, shop/front], http: [{match: [{uri: {prefix: /a}}], route: [{destination: {host: web, port: {number: 80}}}]}]}
)";
    EXPECT_EQ(played(route, "VirtualService/shop/web", route::Viewpoint {route::Viewpoint::Kind::Gateway, "shop", "front", {}}),
        (Texts {"VirtualService shop/web http[0] at gateway/shop/front: GET http://web.shop.svc.cluster.local/a"}));
    EXPECT_NE(played(route, "VirtualService/shop/web", route::Viewpoint {route::Viewpoint::Kind::Gateway, "shop", "none", {}}).front().find("shop/none"), std::string::npos);
}

} // namespace
} // namespace fairway::proxy
