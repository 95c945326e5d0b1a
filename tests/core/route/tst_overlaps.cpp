#include "core/route/overlaps.h"

#include "core/route/resolve.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace fairway::route {
namespace {

    constexpr std::string_view head = R"(
apiVersion: v1
kind: Service
metadata: {name: a, namespace: shop}
spec: {clusterIP: 10.0.0.1, ports: [{name: http, port: 80}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: [a]
  http:
)";

    RouteTable tableOf(const std::string &rules)
    {
        Result<std::vector<value::Value>> objects = value::parseYamlDocuments(std::string(head) + rules);
        EXPECT_TRUE(objects);
        Viewpoint viewpoint;
        viewpoint.ns = "shop";
        return *TrafficConfig(std::move(*objects)).tableAt(viewpoint);
    }

    std::vector<Overlap> overlapsOf(const RouteTable &table)
    {
        return *findOverlaps(*table.listenerOf("", 80)->chains.back().http);
    }

    TEST(Overlaps, NamesBothRulesWithAnExample)
    {
        struct Row {
            const char *rules;
            const char *expected; ///< Kind, paths of both rules, the example's path; empty for none.
        };
        static constexpr Row Rows[] = {
            {"  - {match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}\n"
             "  - {match: [{uri: {exact: /a/b}}], route: [{destination: {host: a}}]}\n",
                "unreachable spec.http[0].match[0] spec.http[1].match[0] /a/b"},
            {"  - {match: [{uri: {exact: /a/b}}], route: [{destination: {host: a}}]}\n"
             "  - {match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}\n",
                ""},
            {"  - {match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}\n"
             "  - {match: [{headers: {x: {exact: y}}}], route: [{destination: {host: a}}]}\n",
                "crossing spec.http[0].match[0] spec.http[1].match[0] /a"},
            {"  - {match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}\n"
             "  - {match: [{uri: {prefix: /b}}], route: [{destination: {host: a}}]}\n",
                ""},
            {"  - {match: [{method: {exact: GET}, uri: {prefix: /a}}], route: [{destination: {host: a}}]}\n"
             "  - {match: [{method: {exact: POST}, uri: {prefix: /a/b}}], route: [{destination: {host: a}}]}\n",
                ""},
        };
        for (const Row &row : Rows) {
            const RouteTable table = tableOf(row.rules);
            std::string got;
            for (const Overlap &overlap : overlapsOf(table)) {
                got += overlap.kind == Overlap::Kind::Unreachable ? "unreachable " : "crossing ";
                got += overlap.first.path() + " " + overlap.second.path() + " " + overlap.example.path;
                EXPECT_FALSE(overlap.text.empty());
            }
            EXPECT_EQ(got, row.expected) << row.rules;
        }
    }

    std::string thousandRules()
    {
        std::string rules;
        for (int i = 0; i < 1000; ++i) {
            rules += "  - {match: [{uri: {prefix: /p" + std::to_string(i % 400) + "}, headers: {x-" + std::to_string(i % 7)
                + ": {exact: y}}}], route: [{destination: {host: a}}]}\n";
        }
        return rules;
    }

    TEST(Overlaps, AThousandRulesTakeSeconds)
    {
        const RouteTable table = tableOf(thousandRules());
        const auto start = std::chrono::steady_clock::now();
        const std::vector<Overlap> found = overlapsOf(table);
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
        EXPECT_FALSE(found.empty());
        RecordProperty("milliseconds", static_cast<int>(took.count()));
        EXPECT_LT(took.count(), 20000) << "the promise is 2000 on a quiet machine in a release build";
    }

    TEST(Overlaps, ExamplesAreHttpsWhereTheGatewayRedirects)
    {
        Result<std::vector<value::Value>> objects = value::parseYamlDocuments(R"(
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: gw, namespace: shop}
spec:
  selector: {a: b}
  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [a.example], tls: {httpsRedirect: true}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: v, namespace: shop}
spec:
  hosts: [a.example]
  gateways: [gw]
  http:
  - {match: [{uri: {prefix: /a}}], route: [{destination: {host: a}}]}
  - {match: [{uri: {exact: /a/b}}], route: [{destination: {host: a}}]}
)");
        ASSERT_TRUE(objects);
        const RouteTable table = *TrafficConfig(std::move(*objects)).tableAt({Viewpoint::Kind::Gateway, "shop", "gw", {}});
        const std::vector<Overlap> found = overlapsOf(table);
        ASSERT_EQ(found.size(), 1u);
        EXPECT_EQ(found.front().example.scheme, "https");
        EXPECT_EQ(found.front().example.authority, "a.example");
    }

    TEST(Overlaps, StopsWhenAsked)
    {
        const RouteTable table = tableOf(thousandRules());
        CancelSource source;
        source.cancel();
        const Result<std::vector<Overlap>> found = findOverlaps(*table.listenerOf("", 80)->chains.back().http, {}, source.token());
        ASSERT_FALSE(found);
        EXPECT_EQ(found.error().code, ErrorCode::Cancelled);
    }

} // namespace
} // namespace fairway::route
