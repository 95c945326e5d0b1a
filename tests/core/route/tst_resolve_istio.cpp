#include "core/route/explain.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {
namespace {

    TrafficConfig configOf(std::string_view documents)
    {
        Result<std::vector<value::Value>> read = value::parseYamlDocuments(documents);
        EXPECT_TRUE(read) << read.error().message;
        return TrafficConfig(read ? *read : std::vector<value::Value>());
    }

    Call get(std::string_view authority, std::string_view target, std::vector<std::pair<std::string, std::string>> headers = {}, int port = 80)
    {
        Call call;
        call.request.authority = authority;
        setTarget(call.request, target);
        call.request.headers = std::move(headers);
        call.port = port;
        return call;
    }

    /// "VirtualService shop/a http[0] -> reviews.shop.svc.cluster.local:80|v1"; the outcome where nothing took it.
    std::string answer(const RouteTable &table, const Call &call)
    {
        const Decision decision = resolve(table, call);
        if (decision.route == nullptr)
            return std::string(toString(decision.outcome));
        std::string out = decision.route->origin.display();
        if (decision.outcome != Outcome::Forwarded)
            return out + " " + std::string(toString(decision.outcome));
        for (const RouteTarget &target : decision.route->action->targets) {
            out += " -> " + target.host + ":" + std::to_string(target.port);
            if (!target.subset.empty())
                out += "|" + target.subset;
            if (decision.route->action->targets.size() > 1)
                out += "*" + std::to_string(target.weight);
        }
        return out;
    }

    constexpr std::string_view shop = R"(
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {clusterIP: 10.0.0.2, ports: [{name: http, port: 80}, {name: tcp-db, port: 3306}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop, creationTimestamp: "2024-01-01T00:00:00Z"}
spec:
  hosts: [reviews]
  http:
  - name: tester
    match:
    - {headers: {x-tester: {exact: "yes"}}, uri: {prefix: /api}}
    - {withoutHeaders: {cookie: {regex: "*"}}, uri: {exact: /nocookie}}
    - {uri: {regex: "/item/[0-9]+"}, ignoreUriCase: true}
    route: [{destination: {host: reviews, subset: v2}}]
  - match: [{sourceLabels: {app: bff}}]
    route: [{destination: {host: cart}}]
  - match: [{uri: {prefix: /old}}]
    redirect: {uri: /new, authority: other.example.com, redirectCode: 302}
  - match: [{uri: {exact: /teapot}}]
    directResponse: {status: 418, body: {string: short and stout}}
  - route:
    - {destination: {host: reviews, subset: v1}, weight: 90}
    - {destination: {host: reviews, subset: v2}, weight: 10}
    - {destination: {host: reviews, subset: v3}, weight: 0}
  - match: [{uri: {prefix: /never}}]
    route: [{destination: {host: cart}}]
)";

    struct Row {
        const char *what;
        Call call;
        const char *expected;
        std::map<std::string, std::string> labels = {};
        std::string ns = "shop";
    };

