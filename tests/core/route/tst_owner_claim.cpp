#include "core/route/owner_claim.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

namespace fairway::route {
namespace {

value::Value read(const char *yaml)
{
    const auto object = value::parseYaml(yaml);
    EXPECT_TRUE(object.has_value()) << yaml;
    return object.value_or(value::Value());
}

/// "VirtualService shop/reviews [http-a]: subset v2 0.25 Paused; …"
std::string told(const char *yaml)
{
    std::string out;
    for (const OwnerClaim &claim : claimsOf(read(yaml))) {
        out += std::string(toString(claim.kind)) + ' ' + claim.ns + '/' + claim.name;
        for (const std::string &rule : claim.rules)
            out += " [" + rule + "]";
        out += ": " + (claim.subset.empty() ? "service " + claim.service : "subset " + claim.subset) + ' ' + std::to_string(claim.share).substr(0, 5) + ' '
            + claim.phase + "; ";
    }
    return out;
}

struct ClaimCase {
    const char *name;
    const char *object;
    const char *expected;
};

TEST(OwnerClaim, IsReadFromTheStatusOfEachController)
{
    const ClaimCase cases[] = {
        {"istio, subsets, named rules", R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: reviews, namespace: shop}
spec: {strategy: {canary: {trafficRouting: {istio: {virtualService: {name: reviews, routes: [primary, api]}, destinationRule: {name: reviews, canarySubsetName: v2, stableSubsetName: v1}}}}}}
status: {phase: Paused, canary: {weights: {canary: {weight: 25}, stable: {weight: 75}}}}
)", "VirtualService shop/reviews [primary] [api]: subset v2 0.250 Paused; "},
        {"istio, Services, several, another namespace", R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: reviews, namespace: shop}
spec: {strategy: {canary: {canaryService: reviews-canary, trafficRouting: {istio: {virtualServices: [{name: a}, {name: edge/b}]}}}}}
status: {canary: {weights: {canary: {weight: 5}}}}
)", "VirtualService shop/a: service reviews-canary 0.050 ; VirtualService edge/b: service reviews-canary 0.050 ; "},
        {"gateway api, other total", R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: reviews, namespace: shop}
spec: {strategy: {canary: {canaryService: c, trafficRouting: {maxTrafficWeight: 1000, plugins: {argoproj-labs/gatewayAPI: {namespace: edge, httpRoute: one, grpcRoutes: [{name: two}], tcpRoute: three}}}}}}
status: {canary: {weights: {canary: {weight: 5}}}}
)", "HTTPRoute edge/one: service c 0.005 ; GRPCRoute edge/two: service c 0.005 ; TCPRoute edge/three: service c 0.005 ; "},
        {"nginx", R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: reviews, namespace: shop}
spec: {strategy: {canary: {canaryService: c, trafficRouting: {nginx: {stableIngress: web}}}}}
status: {canary: {weights: {canary: {weight: 20}}}}
)", "Ingress shop/reviews-web-canary: service c 0.200 ; "},
        {"nothing said yet", R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: reviews, namespace: shop}
spec: {strategy: {canary: {canaryService: c, trafficRouting: {nginx: {stableIngress: web}}}}}
)", ""},
        {"flagger", R"(
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: reviews, namespace: shop}
spec: {provider: istio, targetRef: {name: reviews}, service: {port: 80}}
status: {phase: Progressing, canaryWeight: 15}
)", "VirtualService shop/reviews: service reviews-canary 0.150 Progressing; "},
        {"flagger, own name, gateway api", R"(
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: reviews, namespace: shop}
spec: {provider: "gatewayapi:v1", targetRef: {name: reviews}, service: {name: rev, port: 80}}
status: {phase: Succeeded, canaryWeight: 0}
)", "HTTPRoute shop/rev: service rev-canary 0.000 Succeeded; "},
        {"another group's Canary", R"(
apiVersion: example.com/v1
kind: Canary
metadata: {name: reviews, namespace: shop}
status: {canaryWeight: 15}
)", ""},
        {"of a wrong shape", R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: [], namespace: 3}
spec: {strategy: {canary: {trafficRouting: {maxTrafficWeight: 0, istio: {virtualService: 7, virtualServices: {}}, plugins: []}}}}
status: {canary: {weights: {canary: {weight: 5}}}}
)", ""},
    };
    for (const ClaimCase &row : cases)
        EXPECT_EQ(told(row.object), row.expected) << row.name;
}

TEST(OwnerClaim, IsAboutTheDestinationItNames)
{
    const auto route = parseRoute(read(R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  http:
  - name: primary
    route: [{destination: {host: reviews, subset: v1}, weight: 75}, {destination: {host: reviews, subset: v2}, weight: 25}]
  - name: lone
    route: [{destination: {host: reviews, subset: v2}}]
  - name: services
    route: [{destination: {host: reviews-primary}, weight: 90}, {destination: {host: reviews-canary.shop.svc.cluster.local}, weight: 10}]
)"));
    ASSERT_TRUE(route.has_value());
    OwnerClaim claim;
    claim.ns = "shop";
    claim.name = "reviews";
    claim.subset = "v2";
    const auto labels = [&] {
        std::string out;
        for (const Rule &rule : route->rules) {
            const Destination *destination = claimed(claim, *route, rule);
            out += (destination ? destination->label : "-") + ' ';
        }
        return out;
    };
    EXPECT_EQ(labels(), "v2 - - ");
    claim.rules = {"services"};
    EXPECT_EQ(labels(), "- - - ");
    claim.subset.clear();
    claim.service = "reviews-canary";
    EXPECT_EQ(labels(), "- - reviews-canary ");
    claim.rules.clear();
    claim.kind = RouteKind::HttpRoute;
    EXPECT_EQ(labels(), "- - - ");
}

} // namespace
} // namespace fairway::route
