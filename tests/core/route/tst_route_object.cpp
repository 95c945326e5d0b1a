#include "fixtures.h"

#include "core/value/json.h"

using namespace fairway;
using namespace fairway::route;

namespace {

std::vector<std::string> labels(const Rule &rule)
{
    std::vector<std::string> out;
    for (const Destination &destination : rule.destinations)
        out.push_back(destination.label);
    return out;
}

using Texts = std::vector<std::string>;
using Weights = std::vector<std::int64_t>;

} // namespace

TEST(VirtualService, readsSplitsAlsoBelowSourceLabels)
{
    const RouteObject route = routeOf(virtualService(R"(
  hosts: [reviews.shop.example]
  gateways: [public-gw, mesh]
  http:
  - name: testers
    match: [{headers: {x-tester: {exact: "true"}}}]
    route: [{destination: {host: reviews, subset: v2}}]
  - match: [{sourceLabels: {app: mobile-bff}}]
    route:
    - {destination: {host: reviews, subset: v1}, weight: 80}
    - {destination: {host: reviews, subset: v2}, weight: 20}
  - route:
    - {destination: {host: reviews.shop.svc.cluster.local, subset: v1, port: {number: 9080}}, weight: 90}
    - {destination: {host: reviews, subset: v2}, weight: 10}
)"));
    EXPECT_TRUE(route.problems.empty());
    EXPECT_EQ(route.id(), "VirtualService/shop/reviews");
    EXPECT_EQ(route.gateways, (Texts {"shop/public-gw", "mesh"}));
    ASSERT_EQ(route.rules.size(), 3U);

    EXPECT_EQ(route.rules[0].title, "x-tester: true");
    EXPECT_EQ(route.rules[0].detail, "header, exact");
    EXPECT_EQ(route.rules[0].name, "testers");
    EXPECT_FALSE(route.rules[0].isSplit());
    EXPECT_EQ(route.rules[0].destinations[0].share, 1.0);

    EXPECT_EQ(route.rules[1].title, "app = mobile-bff");
    EXPECT_EQ(route.rules[1].detail, "sourceLabels");
    EXPECT_TRUE(route.rules[1].isSidecarOnly);
    EXPECT_EQ(route.rules[1].weights(), (Weights {80, 20}));
    EXPECT_EQ(route.rules[1].destinations[1].weightPointer, "/spec/http/1/route/1/weight");

    const Rule &last = route.rules[2];
    EXPECT_EQ(last.title, "Everything else");
    EXPECT_TRUE(last.isCatchAll);
    EXPECT_EQ(last.total, 100);
    EXPECT_EQ(labels(last), (Texts {"v1", "v2"}));
    EXPECT_EQ(last.destinations[0].service, "reviews");
    EXPECT_EQ(last.destinations[0].ns, "shop");
    EXPECT_EQ(last.destinations[0].port, 9080);
    EXPECT_EQ(last.destinations[0].fqdn, "reviews.shop.svc.cluster.local");
    EXPECT_DOUBLE_EQ(last.destinations[1].share, 0.1);
    EXPECT_EQ(route.headline(), &route.rules[1]);
}

TEST(VirtualService, readsTlsAndTcp)
{
    const RouteObject route = routeOf(virtualService(R"(
  hosts: [db.example]
  tls:
  - match: [{port: 443, sniHosts: [a.example, b.example]}]
    route: [{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 1}, {destination: {host: c}, weight: 1}]
  tcp:
  - match: [{port: 27017}]
    route: [{destination: {host: mongo}}]
)"));
    ASSERT_EQ(route.rules.size(), 2U);
    EXPECT_EQ(route.rules[0].section, "tls");
    EXPECT_EQ(route.rules[0].title, "a.example and port 443 or b.example and port 443");
    EXPECT_EQ(route.rules[0].total, 3);
    EXPECT_DOUBLE_EQ(route.rules[0].destinations[2].share, 1.0 / 3);
    EXPECT_EQ(route.rules[1].section, "tcp");
    EXPECT_EQ(route.rules[1].title, "port 27017");
    EXPECT_FALSE(route.rules[1].isCatchAll);
    EXPECT_EQ(route.find("tcp", 0), &route.rules[1]);
    EXPECT_EQ(route.find("tcp", 1), nullptr);
    EXPECT_EQ(route.gateways, (Texts {"mesh"}));
}

TEST(VirtualService, titlesSayWhatMatches)
{
    struct Row {
        const char *match;
        const char *title;
        const char *detail;
    };
    static constexpr Row Rows[] = {
        {"{uri: {prefix: /api}}", "/api prefix", "path"},
        {"{uri: {exact: /login}}", "/login", "path, exact"},
        {"{uri: {regex: '/v[0-9]+'}}", "/v[0-9]+", "path, regex"},
        {"{uri: {prefix: /}}", "Everything", ""},
        {"{uri: {regex: '.*'}}", "Everything", ""},
        {"{}", "Everything", ""},
        {"{method: {exact: GET}}", "GET", "method"},
        {"{queryParams: {v: {exact: '2'}}}", "?v=2", "query, exact"},
        {"{headers: {cookie: {regex: '*'}}}", "cookie present", "header, present"},
        {"{headers: {cookie: {}}}", "cookie present", "header, present"},
        {"{headers: {cookie: }}", "cookie present", "header, present"},
        {"{withoutHeaders: {x: {regex: '*'}}}", "no x", "header, absent"},
        {"{withoutHeaders: {x: {exact: z}}}", "not x: z", "header, exact"},
        {"{uri: {prefix: /a}, headers: {x: {prefix: b}}}", "/a prefix and x: b…", "path and header"},
        {"{gateways: [gw]}", "at shop/gw", "gateways"},
        {"{sourceNamespace: ops}", "from ops", "sourceNamespace"},
        {"{authority: {exact: a.example}}", "a.example", "host"},
    };
    for (const Row &row : Rows) {
        SCOPED_TRACE(row.match);
        const RouteObject route = routeOf(
            virtualService("  hosts: [a]\n  http:\n  - match: [" + std::string(row.match) + "]\n    route: [{destination: {host: a}}]\n"));
        ASSERT_EQ(route.rules.size(), 1U);
        EXPECT_TRUE(route.problems.empty());
        EXPECT_EQ(route.rules[0].title, row.title);
        EXPECT_EQ(route.rules[0].detail, row.detail);
        EXPECT_EQ(route.rules[0].isCatchAll, row.title == std::string("Everything"));
    }
}

TEST(VirtualService, catchAllNeedsToBeLoadedEverywhere)
{
    const RouteObject route = routeOf(virtualService(R"(
  hosts: [a]
  http:
  - match: [{uri: {prefix: /}, sourceLabels: {a: b}}]
    route: [{destination: {host: a}}]
  - match: [{uri: {prefix: /x}}, {sourceNamespace: b}]
    route: [{destination: {host: a}}]
)"));
    EXPECT_FALSE(route.rules[0].isCatchAll);
    EXPECT_TRUE(route.rules[0].isSidecarOnly);
    EXPECT_FALSE(route.rules[1].isSidecarOnly) << "one of its matches works at a gateway";
    EXPECT_EQ(route.rules[0].title, "a = b");
}

TEST(VirtualService, rulesThatDoNotForwardSayWhatTheyDo)
{
    const RouteObject route = routeOf(virtualService(R"(
  hosts: [a]
  http:
  - match: [{uri: {exact: /a}}]
    redirect: {authority: b.example, uri: /c}
  - match: [{uri: {exact: /b}}]
    directResponse: {status: 503}
  - match: [{uri: {exact: /d}}]
    delegate: {name: inner}
  - route: [{destination: {host: a}}]
    fault: {abort: {httpStatus: 500}}
    retries: {attempts: 3}
)"));
    EXPECT_EQ(route.rules[0].action, "redirects to b.example/c");
    EXPECT_EQ(route.rules[1].action, "answers 503");
    EXPECT_EQ(route.rules[2].action, "delegates to shop/inner");
    EXPECT_EQ(route.rules[3].features, (Texts {"fault", "retries"}));
    EXPECT_EQ(route.headline(), &route.rules[3]);
}

TEST(VirtualService, labelsAreUnique)
{
    const RouteObject route = routeOf(virtualService(R"(
  hosts: [a]
  http:
  - route:
    - {destination: {host: a, subset: v1}, weight: 1}
    - {destination: {host: b, subset: v1}, weight: 1}
    - {destination: {host: c, port: {number: 80}}, weight: 1}
    - {destination: {host: c, port: {number: 81}}, weight: 1}
    - {destination: {host: c, port: {number: 81}}, weight: 1}
    - {destination: {host: httpbin.org}, weight: 1}
)"));
    EXPECT_EQ(labels(route.rules[0]), (Texts {"a v1", "b v1", "shop/c", "shop/c:81", "shop/c:81 #2", "httpbin.org"}));
    EXPECT_TRUE(route.rules[0].destinations[5].service.empty());
}

TEST(RouteObject, wrongTypesAreProblemsThatNameThePath)
{
    struct Row {
        const char *spec;
        const char *path;
        const char *message;
    };
    static constexpr Row Rows[] = {
        {"  http: 5\n", "spec.http", "http must be a list, not a number"},
        {"  http: [5]\n", "spec.http[0]", "must be a map, not a number"},
        {"  http: [{route: {a: b}}]\n", "spec.http[0].route", "route must be a list, not a map"},
        {"  http: [{route: [x]}]\n", "spec.http[0].route[0]", "must be a map, not text"},
        {"  http: [{route: [{destination: {host: a}, weight: ninety}]}]\n", "spec.http[0].route[0].weight",
            "weight must be a whole number, not text"},
        {"  http: [{route: [{destination: {host: a}, weight: 1.5}]}]\n", "spec.http[0].route[0].weight",
            "weight must be a whole number"},
        {"  http: [{route: [{destination: {host: a}, weight: -1}]}]\n", "spec.http[0].route[0].weight",
            "weight must not be negative"},
        {"  http: [{route: [{destination: {host: a}, weight: 9999999999}]}]\n", "spec.http[0].route[0].weight",
            "weight must fit 32 bits"},
        {"  http: [{route: [{destination: {host: 7}}]}]\n", "spec.http[0].route[0].destination.host",
            "host must be text, not a number"},
        {"  http: [{route: [{weight: 1}]}]\n", "spec.http[0].route[0].destination", "must be a map, not null"},
        {"  http: [{route: [{destination: {host: a, port: {number: 70000}}}]}]\n",
            "spec.http[0].route[0].destination.port.number", "must be a port"},
        {"  http: [{match: [{headers: [a]}], route: [{destination: {host: a}}]}]\n", "spec.http[0].match[0].headers",
            "must be a map, not a list"},
        {"  http: [{match: [null], route: [{destination: {host: a}}]}]\n", "spec.http[0].match[0]", "must be a map, not null"},
    };
    for (const Row &row : Rows) {
        SCOPED_TRACE(row.spec);
        const RouteObject route = routeOf(virtualService(std::string("  hosts: [a]\n") + row.spec));
        ASSERT_FALSE(route.problems.empty());
        EXPECT_EQ(route.problems[0].path, row.path);
        EXPECT_EQ(route.problems[0].message, row.message);
        for (const Rule &rule : route.rules)
            EXPECT_FALSE(rule.isEditable);
    }
}

TEST(RouteObject, refusesWhatIsNoRoute)
{
    for (const char *text : {"{}", "[]", "5", "{kind: VirtualService}", "{apiVersion: v1, kind: Service, metadata: {name: a}}",
             "{apiVersion: networking.istio.io/v1, kind: VirtualService}",
             "{apiVersion: networking.istio.io/v9, kind: VirtualService, metadata: {name: a}}",
             "{apiVersion: gateway.networking.k8s.io/v1, kind: UDPRoute, metadata: {name: a}}"}) {
        SCOPED_TRACE(text);
        const Result<RouteObject> route = parseRoute(yaml(text));
        ASSERT_FALSE(route);
        EXPECT_EQ(route.error().code, ErrorCode::InvalidInput);
    }
    EXPECT_TRUE(isRoute("networking.istio.io/v1alpha3", "VirtualService"));
    EXPECT_FALSE(isRoute("v1", "VirtualService"));
}

TEST(RouteObject, boundsWhatItReads)
{
    value::Value object = yaml(virtualService("  hosts: [a]\n"));
    value::Value rules = value::Value::list();
    for (int i = 0; i < 3000; ++i)
        rules.append(value::Value::map({}));
    value::Value spec = object["spec"];
    spec.set("http", rules);
    const Result<RouteObject> route = parseRoute(object);
    ASSERT_TRUE(route);
    EXPECT_EQ(route->rules.size(), RouteLimits().maxRules);
    EXPECT_FALSE(route->problems.empty());
}

TEST(HttpRoute, rulesStandInTheOrderTheyWin)
{
    const RouteObject route = routeOf(httpRoute(R"(
  parentRefs: [{name: public-gw, sectionName: https}, {kind: Service, group: "", name: catalog}]
  hostnames: [shop.example.com]
  rules:
  - backendRefs: [{name: catalog, port: 80}]
  - matches: [{path: {value: /api}}]
    backendRefs: [{name: api, port: 80, weight: 3}, {name: api-next, port: 80}]
  - matches: [{path: {type: Exact, value: /api}}]
    filters: [{type: RequestRedirect, requestRedirect: {hostname: b.example}}]
  - matches: [{path: {value: /api}, headers: [{name: X-A, value: b}, {name: x-a, value: c}]}]
    backendRefs: [{name: other, namespace: ops, port: 80}, {kind: Bucket, group: store.example, name: s3}]
)"));
    ASSERT_EQ(route.rules.size(), 4U);
    EXPECT_TRUE(route.problems.empty());
    EXPECT_EQ(route.gateways, (Texts {"Gateway shop/public-gw https", "Service shop/catalog"}));
    EXPECT_EQ(route.rules[0].index, 2);
    EXPECT_EQ(route.rules[0].action, "redirects to b.example");
    EXPECT_EQ(route.rules[1].index, 3);
    EXPECT_EQ(route.rules[1].title, "/api prefix and x-a: b") << "of a doubled name the first counts";
    EXPECT_EQ(route.rules[1].destinations[0].ns, "ops");
    EXPECT_TRUE(route.rules[1].destinations[1].service.empty());
    EXPECT_EQ(route.rules[2].index, 1);
    EXPECT_EQ(route.rules[2].weights(), (Weights {3, 1})) << "the default weight is 1";
    EXPECT_FALSE(route.rules[2].destinations[1].isWeightWritten);
    EXPECT_EQ(route.rules[3].title, "Everything else");
}

TEST(GrpcRoute, readsMethods)
{
    const RouteObject route = routeOf(R"(
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: orders, namespace: shop}
spec:
  rules:
  - matches: [{method: {service: shop.Orders, method: Place}}]
    backendRefs: [{name: orders, port: 9000, weight: 1000}, {name: orders-next, port: 9000, weight: 50}]
)");
    EXPECT_EQ(route.rules[0].title, "shop.Orders and Place");
    EXPECT_EQ(route.rules[0].total, 1050);
}

TEST(StreamRoutes, haveWeightsAndNoMatches)
{
    for (const char *const head : {"v1alpha2\nkind: TCPRoute", "v1alpha3\nkind: TLSRoute", "v1\nkind: TLSRoute"}) {
        const RouteObject route = routeOf(std::string("apiVersion: gateway.networking.k8s.io/") + head + R"(
metadata: {name: mail, namespace: shop}
spec:
  parentRefs: [{name: edge, sectionName: smtp}]
  rules:
  - backendRefs: [{name: mail, port: 25, weight: 9}, {name: mail-next, port: 25}]
)");
        EXPECT_TRUE(route.problems.empty()) << head;
        EXPECT_TRUE(route.isGatewayApi());
        EXPECT_EQ(route.gateways, (Texts {"Gateway shop/edge smtp"}));
        ASSERT_EQ(route.rules.size(), 1U) << head;
        EXPECT_TRUE(route.rules[0].isCatchAll);
        EXPECT_TRUE(route.rules[0].isEditable);
        EXPECT_EQ(route.rules[0].weights(), (Weights {9, 1}));
        EXPECT_EQ(route.rules[0].destinations[1].weightPointer, "/spec/rules/0/backendRefs/1/weight");
    }
}

TEST(Ingress, pairsCanaryWithItsPrimary)
{
    static constexpr std::string_view Spec = R"(
spec:
  ingressClassName: nginx
  rules:
  - host: web.example
    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: NAME, port: {number: 80}}}}]}
)";
    const auto ingress = [](std::string_view name, std::string_view annotations) {
        std::string spec(Spec);
        spec.replace(spec.find("NAME"), 4, name);
        return "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: " + std::string(name)
            + ", namespace: shop, annotations: {" + std::string(annotations) + "}}" + spec;
    };
    RouteObject canary = routeOf(ingress("web-canary",
        "nginx.ingress.kubernetes.io/canary: 'true', nginx.ingress.kubernetes.io/canary-weight: '15', "
        "nginx.ingress.kubernetes.io/canary-by-header: x-next"));
    const RouteObject primary = routeOf(ingress("web", ""));
    ASSERT_EQ(canary.rules.size(), 1U);
    EXPECT_EQ(canary.rules[0].section, "canary");
    EXPECT_EQ(canary.rules[0].weights(), (Weights {85, 15}));
    EXPECT_EQ(canary.rules[0].detail, "header x-next goes first");
    EXPECT_EQ(canary.rules[0].destinations[1].weightPointer,
        "/metadata/annotations/nginx.ingress.kubernetes.io~1canary-weight");
    EXPECT_TRUE(pairIngress(canary, primary));
    EXPECT_EQ(canary.canaryOf, "shop/web");
    EXPECT_EQ(labels(canary.rules[0]), (Texts {"web", "web-canary"}));
    EXPECT_DOUBLE_EQ(canary.rules[0].destinations[0].share, 0.85);
    EXPECT_FALSE(primary.rules[0].isEditable);
    RouteObject again = canary;
    EXPECT_FALSE(pairIngress(again, canary)) << "a canary is nobody's primary";

    const RouteObject bad = routeOf(ingress("web-canary",
        "nginx.ingress.kubernetes.io/canary: 'true', nginx.ingress.kubernetes.io/canary-weight: lots"));
    ASSERT_EQ(bad.problems.size(), 1U);
    EXPECT_EQ(bad.problems[0].path, "metadata.annotations[\"nginx.ingress.kubernetes.io/canary-weight\"]");
    EXPECT_FALSE(bad.rules[0].isEditable);
}

