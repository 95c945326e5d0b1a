#include "core/engine/checked_routes.h"
#include "core/engine/route_row.h"
#include "core/engine/route_preview.h"
#include "core/route/finding_words.h"

#include <gtest/gtest.h>

/// Findings of analysis at the routes that they are about.
namespace fairway::engine {
namespace {

constexpr const char *Manifests = R"(
apiVersion: v1
kind: Service
metadata: {name: reviews}
spec: {selector: {app: reviews}, ports: [{name: http, port: 9080}]}
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: {name: front}
spec: {servers: [{port: {number: 80, name: http, protocol: NONSENSE}, hosts: ['*']}]}
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: reviews}
spec: {host: reviews, subsets: [{name: v1, labels: {version: v1}}], trafficPolicy: {loadBalancer: {simple: SOMETIMES}}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews}
spec:
  hosts: [reviews]
  gateways: [mesh, front, gone]
  http:
  - match: [{uri: {prefix: /api}}]
    route: [{destination: {host: reviews, subset: v1}}]
  - match: [{uri: {prefix: /api/v2}}]
    route: [{destination: {host: reviews, subset: v9}}]
  - route: [{destination: {host: reviews, subset: v1}}]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: fine}
spec: {hosts: [reviews.example], gateways: [front], http: [{route: [{destination: {host: reviews}}]}]}
)";

const QString Id = QStringLiteral("preview:VirtualService/shop/reviews");

const Finding *found(const QList<Finding> &list, const char *code, const char *path)
{
    for (const Finding &finding : list) {
        if (finding.code == QLatin1String(code) && finding.path.contains(QLatin1String(path)))
            return &finding;
    }
    return nullptr;
}

TEST(CheckedRoutes, TellsEachRouteWhatConcernsIt)
{
    const auto picture = previewPicture({QStringLiteral("chart reviews"), QStringLiteral("shop"), QString::fromLatin1(Manifests)}, QDateTime::currentDateTimeUtc());
    const CheckedRoutes checked = checkRoutes(picture->rendered, *picture, {});
    const QList<Finding> list = checked.value(Id);

    const Finding *never = found(list, "FW0030", "spec.http[1]");
    ASSERT_NE(never, nullptr) << "a rule behind one that takes all its requests";
    EXPECT_EQ(never->severity, Severity::Warning);
    EXPECT_EQ(never->actionTarget, QStringLiteral("rule:http/1"));
    EXPECT_FALSE(never->title.isEmpty());
    const Finding *gateway = found(list, "IST0101", "spec.gateways[2]");
    ASSERT_NE(gateway, nullptr);
    EXPECT_EQ(gateway->kialiCode, QStringLiteral("KIA1102"));
    EXPECT_TRUE(gateway->actionTarget.isEmpty()) << "leads to the field in the YAML";
    EXPECT_FALSE(gateway->action.isEmpty());

    // What stands in a DestinationRule or Gateway is told at the routes that need it, with its object.
    const Finding *rule = found(list, "IST0106", "spec.trafficPolicy");
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->object, QStringLiteral("DestinationRule shop/reviews"));
    EXPECT_TRUE(rule->detail.contains(QStringLiteral("DestinationRule shop/reviews")));
    EXPECT_TRUE(rule->action.isEmpty());
    EXPECT_NE(found(checked.value(QStringLiteral("preview:VirtualService/shop/fine")), "IST0106", "spec.servers"), nullptr);

    // The route's own findings say of the subset already.
    int missing = 0;
    for (const QList<Finding> &both : {picture->entries.value(Id)->detail.findings, list}) {
        for (const Finding &finding : both)
            missing += finding.path.startsWith(QStringLiteral("spec.http[1].route[0]")) && finding.code == QStringLiteral("IST0101");
    }
    EXPECT_EQ(missing, 1);
}

TEST(CheckedRoutes, CountProblemsAndNotWhatOnlyInforms)
{
    Finding problem;
    problem.severity = Severity::Warning;
    Finding worse;
    worse.severity = Severity::Error;
    RouteRow row;
    row.problems = 1;
    row.severity = Severity::Warning;
    row = withFindings(row, {Finding {}, problem, worse});
    EXPECT_EQ(row.problems, 3);
    EXPECT_EQ(row.severity, Severity::Error);
}

TEST(KialiCodes, AreThoseOfTheSameThing)
{
    struct Case {
        const char *code;
        const char *object;
        const char *path;
        const char *kiali;
    };
    const Case cases[] = {{"IST0101", "VirtualService a/b", "spec.http[0].route[0].destination.host", "KIA1101"},
        {"IST0101", "VirtualService a/b", "spec.http[0].route[0].destination.subset", "KIA1107"},
        {"IST0101", "VirtualService a/b", "spec.gateways[0]", "KIA1102"}, {"IST0101", "Gateway a/b", "spec.selector", "KIA0302"},
        {"IST0101", "Gateway a/b", "spec.servers[0].tls.credentialName", ""}, {"IST0109", "VirtualService a/b", "spec.hosts", "KIA1106"},
        {"IST0106", "VirtualService a/b", "spec.hosts", ""}, {"FW0030", "VirtualService a/b", "spec.http[1]", ""}};
    for (const Case &one : cases)
        EXPECT_EQ(route::kialiCode(one.code, one.object, one.path, ""), one.kiali) << one.code << ' ' << one.path;
    EXPECT_EQ(route::kialiCode("IST0101", "VirtualService a/b", "spec.http[1].route[0]", "No subset v9 in DestinationRule a/b."), "KIA1107");
}

} // namespace
} // namespace fairway::engine
