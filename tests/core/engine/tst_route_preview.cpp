#include "core/engine/route_picture.h"
#include "core/engine/route_preview.h"

#include <gtest/gtest.h>

using namespace fairway;
using namespace fairway::engine;

namespace {

constexpr const char *Manifests = R"(---
apiVersion: v1
kind: Service
metadata: {name: checkout}
spec: {selector: {app: checkout}, ports: [{name: http, port: 80}]}
---
# only a comment
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: checkout}
spec:
  host: checkout
  subsets:
  - {name: v1, labels: {version: v1}}
  - {name: v2, labels: {version: v2}}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: checkout}
spec:
  hosts: [checkout]
  http:
  - route:
    - {destination: {host: checkout, subset: v1}, weight: 85}
    - {destination: {host: checkout, subset: v2}, weight: 15}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: checkout-v1}
)";

std::shared_ptr<const RoutePicture> pictureOf(const QString &manifests)
{
    return previewPicture({QStringLiteral("chart checkout"), QStringLiteral("shop"), manifests}, QDateTime::currentDateTimeUtc());
}

const Finding *findingOf(const RouteEntry &entry, const char *code)
{
    for (const Finding &finding : entry.detail.findings) {
        if (finding.code == QString::fromLatin1(code))
            return &finding;
    }
    return nullptr;
}

const QString Id = QStringLiteral("preview:VirtualService/shop/checkout");

} // namespace

TEST(RoutePreview, IsMadeOfTheRenderedObjectsAlone)
{
    const auto picture = pictureOf(QString::fromLatin1(Manifests));
    ASSERT_TRUE(picture->isLoaded);
    EXPECT_TRUE(picture->problem.isEmpty());
    ASSERT_EQ(picture->rows.size(), 1);
    EXPECT_EQ(picture->rows[0].id, Id);
    EXPECT_EQ(picture->rows[0].ns, QStringLiteral("shop")) << "objects that name no namespace go to the release's";
    EXPECT_EQ(picture->rows[0].summary, QStringLiteral("85 / 15"));
    const auto entry = picture->entries.value(Id);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->detail.source, QStringLiteral("chart checkout"));
    ASSERT_EQ(entry->detail.rules.size(), 1);
    ASSERT_EQ(entry->detail.rules[0].destinations.size(), 2);
    EXPECT_EQ(entry->detail.rules[0].destinations[0].service, QStringLiteral("shop/checkout"));
    EXPECT_EQ(entry->route.id(), "VirtualService/shop/checkout") << "only the window's id differs";
}

TEST(RoutePreview, SaysNothingOfPodsBecauseThereAreNone)
{
    const auto entry = pictureOf(QString::fromLatin1(Manifests))->entries.value(Id);
    ASSERT_TRUE(entry);
    EXPECT_EQ(findingOf(*entry, "FW0006"), nullptr);
    EXPECT_EQ(findingOf(*entry, "IST0173"), nullptr);
    EXPECT_EQ(entry->detail.row.problems, 0);
    EXPECT_EQ(entry->detail.row.severity, Severity::Good);
    for (const Destination &destination : entry->detail.rules[0].destinations) {
        EXPECT_EQ(destination.totalPods, -1);
        EXPECT_TRUE(destination.problem.isEmpty());
    }
}

TEST(RoutePreview, StillTellsWhatTheObjectsThemselvesGetWrong)
{
    const auto entry = pictureOf(QString::fromLatin1(Manifests).replace(QLatin1String("name: v2, labels"), QLatin1String("name: v3, labels")))->entries.value(Id);
    ASSERT_TRUE(entry);
    ASSERT_NE(findingOf(*entry, "IST0101"), nullptr) << "subset v2 isn't defined any more";
    EXPECT_EQ(entry->detail.row.severity, Severity::Error);
    EXPECT_FALSE(entry->detail.rules[0].destinations[1].problem.isEmpty());
}

TEST(RoutePreview, ShowsRoutesOfConnections)
{
    const auto picture = pictureOf(QStringLiteral("apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TCPRoute\nmetadata: {name: mail}\n"
                                                  "spec: {rules: [{backendRefs: [{name: mail, port: 25, weight: 9}, {name: mail-next, port: 25}]}]}\n"));
    const auto entry = picture->entries.value(QStringLiteral("preview:TCPRoute/shop/mail"));
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->detail.row.badge, QStringLiteral("TC"));
    ASSERT_EQ(entry->detail.rules.size(), 1);
    EXPECT_EQ(entry->detail.rules[0].destinations[1].share, 0.1);
}

TEST(RoutePreview, OfNoRoutesOrNoYamlHasAReason)
{
    EXPECT_FALSE(pictureOf(QStringLiteral("kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n"))->problem.isEmpty());
    EXPECT_FALSE(pictureOf({})->problem.isEmpty());
    EXPECT_TRUE(pictureOf(QStringLiteral("a: [1\n"))->rows.isEmpty());
    EXPECT_FALSE(pictureOf(QStringLiteral("a: [1\n"))->problem.isEmpty());
    // Other groups' kinds of the same name, and objects without metadata, are no routes.
    EXPECT_TRUE(pictureOf(QStringLiteral("kind: VirtualService\napiVersion: example.com/v1\nmetadata: {name: a}\n"))->rows.isEmpty());
    EXPECT_TRUE(pictureOf(QStringLiteral("kind: VirtualService\napiVersion: networking.istio.io/v1\n"))->rows.isEmpty());
    EXPECT_TRUE(pictureOf(QStringLiteral("- kind: VirtualService\n---\n3\n"))->rows.isEmpty());
}

TEST(RoutePreview, IdsAreTheirOwn)
{
    EXPECT_EQ(previewId(QStringLiteral("VirtualService"), QStringLiteral("shop"), QStringLiteral("checkout")), Id);
    EXPECT_TRUE(previewId(QStringLiteral("Service"), QStringLiteral("shop"), QStringLiteral("checkout")).isEmpty());
    EXPECT_TRUE(isPreviewId(Id));
    EXPECT_FALSE(isPreviewId(QStringLiteral("VirtualService/shop/checkout")));
}