TEST(Hosts, shortNamesLiveWithTheRule)
{
    struct Row {
        const char *host;
        const char *service; ///< "ns/name" or empty
        const char *full;
    };
    static constexpr Row Rows[] = {
        {"reviews", "shop/reviews", "reviews.shop.svc.cluster.local"},
        {"Reviews", "shop/reviews", "reviews.shop.svc.cluster.local"},
        {"reviews.ops", "ops/reviews", "reviews.ops"},
        {"reviews.ops.svc", "ops/reviews", "reviews.ops.svc"},
        {"reviews.ops.svc.cluster.local", "ops/reviews", "reviews.ops.svc.cluster.local"},
        {"reviews.ops.svc.other.local", "", "reviews.ops.svc.other.local"},
        {"httpbin.org", "", "httpbin.org"},
        {"10.0.0.1", "", "10.0.0.1"},
        {"*.example.com", "", "*.example.com"},
        {"*", "", "*"},
        {"", "", ""},
        {"a_b", "", "a_b.shop.svc.cluster.local"},
    };
    for (const Row &row : Rows) {
        SCOPED_TRACE(row.host);
        const std::optional<ServiceName> service = serviceOfHost(row.host, "shop");
        EXPECT_EQ(service ? service->ns + "/" + service->name : "", row.service);
        EXPECT_EQ(fullHost(row.host, "shop"), row.full);
    }
}

TEST(Pointers, readAsPeopleWriteThem)
{
    EXPECT_EQ(displayPath("/spec/http/2/route/1/weight"), "spec.http[2].route[1].weight");
    EXPECT_EQ(displayPath("/metadata/annotations/a.b~1c"), "metadata.annotations[\"a.b/c\"]");
    EXPECT_EQ(displayPath(""), "");
}
