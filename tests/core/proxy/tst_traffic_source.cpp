#include "core/proxy/config_file.h"
#include "core/proxy/traffic_source.h"
#include "core/route/resolve.h"
#include "core/value/yaml.h"
#include "tests/core/proxy/traffic_fixture.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

/// Where compiled routes of `proxy run` come from.
namespace fairway::proxy {
namespace {

std::vector<value::Value> objects()
{
    const auto read = value::parseYamlDocuments(R"(
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
  - route:
    - {destination: {host: reviews, subset: v1}, weight: 75}
    - {destination: {host: reviews, subset: v2}, weight: 25}
)");
    EXPECT_TRUE(read);
    return read ? *read : std::vector<value::Value>();
}

Endpoint at(int port)
{
    const std::string text = "127.0.0.1:" + std::to_string(port);
    return {*net::SocketAddress::parse(text), text};
}

bool tells(const LoadedTraffic &loaded, const std::string &part)
{
    return std::any_of(loaded.notes.begin(), loaded.notes.end(), [&](const Text &text) { return text.plain().find(part) != std::string::npos; });
}

TEST(TrafficSource, CompilesObjectsForAPlaceAndGivesTargetsTheirEndpoints)
{
    TrafficSource source;
    source.ns = "shop";
    source.endpoints["reviews.shop.svc.cluster.local:9080 v1"] = {at(9001)};
    const auto loaded = trafficOf(source, objects());
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->traffic.door.port, 9080) << "the only one";
    EXPECT_EQ(loaded->traffic.endpoints.size(), 1U);
    EXPECT_EQ(loaded->without, std::vector<std::string> {"reviews.shop.svc.cluster.local:9080 v2"});

    source.endpoints["reviews v7"] = {at(9001)};
    const auto wrong = trafficOf(source, objects());
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find("endpoints: \"reviews v7\" is no target; there are reviews.shop"), std::string::npos) << wrong.error().message;
    source.endpoints.clear();
    source.ports = {80};
    const auto elsewhere = trafficOf(source, objects());
    ASSERT_FALSE(elsewhere);
    EXPECT_EQ(elsewhere.error().message.find("port: "), 0U) << elsewhere.error().message;
    EXPECT_NE(elsewhere.error().message.find("on 9080, not on 80"), std::string::npos) << elsewhere.error().message;
    for (const char *const place : {"gateway/shop/none", "nowhere", "ingress"}) {
        source.at = place;
        const auto nowhere = trafficOf(source, objects());
        ASSERT_FALSE(nowhere) << place;
        EXPECT_EQ(nowhere.error().message.find("at: "), 0U) << nowhere.error().message;
    }
}

TEST(TrafficSource, TargetsGoByTheNamesOfObjects)
{
    for (const char *const name : {"reviews v1", "reviews:9080 v1", "reviews.shop v1", "reviews.shop:9080 v1", "reviews.shop.svc.cluster.local v1"}) {
        TrafficSource source;
        source.ns = "shop";
        source.endpoints[name] = {at(9001)};
        const auto loaded = trafficOf(source, objects());
        ASSERT_TRUE(loaded) << name << ": " << loaded.error().message;
        EXPECT_EQ(loaded->traffic.endpoints.size(), 1U) << name;
        EXPECT_EQ(loaded->traffic.endpoints.count("reviews.shop.svc.cluster.local:9080 v1"), 1U) << name;
    }
    TrafficSource both;
    both.ns = "shop";
    both.endpoints["reviews v1"] = {at(9001)};
    both.endpoints["reviews.shop:9080 v1"] = {at(9002)};
    const auto loaded = trafficOf(both, objects());
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->traffic.endpoints.at("reviews.shop.svc.cluster.local:9080 v1").front().name, "127.0.0.1:9002") << "the more exact name";
}

