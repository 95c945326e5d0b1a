#include "core/engine/route_entry.h"
#include "core/engine/text.h"
#include "core/route/findings.h"
#include "core/value/yaml.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

namespace fairway::engine {
namespace {

/// A language in which every sentence stands in brackets: what shows none was not asked for.
class Brackets final : public QTranslator {
public:
    [[nodiscard]] QString translate(const char *, const char *source, const char *, int) const override
    {
        return QStringLiteral("[") + QString::fromUtf8(source) + QLatin1Char(']');
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
};

/// Installed for a test's time.
class Speaking {
public:
    Speaking() { QCoreApplication::installTranslator(&m_brackets); }
    ~Speaking() { QCoreApplication::removeTranslator(&m_brackets); }
    Speaking(const Speaking &) = delete;
    Speaking &operator=(const Speaking &) = delete;

private:
    Brackets m_brackets;
};

value::Value parsed(const char *yaml)
{
    auto value = value::parseYaml(yaml);
    return value ? *value : value::Value();
}

std::shared_ptr<const RouteEntry> entryOf(const char *yaml, const route::TopologyView &topology)
{
    const value::Value object = parsed(yaml);
    const auto route = route::parseRoute(object);
    const auto view = value::ObjectView::fromValue(object);
    return route && view ? makeRouteEntry(*view, *route, topology, QDateTime::currentDateTime()) : nullptr;
}

/// One route with everything there is something to say about.
constexpr const char *Troubled = R"(
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: reviews, namespace: shop}
spec:
  hosts: [reviews]
  gateways: [front]
  http:
  - match: [{sourceLabels: {app: web}}]
    route: [{destination: {host: reviews, subset: v9}, weight: 50}, {destination: {host: nowhere}, weight: 20}]
  - match: [{uri: {prefix: /a}, headers: {x: {exact: y}}}]
    route: [{destination: {host: reviews, port: {number: 1}}, weight: 0}, {destination: {host: other.example}, weight: 0}]
  - match: [{uri: {exact: /moved}}]
    redirect: {uri: /there}
  - route: [{destination: {host: reviews}, weight: 7}]
  - match: [{uri: {exact: /late}}]
    route: many
)";

class TestWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void englishStaysAsItIs()
    {
        QCOMPARE(inWords(phrase("route", "%1 has no pod").with("v1")), QStringLiteral("v1 has no pod"));
        QCOMPARE(inWords(Error(ErrorCode::Io, std::string("disk full"))), QStringLiteral("disk full"));
    }

    void anErrorSaysItsKindWhereItsSentenceHasNoTranslation()
    {
        const Speaking speaking;
        QCOMPARE(inWords(Error(ErrorCode::Unreachable, std::string("no route"))), QStringLiteral("[No connection]：no route"));
        QCOMPARE(inWords(Error(ErrorCode::Unreachable, phrase("kube", "%1: no answer yet").with("list pods"))),
            QStringLiteral("[list pods: no answer yet]"));
        for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
            QVERIFY(inWords(Error(static_cast<ErrorCode>(code), std::string("x"))).endsWith(QStringLiteral("]：x")));
    }

    void sentencesEndAsTheirLanguageDoes_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("none") << QString() << QString();
        QTest::newRow("English") << QStringLiteral("gone") << QStringLiteral("gone.");
        QTest::newRow("ended") << QStringLiteral("is it?") << QStringLiteral("is it?");
        QTest::newRow("Chinese") << QStringLiteral("无法连接") << QStringLiteral("无法连接。");
        QTest::newRow("Chinese, ended") << QStringLiteral("无法连接。") << QStringLiteral("无法连接。");
    }
    void sentencesEndAsTheirLanguageDoes()
    {
        QFETCH(QString, text);
        QTEST(toSentence(text), "sentence");
    }

    /// What core says of a route comes to the window in the window's language: no sentence of it is left out.
    void everyFindingRuleAndProblemIsTranslated()
    {
        route::TopologyView topology;
        QVERIFY(topology.upsert(parsed("{apiVersion: v1, kind: Service, metadata: {name: reviews, namespace: shop}, spec: {ports: [{port: 80}, {name: b, port: 81}]}}")));
        const Speaking speaking;
        const auto entry = entryOf(Troubled, topology);
        QVERIFY(entry);
        QVERIFY(entry->detail.findings.size() >= 8);
        for (const Finding &finding : entry->detail.findings) {
            QVERIFY2(finding.title.contains(u'['), qPrintable(finding.title));
            QVERIFY2(finding.detail.contains(u'['), qPrintable(finding.detail));
            QVERIFY2(finding.action.isEmpty() || finding.action.contains(u'['), qPrintable(finding.action));
        }
        for (const Rule &rule : entry->detail.rules) {
            QVERIFY2(rule.title.contains(u'[') || rule.title == QLatin1String("app = web") || rule.title.startsWith(u'/'),
                qPrintable(rule.title));
            QVERIFY2(rule.detail.isEmpty() || rule.detail.contains(u'[') || rule.detail == QLatin1String("sourceLabels"),
                qPrintable(rule.detail));
            QVERIFY2(rule.notEditableReason.isEmpty() || rule.notEditableReason.contains(u'['), qPrintable(rule.notEditableReason));
            for (const Destination &destination : rule.destinations)
                QVERIFY2(destination.problem.isEmpty() || destination.problem.contains(u'['), qPrintable(destination.problem));
        }
        QVERIFY(std::any_of(entry->detail.rules.begin(), entry->detail.rules.end(),
            [](const Rule &rule) { return rule.allocation.contains(u'['); }));
    }
};

} // namespace
} // namespace fairway::engine

QTEST_GUILESS_MAIN(fairway::engine::TestWords)
#include "tst_words.moc"
