#include "fixtures.h"

#include "core/route/weights.h"
#include "core/value/json.h"
#include "core/value/patch.h"

using namespace fairway;
using namespace fairway::route;

namespace {

using Weights = std::vector<std::int64_t>;

const std::string Split = virtualService(R"(
  hosts: [a]
  http:
  - match: [{sourceLabels: {app: x}}]
    route:
    - {destination: {host: a, subset: v1}, weight: 90}
    - {destination: {host: a, subset: v2}, weight: 10, headers: {request: {add: {a: b}}}}
  - route:
    - destination: {host: a, subset: v1}
    - {destination: {host: a, subset: v2}, weight: 100}
)");

std::string patchText(const value::Value &object, const std::string &section, int rule, const Weights &weights,
    PatchGuard guard = PatchGuard::WholeRule)
{
    const Result<value::Value> patch = weightPatch(object, section, rule, weights, guard);
    return patch ? value::toJson(*patch) : patch.error().message;
}

} // namespace

TEST(WeightWrite, onlyWeightsChange)
{
    const value::Value object = yaml(Split);
    const value::Value before = value::deepCopy(object);
    const Result<value::Value> after = setWeights(object, "http", 0, Weights {75, 25});
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(object, before) << "the original is left alone";
    const std::vector<value::Change> changes = value::changesBetween(object, *after);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].pointer, "/spec/http/0/route/0/weight");
    EXPECT_EQ(changes[1].after.intOr(0), 25);

    const Result<value::Value> added = setWeights(object, "http", 1, Weights {50, 100});
    ASSERT_TRUE(added);
    ASSERT_EQ(value::changesBetween(object, *added).size(), 1U);
    EXPECT_EQ(value::changesBetween(object, *added)[0].kind, value::Change::Kind::Added);
    EXPECT_EQ(*setWeights(object, "http", 1, Weights {0, 100}), object) << "an unwritten weight that stays is not written";
}

TEST(WeightWrite, refusesWithASentence)
{
    const value::Value object = yaml(Split);
    struct Row {
        const char *section;
        int rule;
        Weights weights;
        ErrorCode code;
        const char *message;
    };
    const Row rows[] = {
        {"http", 7, {1, 2}, ErrorCode::NotFound, "VirtualService reviews has no rule http[7]"},
        {"tcp", 0, {1, 2}, ErrorCode::NotFound, "VirtualService reviews has no rule tcp[0]"},
        {"http", 0, {1}, ErrorCode::InvalidInput, "VirtualService reviews: http[0]: 1 weights for 2 destinations"},
        {"http", 0, {-1, 101}, ErrorCode::InvalidInput, "VirtualService reviews: http[0]: the weight of v1 is negative"},
        {"http", 0, {0, 0}, ErrorCode::InvalidInput, "VirtualService reviews: http[0]: all weights are 0: Istio refuses the object"},
        {"http", 0, {1, 2147483648}, ErrorCode::InvalidInput, "VirtualService reviews: http[0]: the weight of v2 is above 2147483647"},
    };
    for (const Row &row : rows) {
        SCOPED_TRACE(row.message);
        const Result<value::Value> got = setWeights(object, row.section, row.rule, row.weights);
        ASSERT_FALSE(got);
        EXPECT_EQ(got.error().code, row.code);
        EXPECT_EQ(got.error().message, row.message);
    }
    const value::Value gateway = yaml(httpRoute("  rules: [{backendRefs: [{name: a, port: 80}, {name: b, port: 80}]}]\n"));
    EXPECT_FALSE(setWeights(gateway, "rules", 0, Weights {1, 1000001}));
    EXPECT_TRUE(setWeights(gateway, "rules", 0, Weights {0, 0})) << "Gateway API accepts it; a finding says what it does";
}

