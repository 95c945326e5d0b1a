#include "core/engine/draft_change.h"
#include "core/engine/route_entry.h"
#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <gtest/gtest.h>

#include <map>

using namespace fairway;
using namespace fairway::engine;

namespace {

value::Value parsed(const std::string &yaml)
{
    auto value = value::parseYaml(yaml);
    EXPECT_TRUE(value);
    return value ? *value : value::Value();
}

const std::string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: reviews, namespace: shop}\nspec: {selector: {app: reviews}, ports: [{port: 80}]}\n";
const std::string Route = R"(apiVersion: networking.istio.io/v1beta1
kind: VirtualService
metadata: {name: reviews, namespace: web, resourceVersion: "7"}
spec:
  hosts: [reviews.example]
  http:
  - route: [{destination: {host: reviews.shop.svc.cluster.local, port: {number: 80}}}]
)";
const std::string Policy = R"(apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: all, namespace: shop, resourceVersion: "3"}
spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}]}
)";

/// A cluster of these objects, and a draft of a canary in its route.
struct Cluster {
    std::map<QString, value::ObjectView> policies;
    std::shared_ptr<const RouteEntry> entry;

    explicit Cluster(const std::vector<std::string> &objects)
    {
        route::TopologyView topology;
        EXPECT_TRUE(topology.upsert(parsed(Service)));
        for (const std::string &text : objects) {
            const value::Value object = parsed(text);
            EXPECT_TRUE(topology.upsert(object));
            policies.emplace(QStringLiteral("DestinationRule/") + toQString(object["metadata"]["namespace"].stringOr()) + u'/' + toQString(object["metadata"]["name"].stringOr()),
                *value::ObjectView::fromValue(object));
        }
        const value::Value route = parsed(Route);
        entry = makeRouteEntry(*value::ObjectView::fromValue(route), *route::parseRoute(route), topology, QDateTime::currentDateTime());
    }

    [[nodiscard]] Result<PlannedChanges> plan(const QString &to, const QString &subset) const
    {
        RouteDraft draft;
        draft.kind = DraftKind::Canary;
        draft.section = QStringLiteral("http");
        draft.fields = {{QStringLiteral("to"), to}, {QStringLiteral("by"), QStringLiteral("header")}, {QStringLiteral("name"), QStringLiteral("x-canary")}};
        if (!subset.isEmpty())
            draft.fields.append({QStringLiteral("subset"), subset});
        DraftPlace place;
        place.detail = &entry->detail;
        place.plural = [](const std::string &, const std::string &kind) { return kind == "DestinationRule" ? "destinationrules" : "virtualservices"; };
        place.policy = [this](const QString &id) {
            const auto found = policies.find(id);
            return found == policies.end() ? std::nullopt : std::optional(found->second);
        };
        return changesOfDraft(draft, entry->object, place);
    }
};

const QString NewSubset = QStringLiteral("new subset of reviews.shop.svc.cluster.local");

} // namespace

TEST(DraftChange, ACanaryBringsItsDestinationRuleWhereThereIsNone)
{
    const auto planned = Cluster({}).plan(NewSubset, QStringLiteral("v2"));
    ASSERT_TRUE(planned) << planned.error().message;
    ASSERT_EQ(planned->changes.size(), 2U);
    const operate::Change &rule = planned->changes.front();
    EXPECT_EQ(rule.verb, operate::WriteVerb::Create);
    EXPECT_TRUE(rule.base.isNull());
    EXPECT_EQ(rule.object.display(), "DestinationRule shop/reviews") << "beside its Service, whose name it has";
    EXPECT_EQ(rule.object.plural, "destinationrules");
    EXPECT_EQ(rule.object.apiVersion(), "networking.istio.io/v1beta1") << "as the route has it";
    EXPECT_EQ(value::toYaml(rule.desired["spec"]), "host: reviews\nsubsets:\n- labels:\n    version: v2\n  name: v2\n");
    const operate::Change &route = planned->changes.back();
    EXPECT_EQ(route.verb, operate::WriteVerb::Update);
    EXPECT_EQ(route.object.display(), "VirtualService web/reviews");
    EXPECT_EQ(route.desired["spec"]["http"][0]["route"][0]["destination"]["subset"].stringOr(), "v2");
    ASSERT_TRUE(planned->arrival);
    EXPECT_EQ(planned->arrival->ns + "/" + planned->arrival->service, "shop/reviews");
    EXPECT_EQ(planned->arrival->labels, (std::vector<std::pair<std::string, std::string>> {{"version", "v2"}}));
}

TEST(DraftChange, ADestinationRuleThatAppliesGetsTheSubset)
{
    const auto planned = Cluster({Policy}).plan(NewSubset, QStringLiteral("v2"));
    ASSERT_TRUE(planned) << planned.error().message;
    ASSERT_EQ(planned->changes.size(), 2U);
    const operate::Change &rule = planned->changes.front();
    EXPECT_EQ(rule.verb, operate::WriteVerb::Update);
    EXPECT_EQ(rule.object.display(), "DestinationRule shop/all");
    EXPECT_EQ(rule.base["metadata"]["resourceVersion"].stringOr(), "3");
    EXPECT_EQ(rule.base["spec"]["subsets"].size(), 1U);
    EXPECT_EQ(rule.desired["spec"]["subsets"].size(), 2U);
}

TEST(DraftChange, ASubsetThatIsThereNeedsNoOtherObject)
{
    const auto planned = Cluster({Policy}).plan(QStringLiteral("v1 of reviews.shop.svc.cluster.local"), {});
    ASSERT_TRUE(planned) << planned.error().message;
    ASSERT_EQ(planned->changes.size(), 1U);
    EXPECT_EQ(planned->changes.front().desired["spec"]["http"][0]["route"][0]["destination"]["subset"].stringOr(), "v1");
    ASSERT_TRUE(planned->arrival) << "its pods got nothing from this rule before";
    EXPECT_EQ(planned->arrival->labels, (std::vector<std::pair<std::string, std::string>> {{"version", "v1"}}));
}

TEST(DraftChange, TheNameOfADestinationRuleForAnotherHostIsNotTaken)
{
    const auto planned = Cluster({"apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata: {name: reviews, namespace: shop}\nspec: {host: other}\n"}).plan(NewSubset, QStringLiteral("v2"));
    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->changes.front().object.display(), "DestinationRule shop/reviews-subsets");
    EXPECT_EQ(planned->changes.front().verb, operate::WriteVerb::Create);
}

TEST(DraftChange, WhatCantBeReadOrMeantIsRefusedWithItsField)
{
    const Cluster cluster({Policy});
    EXPECT_EQ(cluster.plan(NewSubset, {}).error().message, "subset: give the new subset a name");
    EXPECT_EQ(cluster.plan(NewSubset, QStringLiteral("v1")).error().message, "subset: reviews.shop.svc.cluster.local has a subset v1 already: choose it");
    EXPECT_FALSE(cluster.plan(NewSubset, QStringLiteral("Not A Name")));
    EXPECT_FALSE(cluster.plan(QStringLiteral("v7"), {}));
}
