#include "core/engine/route_play.h"
#include "core/engine/route_preview.h"

#include <gtest/gtest.h>

/// A route played rule by rule wherever it is loaded.
namespace fairway::engine {
namespace {

constexpr const char *Manifests = R"(
apiVersion: v1
kind: Service
metadata: {name: reviews}
spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews}
spec:
  hosts: [reviews]
  gateways: [mesh, istio-system/public]
  http:
  - match: [{headers: {x-tester: {exact: "true"}}}]
    route: [{destination: {host: reviews, subset: v2}}]
  - match: [{sourceLabels: {app: bff}}]
    route: [{destination: {host: reviews, subset: v1}}]
  - match: [{headers: {x-tester: {exact: "true"}}, uri: {prefix: /never}}]
    route: [{destination: {host: reviews, subset: v1}}]
  - match: [{gateways: [istio-system/public], uri: {prefix: /shop}}]
    redirect: {uri: /}
  - match: [{gateways: [istio-system/other]}]
    route: [{destination: {host: reviews, subset: v1}}]
  - route:
    - {destination: {host: reviews, subset: v1}, weight: 90}
    - {destination: {host: reviews, subset: v2}, weight: 10}
)";

RoutePlay playOf(const QString &manifests = QString::fromLatin1(Manifests))
{
    const auto picture = previewPicture({QStringLiteral("chart reviews"), QStringLiteral("shop"), manifests}, QDateTime::currentDateTimeUtc());
    RoutePlay play;
    play.entry = picture->entries.value(QStringLiteral("preview:VirtualService/shop/reviews"));
    play.objects = picture->rendered;
    play.request.section = QStringLiteral("http");
    play.request.rule = 5;
    play.request.weights = {50, 50};
    play.request.ratePerSecond = 20000;
    play.request.maxRequests = 600;
    return play;
}

using State = RuleRehearsal::State;

TEST(RoutePlay, PlaysEachRuleWhereItIsLoadedWithTheDraftsWeights)
{
    const RoutePlay play = playOf();
    ASSERT_TRUE(play.entry);
    int told = 0;
    const Result<RoutePlayed> played = playRoute(play, [&](const RuleRehearsal &, int) { ++told; }, {});
    ASSERT_TRUE(played) << played.error().message;
    const QList<RuleRehearsal> &rules = played->rules;
    ASSERT_EQ(rules.size(), 6);
    EXPECT_EQ(told, 5) << "those that were asked";
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(rules[i].rule, i) << "in match order, wherever they were played";

    EXPECT_EQ(rules[0].state, State::Played);
    EXPECT_EQ(rules[0].requests, 600);
    ASSERT_EQ(rules[0].shares.size(), 1);
    EXPECT_EQ(rules[0].shares[0].label, QStringLiteral("v2"));
    EXPECT_EQ(rules[0].shares[0].requests, 600);
    EXPECT_TRUE(rules[0].shares[0].isStandIn);
    EXPECT_EQ(rules[1].state, State::Played);
    EXPECT_TRUE(rules[1].place.contains(QStringLiteral("app=bff"))) << rules[1].place.toStdString();
    EXPECT_EQ(rules[2].state, State::NeverRuns);
    EXPECT_TRUE(rules[2].takenBy.startsWith(QStringLiteral("rule 1 ("))) << rules[2].takenBy.toStdString();
    EXPECT_EQ(rules[3].state, State::Played);
    EXPECT_TRUE(rules[3].place.contains(QStringLiteral("istio-system/public")));
    EXPECT_EQ(rules[3].ownAnswers, 600);
    EXPECT_EQ(rules[4].state, State::NotLoaded);
    ASSERT_EQ(rules[5].shares.size(), 2);
    EXPECT_EQ(rules[5].shares[1].expected, 0.5) << "the draft, not what the object says";
    EXPECT_NE(rules[5].verdict, RehearsalVerdict::Differs);
    EXPECT_TRUE(played->notExecuted.join(QStringLiteral("\n")).contains(QStringLiteral("Gateway istio-system/public is not known")));
}

/// ingress-nginx asks header and cookie before the weight: each is a part of one path of the canary.
TEST(RoutePlay, PlaysEachPartOfACanaryIngress)
{
    const auto ingress = [](const QString &name, const QString &annotations, const QString &service) {
        return QStringLiteral("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: %1, annotations: {%2}}\nspec:\n  rules:\n"
                              "  - {host: shop.test, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %3, port: {number: 80}}}}]}}\n---\n")
            .arg(name, annotations, service);
    };
    const QString key = QStringLiteral("nginx.ingress.kubernetes.io/");
    QString annotations;
    for (const char *const one : {"canary: 'true'", "canary-by-header: x-new", "canary-by-cookie: new", "canary-weight: '25'"})
        annotations += (annotations.isEmpty() ? QString() : QStringLiteral(", ")) + key + QLatin1String(one);
    const QString text = ingress(QStringLiteral("web"), {}, QStringLiteral("web")) + ingress(QStringLiteral("next"), annotations, QStringLiteral("next"));
    const auto picture = previewPicture({QStringLiteral("chart web"), QStringLiteral("shop"), text}, QDateTime::currentDateTimeUtc());
    RoutePlay play;
    play.entry = picture->entries.value(QStringLiteral("preview:Ingress/shop/next"));
    ASSERT_TRUE(play.entry);
    play.objects = picture->rendered;
    play.request.ratePerSecond = 20000;
    play.request.maxRequests = 400;
    const Result<RoutePlayed> played = playRoute(play, [](const RuleRehearsal &, int) { }, {});
    ASSERT_TRUE(played) << played.error().message;
    QStringList told;
    for (const RuleRehearsal &rule : played->rules) {
        EXPECT_EQ(rule.state, State::Played);
        EXPECT_EQ(rule.section, QStringLiteral("canary"));
        QStringList shares;
        for (const RehearsalShare &share : rule.shares)
            shares += QStringLiteral("%1 %2").arg(share.label).arg(share.expected);
        told += rule.request + QStringLiteral(" -> ") + shares.join(QStringLiteral(", "));
    }
    const QStringList expected {QStringLiteral("GET http://shop.test/ (x-new: always) -> next 1"),
        QStringLiteral("GET http://shop.test/ (cookie: new=always) -> next 1"), QStringLiteral("GET http://shop.test/ -> web 0.75, next 0.25")};
    EXPECT_EQ(told, expected) << told.join(QStringLiteral("\n")).toStdString();
}

TEST(RoutePlay, EndsWhenCancelled)
{
    CancelSource cancel;
    const Result<RoutePlayed> played = playRoute(playOf(), [&](const RuleRehearsal &, int) { cancel.cancel(); }, cancel.token());
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().code, ErrorCode::Cancelled);
}

TEST(RoutePlay, SaysWhenNoProxyLoadsTheRoute)
{
    const QString text = QString::fromLatin1(Manifests);
    RoutePlay play = playOf(text);
    play.objects.clear(); // neither Service nor route: nobody holds it
    const Result<RoutePlayed> played = playRoute(play, [](const RuleRehearsal &, int) { }, {});
    ASSERT_FALSE(played);
    EXPECT_EQ(played.error().code, ErrorCode::InvalidInput);
}

} // namespace
} // namespace fairway::engine
