#include "widgets/routes/truth_meter.h"

#include <QTest>

#include <functional>

using namespace fairway;
using namespace fairway::ui;

namespace {

struct Told {
    engine::RouteDetail detail;
    engine::Rule rule;
    engine::RehearsalStatus rehearsal;
    QList<qint64> draft {75, 25};
};

engine::Destination destination(const QString &label, qint64 weight, engine::Role role)
{
    engine::Destination out;
    out.label = label;
    out.weight = weight;
    out.share = static_cast<double>(weight) / 100;
    out.role = role;
    out.readyPods = out.totalPods = 3;
    return out;
}

/// 75 / 25, accepted by its controller, rehearsed and right.
Told wellTold()
{
    Told told;
    told.detail.row.id = QStringLiteral("HTTPRoute/shop/reviews");
    told.detail.generation = 41;
    told.detail.controllerStatus = QStringLiteral("gen 41 accepted");
    told.detail.isControllerCurrent = true;
    told.rule.section = QStringLiteral("rules");
    told.rule.destinations = {destination(QStringLiteral("v1"), 75, engine::Role::Stable), destination(QStringLiteral("v2"), 25, engine::Role::Canary)};
    told.rehearsal.routeId = told.detail.row.id;
    told.rehearsal.phase = engine::RehearsalStatus::Phase::Done;
    told.rehearsal.verdict = engine::RehearsalVerdict::Matches;
    told.rehearsal.requests = 10000;
    engine::RehearsalShare share;
    share.label = QStringLiteral("v2");
    share.expected = 0.25;
    share.share = 0.251;
    share.low = 0.243;
    share.high = 0.259;
    share.requests = 2510;
    told.rehearsal.shares = {share};
    return told;
}

Truth tell(const Told &told)
{
    return Truth::tell(told.detail, told.rule, told.draft, false, told.rehearsal);
}

engine::OwnerClaim claim(double share, const QString &label = QStringLiteral("v2"), bool revertsEdits = true)
{
    engine::OwnerClaim out;
    out.controller = revertsEdits ? QStringLiteral("Argo Rollouts") : QStringLiteral("Flagger");
    out.object = QStringLiteral("Rollout shop/reviews");
    out.section = QStringLiteral("rules");
    out.label = label;
    out.share = share;
    out.phase = QStringLiteral("Paused");
    out.revertsEdits = revertsEdits;
    return out;
}

using Change = std::function<void(Told &)>;

} // namespace
Q_DECLARE_METATYPE(Change)

class TestTruth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsWellIsSaidToAgree()
    {
        const Truth truth = tell(wellTold());
        QCOMPARE(truth.verdict, Truth::Verdict::Agrees);
        QCOMPARE(truth.words, QStringLiteral("every known stage agrees"));
        QVERIFY(truth.why.isEmpty() && truth.next.isEmpty());
        QCOMPARE(truth.cluster.spec.text, QStringLiteral("25 %"));
    }

    void eachLieIsNamed_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("part");
        const auto row = [](const char *name, Change change, const char *words, const char *part) {
            QTest::newRow(name) << std::move(change) << QString::fromUtf8(words) << QString::fromUtf8(part);
        };
        row("behind", [](Told &t) { t.detail.controllerStatus = QStringLiteral("gen 40 accepted"); t.detail.isControllerCurrent = false; },
            "the controller is behind the spec", "generation 41");
        row("refused", [](Told &t) { t.detail.refusal = QStringLiteral("NotAllowedByListeners"); t.detail.isControllerCurrent = false; },
            "the controller refuses the route", "NotAllowedByListeners");
        row("rollout", [](Told &t) { t.detail.claims = {claim(0.2)}; }, "Argo Rollouts says 20 %, the spec 25 %", "writes its weight over this one");
        row("rollout, told of the other destination", [](Told &t) { t.detail.claims = {claim(0.7, QStringLiteral("v1"))}; },
            "Argo Rollouts says 30 %, the spec 25 %", "share of v1");
        row("flagger", [](Told &t) { t.detail.claims = {claim(0.1, QStringLiteral("v2"), false)}; }, "Flagger says 10 %, the spec 25 %",
            "goes on from the edited weight");
        row("dead end", [](Told &t) { t.rule.destinations[0].isBroken = true; t.rule.destinations[0].problem = QStringLiteral("none of 3 pods is ready"); },
            "75 % go to v1, which can't answer", "none of 3 pods is ready");
        row("nothing gets anything", [](Told &t) {
            for (engine::Destination &one : t.rule.destinations)
                one.share = 0;
            t.rule.allocation = QStringLiteral("all weights are 0: every request is answered 500");
        }, "nothing gets the requests", "answered 500");
        row("other weights rehearsed", [](Told &t) { t.draft = {50, 50}; }, "the rehearsal ran other weights", "says nothing of these");
        row("measured otherwise", [](Told &t) {
            t.rehearsal.verdict = engine::RehearsalVerdict::Differs;
            t.rehearsal.shares[0].low = 0.31;
            t.rehearsal.shares[0].high = 0.33;
        }, "the measured share differs", "between 31.0 % and 33.0 %");
    }
    void eachLieIsNamed()
    {
        QFETCH(Change, change);
        QFETCH(QString, words);
        QFETCH(QString, part);
        Told told = wellTold();
        change(told);
        const Truth truth = tell(told);
        QCOMPARE(truth.verdict, Truth::Verdict::Differs);
        QCOMPARE(truth.words, words);
        QVERIFY2(truth.why.contains(part), qPrintable(truth.why));
        QVERIFY(!truth.next.isEmpty());
    }

    void whatIsNoLieIsNotCalledOne_data()
    {
        QTest::addColumn<Change>("change");
        QTest::newRow("a controller that agrees") << Change([](Told &t) { t.detail.claims = {claim(0.25)}; });
        QTest::newRow("a claim about another rule") << Change([](Told &t) { t.detail.claims = {claim(0.5)}; t.detail.claims[0].rule = 1; });
        QTest::newRow("a broken destination without weight") << Change([](Told &t) {
            t.rule.destinations[0].share = 0;
            t.rule.destinations[0].isBroken = true;
            t.rule.destinations[1].share = 1;
            t.draft = {0, 100};
            t.rehearsal.shares[0].expected = 1;
        });
        QTest::newRow("no controller reports") << Change([](Told &t) { t.detail.controllerStatus.clear(); t.detail.isControllerCurrent = false; });
    }
    void whatIsNoLieIsNotCalledOne()
    {
        QFETCH(Change, change);
        Told told = wellTold();
        change(told);
        QCOMPARE(tell(told).verdict, Truth::Verdict::Agrees);
    }

    void aLoneDestinationWithoutAWeightGetsAll()
    {
        Told told = wellTold();
        told.rule.destinations = {destination(QStringLiteral("v1"), 0, engine::Role::Stable)};
        told.rule.destinations[0].share = 1;
        told.draft = {0};
        const Truth truth = tell(told);
        QCOMPARE(truth.cluster.spec.text, QStringLiteral("100 %"));
        QCOMPARE(truth.rehearsal.spec.text, QStringLiteral("100 %"));
    }

    void whatIsOnlyRenderedHasNoController()
    {
        Told told = wellTold();
        told.detail.source = QStringLiteral("chart checkout");
        told.detail.refusal = QStringLiteral("Whatever");
        QCOMPARE(tell(told).verdict, Truth::Verdict::Agrees);
    }
};

QTEST_MAIN(TestTruth)
#include "tst_truth.moc"