    TEST(ResolveIstio, ChoosesAsASidecarDoes)
    {
        const TrafficConfig config = configOf(shop);
        const std::string split = "VirtualService shop/reviews http[4] -> reviews.shop.svc.cluster.local:80|v1*90 -> "
                                  "reviews.shop.svc.cluster.local:80|v2*10";
        const std::string v2 = "VirtualService shop/reviews http[0] -> reviews.shop.svc.cluster.local:80|v2";
        const std::vector<Row> rows {
            {"a header and a prefix both hold", get("reviews", "/api/x", {{"x-tester", "yes"}}), v2.c_str()},
            {"prefixes go by characters", get("reviews", "/apix", {{"x-tester", "yes"}}), v2.c_str()},
            {"the header's case counts", get("reviews", "/api/x", {{"x-tester", "Yes"}}), split.c_str()},
            {"withoutHeaders * means absent", get("reviews", "/nocookie"), v2.c_str()},
            {"and not present", get("reviews", "/nocookie", {{"cookie", ""}}), split.c_str()},
            {"an expression takes the whole path", get("reviews", "/item/12?x=1"), v2.c_str()},
            {"and no part of it", get("reviews", "/item/12/more"), split.c_str()},
            {"source labels of the client", get("reviews", "/"), "VirtualService shop/reviews http[1] -> cart.shop.svc.cluster.local:80",
                {{"app", "bff"}}},
            {"a redirect", get("reviews", "/old/x"), "VirtualService shop/reviews http[2] redirected"},
            {"a direct response", get("reviews", "/teapot"), "VirtualService shop/reviews http[3] answered"},
            {"behind the rule for everything nothing is reached", get("reviews", "/never"), split.c_str()},
            {"the full name", get("reviews.shop.svc.cluster.local:80", "/"), split.c_str()},
            {"the address of the service", get("10.0.0.1", "/"), split.c_str()},
            {"the short name means nothing in another namespace", get("reviews", "/"), "passthrough", {}, "else"},
            {"name and namespace do", get("reviews.shop", "/"), split.c_str(), {}, "else"},
            {"a service without routes", get("cart", "/"), "Service shop/cart -> cart.shop.svc.cluster.local:80"},
            {"an unknown host passes", get("example.com", "/"), "passthrough"},
        };
        for (const Row &row : rows) {
            const Result<RouteTable> table = config.tableAt({Viewpoint::Kind::Mesh, row.ns, {}, row.labels});
            ASSERT_TRUE(table);
            EXPECT_EQ(answer(*table, row.call), row.expected) << row.what;
        }
    }

    TEST(ResolveIstio, TellsWhatHappensToTheRequest)
    {
        const TrafficConfig config = configOf(shop);
        const RouteTable table = *config.tableAt({Viewpoint::Kind::Mesh, "shop", {}, {}});
        const Call moved = get("reviews", "/old/x?a=b");
        EXPECT_EQ(effectsOf(resolve(table, moved), moved).location->text(), "http://other.example.com/new?a=b");
        const Call teapot = get("reviews", "/teapot");
        const Effects effects = effectsOf(resolve(table, teapot), teapot);
        EXPECT_EQ(effects.status, 418);
        EXPECT_EQ(effects.body, "short and stout");
        Call random = get("reviews", "/");
        random.random = 95;
        ASSERT_NE(resolve(table, random).target, nullptr);
        EXPECT_EQ(resolve(table, random).target->subset, "v2");
    }

    TEST(ResolveIstio, ExplainsEveryRuleThatWasTried)
    {
        const TrafficConfig config = configOf(shop);
        const RouteTable table = *config.tableAt({Viewpoint::Kind::Mesh, "shop", {}, {}});
        const Explanation told = explain(table, get("reviews", "/api/x", {{"x-tester", "no"}}));
        ASSERT_EQ(told.tried.size(), 6U); // the match for source labels is not loaded
        EXPECT_EQ(told.tried[0].subject, "header x-tester");
        EXPECT_EQ(told.tried[0].reason, "header x-tester \"no\" does not fit: wanted is one that is \"yes\"");
        EXPECT_EQ(told.tried[1].reason, "path \"/api/x\" is not one that is \"/nocookie\"");
        EXPECT_TRUE(told.tried[5].isTaken);
        EXPECT_EQ(told.domain, "reviews");
        EXPECT_EQ(told.summary, "VirtualService shop/reviews http[4] takes it");
    }