TEST(TrafficSource, PodsOfTheObjectsServeWhatNobodyNamed)
{
    constexpr const char *Slice = R"(
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews, namespace: shop}
spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}], trafficPolicy: {outlierDetection: {consecutive5xxErrors: 3}}}
---
apiVersion: v1
kind: Pod
metadata: {name: one, namespace: shop, labels: {app: reviews, version: v1}}
---
apiVersion: v1
kind: Pod
metadata: {name: two, namespace: shop, labels: {app: reviews, version: v2}}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: reviews-1, namespace: shop, labels: {kubernetes.io/service-name: reviews}}
addressType: IPv4
ports: [{name: http, port: 9001}]
endpoints:
- {addresses: [127.0.0.1], conditions: {ready: true}, targetRef: {kind: Pod, name: one, namespace: shop}}
- {addresses: [10.1.2.3], conditions: {ready: true}, targetRef: {kind: Pod, name: two, namespace: shop}}
)";
    const auto more = value::parseYamlDocuments(Slice);
    ASSERT_TRUE(more) << more.error().message;
    std::vector<value::Value> all = objects();
    all.insert(all.end(), more->begin(), more->end());
    const std::pair<TrafficSource::Pods, std::size_t> rows[] = {{TrafficSource::Pods::None, 0}, {TrafficSource::Pods::Local, 1}, {TrafficSource::Pods::All, 2}};
    for (const auto &[pods, count] : rows) {
        TrafficSource source;
        source.ns = "shop";
        source.pods = pods;
        const auto loaded = trafficOf(source, all);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->traffic.endpoints.size(), count);
        EXPECT_EQ(loaded->without.size(), 2 - count);
        EXPECT_TRUE(tells(*loaded, "not executed: traffic policies (DestinationRule shop/reviews spec.trafficPolicy.outlierDetection)"));
    }
}

TEST(TrafficSource, TellsWhatIsNotExecutedByObjectAndField)
{
    constexpr const char *Objects = R"(
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
  - match: [{uri: {prefix: /a}}]
    headers: {request: {set: {x-peer: "%DOWNSTREAM_REMOTE_ADDRESS%", x-time: "%START_TIME(%s)%", x-percent: "100%%"}}}
    route: [{destination: {host: reviews}}]
  - retries: {attempts: 2, retryOn: "5xx,envoy-ratelimited", retryRemoteLocalities: true}
    route: [{destination: {host: reviews}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: elsewhere, namespace: shop}
spec: {hosts: [reviews], gateways: [front], http: [{route: [{destination: {host: reviews}}]}]}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: deny, namespace: shop}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: unrelated, namespace: bank}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: lua, namespace: shop}
spec: {configPatches: [{applyTo: HTTP_FILTER, match: {context: SIDECAR_OUTBOUND}, patch: {operation: INSERT_BEFORE, value: {name: lua}}}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: refused, namespace: shop}
spec: {hosts: [ratings], http: [{match: [{uri: {regex: "("}}], route: [{destination: {host: reviews}}]}]}
)";
    const auto read = value::parseYamlDocuments(Objects);
    ASSERT_TRUE(read) << read.error().message;
    TrafficSource source;
    source.ns = "shop";
    const auto loaded = trafficOf(source, *read);
    ASSERT_TRUE(loaded) << loaded.error().message;
    std::string all;
    for (const Text &text : loaded->notes) {
        all += text.plain() + "\n";
    }
    for (const char *const part : {"sent as they stand (VirtualService shop/reviews spec.http[0].headers: x-time)\n",
             "conditions for a retry (VirtualService shop/reviews spec.http[1].retries: envoy-ratelimited)\n",
             "where retries go (VirtualService shop/reviews spec.http[1].retries.retryRemoteLocalities)\n", "AuthorizationPolicy (shop/deny)\n", "EnvoyFilter shop/lua",
             "VirtualService shop/elsewhere", "VirtualService shop/refused spec.http[0].match[0].uri"}) {
        EXPECT_TRUE(tells(*loaded, std::string(part).substr(0, std::string(part).find('\n')))) << part << "\n" << all;
    }
    EXPECT_EQ(all.find("x-percent"), std::string::npos) << all;
    EXPECT_EQ(all.find("x-peer"), std::string::npos) << all;
    EXPECT_EQ(all.find("unrelated"), std::string::npos) << all;
}

TEST(TrafficSource, RefusesWhatTheGroupsDoNotHave)
{
    const auto problem = [](const char *api, const char *kind) {
        return problemOfKind(value::Value::map({{"apiVersion", value::Value(api)}, {"kind", value::Value(kind)}})).plain();
    };
    EXPECT_EQ(problem("networking.istio.io/v1", "VirtualServce"), "networking.istio.io has no kind VirtualServce");
    EXPECT_EQ(problem("networking.istio.io/v2", "VirtualService"), "networking.istio.io has no version v2");
    EXPECT_EQ(problem("gateway.networking.k8s.io/v1", "Route"), "gateway.networking.k8s.io has no kind Route");
    EXPECT_EQ(problem("networking.istio.io", "Gateway"), "networking.istio.io has no version ");
    EXPECT_EQ(problem("networking.istio.io/v1beta1", "VirtualService"), "");
    EXPECT_EQ(problem("example.com/v7", "Anything"), "");
}

