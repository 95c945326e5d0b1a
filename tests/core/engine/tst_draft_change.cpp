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

namespace {

const std::string Split = R"(apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: ratings, namespace: shop, resourceVersion: "1"}
spec:
  hosts: [ratings]
  http:
  - match: [{uri: {prefix: /api}}]
    timeout: 1s
    route: [{destination: {host: reviews, subset: v1}, weight: 90}, {destination: {host: reviews, subset: v2}, weight: 10}]
  - route: [{destination: {host: reviews, subset: v1}, weight: 95}, {destination: {host: reviews, subset: v2}, weight: 5}]
)";
const char *const Vip = R"(
  - match: [{uri: {prefix: /vip}}]
    route: [{destination: {host: reviews, subset: v1}, weight: 95}, {destination: {host: reviews, subset: v2}, weight: 5}])";

/// The object with a text put behind, or in the place of, another.
std::string with(std::string yaml, const std::string &where, const std::string &text, bool replaces = false)
{
    const std::size_t at = yaml.find(where);
    EXPECT_NE(at, std::string::npos) << where;
    return yaml.replace(replaces ? at : at + where.size(), replaces ? where.size() : 0, text);
}

std::shared_ptr<const RouteEntry> entryOf(const std::string &yaml)
{
    const value::Value route = parsed(yaml);
    return makeRouteEntry(*value::ObjectView::fromValue(route), *route::parseRoute(route), route::TopologyView(), QDateTime::currentDateTime());
}

RouteDraft draftOf(const RouteEntry &entry, qsizetype position, DraftKind kind)
{
    const Rule &rule = entry.detail.rules[position];
    RouteDraft draft;
    draft.kind = kind;
    draft.section = rule.section;
    draft.rule = rule.index;
    draft.identity = rule.identity;
    if (kind == DraftKind::Weights)
        draft.weights = {70, 30};
    else
        draft.fields = {{QStringLiteral("timeout"), QStringLiteral("7s")}};
    return draft;
}

/// What of the rules a draft changed, by index: "1".
std::string touched(const Result<PlannedChanges> &planned)
{
    if (!planned)
        return std::string(planned.error().code == ErrorCode::Conflict ? "conflict" : "error");
    const operate::Change &change = planned->changes.back();
    std::string out;
    for (std::size_t i = 0; i < change.desired["spec"]["http"].size(); ++i) {
        if (!(change.base["spec"]["http"][i] == change.desired["spec"]["http"][i]))
            out += std::to_string(i);
    }
    return out;
}

struct Moved {
    const char *name;
    std::string yaml;
    const char *first;  ///< Where a draft of the first rule goes.
    const char *second; ///< And one of the second.
};

const std::string SecondRule = "  - route: [{destination: {host: reviews, subset: v1}, weight: 95}, {destination: {host: reviews, subset: v2}, weight: 5}]\n";
const std::vector<Moved> moves {
    {"as it was", Split, "0", "1"},
    {"one with a match of its own is put first", with(Split, "  http:", Vip), "1", "2"},
    {"one that is the same in all is put first", with(Split, "  http:\n", SecondRule), "1", "conflict"},
    {"other weights and fields", with(with(Split, "weight: 95", "weight: 50", true), "timeout: 1s", "timeout: 4s", true), "0", "1"},
    {"the first is taken away", with(Split, Split.substr(Split.find("  - match"), Split.find("  - route") - Split.find("  - match")), "", true), "conflict", "0"},
    {"another match", with(Split, "prefix: /api", "prefix: /other", true), "conflict", "1"},
    {"other destinations", with(Split, "subset: v2}, weight: 5", "subset: v3}, weight: 5", true), "0", "conflict"},
    {"it got a name", with(Split, "  - route:", "  - name: rest\n    route:", true), "0", "1"},
};

} // namespace