    TEST(ResolveIstio, TheOldestVirtualServiceWinsInTheMeshAndGatewaysMerge)
    {
        const TrafficConfig config = configOf(std::string(shop) + R"(
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: younger, namespace: shop, creationTimestamp: "2025-01-01T00:00:00Z"}
spec:
  hosts: [reviews]
  http: [{route: [{destination: {host: cart}}]}]
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: shop}
spec:
  selector: {istio: ingressgateway}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.com"]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: all, namespace: shop, creationTimestamp: "2024-01-01T00:00:00Z"}
spec:
  hosts: [www.example.com]
  gateways: [front]
  http: [{route: [{destination: {host: cart, port: {number: 80}}}]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: api, namespace: shop, creationTimestamp: "2025-01-01T00:00:00Z"}
spec:
  hosts: [www.example.com]
  gateways: [front]
  http: [{match: [{uri: {prefix: /api}}], rewrite: {uri: /}, route: [{destination: {host: reviews}}]}]
)");
        const RouteTable mesh = *config.tableAt({Viewpoint::Kind::Mesh, "shop", {}, {}});
        EXPECT_EQ(answer(mesh, get("reviews", "/")).substr(0, 34), "VirtualService shop/reviews http[4");
        const RouteTable gateway = *config.tableAt({Viewpoint::Kind::Gateway, "shop", "front", {}});
        EXPECT_EQ(answer(gateway, get("www.example.com", "/api/x")), "VirtualService shop/api http[0] -> reviews.shop.svc.cluster.local:80")
            << "the rule for everything comes last although it is older";
        EXPECT_EQ(answer(gateway, get("www.example.com", "/")), "VirtualService shop/all http[0] -> cart.shop.svc.cluster.local:80");
        EXPECT_EQ(answer(gateway, get("shop.example.org", "/")), "no virtual host");
        EXPECT_EQ(answer(gateway, get("www.example.com", "/", {}, 81)), "no listener");
        const Call call = get("www.example.com", "/api/x");
        EXPECT_EQ(effectsOf(resolve(gateway, call), call).path, "//x") << "characters are swapped, not path elements";
    }

    TEST(ResolveIstio, DelegatesAreMergedAndNameTheirRule)
    {
        const TrafficConfig config = configOf(std::string(shop) + R"(
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: root, namespace: shop, creationTimestamp: "2023-01-01T00:00:00Z"}
spec:
  hosts: [cart]
  http:
  - match: [{uri: {prefix: /a}}]
    timeout: 5s
    delegate: {name: inner, namespace: team}
  - match: [{uri: {prefix: /b}}]
    delegate: {name: missing}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: inner, namespace: team}
spec:
  http:
  - match: [{uri: {prefix: /a/x}}]
    route: [{destination: {host: own}}]
  - match: [{uri: {prefix: /other}}]
    route: [{destination: {host: own}}]
)");
        const RouteTable table = *config.tableAt({Viewpoint::Kind::Mesh, "shop", {}, {}});
        const Decision decision = resolve(table, get("cart", "/a/x/1"));
        ASSERT_NE(decision.route, nullptr);
        EXPECT_EQ(decision.route->origin.display(), "VirtualService team/inner http[0]");
        EXPECT_EQ(decision.route->origin.via, "VirtualService shop/root http[0]");
        EXPECT_EQ(decision.route->action->targets.front().host, "own.team.svc.cluster.local") << "names resolve where they are written";
        EXPECT_EQ(decision.route->action->timeout.count(), 5000) << "the root fills the gaps";
        EXPECT_EQ(answer(table, get("cart", "/other")), "no route");
        EXPECT_EQ(table.notes.size(), 2U) << "one delegate that is missing, one match that fits nothing";
    }

    TEST(ResolveIstio, NeverBreaksOnWhatNobodyMeant)
    {
        const TrafficConfig config = configOf(R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: bad, namespace: shop}
spec:
  hosts: [a.example.com, 7]
  http: [null, 5, {match: [null, {uri: {regex: "["}}], route: [{destination: null}, 3]}, {redirect: {redirectCode: 399, uri: /x}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: nothing, namespace: shop}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: g, namespace: shop}
spec: {selector: {a: b}, servers: [null, {port: {number: 99999}}, {hosts: "x"}, {port: {number: 80, protocol: HTTP}, hosts: ["./*", "a/b/c", ""]}]}
---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: {name: s, namespace: shop}
spec: {egress: [{hosts: [5, "x", "~/*", "./*"]}, null]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: h, namespace: shop}
spec: {parentRefs: [{name: api}, 3], rules: [{matches: [{path: {type: RegularExpression, value: "["}}], backendRefs: [{name: x, port: -4, weight: -1}]}, null]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: api, namespace: shop}
spec: {listeners: [{port: 80, protocol: HTTP, name: a}, {port: 0}, null]}
)");
        for (const Viewpoint &viewpoint : config.viewpoints()) {
            const Result<RouteTable> table = config.tableAt(viewpoint);
            ASSERT_TRUE(table) << viewpoint.display();
            (void)explain(*table, get("a.example.com", "/x"));
        }
        EXPECT_FALSE(config.tableAt({Viewpoint::Kind::Gateway, "shop", "nobody", {}}));
        EXPECT_FALSE(config.istio().notes().empty());
    }

} // namespace
} // namespace fairway::route
