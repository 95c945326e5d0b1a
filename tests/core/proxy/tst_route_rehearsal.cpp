#include "core/proxy/route_rehearsal.h"
#include "core/proxy/traffic_table.h"
#include "core/route/traffic_config.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

/// Whole routes played rule by rule.
namespace fairway::proxy {
namespace {

std::shared_ptr<const route::RouteTable> table()
{
    const Result<std::vector<value::Value>> objects = value::parseYamlDocuments(R"(
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
  - {match: [{uri: {prefix: /old}}], redirect: {uri: /new}}
  - match: [{headers: {x-tester: {exact: "true"}}, method: {exact: POST}}]
    retries: {attempts: 0}
    route: [{destination: {host: reviews, subset: v2}}]
  - {match: [{uri: {prefix: /old/never}}], route: [{destination: {host: reviews}}]}
  - {match: [{uri: {regex: "/[a-z]+@[0-9]{3}"}}], directResponse: {status: 202}}
  - retries: {attempts: 0}
    route:
    - {destination: {host: reviews, subset: v1}, weight: 75}
    - {destination: {host: reviews, subset: v2}, weight: 25}
)");
    EXPECT_TRUE(objects) << (objects ? "" : objects.error().message);
    Result<route::RouteTable> made = route::TrafficConfig(objects ? *objects : std::vector<value::Value>()).tableAt({route::Viewpoint::Kind::Mesh, "shop", {}, {}});
    EXPECT_TRUE(made);
    return std::make_shared<const route::RouteTable>(std::move(*made));
}

RouteRehearsalPlan planOf()
{
    RouteRehearsalPlan plan;
    plan.table = table();
    plan.port = 9080;
    plan.requestsPerRule = 400;
    plan.split = Split::Exact;
    return plan;
}

TEST(RouteRehearsal, PlaysEveryRuleWithARequestOfItsOwn)
{
    const Result<RouteRehearsalReport> report = rehearseRoutes(planOf());
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_EQ(report->rules.size(), 5U);
    const RuleOutcome &redirect = report->rules[0];
    EXPECT_EQ(redirect.rule, "VirtualService shop/reviews http[0]");
    EXPECT_EQ(redirect.ownAnswers, 400U);
    EXPECT_TRUE(redirect.legs.empty());
    const RuleOutcome &testers = report->rules[1];
    EXPECT_NE(testers.request.find("POST http://reviews"), std::string::npos) << testers.request;
    EXPECT_NE(testers.request.find("x-tester: true"), std::string::npos) << testers.request;
    ASSERT_EQ(testers.legs.size(), 1U);
    EXPECT_EQ(testers.legs[0].requests, 400U);
    EXPECT_TRUE(testers.legs[0].isStandIn);
    const RuleOutcome &never = report->rules[2];
    EXPECT_EQ(never.takenBy, "VirtualService shop/reviews http[0]");
    EXPECT_EQ(never.sent, 0U);
    const RuleOutcome &rest = report->rules[4];
    ASSERT_EQ(rest.legs.size(), 2U);
    EXPECT_EQ(rest.legs[0].requests, 300U);
    EXPECT_EQ(rest.legs[1].requests, 100U);
    EXPECT_EQ(rest.verdict, SplitVerdict::Matches);
    EXPECT_EQ(rest.answered, 400U);
}

TEST(RouteRehearsal, TurnsTheStandInsDials)
{
    RouteRehearsalPlan plan = planOf();
    plan.dials["v2"] = {0, 100};
    const Result<RouteRehearsalReport> report = rehearseRoutes(plan);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->rules[1].legs[0].errors, 400U);
    EXPECT_EQ(report->rules[4].legs[0].errors, 0U);
    EXPECT_EQ(report->rules[4].legs[1].errors, 100U);
}

TEST(RouteRehearsal, RefusesWhatCanNotBePlayed)
{
    RouteRehearsalPlan plan = planOf();
    plan.port = 1;
    EXPECT_EQ(rehearseRoutes(plan).error().code, ErrorCode::InvalidInput);
    plan = planOf();
    plan.objects = {"VirtualService shop/other"};
    EXPECT_EQ(rehearseRoutes(plan).error().code, ErrorCode::InvalidInput);
    plan = planOf();
    plan.requestsPerRule = 2'000'000;
    EXPECT_EQ(rehearseRoutes(plan).error().code, ErrorCode::LimitExceeded);
    CancelSource cancel;
    cancel.cancel();
    EXPECT_EQ(rehearseRoutes(planOf(), cancel.token()).error().code, ErrorCode::Cancelled);
}

} // namespace
} // namespace fairway::proxy
