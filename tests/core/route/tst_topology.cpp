#include "fixtures.h"

#include <chrono>

using namespace fairway;
using namespace fairway::route;

namespace {

Destination destination(std::string service, std::string subset = {}, int port = 0)
{
    Destination out;
    out.host = service;
    out.service = std::move(service);
    out.ns = "shop";
    out.subset = std::move(subset);
    out.port = port;
    return out;
}

} // namespace

TEST(Topology, followsASubsetToItsPods)
{
    const TopologyView shop = topologyOf(kShop);
    const Resolution v1 = shop.resolve(destination("reviews", "v1", 9080), "shop");
    EXPECT_EQ(v1.problem, Resolution::Problem::None) << v1.message;
    EXPECT_EQ(v1.service, "shop/reviews");
    EXPECT_EQ(v1.destinationRule, "shop/reviews");
    EXPECT_EQ(v1.ready, 2U);
    ASSERT_EQ(v1.endpoints.size(), 2U);
    EXPECT_EQ(v1.endpoints[0], (Endpoint {"reviews-v1-a", "shop", "10.0.0.1:8080", true}));

    const Resolution v2 = shop.resolve(destination("reviews", "v2"), "shop");
    EXPECT_EQ(v2.ready, 1U);
    EXPECT_EQ(v2.total, 2U);
    EXPECT_EQ(v2.endpoints[0].pod, "reviews-v2-a");
    EXPECT_FALSE(v2.isBroken());

    EXPECT_EQ(shop.resolve(destination("reviews"), "shop").total, 4U);
    EXPECT_EQ(shop.resolve(destination("reviews"), "shop", 3).endpoints.size(), 3U);
    EXPECT_EQ(shop.resolve(destination("reviews"), "shop", 3).total, 4U);
}

TEST(Topology, saysWhatIsMissing)
{
    const TopologyView shop = topologyOf(kShop);
    using Problem = Resolution::Problem;
    struct Row {
        Destination destination;
        Problem problem;
        const char *message;
    };
    Destination external = destination("");
    external.host = "httpbin.org";
    const Row rows[] = {
        {destination("nobody"), Problem::NoService, "Service shop/nobody not found"},
        {destination("reviews", "v9"), Problem::NoSubset, "no subset v9 in DestinationRule shop/reviews"},
        {destination("reviews", "v3"), Problem::NoEndpoint, "no pod of shop/reviews carries version=v3"},
        {destination("reviews", "v1", 1234), Problem::NoPort, "Service shop/reviews has no port 1234"},
        {external, Problem::External, "httpbin.org is not a Service of this cluster"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.message);
        const Resolution found = shop.resolve(row.destination, "shop");
        EXPECT_EQ(found.problem, row.problem);
        EXPECT_EQ(found.message, row.message);
        EXPECT_EQ(found.isBroken(), row.problem != Problem::External);
    }
    TopologyView bare = shop;
    bare.remove("DestinationRule", "shop", "reviews");
    EXPECT_EQ(bare.resolve(destination("reviews", "v1"), "shop").message, "no DestinationRule defines subset v1 of shop/reviews");
    EXPECT_EQ(shop.resolve(destination("reviews", "v1"), "shop").ready, 2U) << "a copy is independent";
}

