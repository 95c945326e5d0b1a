#include "core/route/request_match.h"

#include "core/route/not_modelled.h"
#include "fixtures.h"

using namespace fairway;
using namespace fairway::route;

TEST(RequestMatch, firstLoadedRuleThatMatchesTakesIt)
{
    const RouteObject route = routeOf(virtualService(R"(
  hosts: [a]
  gateways: [gw, mesh]
  http:
  - match: [{headers: {x-tester: {exact: "true"}}}]
    route: [{destination: {host: a}}]
  - match: [{sourceLabels: {app: bff}}]
    route: [{destination: {host: b}}]
  - match: [{uri: {prefix: /api}, gateways: [gw]}]
    route: [{destination: {host: c}}]
  - route: [{destination: {host: d}}]
)"));
    struct Row {
        RequestView request;
        Origin origin;
        int rule;
    };
    RequestView tester;
    tester.headers = {{"x-tester", "true"}};
    RequestView api;
    api.path = "/apix";
    Origin bff;
    bff.labels = {{"app", "bff"}, {"version", "v1"}};
    Origin gateway;
    gateway.gateway = "shop/gw";
    const Row rows[] = {{{}, {}, 3}, {tester, bff, 0}, {{}, bff, 1}, {api, gateway, 2}, {api, {}, 3}, {{}, gateway, 3}};
    for (const Row &row : rows) {
        const Result<const Rule *> rule = ruleFor(route, row.request, row.origin);
        ASSERT_TRUE(rule);
        ASSERT_NE(*rule, nullptr);
        EXPECT_EQ((*rule)->index, row.rule);
    }
    Origin other;
    other.gateway = "shop/other";
    EXPECT_EQ(*ruleFor(route, {}, other), nullptr);
}

TEST(RequestMatch, comparesAsEnvoyDoes)
{
    RequestView request;
    request.method = "POST";
    request.authority = "shop.example";
    request.path = "/v2/Items";
    request.query = "a=1&a=2&flag";
    request.headers = {{"x-a", "one"}, {"x-a", "two"}};
    struct Row {
        const char *match;
        bool expected;
    };
    static constexpr Row Rows[] = {
        {"{uri: {prefix: /v2}}", true},
        {"{uri: {prefix: /v2/it}}", false},
        {"{uri: {prefix: /v2/it}, ignoreUriCase: true}", true},
        {"{uri: {exact: /v2/items}, ignoreUriCase: true}", true},
        {"{uri: {regex: '/v[0-9]'}}", false}, // the whole value
        {"{uri: {regex: '/v[0-9]/.*'}}", true},
        {"{headers: {x-a: {exact: 'one,two'}}}", true},
        {"{headers: {X-A: {}}}", true},
        {"{headers: {x-b: {}}}", false},
        {"{headers: {':method': {exact: POST}}}", true},
        {"{method: {exact: post}}", false},
        {"{queryParams: {a: {exact: '1'}}}", true},
        {"{queryParams: {a: {exact: '2'}}}", false},
        {"{queryParams: {flag: {exact: ''}}}", true},
        {"{queryParams: {b: {}}}", false},
        {"{withoutHeaders: {x-b: {exact: jason}}}", true},
        {"{withoutHeaders: {x-b: {regex: '.*'}}}", false}, // missing is "", and .* takes it
        {"{withoutHeaders: {x-b: {regex: '*'}}}", true},
        {"{withoutHeaders: {x-a: {regex: '*'}}}", false},
        {"{authority: {exact: shop.example}, scheme: {exact: http}}", true},
    };
    for (const Row &row : Rows) {
        SCOPED_TRACE(row.match);
        const RouteObject route = routeOf(virtualService("  hosts: [a]\n  http: [{match: [" + std::string(row.match) + "], route: [{destination: {host: a}}]}]\n"));
        const Result<bool> got = matches(route.rules.at(0).matches.at(0), request);
        ASSERT_TRUE(got);
        EXPECT_EQ(*got, row.expected);
    }
    const RouteObject bad = routeOf(virtualService("  hosts: [a]\n  http: [{match: [{uri: {regex: '('}}], route: [{destination: {host: a}}]}]\n"));
    EXPECT_FALSE(ruleFor(bad, request, {}));
}

TEST(RequestMatch, pathPrefixGoesByElement)
{
    Match match;
    match.conditions = {{Subject::Path, Operator::PathPrefix, {}, "/v2/"}};
    for (const auto &[path, expected] : {std::pair {"/v2", true}, {"/v2/", true}, {"/v2/a", true}, {"/v2example", false}, {"/", false}}) {
        RequestView request;
        request.path = path;
        EXPECT_EQ(*matches(match, request), expected) << path;
    }
}

TEST(NotModelled, namesWhatTheProxyLeavesOut)
{
    const RouteObject route = routeOf(virtualService("  hosts: [a]\n  http: [{fault: {}, route: [{destination: {host: a.ops, subset: v1}}]}]\n"));
    const std::vector<value::Value> objects {yaml("{kind: EnvoyFilter, metadata: {namespace: istio-system, name: lua}}"),
        yaml("{kind: AuthorizationPolicy, metadata: {namespace: ops, name: deny}}"),
        yaml("{kind: AuthorizationPolicy, metadata: {namespace: shop, name: allow}}"),
        yaml("{kind: AuthorizationPolicy, metadata: {namespace: elsewhere, name: other}}"), yaml("{kind: Pod}")};
    EXPECT_EQ(notModelled(route, route.rules.at(0), objects),
        (std::vector<Text> {Text::verbatim("mTLS"), Text::verbatim("EnvoyFilter istio-system/lua"),
            Text::verbatim("AuthorizationPolicy ops/deny, shop/allow"), Text::verbatim("fault")}));

    std::vector<value::Value> many;
    for (int i = 0; i < 9; ++i)
        many.push_back(yaml("{kind: WasmPlugin, metadata: {namespace: shop, name: p" + std::to_string(i) + "}}"));
    EXPECT_EQ(notModelled(route, route.rules.at(0), many).at(1), "WasmPlugin shop/p0, shop/p1, shop/p2 and 6 more");
}

TEST(NotModelled, takesTrafficPoliciesOfTheRulesOwnHosts)
{
    const RouteObject route = routeOf(virtualService("  hosts: [a]\n  http: [{route: [{destination: {host: reviews, subset: v1}}]}]\n"));
    const char *spec = "spec: {host: %, trafficPolicy: {tls: {}, outlierDetection: {}}, "
                       "subsets: [{name: v1, trafficPolicy: {connectionPool: {}}}, {name: v2, trafficPolicy: {loadBalancer: {}}}]}}";
    const auto rule = [spec](const std::string &ns, const std::string &host) {
        std::string text(spec);
        text.replace(text.find('%'), 1, host);
        return yaml("{kind: DestinationRule, metadata: {namespace: " + ns + ", name: r}, " + text);
    };
    const std::vector<value::Value> objects {rule("shop", "reviews"), rule("shop", "ratings"), rule("ops", "reviews"),
        rule("ops", "reviews.shop.svc.cluster.local"), yaml("{kind: DestinationRule, metadata: {namespace: shop}, spec: {host: reviews}}")};
    EXPECT_EQ(notModelled(route, route.rules.at(0), objects),
        (std::vector<Text> {Text::verbatim("mTLS"), Text::verbatim("DestinationRule shop/r: connectionPool, outlierDetection, tls"),
            Text::verbatim("DestinationRule ops/r: connectionPool, outlierDetection, tls")}));
}
