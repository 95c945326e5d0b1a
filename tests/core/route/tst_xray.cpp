#include "core/route/log_facts.h"
#include "core/route/xray.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {
namespace {

    constexpr std::string_view objects = R"(
apiVersion: v1
kind: Service
metadata: {name: reviews, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 9080}, {name: udp-x, port: 53, protocol: UDP}]}
---
apiVersion: v1
kind: Service
metadata: {name: two, namespace: shop}
spec: {clusterIP: 10.0.0.2, ports: [{name: http-a, port: 8080}, {name: http-b, port: 8081}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front, namespace: shop}
spec:
  selector: {istio: front}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews, reviews.example.com]
  gateways: [front, mesh]
  http:
  - match: [{headers: {x-tester: {exact: "true"}}}]
    route: [{destination: {host: reviews, subset: v2}}]
  - match: [{sourceLabels: {app: bff}}, {sourceNamespace: team, uri: {prefix: /t}}, {gateways: [shop/other]}, {port: 1234}]
    route: [{destination: {host: reviews, subset: v1}}]
  - route: [{destination: {host: reviews, subset: v3}}]
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: lua, namespace: istio-system}
spec:
  configPatches:
  - {applyTo: HTTP_FILTER, match: {context: GATEWAY}}
  - {applyTo: HTTP_ROUTE, match: {context: GATEWAY, routeConfiguration: {portNumber: 80, vhost: {name: "reviews:80", route: {name: slow}}}}}