TEST(Topology, changesArriveOneByOne)
{
    TopologyView shop = topologyOf(kShop);
    EXPECT_TRUE(shop.upsert(yaml(R"(
kind: Pod
metadata: {name: reviews-v1-b, namespace: shop, labels: {app: reviews, version: v2}}
)")));
    EXPECT_EQ(shop.resolve(destination("reviews", "v1"), "shop").total, 1U);
    EXPECT_EQ(shop.resolve(destination("reviews", "v2"), "shop").total, 3U);
    // A pod that has no address yet stands in no slice but is counted.
    EXPECT_TRUE(shop.upsert(yaml("{kind: Pod, metadata: {name: p, namespace: shop, labels: {app: reviews, version: v3}}}")));
    EXPECT_EQ(shop.resolve(destination("reviews", "v3"), "shop").message, "none of 1 pod is ready");
    shop.remove("Pod", "shop", "p");
    shop.remove("Pod", "shop", "never-there");
    EXPECT_EQ(shop.resolve(destination("reviews", "v3"), "shop").problem, Resolution::Problem::NoEndpoint);
    shop.remove("EndpointSlice", "shop", "reviews-abc");
    EXPECT_EQ(shop.resolve(destination("reviews", "v1"), "shop").ready, 0U);
    shop.clear("Pod");
    EXPECT_EQ(shop.podCount(), 0U);
    EXPECT_EQ(shop.resolve(destination("reviews"), "shop").problem, Resolution::Problem::NoEndpoint);
    EXPECT_FALSE(shop.upsert(yaml("{kind: ConfigMap, metadata: {name: a}}")));
    EXPECT_FALSE(shop.upsert(yaml("{kind: Pod}")));
    EXPECT_FALSE(shop.upsert(yaml("5")));
}

TEST(Topology, withoutSlicesPodsDecide)
{
    const TopologyView shop = topologyOf(R"(
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: web}, {name: admin, port: 81, targetPort: 9000}]}
---
kind: Pod
metadata: {name: web-a, namespace: shop, labels: {app: web}}
spec: {containers: [{ports: [{name: web, containerPort: 8080}]}]}
status: {podIP: 'fd00::1', conditions: [{type: Ready, status: 'True'}]}
---
kind: Pod
metadata: {name: web-done, namespace: shop, labels: {app: web}}
status: {phase: Succeeded, podIP: 10.0.0.9}
---
kind: Pod
metadata: {name: web-other, namespace: elsewhere, labels: {app: web}}
status: {podIP: 10.0.0.8, conditions: [{type: Ready, status: 'True'}]}
)");
    const Resolution http = shop.resolve(destination("web", "", 80), "shop");
    ASSERT_EQ(http.endpoints.size(), 1U);
    EXPECT_EQ(http.endpoints[0].address, "[fd00::1]:8080");
    EXPECT_FALSE(http.needsPort);
    EXPECT_EQ(shop.resolve(destination("web", "", 81), "shop").endpoints[0].address, "[fd00::1]:9000");
    EXPECT_TRUE(shop.resolve(destination("web"), "shop").needsPort);
}

TEST(Topology, destinationRulesAreLookedUpAsIstioDoes)
{
    static constexpr std::string_view Base = R"(
kind: Service
metadata: {name: a, namespace: server}
spec: {ports: [{port: 80}]}
)";
    const auto rule = [](std::string_view ns, std::string_view name, std::string_view host, std::string_view subset,
                          std::string_view more = {}) {
        return "---\nkind: DestinationRule\nmetadata: {name: " + std::string(name) + ", namespace: " + std::string(ns)
            + "}\nspec: {host: '" + std::string(host) + "', subsets: [{name: " + std::string(subset) + ", labels: {v: x}}]"
            + std::string(more) + "}\n";
    };
    Destination a = destination("a", "s");
    a.ns = "server";
    struct Row {
        const char *what;
        std::string rules;
        const char *found; ///< DestinationRule that the message or the result names.
        bool hasSubset;
    };
    const std::string full = "a.server.svc.cluster.local";
    const Row rows[] = {
        {"the service's namespace", rule("server", "r", "a", "s"), "server/r", true},
        {"the client's own comes first, even without the subset", rule("server", "r", "a", "s") + rule("client", "c", full, "other"),
            "client/c", false},
        {"a short name means the rule's own namespace", rule("client", "c", "a", "s"), "", false},
        {"the root namespace comes last", rule("istio-system", "r", full, "s"), "istio-system/r", true},
        {"an exact host beats a wildcard", rule("server", "w", "*.server.svc.cluster.local", "s") + rule("server", "x", full, "other"),
            "server/x", false},
        {"a longer wildcard beats a shorter",
            rule("server", "w", "*.server.svc.cluster.local", "s") + rule("server", "x", "*.local", "other"), "server/w", true},
        {"private rules stay at home", rule("server", "r", "a", "s", ", exportTo: ['.']"), "", false},
        {"rules for one host are concatenated", rule("server", "r1", "a", "other") + rule("server", "r2", "a", "s"), "server/r2", true},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.what);
        const TopologyView topology = topologyOf(std::string(Base) + row.rules);
        const Resolution found = topology.resolve(a, "client");
        EXPECT_EQ(found.destinationRule, row.found);
        EXPECT_EQ(found.problem == Resolution::Problem::NoEndpoint, row.hasSubset) << found.message;
    }
}