/// However stale the draft, and whatever the window takes for its rule: nothing is written to another one.
TEST(DraftChange, NoOtherRuleIsWritten)
{
    const auto before = entryOf(Split);
    for (const Moved &moved : moves) {
        const auto after = entryOf(moved.yaml);
        DraftPlace place;
        place.detail = &after->detail;
        for (const DraftKind kind : {DraftKind::Weights, DraftKind::Rule}) {
            for (const int lie : {0, 1, 2}) {
                RouteDraft first = draftOf(*before, 0, kind);
                RouteDraft second = draftOf(*before, 1, kind);
                first.rule = second.rule = lie;
                EXPECT_EQ(touched(changesOfDraft(first, after->object, place)), moved.first) << moved.name << ", first, said to be at " << lie;
                EXPECT_EQ(touched(changesOfDraft(second, after->object, place)), moved.second) << moved.name << ", second, said to be at " << lie;
            }
        }
    }
}

TEST(DraftChange, AFormIsThatOfItsRuleWhereverItStands)
{
    const auto before = entryOf(Split);
    const auto after = entryOf(with(Split, "  http:", Vip));
    const EditForm form = formOfDraft(draftOf(*before, 0, DraftKind::Rule), after->object, &after->detail);
    EXPECT_TRUE(form.problem.isEmpty()) << toUtf8(form.problem);
    EXPECT_EQ(form.rule, 1);
    EXPECT_TRUE(form.identity.isSameAs(before->detail.rules[0].identity));
    const auto gone = entryOf(with(Split, "prefix: /api", "prefix: /other", true));
    EXPECT_FALSE(formOfDraft(draftOf(*before, 0, DraftKind::Rule), gone->object, &gone->detail).problem.isEmpty());
}

TEST(DraftChange, OfSeveralThatAreTheSameTheOneInItsPlaceIsMeant)
{
    const auto twins = entryOf(with(Split, "  http:\n", SecondRule)); // 0 and 2 are the same
    DraftPlace place;
    place.detail = &twins->detail;
    EXPECT_EQ(touched(changesOfDraft(draftOf(*twins, 0, DraftKind::Weights), twins->object, place)), "0");
    EXPECT_EQ(touched(changesOfDraft(draftOf(*twins, 2, DraftKind::Weights), twins->object, place)), "2");
    const auto shifted = entryOf(with(with(Split, "  http:\n", SecondRule), "  http:", Vip));
    place.detail = &shifted->detail;
    EXPECT_EQ(touched(changesOfDraft(draftOf(*twins, 0, DraftKind::Weights), shifted->object, place)), "1");
    EXPECT_EQ(touched(changesOfDraft(draftOf(*twins, 2, DraftKind::Weights), shifted->object, place)), "3");
    const auto single = entryOf(Split);
    place.detail = &single->detail;
    EXPECT_EQ(touched(changesOfDraft(draftOf(*twins, 2, DraftKind::Weights), single->object, place)), "conflict") << "which of them is left, nobody can say";
}

TEST(DraftChange, ARuleIsKnownByItsName)
{
    const std::string named = with(Split, "  - route:", "  - name: rest\n    route:", true);
    const auto before = entryOf(named);
    const auto after = entryOf(with(with(named, "subset: v2}, weight: 5", "subset: v3}, weight: 5", true), "  http:", Vip));
    DraftPlace place;
    place.detail = &after->detail;
    EXPECT_EQ(touched(changesOfDraft(draftOf(*before, 1, DraftKind::Rule), after->object, place)), "2");
    const auto other = entryOf(with(named, "name: rest", "name: other", true));
    place.detail = &other->detail;
    EXPECT_EQ(touched(changesOfDraft(draftOf(*before, 1, DraftKind::Rule), other->object, place)), "conflict");
}

TEST(DraftChange, WhatMarksAnObjectNamesItsOwner)
{
    EXPECT_EQ(entryOf(Split)->detail.owner, QString());
    const auto tracked = entryOf(with(Split, "namespace: shop,", " annotations: {argocd.argoproj.io/tracking-id: 'shop:networking.istio.io/VirtualService:shop/ratings'},"));
    EXPECT_EQ(toUtf8(tracked->detail.owner), "Argo CD");
}