TEST(TrafficSource, ExecutesEnvoysRoutes)
{
    const auto dump = value::parseYaml(R"({"configs": [
      {"static_clusters": [{"cluster": {"name": "a", "connect_timeout": "1s", "lb_policy": "RING_HASH", "load_assignment": {"cluster_name": "a", "endpoints": []}}}]},
      {"static_listeners": [{"listener": {"name": "front", "filter_chains": [{"filters": [{"typed_config": {"rds": {"route_config_name": "http.80"},
        "http_filters": [{"name": "envoy.filters.http.jwt_authn"}, {"name": "envoy.filters.http.router"}]}}]}]}}]},
      {"dynamic_route_configs": [{"route_config": {"name": "http.80", "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [
        {"match": {"prefix": "/b"}, "route": {"cluster": "b", "hash_policy": [{"header": {"header_name": "x"}}]}},
        {"match": {"prefix": "/"}, "route": {"cluster": "a"}}]}]}},
        {"route_config": {"name": "other", "virtual_hosts": []}}]}]})");
    ASSERT_TRUE(dump);
    TrafficSource source;
    source.envoyFile = "dump.json";
    source.endpoints["a"] = {at(9001)};
    const auto loaded = trafficOfEnvoy(source, *dump);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->without, std::vector<std::string> {"b"});
    EXPECT_TRUE(tells(*loaded, "route.hash_policy is left out: virtual host all, route 0"));
    EXPECT_TRUE(tells(*loaded, "not executed: listener front: envoy.filters.http.jwt_authn"));
    EXPECT_TRUE(tells(*loaded, "not executed: cluster a: lb_policy RING_HASH"));
    EXPECT_EQ(loaded->notes.size(), 3U);
    route::Call call;
    call.port = loaded->traffic.door.port;
    call.request.authority = "any.example";
    call.request.path = "/b/1";
    const route::Decision decision = route::resolve(*loaded->traffic.table, call);
    ASSERT_NE(decision.target, nullptr);
    EXPECT_EQ(decision.target->host, "b");

    source.envoyRoute = "missing";
    const auto missing = trafficOfEnvoy(source, *dump);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message, "route: there is no route configuration \"missing\"; there are http.80, other");
    source.envoyRoute = {};
    source.endpoints["c"] = {at(9001)};
    const auto wrong = trafficOfEnvoy(source, *dump);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().message, "endpoints: \"c\" is no target; there are b, a");
    EXPECT_FALSE(trafficOfEnvoy({}, value::Value::map()));
}

std::vector<value::Value> threePorts()
{
    const auto read = value::parseYamlDocuments(R"(
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: shop}
spec:
  selector: {istio: front}
  servers:
  - {port: {number: 8080, name: a, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 80, name: b, protocol: HTTP}, hosts: ["*"]}
  - {port: {number: 443, name: c, protocol: HTTPS}, hosts: ["*"], tls: {mode: SIMPLE, credentialName: c}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: web, namespace: shop}
spec:
  hosts: [web.test]
  gateways: [front]
  http:
  - {match: [{port: 80}], directResponse: {status: 200, body: {string: port 80}}}
  - {match: [{port: 443, scheme: {exact: https}}], directResponse: {status: 200, body: {string: port 443 by https}}}
  - {match: [{port: 8080}], directResponse: {status: 200, body: {string: port 8080}}}
)");
    EXPECT_TRUE(read);
    return read ? *read : std::vector<value::Value>();
}

TEST(TrafficSource, ListenersPlayOnePortEach)
{
    struct Row {
        std::vector<int> ports;
        std::size_t listeners;
        std::vector<std::pair<int, bool>> doors; ///< Port and TLS; empty: refused.
        const char *told;                        ///< Part of a note, or of the refusal.
    };
    const Row rows[] = {
        {{}, 3, {{80, false}, {443, true}, {8080, false}}, ""},
        {{8080, 80}, 2, {{8080, false}, {80, false}}, "port 80, 8080 is played; there are rules on 443, too"},
        {{443}, 2, {{443, true}, {443, true}}, "port 443 is played; there are rules on 80, 8080, too"},
        {{80, 80}, 2, {{80, false}, {80, false}}, ""},
        {{}, 1, {}, "port: gateway/shop/front listens for HTTP on 80, 443, 8080: name one"},
        {{}, 2, {}, "port: gateway/shop/front listens for HTTP on 80, 443, 8080: name one"},
        {{80, 443}, 3, {}, "port: 2 ports for 3 listeners: name one for all, or one for each"},
        {{80, 443}, 1, {}, "port: 2 ports for 1 listeners: name one for all, or one for each"},
        {{80, 9}, 2, {}, "port: gateway/shop/front listens for HTTP on 80, 443, 8080, not on 9"},
    };
    for (const Row &row : rows) {
        TrafficSource source;
        source.at = "gateway/shop/front";
        source.ports = row.ports;
        source.listeners = row.listeners;
        const auto loaded = trafficOf(source, threePorts());
        if (row.doors.empty()) {
            ASSERT_FALSE(loaded) << row.told;
            EXPECT_EQ(loaded.error().message, row.told);
            continue;
        }
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_TRUE(*row.told == '\0' || tells(*loaded, row.told)) << row.told;
        for (std::size_t i = 0; i < row.listeners; ++i) {
            const Traffic::Door &door = loaded->traffic.doorOf(i);
            EXPECT_EQ(std::pair(door.port, door.isTls), row.doors[i]) << i;
        }
    }
}

