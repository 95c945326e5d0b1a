#include "core/route/canary_target.h"

#include "core/route/edit_check.h"
#include "core/route/edit_request.h"
#include "fixtures.h"

using namespace fairway;
using namespace fairway::route;

namespace {

const std::string Split = virtualService(R"(  hosts: [reviews]
  http:
  - route:
    - destination: {host: reviews, subset: v1}
      weight: 90
    - destination: {host: reviews, subset: v9}
      weight: 10
)");

const std::string Plain = virtualService(R"(  hosts: [reviews]
  http:
  - route:
    - destination: {host: reviews, port: {number: 80}}
)");

EditRequest canaryOf(std::vector<HostSubsets> hosts)
{
    EditRequest request;
    request.subject = EditRequest::Subject::Canary;
    request.section = "http";
    request.hosts = std::move(hosts);
    return request;
}

std::string targetsOf(const std::string &text, const std::vector<HostSubsets> &hosts)
{
    const auto route = parseRoute(yaml(text));
    std::string out;
    for (const CanaryTarget &target : canaryTargets(*route, route->rules.front(), hosts))
        out += (out.empty() ? "" : "; ") + target.label + (target.isMissing ? " (missing)" : "") + (target.isNamed ? "" : " (unnamed)");
    return out;
}

/// "subset NAME of HOST: k=v" with "!" before what is to be defined; "none"; or the error.
std::string wantedOf(const std::string &text, const EditRequest &request, const std::vector<TypedField> &typed)
{
    const auto wanted = wantedSubset(yaml(text), request, typed);
    if (!wanted)
        return "error: " + wanted.error().message;
    if (!*wanted)
        return "none";
    std::string out = std::string((*wanted)->isMissing ? "!" : "") + (*wanted)->name + " of " + (*wanted)->host + ":";
    for (const auto &[key, value] : (*wanted)->labels)
        out += " " + key + "=" + value;
    return out;
}

std::string firstRoute(const std::string &text, const EditRequest &request, const std::vector<TypedField> &typed)
{
    const value::Value object = yaml(text);
    const auto edits = planFor(object, request, typed);
    if (!edits)
        return "error: " + edits.error().message;
    const auto after = checkedEdit(object, *edits);
    return after ? value::toYaml((*after)["spec"]["http"][0]["route"][0]["destination"]) : "error: " + after.error().message;
}

const TypedField Who {"by", "header"};
const TypedField Named {"name", "x-canary"};

} // namespace

TEST(CanaryTarget, KnownSubsetsOfTheSameHostsAndNewOnesAreOffered)
{
    EXPECT_EQ(targetsOf(Split, {}), "v1; v9") << "of a host nobody knows nothing is said";
    EXPECT_EQ(targetsOf(Split, {{"reviews", {"v1", "v2"}}}), "v1; v9 (missing); v2 of reviews; new subset of reviews (missing) (unnamed)");
    EXPECT_EQ(targetsOf(Split, {{"elsewhere", {"v1"}}}), "v1; v9");
    EXPECT_EQ(targetsOf(Plain, {{"reviews", {}}}), "reviews; new subset of reviews (missing) (unnamed)");
    EXPECT_EQ(targetsOf(httpRoute("  rules:\n  - backendRefs: [{name: a, port: 80}]\n"), {{"a", {"v1"}}}), "a") << "the Gateway API has no subsets";
}

TEST(CanaryTarget, WhatIsTypedSaysWhichSubsetIsWanted)
{
    const EditRequest request = canaryOf({{"reviews", {"v1", "v2"}}});
    EXPECT_EQ(wantedOf(Split, request, {{"to", "v1"}, Who, Named}), "none");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "v2 of reviews"}, Who, Named}), "v2 of reviews:");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "v9"}, Who, Named}), "!v9 of reviews: version=v9");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "new subset of reviews"}, {"subset", " v3 "}, Who, Named}), "!v3 of reviews: version=v3");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "new subset of reviews"}, {"subset", "v3"}, {"subset.labels", "app=x, track=canary"}, Who, Named}), "!v3 of reviews: app=x track=canary");
    EXPECT_EQ(wantedOf(Split, request, {}), "none");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "new subset of reviews"}, Who, Named}), "error: subset: give the new subset a name");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "new subset of reviews"}, {"subset", "v2"}, Who, Named}), "error: subset: reviews has a subset v2 already: choose it");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "new subset of reviews"}, {"subset", "v3"}, {"subset.labels", "v3"}, Who, Named}), "error: subset.labels: \"v3\" is not KEY=VALUE");
    EXPECT_EQ(wantedOf(Split, request, {{"to", "v7"}, Who, Named}), "error: to: this rule has no destination \"v7\"");
}

TEST(CanaryTarget, TheRuleLeadsToThatSubsetAndKeepsThePort)
{
    const EditRequest request = canaryOf({{"reviews", {}}});
    EXPECT_EQ(firstRoute(Plain, request, {{"to", "new subset of reviews"}, {"subset", "v2"}, Who, Named}), "host: reviews\nport:\n  number: 80\nsubset: v2\n");
    EXPECT_EQ(firstRoute(Plain, request, {{"to", "reviews"}, Who, Named}), "host: reviews\nport:\n  number: 80\n");
}

TEST(CanaryTarget, ASubsetIsAppendedAndNothingElseChanges)
{
    const value::Value bare = bareDestinationRule("networking.istio.io/v1", "shop", "reviews", "reviews");
    const auto made = withSubset(bare, {0, "reviews", "v2", true, {{"version", "v2"}}});
    ASSERT_TRUE(made) << made.error().message;
    EXPECT_EQ(value::toYaml((*made)["spec"]), "host: reviews\nsubsets:\n- labels:\n    version: v2\n  name: v2\n");
    EXPECT_TRUE(bare["spec"]["subsets"].isNull()) << "what was read stays as it was";
    const auto more = withSubset(*made, {0, "reviews", "v3", true, {{"version", "v3"}}});
    ASSERT_TRUE(more);
    EXPECT_EQ((*more)["spec"]["subsets"].size(), 2U);
    const auto twice = withSubset(*more, {0, "reviews", "v2", true, {{"version", "v2"}}});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().message, "DestinationRule reviews has a subset v2 already");
    EXPECT_FALSE(withSubset(bare, {0, "reviews", "Not A Name", true, {{"version", "v2"}}})) << "what the server would refuse is refused here";
}