TEST(Topology, fieldsOfTheWrongTypeCountAsAbsent)
{
    TopologyView topology;
    EXPECT_TRUE(topology.upsert(yaml("{kind: Service, metadata: {name: a, namespace: shop}, spec: {ports: 7, selector: [x]}}")));
    EXPECT_TRUE(topology.upsert(yaml("{kind: Pod, metadata: {name: a, namespace: shop, labels: {a: 1}}, status: text}")));
    EXPECT_TRUE(topology.upsert(yaml("{kind: EndpointSlice, metadata: {name: a, namespace: shop}, endpoints: {x: y}}")));
    EXPECT_TRUE(topology.upsert(yaml("{kind: DestinationRule, metadata: {name: a, namespace: shop}, spec: [1]}")));
    EXPECT_EQ(topology.resolve(destination("a"), "shop").problem, Resolution::Problem::NoEndpoint);
}

TEST(Topology, findsThePodOfAnAddress)
{
    TopologyView shop = topologyOf(kShop);
    ASSERT_TRUE(shop.upsert(yaml("{kind: Pod, metadata: {name: web, namespace: shop, labels: {app: web, version: v1}}, status: {podIP: 10.0.0.7}}")));
    const auto pod = shop.podAt("10.0.0.7");
    ASSERT_TRUE(pod);
    EXPECT_EQ(pod->ns + "/" + pod->name, "shop/web");
    EXPECT_EQ(pod->labels, (std::map<std::string, std::string> {{"app", "web"}, {"version", "v1"}}));
    EXPECT_FALSE(shop.podAt("10.9.9.9"));
    EXPECT_FALSE(shop.podAt(""));
    // Several on the network of one node: which one was it?
    for (const char *const name : {"a", "b"})
        ASSERT_TRUE(shop.upsert(yaml(std::string("{kind: Pod, metadata: {name: ") + name + ", namespace: shop}, status: {podIP: 192.0.2.1}}")));
    EXPECT_FALSE(shop.podAt("192.0.2.1"));
    shop.remove("Pod", "shop", "a");
    EXPECT_EQ(shop.podAt("192.0.2.1")->name, "b");
}

TEST(Topology, fiftyThousandPodsAreCheap)
{
    TopologyView topology = topologyOf(kShop);
    const value::Value pod = yaml("{kind: Pod, metadata: {name: p, namespace: shop, labels: {app: x, pod-template-hash: y}}}");
    for (int i = 0; i < 50000; ++i) {
        value::Value metadata = pod["metadata"];
        metadata.set("name", value::Value("p-" + std::to_string(i)));
        value::Value labels = metadata["labels"];
        labels.set("app", value::Value("app-" + std::to_string(i % 500)));
        ASSERT_TRUE(topology.upsert(pod));
    }
    EXPECT_EQ(topology.podCount(), 50004U);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 1000; ++i)
        ASSERT_EQ(topology.resolve(destination("reviews", "v1"), "shop").ready, 2U);
    // Generous for sanitizers on a busy machine: a scan of all pods would take minutes.
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}
