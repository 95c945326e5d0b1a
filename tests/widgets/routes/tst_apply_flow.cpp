#include "tests/widgets/fake_data.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/routes/apply_flow.h"
#include "widgets/routes/draft_book.h"

#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace fairway;
using namespace fairway::ui;
using Weights = QList<qint64>;

namespace {
const QString reviews = QStringLiteral("VirtualService/shop/reviews");

engine::RouteDraft draftOf(const Weights &weights, const QString &version = QStringLiteral("81234"))
{
    return {reviews, QStringLiteral("http"), 2, weights, version};
}

struct Case {
    Case()
        : flow(engine)
    {
        engine.contextService.setProduction(engine.contextService.currentName, false);
        engine.contextService.setLocked(false);
    }
    void gate()
    {
        flow.setDraft(draftOf({75, 25}), true, false);
        QTRY_VERIFY(flow.hasGate());
    }
    test::FakeEngine engine;
    ApplyFlow flow;
};
} // namespace

class TestApplyFlow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingIsSentOfARouteThatIsOnlyRendered()
    {
        Case c;
        QSignalSpy gates(&c.engine.writeService, &engine::WriteService::gateChecked);
        c.flow.setSource(QStringLiteral("chart checkout"));
        c.flow.setDraft(draftOf({75, 25}), true, false);
        QVERIFY(!gates.wait(400)); // longer than a resting divider waits
        QVERIFY(c.flow.applyBlocker().contains(QStringLiteral("chart checkout")));
        QVERIFY(!c.flow.dryRunBlocker().isEmpty());
        QVERIFY(!c.flow.isLocked());
        c.flow.dryRun();
        c.flow.apply({});
        QVERIFY(c.engine.writeService.dryRuns.isEmpty());
        QVERIFY(c.engine.writeService.applied.isEmpty());
        c.flow.setSource({});
        c.flow.setDraft(draftOf({74, 26}), true, false);
        QTRY_VERIFY(c.flow.hasGate());
        QVERIFY(c.flow.applyBlocker().isEmpty());
    }

    void aDraftOvertakenByOthersIsAConflictAtOnce()
    {
        DraftBook book;
        engine::Rule rule;
        rule.section = QStringLiteral("http");
        rule.destinations = {engine::Destination {}, engine::Destination {}};
        rule.destinations[0].weight = 90;
        rule.destinations[1].weight = 10;
        rule.destinations[1].subset = QStringLiteral("v2");
        engine::RouteDetail detail;
        detail.row.id = reviews;
        detail.resourceVersion = QStringLiteral("1");
        const DraftBook::Key key {reviews, QStringLiteral("http"), 0};
        SplitModel *model = book.open(detail, rule);
        QVERIFY(model->setDraft({75, 25}));

        detail.resourceVersion = QStringLiteral("2"); // A status update: the same weights.
        book.open(detail, rule);
        QVERIFY(!book.isOvertaken(key));
        QCOMPARE(book.weightDraft(key).resourceVersion, QStringLiteral("2"));

        rule.destinations[0].weight = 60;
        rule.destinations[1].weight = 40;
        for (int version = 3; version < 6; ++version) { // Each further look at the newer object must leave the mark.
            detail.resourceVersion = QString::number(version);
            book.open(detail, rule);
            QVERIFY(book.isOvertaken(key));
            QCOMPARE(book.weightDraft(key).resourceVersion, QStringLiteral("2"));
            QCOMPARE(book.weightDraft(key).weights, (QList<qint64> {75, 25}));
        }

        engine::RouteDraft renewed = book.weightDraft(key);
        renewed.resourceVersion = QStringLiteral("5");
        book.take(renewed); // Laid over it by hand.
        QVERIFY(!book.isOvertaken(key));
        book.open(detail, rule);
        QVERIFY(!book.isOvertaken(key));
        QCOMPARE(book.weightDraft(key).resourceVersion, QStringLiteral("5"));
    }

    void aDraftWhoseDestinationsChangeIsSetAside_data()
    {
        using Live = QList<std::pair<QString, qint64>>;
        QTest::addColumn<Live>("now");
        QTest::addColumn<QStringList>("added");
        QTest::addColumn<QStringList>("gone");
        QTest::addColumn<Weights>("laidOver");
        const auto v = [](int n) { return QStringLiteral("v%1").arg(n); };
        QTest::newRow("one came") << Live {{v(1), 80}, {v(2), 10}, {v(3), 10}} << QStringList {v(3)} << QStringList() << Weights {68, 22, 10};
        QTest::newRow("one went") << Live {{v(1), 100}} << QStringList() << QStringList {v(2)} << Weights {100};
        QTest::newRow("one was exchanged") << Live {{v(1), 90}, {v(4), 10}} << QStringList {v(4)} << QStringList {v(2)} << Weights {90, 10};
        QTest::newRow("another order") << Live {{v(2), 10}, {v(1), 90}} << QStringList() << QStringList() << Weights {25, 75};
        QTest::newRow("all are others") << Live {{v(8), 50}, {v(9), 50}} << QStringList {v(8), v(9)} << QStringList {v(1), v(2)} << Weights {50, 50};
        QTest::newRow("no share is left over") << Live {{v(1), 0}, {v(3), 100}} << QStringList {v(3)} << QStringList {v(2)} << Weights {75, 100};
        QTest::newRow("none is left") << Live {} << QStringList() << QStringList {v(1), v(2)} << Weights {};
    }
    void aDraftWhoseDestinationsChangeIsSetAside()
    {
        using Live = QList<std::pair<QString, qint64>>;
        QFETCH(Live, now);
        QFETCH(QStringList, added);
        QFETCH(QStringList, gone);
        QFETCH(Weights, laidOver);
        const auto ruleOf = [](const Live &live) {
            engine::Rule rule;
            rule.section = QStringLiteral("http");
            for (const auto &[subset, weight] : live) {
                engine::Destination destination;
                destination.label = destination.subset = subset;
                destination.weight = weight;
                rule.destinations.append(destination);
            }
            return rule;
        };
        const Live before {{QStringLiteral("v1"), 90}, {QStringLiteral("v2"), 10}};
        const DraftBook::Key key {reviews, QStringLiteral("http"), 0};
        engine::RouteDetail detail;
        detail.row.id = reviews;
        const auto displace = [&](DraftBook &book) {
            QVERIFY(book.open(detail, ruleOf(before))->setDraft({75, 25}));
            book.open(detail, ruleOf(now));
        };

        DraftBook book;
        displace(book);
        for (int look = 0; look < 3; ++look) { // However often the page looks at it.
            book.open(detail, ruleOf(now));
            const DraftBook::Displaced *aside = book.displaced(key);
            QVERIFY(aside != nullptr);
            QCOMPARE(aside->weights, (Weights {75, 25}));
            QCOMPARE(aside->labels, (QStringList {QStringLiteral("v1"), QStringLiteral("v2")}));
            QCOMPARE(aside->added, added);
            QCOMPARE(aside->gone, gone);
            QVERIFY(!book.isChanged(key));
            QCOMPARE(book.changed().size(), 1); // Not applied, not forgotten.
        }
        book.layOver(key);
        QCOMPARE(book.weightDraft(key).weights, laidOver);
        QVERIFY(book.displaced(key) == nullptr);

        DraftBook discarded;
        displace(discarded);
        discarded.discard(key);
        QVERIFY(discarded.displaced(key) == nullptr);
        QVERIFY(discarded.changed().isEmpty());
        Weights live;
        for (const auto &[subset, weight] : now) {
            live.append(weight);
        }
        QCOMPARE(discarded.weightDraft(key).weights, live);

        DraftBook restored;
        displace(restored);
        restored.open(detail, ruleOf(before)); // Whoever changed it took it back.
        QVERIFY(restored.displaced(key) == nullptr);
        QCOMPARE(restored.weightDraft(key).weights, (Weights {75, 25}));
        QVERIFY(restored.isChanged(key));
    }

    void aDraftFollowsItsRule_data()
    {
        using Change = std::function<void(engine::RouteDetail &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("rule"); // Where the draft stands then; -1: it is lost.
        const auto copyOf = [](const engine::RouteDetail &detail, const QString &title) {
            engine::Rule copy = detail.rules.last();
            copy.title = title;
            return copy;
        };
        QTest::newRow("one like it is put first") << Change([=](engine::RouteDetail &detail) { test::insertRule(detail, 0, copyOf(detail, QStringLiteral("/vip"))); }) << 3;
        QTest::newRow("one is taken away before it") << Change([](engine::RouteDetail &detail) {
            detail.rules.removeFirst();
            test::insertRule(detail, 0, detail.rules.takeFirst());
        }) << 1;
        QTest::newRow("it moves to the front") << Change([](engine::RouteDetail &detail) { test::insertRule(detail, 0, detail.rules.takeLast()); }) << 0;
        QTest::newRow("it is taken away") << Change([](engine::RouteDetail &detail) { detail.rules.removeLast(); }) << -1;
        QTest::newRow("another takes its place") << Change([=](engine::RouteDetail &detail) {
            engine::Rule other = copyOf(detail, QStringLiteral("/vip"));
            detail.rules.removeLast();
            test::insertRule(detail, 2, other);
        }) << -1;
        QTest::newRow("one that is the same in all comes before it") << Change([=](engine::RouteDetail &detail) { test::insertRule(detail, 0, detail.rules.last()); }) << -1;
    }
    void aDraftFollowsItsRule()
    {
        using Change = std::function<void(engine::RouteDetail &)>;
        QFETCH(Change, change);
        QFETCH(int, rule);
        test::FakeEngine engine;
        engine::RouteDetail before;
        QVERIFY(engine.routeService.detail(reviews, &before));
        DraftBook book;
        const DraftBook::Key key {reviews, QStringLiteral("http"), 2};
        QVERIFY(book.open(before, before.rules[2])->setDraft({75, 25}));
        const auto look = [&book](const engine::RouteDetail &detail) {
            book.follow(detail);
            for (const engine::Rule &each : detail.rules) {
                book.open(detail, each);
            }
        };
        engine::RouteDetail after = before;
        change(after);
        for (int times = 0; times < 3; ++times) { // However often the page looks at it.
            look(after);
            QCOMPARE(book.changed().size(), 1);
            QCOMPARE(book.lost(reviews).has_value(), rule < 0);
            for (const engine::Rule &each : after.rules) {
                QCOMPARE(book.isChanged({reviews, each.section, each.index}), each.index == rule);
            }
        }
        if (rule < 0) {
            QCOMPARE(book.lost(reviews)->draft.weights, Weights({75, 25}));
            QCOMPARE(book.lost(reviews)->draft.resourceVersion, before.resourceVersion);
            QCOMPARE(book.lost(reviews)->title, before.rules[2].title);
        } else {
            const engine::RouteDraft draft = book.weightDraft({reviews, QStringLiteral("http"), rule});
            QCOMPARE(draft.rule, rule);
            QCOMPARE(draft.weights, Weights({75, 25}));
            QCOMPARE(draft.resourceVersion, after.resourceVersion);
            QVERIFY(draft.identity.isSameAs(before.rules[2].identity));
        }
        look(before); // Whoever changed it took it back.
        QVERIFY(!book.lost(reviews));
        QCOMPARE(book.weightDraft(key).weights, Weights({75, 25}));
        QVERIFY(book.isChanged(key));
        look(after);
        book.discardLost(reviews);
        QCOMPARE(book.changed().size(), rule < 0 ? 0 : 1);
    }

    void whatStaysAConflictIsNotTakenForLaidOver()
    {
        Case c;
        c.gate();
        c.engine.writeService.nextOutcome.isOk = false;
        c.engine.writeService.nextOutcome.isConflict = true;
        c.flow.dryRun();
        QVERIFY(c.flow.isConflict());
        c.flow.setDraft(draftOf({75, 25}, QStringLiteral("81234")), true, false);
        c.engine.routeService.details[reviews].resourceVersion = QStringLiteral("81234"); // The engine lays nothing over anything.
        c.flow.layDraftOver();
        QVERIFY(c.flow.isConflict());
        QVERIFY(!c.flow.applyBlocker().isEmpty());
    }

    void nothingIsWrittenOfADraftWhoseRuleIsGone()
    {
        Case c;
        c.gate();
        c.flow.setDraft(draftOf({75, 25}), true, false, ApplyFlow::Overtaken::Rule);
        QVERIFY(c.flow.isConflict());
        c.flow.layDraftOver();
        c.flow.dryRun();
        c.flow.apply({});
        QVERIFY(c.engine.writeService.dryRuns.isEmpty());
        QVERIFY(c.engine.writeService.applied.isEmpty());
    }

    void sendsNothingWhileLocked()
    {
        Case c;
        c.engine.contextService.setLocked(true);
        c.gate();
        QVERIFY(c.flow.dryRunBlocker().contains(QStringLiteral("locked")));
        QVERIFY(c.flow.applyBlocker().contains(QStringLiteral("locked")));
        c.flow.dryRun();
        c.flow.apply({});
        QVERIFY(c.engine.writeService.dryRuns.isEmpty());
        QVERIFY(c.engine.writeService.applied.isEmpty());
    }

    void sendsNothingWithoutAChange()
    {
        Case c;
        c.flow.setDraft(draftOf({90, 10}), false, false);
        c.flow.dryRun();
        c.flow.apply({});
        QVERIFY(c.engine.writeService.dryRuns.isEmpty());
        QVERIFY(c.engine.writeService.applied.isEmpty());
    }

    void makesTheDryRunFirst()
    {
        Case c;
        c.gate();
        QSignalSpy written(&c.flow, &ApplyFlow::written);
        c.flow.apply({});
        QCOMPARE(c.engine.writeService.dryRuns.size(), 1);
        QCOMPARE(c.engine.writeService.applied.size(), 1);
        QCOMPARE(c.engine.writeService.applied.first().weights, Weights({75, 25}));
        QCOMPARE(written.count(), 1);
        QVERIFY(c.flow.hasOutcome() && c.flow.outcome().isOk);
        QCOMPARE(c.flow.outcome().stage, engine::WriteStage::Apply);
    }

    void usesADryRunThatPassed()
    {
        Case c;
        c.gate();
        c.flow.dryRun();
        QVERIFY(c.flow.isDryRunPassed());
        c.flow.apply({});
        QCOMPARE(c.engine.writeService.dryRuns.size(), 1);
        QCOMPARE(c.engine.writeService.applied.size(), 1);
    }

    void dryRunsAnewForOtherWeights()
    {
        Case c;
        c.gate();
        c.flow.dryRun();
        c.flow.setDraft(draftOf({60, 40}), true, false);
        QVERIFY(!c.flow.isDryRunPassed());
        QTRY_VERIFY(c.flow.applyBlocker().isEmpty());
        c.flow.apply({});
        QCOMPARE(c.engine.writeService.dryRuns.size(), 2);
    }

    void stopsWhenTheDryRunFails()
    {
        Case c;
        c.engine.writeService.nextOutcome.isOk = false;
        c.engine.writeService.nextOutcome.message = QStringLiteral("a webhook says no");
        c.gate();
        c.flow.apply({});
        QVERIFY(c.engine.writeService.applied.isEmpty());
        QVERIFY(!c.flow.outcome().isOk);
        c.flow.setDraft(draftOf({60, 40}), true, false); // Another draft: the refusal no longer stands.
        QVERIFY(!c.flow.hasOutcome());
    }

    void refusesWithoutTheRight()
    {
        Case c;
        c.engine.writeService.gate.mayWrite = false;
        c.engine.writeService.gate.denied = QStringLiteral("no right to patch virtualservices in shop");
        c.gate();
        QCOMPARE(c.flow.applyBlocker(), QStringLiteral("no right to patch virtualservices in shop"));
        c.flow.apply({});
        c.flow.dryRun();
        QVERIFY(c.engine.writeService.applied.isEmpty());
        QVERIFY(c.engine.writeService.dryRuns.isEmpty());
    }

    void asksForUnreadyPods()
    {
        Case c;
        c.engine.writeService.gate.unreadyDestinations = {QStringLiteral("v2")};
        c.gate();
        QVERIFY(c.flow.applyBlocker().contains(QStringLiteral("v2")));
        c.flow.apply({});
        QVERIFY(c.engine.writeService.applied.isEmpty());
        c.flow.setAllowsUnready(true);
        QVERIFY(c.flow.applyBlocker().isEmpty());
        c.flow.apply({});
        QCOMPARE(c.engine.writeService.applied.size(), 1);
        QVERIFY(c.engine.writeService.consents.last().allowUnready);
        c.flow.setDraft(draftOf({50, 50}), true, false); // The override was for the other weights.
        QVERIFY(!c.flow.allowsUnready());
    }

    void passesTheConsentOn()
    {
        Case c;
        c.gate();
        c.flow.apply({QStringLiteral("prod-eu1"), QStringLiteral("CHG-1"), false});
        QCOMPARE(c.engine.writeService.consents.last().reason, QStringLiteral("CHG-1"));
        QCOMPARE(c.engine.writeService.consents.last().typedContext, QStringLiteral("prod-eu1"));
    }

    void readsAgainWhenStale()
    {
        Case c;
        c.engine.contextService.state.state = engine::Connection::Stale;
        c.gate();
        QSignalSpy refreshed(&c.flow, &ApplyFlow::refreshed);
        c.flow.apply({}); // Nothing else changed: goes through.
        QCOMPARE(refreshed.count(), 1);
        QCOMPARE(c.engine.writeService.applied.size(), 1);
    }

    void stopsWhenStaleAndChanged()
    {
        Case c;
        c.engine.contextService.state.state = engine::Connection::Stale;
        c.flow.setDraft(draftOf({75, 25}, QStringLiteral("80000")), true, false);
        QTRY_VERIFY(c.flow.hasGate());
        c.flow.apply({});
        QVERIFY(c.engine.writeService.applied.isEmpty());
        QVERIFY(c.flow.note().contains(QStringLiteral("apply again")));
        QCOMPARE(c.flow.draft().resourceVersion, QStringLiteral("81234"));
    }

    void keepsTheDraftInAConflict()
    {
        Case c;
        c.gate();
        c.engine.writeService.nextOutcome.isOk = false;
        c.engine.writeService.nextOutcome.isConflict = true;
        c.flow.dryRun();
        QVERIFY(c.flow.isConflict());
        QVERIFY(!c.flow.applyBlocker().isEmpty());
        QCOMPARE(c.flow.draft().weights, Weights({75, 25}));
        engine::RouteDetail newer;
        QVERIFY(c.engine.routeService.detail(reviews, &newer));
        newer.resourceVersion = QStringLiteral("81235");
        c.engine.routeService.details[reviews] = newer;
        QSignalSpy refreshed(&c.flow, &ApplyFlow::refreshed);
        c.flow.layDraftOver();
        QCOMPARE(refreshed.count(), 1);
        QVERIFY(!c.flow.isConflict());
        QCOMPARE(c.flow.draft().weights, Weights({75, 25}));
    }

    void writesNothingToWhatIsGone()
    {
        Case c;
        c.gate();
        c.flow.setDraft(draftOf({75, 25}), true, true);
        c.flow.apply({});
        c.flow.dryRun();
        QVERIFY(c.engine.writeService.applied.isEmpty());
        QVERIFY(c.flow.isGone());
    }

    void undoesItsWriteOnce()
    {
        Case c;
        c.gate();
        c.flow.apply({});
        const qint64 id = c.flow.outcome().journalId;
        QVERIFY(id != 0);
        c.flow.undo({});
        QCOMPARE(c.engine.writeService.undoneIds, QList<qint64>({id}));
        QCOMPARE(c.flow.outcome().stage, engine::WriteStage::Undo);
        c.flow.undo({});
        QCOMPARE(c.engine.writeService.undoneIds.size(), 1);
    }

    void forgetsOnAnotherRule()
    {
        Case c;
        c.gate();
        c.flow.apply({});
        engine::RouteDraft other = draftOf({10, 90});
        other.rule = 0;
        c.flow.setDraft(other, true, false);
        QVERIFY(!c.flow.hasOutcome());
        QVERIFY(!c.flow.isConflict());
    }

    void keepsDraftsInTheBook()
    {
        test::FakeEngine engine;
        engine::RouteDetail detail;
        QVERIFY(engine.routeService.detail(reviews, &detail));
        DraftBook book;
        const DraftBook::Key key {reviews, QStringLiteral("http"), 2};
        SplitModel *model = book.open(detail, detail.rules[2]);
        QVERIFY(!book.isChanged(key));
        model->setWeight(1, 25);
        QCOMPARE(book.weightDraft(key).weights, Weights({75, 25}));
        QCOMPARE(book.weightDraft(key).resourceVersion, QStringLiteral("81234"));

        detail.resourceVersion = QStringLiteral("81300"); // A status update: no conflict.
        QCOMPARE(book.open(detail, detail.rules[2]), model);
        QCOMPARE(book.weightDraft(key).resourceVersion, QStringLiteral("81300"));

        detail.resourceVersion = QStringLiteral("81400"); // Somebody else moved weights: the mark stays.
        detail.rules[2].destinations[0].weight = 50;
        detail.rules[2].destinations[1].weight = 50;
        book.open(detail, detail.rules[2]);
        QCOMPARE(book.weightDraft(key).resourceVersion, QStringLiteral("81300"));
        QCOMPARE(book.weightDraft(key).weights, Weights({75, 25}));
        QCOMPARE(book.find(key)->live(), Weights({50, 50}));

        detail.rules[2].destinations.removeLast(); // Other rows: the draft can't stand.
        book.open(detail, detail.rules[2]);
        QVERIFY(!book.isChanged(key));
        book.clear();
        QVERIFY(book.find(key) == nullptr);
    }
};

QTEST_GUILESS_MAIN(TestApplyFlow)
#include "tst_apply_flow.moc"