---
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: {name: own, namespace: shop}
spec:
  workloadSelector: {labels: {app: web}}
  configPatches: [{applyTo: CLUSTER}]
)";

    class XrayTest : public testing::Test {
    protected:
        void SetUp() override
        {
            Result<std::vector<value::Value>> read = value::parseYamlDocuments(objects);
            ASSERT_TRUE(read) << read.error().message;
            m_desk = std::make_unique<XrayDesk>(std::make_shared<const TrafficConfig>(std::move(*read)));
        }

        static Call get(std::string_view authority, std::string_view target = "/", int port = 80)
        {
            Call call;
            call.request.authority = authority;
            setTarget(call.request, target);
            call.port = port;
            return call;
        }

        static std::vector<std::string> plain(const std::vector<Text> &texts)
        {
            std::vector<std::string> out;
            for (const Text &text : texts)
                out.push_back(text.plain());
            return out;
        }

        const Viewpoint m_mesh {Viewpoint::Kind::Mesh, "shop", {}, {}};
        const Viewpoint m_gateway {Viewpoint::Kind::Gateway, "shop", "front", {}};
        std::unique_ptr<XrayDesk> m_desk;
    };

    TEST_F(XrayTest, TellsRulesThatTheProxyNeverGot)
    {
        const Result<Xray> xray = m_desk->at(m_mesh, get("reviews:9080", "/", 9080));
        ASSERT_TRUE(xray) << xray.error().message;
        ASSERT_TRUE(xray->isTakenByRule());
        EXPECT_EQ(xray->told.decision.route->origin.display(), "VirtualService shop/reviews http[2]");
        ASSERT_EQ(xray->notHeld.size(), 4U);
        EXPECT_EQ(xray->notHeld[0].reason, "not loaded here: it is for clients with app=bff");
        EXPECT_EQ(xray->notHeld[0].origin.path(), "spec.http[1].match[0]");
        EXPECT_EQ(xray->notHeld[1].reason, "not loaded here: it is for clients of namespace team");
        EXPECT_EQ(xray->notHeld[2].reason, "not loaded here: it is for shop/other");
        EXPECT_EQ(xray->notHeld[3].reason, "not loaded here: it is for port 1234");
        for (const TriedRule &rule : xray->notHeld)
            EXPECT_FALSE(rule.isHeld || rule.isTaken);
        for (const TriedRule &rule : xray->told.tried)
            EXPECT_TRUE(rule.isHeld);
    }

    TEST_F(XrayTest, TheClientsLabelsLoadARule)
    {
        Viewpoint bff = m_mesh;
        bff.labels = {{"app", "bff"}};
        const Result<Xray> xray = m_desk->at(bff, get("reviews:9080", "/", 9080));
        ASSERT_TRUE(xray);
        EXPECT_EQ(xray->told.decision.route->origin.path(), "spec.http[1].match[0]");
        EXPECT_EQ(xray->notHeld.size(), 3U);
    }

    TEST_F(XrayTest, SupposesThePortThatIsMeant)
    {
        struct Row {
            const char *what;
            bool isMesh;
            Call call;
            bool isTaken;
            int port;
        };
        Call podsOwn = get("reviews.example.com", "/", 8080);
        podsOwn.address = "10.1.1.1";
        Call address = get("reviews", "/", 81);
        address.address = "10.0.0.1";
        const Row rows[] = {
            {"no port is named: the only one for HTTP", true, get("reviews"), true, 9080},
            {"the full name means the same", true, get("reviews.shop.svc.cluster.local"), true, 9080},
            {"a named port is kept", true, get("reviews:81", "/", 81), false, 81},
            {"the port that was dialled is kept", true, address, false, 81},
            {"of two ports none is supposed", true, get("two"), false, 80},
            {"nobody is meant", true, get("nobody.example"), false, 80},
            {"the log of the gateway's pod names its own port", false, podsOwn, true, 80},
        };
        for (const Row &row : rows) {
            const Result<Xray> xray = m_desk->at(row.isMesh ? m_mesh : m_gateway, row.call);
            ASSERT_TRUE(xray) << row.what;
            EXPECT_EQ(xray->isTaken(), row.isTaken) << row.what;
            EXPECT_EQ(xray->call.port, row.port) << row.what;
            EXPECT_EQ(xray->notes.empty(), row.port == row.call.port) << row.what;
        }
    }

    TEST_F(XrayTest, LooksForThePlaceWhereARuleTakesIt)
    {
        const std::vector<Viewpoint> places {m_gateway, m_mesh};
        EXPECT_EQ(m_desk->wherever(places, get("reviews.example.com"))->place.display(), "gateway/shop/front");
        EXPECT_EQ(m_desk->wherever(places, get("reviews:9080", "/", 9080))->place.display(), "mesh");
        const Result<Xray> plain = m_desk->wherever(places, get("two:8080", "/", 8080));
        ASSERT_TRUE(plain);
        EXPECT_EQ(plain->place.display(), "mesh") << "a Service's default route is better than nothing";
        EXPECT_TRUE(plain->isTaken());
        EXPECT_FALSE(plain->isTakenByRule());
        EXPECT_EQ(m_desk->wherever(places, get("nobody.example"))->place.display(), "gateway/shop/front");
        const std::vector<Viewpoint> gone {{Viewpoint::Kind::Gateway, "shop", "gone", {}}};
        EXPECT_EQ(m_desk->wherever(gone, get("x")).error().code, ErrorCode::NotFound);
        EXPECT_EQ(m_desk->at(gone.front(), get("x")).error().code, ErrorCode::NotFound);
    }

    TEST_F(XrayTest, ALogIsHeldAgainstTheDecision)
    {
        const Result<Xray> xray = m_desk->at(m_mesh, get("reviews:9080", "/", 9080));
        ASSERT_TRUE(xray);
        const auto said = [&](const LogFacts &log) {
            std::string out;
            for (const Text &text : heldAgainst(log, xray->told.decision))
                out += text.plain() + "\n";
            return out;
        };
        EXPECT_EQ(said({}), "");
        EXPECT_EQ(said({{}, "outbound|9080|v3|reviews.shop.svc.cluster.local", {}, 200}), "the log agrees: it was sent to reviews.shop.svc.cluster.local:9080 v3\n");
        const std::string other = said({{}, "outbound|9080|v1|reviews.shop.svc.cluster.local", "UF,XX", 503});
        EXPECT_TRUE(other.starts_with("the log's UF: the connection to the endpoint failed\nthe log disagrees: it was sent to reviews.shop.svc.cluster.local:9080 v1;")) << other;
        EXPECT_NE(said({{}, "inbound|9080||", {}, 200}).find("the server's own sidecar"), std::string::npos);
        EXPECT_EQ(said({{}, "PassthroughCluster", {}, 200}), "");
    }

    TEST_F(XrayTest, EnvoyFiltersAreToldWhereTheyApply)
    {
        using Texts = std::vector<std::string>;
        EXPECT_EQ(plain(m_desk->at(m_gateway, get("reviews.example.com"))->table->patches),
            (Texts {"EnvoyFilter istio-system/lua patches HTTP_FILTER, HTTP_ROUTE (port 80, vhost reviews:80, route slow): not modelled"}))
            << "the gateway's labels are istio=front: the filter for app=web is not for it";
        EXPECT_EQ(plain(m_desk->at(m_mesh, get("reviews"))->table->patches), (Texts {"EnvoyFilter shop/own patches CLUSTER: not modelled"}))
            << "a client whose labels nobody told may be meant";
        Viewpoint other = m_mesh;
        other.labels = {{"app", "other"}};
        EXPECT_EQ(plain(m_desk->at(other, get("reviews"))->table->patches), Texts {});
        other.ns = "team";
        other.labels = {{"app", "web"}};
        EXPECT_EQ(plain(m_desk->at(other, get("reviews"))->table->patches), Texts {});
    }

} // namespace
} // namespace fairway::route