TEST(TrafficSource, EveryListenerAnswersByItsOwnPort)
{
    TrafficSource source;
    source.at = "gateway/shop/front";
    source.listeners = 3;
    auto loaded = trafficOf(source, threePorts());
    ASSERT_TRUE(loaded) << loaded.error().message;
    ProxyConfig config;
    config.listeners.assign(3, net::SocketAddress::loopback(0));
    config.workers = 2;
    config.traffic = std::make_shared<const Traffic>(std::move(loaded->traffic));
    auto proxy = Proxy::start(config);
    ASSERT_TRUE(proxy) << proxy.error().message;
    const auto ask = [&](std::size_t listener) {
        testing::TestClient client((*proxy)->addresses()[listener].port());
        EXPECT_TRUE(client.send("GET / HTTP/1.1\r\nHost: web.test\r\n\r\n"));
        return testing::Message::of(client.receiveAnswer()).body;
    };
    const auto holds = [&] {
        EXPECT_EQ(ask(0), "port 80");
        EXPECT_EQ(ask(1), "port 443 by https");
        EXPECT_EQ(ask(2), "port 8080");
    };
    holds();
    // A worker that leaves hands its listeners on.
    config.workers = 1;
    ASSERT_TRUE((*proxy)->swap(config));
    for (int i = 0; i < 4; ++i) {
        holds();
    }
}

TEST(ConfigFile, TakesTrafficInThePlaceOfRoutes)
{
    const auto file = readConfigFile("listen: 127.0.0.1:0\ntraffic:\n  files: [shop.yaml]\n  at: gateway/shop/front\n  port: 80\n  endpoints:\n"
                                     "    reviews.shop.svc.cluster.local:9080 v1: [\"127.0.0.1:9001\"]\n",
        "f");
    ASSERT_TRUE(file) << file.error().message;
    ASSERT_TRUE(file->traffic);
    EXPECT_EQ(file->traffic->at, "gateway/shop/front");
    EXPECT_EQ(file->traffic->endpoints.count("reviews.shop.svc.cluster.local:9080 v1"), 1U);
    EXPECT_EQ(file->traffic->ports, std::vector<int> {80});
    const auto several = readConfigFile("listen: [127.0.0.1:0, 127.0.0.1:0]\ntraffic: {files: a, port: [80, 443]}\n", "f");
    ASSERT_TRUE(several) << several.error().message;
    EXPECT_EQ(several->traffic->ports, (std::vector<int> {80, 443}));
    const std::pair<const char *, const char *> rows[] = {
        {"listen: 127.0.0.1:0\ntraffic: {at: mesh}\n", "f:2: traffic: needs either files or envoy"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, envoy: b}\n", "f:2: traffic: needs either files or envoy"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, port: 0}\n", "f:2: traffic.port: \"0\" is not a whole number from 1 to 65535"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, colour: red}\n", "f:2: traffic.colour: unknown key"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, endpoints: {x: nowhere}}\n", "f:2: traffic.endpoints.x: \"nowhere\" is not HOST:PORT"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, pods: some}\n", "f:2: traffic.pods: must be none, local or all"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, https: maybe}\n", "f:2: traffic.https: must be true or false"},
        {"listen: 127.0.0.1:0\ntraffic: {files: a, labels: x}\n", "f:2: traffic.labels: must be a map"},
        {"listen: 127.0.0.1:0\nroutes: []\ntraffic: {files: a}\n", "f:3: traffic: routes and traffic exclude each other"},
    };
    for (const auto &[text, message] : rows) {
        const auto refused = readConfigFile(text, "f");
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().message, message) << text;
    }
}

} // namespace
} // namespace fairway::proxy