TEST(WeightWrite, patchesAreGuarded)
{
    const value::Value object = yaml(Split);
    EXPECT_EQ(patchText(object, "http", 0, {75, 25}, PatchGuard::Destinations),
        R"([{"op":"test","path":"/spec/http/0/match","value":[{"sourceLabels":{"app":"x"}}]},)"
        R"({"op":"test","path":"/spec/http/0/route/0/destination","value":{"host":"a","subset":"v1"}},)"
        R"({"op":"test","path":"/spec/http/0/route/1/destination","value":{"host":"a","subset":"v2"}},)"
        R"({"op":"replace","path":"/spec/http/0/route/0/weight","value":75},)"
        R"({"op":"replace","path":"/spec/http/0/route/1/weight","value":25}])");
    EXPECT_EQ(patchText(object, "http", 0, {90, 10}), "[]");
    EXPECT_NE(patchText(object, "http", 1, {50, 100}).find(R"({"op":"add","path":"/spec/http/1/route/0/weight","value":50})"),
        std::string::npos);
}

TEST(WeightWrite, aPatchMakesWhatSetWeightsMakesAndFailsWhenTheRuleMoved)
{
    const value::Value object = yaml(Split);
    for (const PatchGuard guard : {PatchGuard::WholeRule, PatchGuard::Destinations}) {
        for (int rule = 0; rule < 2; ++rule) {
            const Result<value::Value> patch = weightPatch(object, "http", rule, Weights {60, 40}, guard);
            ASSERT_TRUE(patch);
            const Result<value::Value> patched = value::jsonPatch(object, *patch);
            ASSERT_TRUE(patched) << patched.error().message;
            EXPECT_EQ(*patched, *setWeights(object, "http", rule, Weights {60, 40}));

            // Somebody put a rule in front: the patch must not reach the wrong one.
            const value::Value moved = *value::jsonPatch(object,
                yaml("[{op: add, path: /spec/http/0, value: {match: [{uri: {exact: /x}}], route: [{destination: {host: z}}, {destination: {host: y}}]}}]"));
            EXPECT_FALSE(value::jsonPatch(moved, *patch));
        }
    }
    // Weights moved meanwhile: only the loose guard lets it pass.
    const value::Value touched = *setWeights(object, "http", 0, Weights {89, 11});
    EXPECT_FALSE(value::jsonPatch(touched, *weightPatch(object, "http", 0, Weights {60, 40})));
    EXPECT_TRUE(value::jsonPatch(touched, *weightPatch(object, "http", 0, Weights {60, 40}, PatchGuard::Destinations)));
}

TEST(WeightWrite, aCanaryIngressChangesItsAnnotation)
{
    const value::Value object = yaml(R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web-canary
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "15"}
spec: {rules: [{host: a, http: {paths: [{path: /, backend: {service: {name: b, port: {number: 80}}}}]}}]}
)");
    const Result<value::Value> after = setWeights(object, "canary", 0, Weights {70, 30});
    ASSERT_TRUE(after) << after.error().message;
    const std::vector<value::Change> changes = value::changesBetween(object, *after);
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].after.stringOr(), "30");
    const Result<value::Value> bad = setWeights(object, "canary", 0, Weights {70, 40});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().message, "Ingress web-canary: canary[0]: a canary Ingress has a total of 100, the weights add up to 110");
    const Result<value::Value> patch = weightPatch(object, "canary", 0, Weights {70, 30});
    ASSERT_TRUE(patch);
    EXPECT_EQ(*value::jsonPatch(object, *patch), *after);
}

TEST(WeightWrite, textWeightsAreNotTouched)
{
    const value::Value object = yaml(virtualService("  http: [{route: [{destination: {host: a}, weight: '90'}, {destination: {host: b}, weight: 10}]}]\n"));
    const Result<value::Value> got = setWeights(object, "http", 0, Weights {1, 2});
    ASSERT_FALSE(got);
    EXPECT_NE(got.error().message.find("spec.http[0].route[0].weight: weight must be a whole number, not text"), std::string::npos);
}
