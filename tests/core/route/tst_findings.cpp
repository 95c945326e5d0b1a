#include "core/route/findings.h"

#include "fixtures.h"

using namespace fairway;
using namespace fairway::route;

namespace {

/// "error IST0101 spec.http[0].route[0]: title"
std::vector<std::string> lines(const std::vector<Finding> &findings)
{
    std::vector<std::string> out;
    for (const Finding &finding : findings)
        out.push_back(std::string(toString(finding.severity)) + " " + finding.code + " " + finding.path + ": " + finding.title.plain());
    return out;
}

using Texts = std::vector<std::string>;

RouteObject split(std::string_view destinations, std::string_view more = {})
{
    return routeOf(virtualService("  hosts: [a]\n" + std::string(more) + "  http:\n  - route: [" + std::string(destinations) + "]\n"));
}

} // namespace

TEST(Findings, aHealthySplitIsGood)
{
    const RouteObject route = split("{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v1}, weight: 10}");
    EXPECT_EQ(lines(checkRoute(route)), (Texts {"good FW0009 spec.http[0]: Weights add up"}));
    EXPECT_EQ(lines(checkRoute(route, topologyOf(kShop))), (Texts {"good FW0009 spec.http[0]: Weights add up, destinations exist"}));
}

TEST(Findings, destinationsAreFollowed)
{
    const RouteObject route = split("{destination: {host: reviews, subset: v2}, weight: 40}, {destination: {host: reviews, subset: v3}, weight: 40}, "
                                    "{destination: {host: nobody}, weight: 20}, {destination: {host: reviews, subset: v9}, weight: 0}");
    const std::vector<Finding> findings = checkRoute(route, topologyOf(kShop));
    EXPECT_EQ(lines(findings),
        (Texts {"warning FW0007 spec.http[0].route[0]: v2 has 1 of 2 pods ready", "error IST0173 spec.http[0].route[1]: v3 has no pod",
            "error IST0101 spec.http[0].route[2]: nobody leads to no Service",
            "warning IST0101 spec.http[0].route[3]: Subset v9 is not defined"}));
    EXPECT_EQ(findings[0].target, "pod:shop/reviews-v2-b");
    EXPECT_EQ(findings[3].message, "No subset v9 in DestinationRule shop/reviews.");
    EXPECT_EQ(findings[0].object, "VirtualService shop/reviews");
}

TEST(Findings, weightsAndOrder)
{
    EXPECT_EQ(lines(checkRoute(split("{destination: {host: a}, weight: 0}, {destination: {host: b}, weight: 0}"))),
        (Texts {"error FW0002 spec.http[0]: Rule 1 delivers nothing"}));
    EXPECT_EQ(lines(checkRoute(split("{destination: {host: a}, weight: 30}"))),
        (Texts {"info FW0003 spec.http[0]: Rule 1 has a single destination"}));
    EXPECT_EQ(lines(checkRoute(split("{destination: {host: a}, weight: 1}, {destination: {host: b}, weight: 1}"))),
        (Texts {"info FW0004 spec.http[0]: Weights add up to 2", "good FW0009 spec.http[0]: Weights add up"}));
    EXPECT_TRUE(checkRoute(split("{destination: {host: a}}")).empty());

    const RouteObject route = routeOf(virtualService(R"(
  hosts: [a]
  gateways: [gw]
  http:
  - match: [{sourceLabels: {app: x}}]
    route: [{destination: {host: a}}]
  - route: [{destination: {host: a}}]
  - match: [{uri: {prefix: /late}}]
    route: [{destination: {host: a}}]
  - match: [{uri: {prefix: /nothing}}]
)"));
    EXPECT_EQ(lines(checkRoute(route)),
        (Texts {"warning IST0130 spec.http[2]: Rule 3 is never reached", "warning IST0130 spec.http[3]: Rule 4 is never reached",
            "warning FW0005 spec.http[0]: Rule 1 is skipped at shop/gw", "warning FW0010 spec.http[3]: Rule 4 leads nowhere"}));
}

TEST(Findings, gatewayApiZerosAnswer500)
{
    const std::vector<Finding> findings = checkRoute(routeOf(httpRoute("  rules: [{backendRefs: [{name: a, port: 80, weight: 0}]}]\n")));
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].code, "FW0002");
    EXPECT_EQ(findings[0].message, "Its only weight is 0: every request is answered 500.");
}

TEST(Findings, draftsAreCheckedBeforeTheyAreWritten)
{
    const RouteObject route = split("{destination: {host: reviews, subset: v1}, weight: 100}, {destination: {host: reviews, subset: v3}, weight: 0}");
    const TopologyView shop = topologyOf(kShop);
    const Rule &rule = route.rules[0];
    EXPECT_EQ(unreadyDestinations(route, rule, rule.weights(), shop), (Texts {}));
    const std::vector<std::int64_t> draft {90, 10};
    EXPECT_EQ(unreadyDestinations(route, rule, draft, shop), (Texts {"v3"}));
    EXPECT_EQ(lines(checkDraft(route, rule, draft, &shop)), (Texts {"error IST0173 spec.http[0].route[1]: v3 has no pod"}));
    EXPECT_TRUE(checkDraft(route, rule, draft).empty());
    EXPECT_TRUE(checkDraft(route, rule, std::vector<std::int64_t> {1}).empty()) << "a draft of another shape says nothing";
}

TEST(Findings, shapeProblemsAreErrors)
{
    EXPECT_EQ(lines(checkRoute(routeOf(virtualService("  http: text\n")))), (Texts {"error FW0001 spec.http: Not what its schema says"}));
}
