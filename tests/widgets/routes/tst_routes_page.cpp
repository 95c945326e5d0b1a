#include "tests/widgets/fake_data.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/routes/route_graph.h"
#include "widgets/routes/routes_page.h"
#include "widgets/routes/split_grip.h"
#include "widgets/theme/theme.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace fairway;
using namespace fairway::ui;
using Weights = QList<qint64>;

namespace {
const QString reviews = QStringLiteral("VirtualService/shop/reviews");

template <typename W>
W *named(QWidget &root, const QString &name)
{
    for (W *widget : root.findChildren<W *>()) {
        if (widget->accessibleName() == name && widget->isVisible()) {
            return widget;
        }
    }
    return nullptr;
}

bool shows(const QWidget &root, const QString &text)
{
    for (const QLabel *label : root.findChildren<QLabel *>()) {
        if (label->isVisible() && label->text().contains(text)) {
            return true;
        }
    }
    return false;
}

struct Window {
    explicit Window(bool isUnlocked = true, bool isProduction = false)
    {
        engine.contextService.setProduction(engine.contextService.currentName, isProduction);
        engine.contextService.setLocked(!isUnlocked);
        page = std::make_unique<RoutesPage>(engine, theme());
        page->resize(1272, 819);
        page->show();
        page->openTarget(reviews);
    }
    void type(const QString &destination, const QString &weight)
    {
        auto *edit = named<QLineEdit>(*page, QStringLiteral("Draft weight of ") + destination);
        QVERIFY(edit != nullptr);
        edit->selectAll();
        QTest::keyClicks(edit, weight);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    QAction *action(const QKeySequence &key)
    {
        for (QAction *each : page->actions()) {
            if (each->shortcut() == key) {
                return each;
            }
        }
        return nullptr;
    }
    void press(const QKeySequence &key)
    {
        QAction *found = action(key);
        QVERIFY(found != nullptr);
        found->trigger();
    }
    QAbstractButton *button(const QString &text)
    {
        for (QAbstractButton *each : page->findChildren<QAbstractButton *>()) {
            if (each->isVisible() && each->text() == text) {
                return each;
            }
        }
        return nullptr;
    }
    test::FakeEngine engine;
    std::unique_ptr<RoutesPage> page;
};
const QKeySequence applyKey(Qt::CTRL | Qt::Key_Return);
} // namespace

class TestRoutesPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTheme(*qApp, SchemeChoice::Dark); }

    void goesFromDraftToAppliedAndBack()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QString reason;
        QVERIFY(w.page->hasUnsavedWork(&reason));
        QVERIFY(!reason.isEmpty());
        QTRY_VERIFY(w.button(QStringLiteral("Apply to prod-eu1")) != nullptr && w.button(QStringLiteral("Apply to prod-eu1"))->isEnabled());
        w.press(applyKey);
        QCOMPARE(w.engine.writeService.dryRuns.size(), 1);
        QCOMPARE(w.engine.writeService.applied.size(), 1);
        QCOMPARE(w.engine.writeService.applied.first().weights, Weights({75, 25}));
        QCOMPARE(w.engine.writeService.applied.first().rule, 2);
        QVERIFY(!w.page->hasUnsavedWork(nullptr));
        QVERIFY(shows(*w.page, QStringLiteral("Applied.")));
        auto *undo = named<QAbstractButton>(*w.page, QStringLiteral("Undo this write"));
        QVERIFY(undo != nullptr);
        undo->click();
        QCOMPARE(w.engine.writeService.undoneIds.size(), 1);
        QVERIFY(shows(*w.page, QStringLiteral("Undone.")));
    }

    void rendersOfAChartAreShownAndRehearsedNeverApplied()
    {
        Window w;
        // As the engine does: rows and details of the rendering, in the place of the cluster's.
        const QList<engine::RouteRow> cluster = w.engine.routeService.list;
        engine::RouteDetail detail;
        QVERIFY(w.engine.routeService.detail(QStringLiteral("VirtualService/shop/reviews"), &detail));
        detail.row.id = QStringLiteral("preview:VirtualService/shop/reviews");
        detail.source = QStringLiteral("chart reviews");
        for (engine::Rule &rule : detail.rules) {
            for (engine::Destination &destination : rule.destinations)
                destination.readyPods = destination.totalPods = -1;
        }
        w.engine.routeService.details.insert(detail.row.id, detail);
        w.engine.routeService.list = {detail.row};
        w.engine.routeService.showPreview({detail.source, QStringLiteral("shop"), {}});
        Q_EMIT w.engine.routeService.rowsChanged();
        w.page->openTarget(detail.row.id);
        QVERIFY(shows(*w.page, QStringLiteral("Only rendered")));
        QVERIFY(shows(*w.page, QStringLiteral("Chart now")) && !shows(*w.page, QStringLiteral("Cluster now"))); // nothing is live
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QVERIFY(w.button(QStringLiteral("Apply")) == nullptr);
        QVERIFY(w.button(QStringLiteral("Apply to prod-eu1")) == nullptr);
        w.press(applyKey);
        QVERIFY(w.engine.writeService.applied.isEmpty());
        QVERIFY(w.engine.writeService.dryRuns.isEmpty());
        QAbstractButton *rehearse = w.button(QStringLiteral("Rehearse"));
        QVERIFY(rehearse != nullptr);
        rehearse->click(); // Production asks no consent: no pod is reached.
        QCOMPARE(w.engine.rehearsalService.starts, 1);
        QVERIFY(!w.engine.rehearsalService.request.usePods);
        QCOMPARE(w.engine.rehearsalService.request.weights, Weights({75, 25}));
        QSignalSpy navigated(w.page.get(), &Page::navigate);
        QAbstractButton *back = w.button(QStringLiteral("Back to chart reviews"));
        QVERIFY(back != nullptr);
        back->click();
        QCOMPARE(navigated.first().first().toString(), QStringLiteral("charts:"));
        // And back to what the cluster has.
        w.engine.routeService.details.remove(detail.row.id);
        w.engine.routeService.list = cluster;
        w.button(QStringLiteral("Back to the cluster"))->click();
        Q_EMIT w.engine.routeService.rowsChanged();
        QVERIFY(!shows(*w.page, QStringLiteral("Only rendered")));
        QVERIFY(w.button(QStringLiteral("Back to the cluster")) == nullptr);
    }

    void sendsNothingWhileLocked()
    {
        Window w(false);
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QVERIFY(shows(*w.page, QStringLiteral("prod-eu1 is locked")));
        w.press(applyKey);
        w.press(QKeySequence(Qt::Key_D));
        auto *apply = named<QAbstractButton>(*w.page, QStringLiteral("Apply"));
        QVERIFY(apply != nullptr && !apply->isEnabled());
        QVERIFY(!apply->toolTip().isEmpty());
        QVERIFY(w.engine.writeService.dryRuns.isEmpty());
        QVERIFY(w.engine.writeService.applied.isEmpty());
        QVERIFY(shows(*w.page, QStringLiteral("2 field")) || shows(*w.page, QStringLiteral("fields change"))); // The diff works all the same.
    }

    void asksForTheNameInProduction()
    {
        Window w(true, true);
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QTRY_VERIFY(w.button(QStringLiteral("Apply to prod-eu1…")) != nullptr && w.button(QStringLiteral("Apply to prod-eu1…"))->isEnabled());
        w.press(applyKey);
        QVERIFY(w.engine.writeService.applied.isEmpty());
        QDialog *dialog = w.page->findChild<QDialog *>();
        QVERIFY(dialog != nullptr);
        const auto edits = dialog->findChildren<QLineEdit *>();
        QCOMPARE(edits.size(), 2);
        edits[0]->setText(QStringLiteral("prod-eu1"));
        edits[1]->setText(QStringLiteral("CHG-7"));
        dialog->accept();
        QCOMPARE(w.engine.writeService.applied.size(), 1);
        QCOMPARE(w.engine.writeService.consents.last().reason, QStringLiteral("CHG-7"));
    }

    void showsTheirsAndMineInAConflict()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QTRY_VERIFY(w.button(QStringLiteral("Apply to prod-eu1")) != nullptr && w.button(QStringLiteral("Apply to prod-eu1"))->isEnabled());
        w.engine.writeService.nextOutcome.isOk = false;
        w.engine.writeService.nextOutcome.isConflict = true;
        w.press(applyKey);
        QVERIFY(shows(*w.page, QStringLiteral("Changed in the cluster meanwhile")));
        QVERIFY(shows(*w.page, QStringLiteral("theirs")));
        QAbstractButton *lay = w.button(QStringLiteral("Lay my draft over it"));
        QVERIFY(lay != nullptr);
        w.engine.writeService.nextOutcome = {};
        w.engine.writeService.nextOutcome.isOk = true;
        engine::RouteDetail newer;
        QVERIFY(w.engine.routeService.detail(reviews, &newer));
        newer.resourceVersion = QStringLiteral("81235");
        w.engine.routeService.details[reviews] = newer;
        lay->click();
        QTRY_VERIFY(w.button(QStringLiteral("Apply to prod-eu1")) != nullptr && w.button(QStringLiteral("Apply to prod-eu1"))->isEnabled());
        w.press(applyKey);
        QCOMPARE(w.engine.writeService.applied.last().weights, Weights({75, 25}));
    }

    void discardsAfterAConflict()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QTRY_VERIFY(w.button(QStringLiteral("Apply to prod-eu1")) != nullptr && w.button(QStringLiteral("Apply to prod-eu1"))->isEnabled());
        w.engine.writeService.nextOutcome.isOk = false;
        w.engine.writeService.nextOutcome.isConflict = true;
        w.press(applyKey);
        QAbstractButton *discard = w.button(QStringLiteral("Discard my draft"));
        QVERIFY(discard != nullptr);
        discard->click();
        QVERIFY(!w.page->hasUnsavedWork(nullptr));
    }

    void saysWhenTheRuleLeadsElsewhere_data()
    {
        QTest::addColumn<bool>("isUnlocked");
        QTest::addColumn<bool>("laysOver");
        QTest::newRow("laid over") << true << true;
        QTest::newRow("discarded") << true << false;
        QTest::newRow("laid over in a locked context") << false << true;
        QTest::newRow("discarded in a locked context") << false << false;
    }
    void saysWhenTheRuleLeadsElsewhere()
    {
        QFETCH(bool, isUnlocked);
        QFETCH(bool, laysOver);
        Window w(isUnlocked);
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        engine::RouteDetail detail;
        QVERIFY(w.engine.routeService.detail(reviews, &detail));
        engine::Destination third = detail.rules[2].destinations.last();
        third.label = third.subset = QStringLiteral("v9");
        third.weight = 20;
        detail.rules[2].destinations[0].weight = 70;
        detail.rules[2].destinations.append(third);
        w.engine.routeService.details[reviews] = detail;
        Q_EMIT w.engine.routeService.detailChanged(reviews);

        QVERIFY(shows(*w.page, QStringLiteral("The rule leads elsewhere by now")));
        QVERIFY(shows(*w.page, QStringLiteral("new: v9")));
        QVERIFY(shows(*w.page, QStringLiteral("75 / 25")));
        QVERIFY(w.page->hasUnsavedWork(nullptr));
        w.press(applyKey);
        QVERIFY(w.engine.writeService.applied.isEmpty());
        QAbstractButton *choice = w.button(laysOver ? QStringLiteral("Lay my draft over it") : QStringLiteral("Discard my draft"));
        QVERIFY(choice != nullptr && choice->isEnabled());
        choice->click();
        QVERIFY(!shows(*w.page, QStringLiteral("The rule leads elsewhere by now")));
        QCOMPARE(w.page->hasUnsavedWork(nullptr), laysOver);
        const auto weight = [&](const char *name) {
            const auto *edit = named<QLineEdit>(*w.page, QStringLiteral("Draft weight of ") + QLatin1String(name));
            return edit == nullptr ? QString() : edit->text();
        };
        QTRY_VERIFY(!weight("v9").isEmpty()); // The new row shows with the next turn of the loop.
        QCOMPARE(weight("v1"), laysOver ? QStringLiteral("60") : QStringLiteral("70"));
        QCOMPARE(weight("v2"), laysOver ? QStringLiteral("20") : QStringLiteral("10"));
        QCOMPARE(weight("v9"), QStringLiteral("20"));
    }

    void theDraftAndTheChoiceFollowTheirRule()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("30"));
        w.press(QKeySequence(Qt::Key_R));
        w.engine.rehearsalService.advance(10);
        w.press(QKeySequence(Qt::Key_R));
        QVERIFY(shows(*w.page, QStringLiteral("Matches")));
        engine::RouteDetail detail;
        QVERIFY(w.engine.routeService.detail(reviews, &detail));
        engine::Rule vip = detail.rules.last(); // Somebody puts a copy of the rule, with a match of its own, before all others.
        vip.title = QStringLiteral("/vip");
        test::insertRule(detail, 0, vip);
        w.engine.routeService.details[reviews] = detail;
        Q_EMIT w.engine.routeService.detailChanged(reviews);
        QCOMPARE(w.page->findChild<RouteGraph *>()->selectedRule(), 3);
        QVERIFY(shows(*w.page, QStringLiteral("Split of rule 4")));
        QCOMPARE(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v2"))->text(), QStringLiteral("30"));
        QVERIFY2(shows(*w.page, QStringLiteral("Matches")), "what was measured is of this rule, wherever it stands");
        QTRY_VERIFY(w.button(QStringLiteral("Apply to prod-eu1")) != nullptr && w.button(QStringLiteral("Apply to prod-eu1"))->isEnabled());
        w.press(applyKey);
        QCOMPARE(w.engine.writeService.applied.size(), 1);
        QCOMPARE(w.engine.writeService.applied.first().rule, 3);
        QCOMPARE(w.engine.writeService.applied.first().weights, Weights({70, 30}));
        QVERIFY(w.engine.writeService.applied.first().identity.isSameAs(detail.rules[3].identity));

        w.page->findChild<RouteGraph *>()->setFocus();
        w.press(QKeySequence(Qt::ALT | Qt::Key_Up));
        QVERIFY2(!shows(*w.page, QStringLiteral("Matches")), "of the others nothing was measured");
    }

    void aDraftWhoseRuleIsGoneIsSetAside()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("30"));
        w.press(QKeySequence(Qt::Key_R));
        w.engine.rehearsalService.advance(10);
        w.press(QKeySequence(Qt::Key_R));
        engine::RouteDetail detail;
        QVERIFY(w.engine.routeService.detail(reviews, &detail));
        engine::Rule vip = detail.rules.takeLast();
        vip.title = QStringLiteral("/vip"); // In its place stands another that leads to the same pods.
        test::insertRule(detail, 2, vip);
        w.engine.routeService.details[reviews] = detail;
        Q_EMIT w.engine.routeService.detailChanged(reviews);
        QVERIFY(shows(*w.page, QStringLiteral("The draft's rule is gone")));
        QVERIFY(shows(*w.page, QStringLiteral("“Everything else” is not there any more")));
        QVERIFY2(shows(*w.page, QStringLiteral("This is another rule")), "the choice does not move without a word");
        QVERIFY(shows(*w.page, QStringLiteral("The rules changed since they were rehearsed")));
        QCOMPARE(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v2"))->text(), QStringLiteral("10"));
        QVERIFY(w.page->hasUnsavedWork(nullptr));
        w.press(applyKey);
        QVERIFY(w.engine.writeService.applied.isEmpty());
        QVERIFY(w.button(QStringLiteral("Lay my draft over it")) == nullptr);
        QVERIFY(w.button(QStringLiteral("Export patch")) != nullptr && w.button(QStringLiteral("Export patch"))->isEnabled());
        w.button(QStringLiteral("Discard my draft"))->click();
        QVERIFY(!w.page->hasUnsavedWork(nullptr));
        QVERIFY(!shows(*w.page, QStringLiteral("The draft's rule is gone")));
    }

    void namesTheOwnerOfTheWeightsBeforeTheWrite()
    {
        Window w;
        w.engine.writeService.gate.ownedBy = QStringLiteral("Argo CD");
        w.engine.writeService.gate.owners = QStringList {QStringLiteral("Argo CD: field manager argocd-controller owns spec.http")};
        QVERIFY(!shows(*w.page, QStringLiteral("Argo CD owns")));
        w.type(QStringLiteral("v2"), QStringLiteral("30"));
        QTRY_VERIFY(shows(*w.page, QStringLiteral("Argo CD owns these weights")));
        QVERIFY(shows(*w.page, QStringLiteral("argocd-controller owns spec.http")));
        QVERIFY(w.button(QStringLiteral("Export patch")) != nullptr);
        QVERIFY(w.button(QStringLiteral("Apply anyway…")) != nullptr);
        QVERIFY2(w.button(QStringLiteral("Apply to prod-eu1")) == nullptr, "to export is the default");
    }

    void aLoneDestinationShowsThatItTakesAll()
    {
        Window w;
        engine::RouteDetail detail;
        QVERIFY(w.engine.routeService.detail(reviews, &detail));
        engine::Destination &lone = detail.rules[1].destinations.first();
        lone.weight = 0;
        lone.share = 1;
        detail.rules[1].total = 0;
        w.engine.routeService.details[reviews] = detail;
        w.page->openTarget(reviews + QStringLiteral("#1"));
        QTRY_VERIFY(shows(*w.page, QStringLiteral("spec.http[1] · alone: all requests")));
        QVERIFY(shows(*w.page, QStringLiteral("100 %")));
        QVERIFY(!shows(*w.page, QStringLiteral("total 100, was 0")));
        for (const QLabel *label : w.page->findChildren<QLabel *>()) {
            QVERIFY2(!label->isVisible() || label->text() != QStringLiteral("0 %"), "nowhere");
        }
    }

    void keepsTheDraftOfWhatIsGone()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        w.engine.routeService.list.removeFirst();
        Q_EMIT w.engine.routeService.rowsChanged();
        QVERIFY(shows(*w.page, QStringLiteral("reviews no longer exists")));
        QVERIFY(w.page->hasUnsavedWork(nullptr));
        w.press(applyKey);
        QVERIFY(w.engine.writeService.applied.isEmpty());
        QAbstractButton *exportButton = w.button(QStringLiteral("Export my draft"));
        QVERIFY(exportButton != nullptr);
        exportButton->click();
        QVERIFY(w.page->findChild<QDialog *>() != nullptr);
        w.page->findChild<QDialog *>()->close();
    }

    void rehearsesEveryRuleOfTheRoute()
    {
        Window w;
        auto *scope = named<QAbstractButton>(*w.page, QStringLiteral("Play every rule of the route"));
        QVERIFY(scope != nullptr);
        scope->click();
        w.press(Qt::Key_R);
        engine::RehearsalStatus &now = w.engine.rehearsalService.current;
        QVERIFY(w.engine.rehearsalService.request.isWholeRoute);
        QVERIFY(!scope->isEnabled());
        QVERIFY(shows(*w.page, QStringLiteral("rule 1 of 3")));

        engine::RuleRehearsal split;
        split.section = QStringLiteral("http");
        split.rule = 2;
        split.title = QStringLiteral("Everything else");
        split.path = QStringLiteral("spec.http[2]");
        split.requests = 1000;
        split.verdict = engine::RehearsalVerdict::Matches;
        for (const char *label : {"v1", "v2"}) {
            engine::RehearsalShare share;
            share.label = QString::fromLatin1(label);
            share.requests = 500;
            share.share = share.expected = 0.5;
            split.shares.append(share);
        }
        now.rules = {split};
        now.requests = 1000;
        Q_EMIT w.engine.rehearsalService.statusChanged();
        QTRY_VERIFY(named<QAbstractButton>(*w.page, QStringLiteral("Everything else: runs")) != nullptr);

        engine::RuleRehearsal never;
        never.state = engine::RuleRehearsal::State::NeverRuns;
        never.section = QStringLiteral("http");
        never.rule = 0;
        never.title = QStringLiteral("x-tester: true");
        never.path = QStringLiteral("spec.http[0]");
        never.takenBy = QStringLiteral("rule 3 (Everything else)");
        now.rules = {never, split};
        now.notModelled = {QStringLiteral("session persistence")};
        w.press(Qt::Key_R);
        QVERIFY(shows(*w.page, QStringLiteral("1 of 3 rules ran · 1 never run")));
        QVERIFY(shows(*w.page, QStringLiteral("session persistence")));
        const auto row = [&w] { return named<QAbstractButton>(*w.page, QStringLiteral("x-tester: true: Never runs: rule 3 (Everything else) takes its requests.")); };
        QTRY_VERIFY(row() != nullptr);
        QTRY_VERIFY(named<QAbstractButton>(*w.page, QStringLiteral("Everything else: runs")) != nullptr);
        row()->click(); // leads to the rule
        QTRY_VERIFY(shows(*w.page, QStringLiteral("Split of rule 1")));

        scope->click(); // back to the one rule: nothing of the route is claimed of it
        QVERIFY(!shows(*w.page, QStringLiteral("rules ran")));
    }

    void rehearsesTheDraft()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        w.press(QKeySequence(Qt::Key_R));
        QCOMPARE(w.engine.rehearsalService.starts, 1);
        QCOMPARE(w.engine.rehearsalService.request.weights, Weights({75, 25}));
        QCOMPARE(w.engine.rehearsalService.request.rule, 2);
        w.engine.rehearsalService.advance(10);
        QVERIFY(shows(*w.page, QStringLiteral("running 10 s")));
        w.type(QStringLiteral("v2"), QStringLiteral("50"));
        QTRY_COMPARE(w.engine.rehearsalService.weightChanges, QList<Weights>({{50, 50}}));
        w.press(QKeySequence(Qt::Key_R));
        QCOMPARE(w.engine.rehearsalService.stops, 1);
        QVERIFY(shows(*w.page, QStringLiteral("Matches")));
    }

    void undoesDraftEditsByKey()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        w.type(QStringLiteral("v2"), QStringLiteral("40"));
        w.press(QKeySequence(QKeySequence::Undo));
        QCOMPARE(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v1"))->text(), QStringLiteral("75"));
        w.press(QKeySequence(QKeySequence::Undo));
        QVERIFY(!w.page->hasUnsavedWork(nullptr));
    }

    void choosesRulesByKeyAndFinding()
    {
        Window w;
        auto *graph = w.page->findChild<RouteGraph *>();
        QVERIFY(graph != nullptr);
        QCOMPARE(graph->selectedRule(), 2);
        QTest::keyClick(graph, Qt::Key_Up);
        QCOMPARE(graph->selectedRule(), 1);
        w.press(QKeySequence(Qt::ALT | Qt::Key_Down));
        QCOMPARE(graph->selectedRule(), 2);
        QVERIFY(graph->accessibleDescription().contains(QStringLiteral("Rule 1, x-tester: true")));
        w.page->openTarget(reviews + QStringLiteral("#0"));
        QCOMPARE(graph->selectedRule(), 0);
    }

    void keepsDraftsOfOtherRoutes()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        w.page->openTarget(QStringLiteral("VirtualService/shop/ratings"));
        QVERIFY(shows(*w.page, QStringLiteral("ratings")));
        w.page->openTarget(reviews);
        QCOMPARE(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v2"))->text(), QStringLiteral("25"));
    }

    void keepsSelectionWhenRowsChange()
    {
        Window w;
        auto *view = w.page->findChild<QTreeView *>();
        QVERIFY(view != nullptr);
        const QString before = view->currentIndex().data().toString();
        QCOMPARE(before, QStringLiteral("reviews"));
        auto row = w.engine.routeService.list.takeAt(0);
        row.summary = QStringLiteral("80 / 20");
        w.engine.routeService.list.insert(1, row);
        Q_EMIT w.engine.routeService.rowsChanged();
        QCOMPARE(view->currentIndex().data().toString(), before);
    }

    void dropsDraftsWithTheContext()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        w.engine.contextService.switchTo(w.engine.contextService.list[1].name);
        QVERIFY(!w.page->hasUnsavedWork(nullptr));
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<bool>("isLoaded");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("expected");
        QTest::newRow("loading") << false << QString() << QStringLiteral("Reading routes");
        QTest::newRow("denied") << true << QStringLiteral("no right to list virtualservices") << QStringLiteral("no right to list virtualservices");
        QTest::newRow("empty") << true << QString() << QStringLiteral("No routes");
    }
    void saysWhatIsWrong()
    {
        QFETCH(bool, isLoaded);
        QFETCH(QString, problem);
        QFETCH(QString, expected);
        test::FakeEngine engine;
        engine.routeService.list.clear();
        engine.routeService.loaded = isLoaded;
        engine.routeService.trouble = problem;
        RoutesPage page(engine, theme());
        page.resize(1100, 700);
        page.show();
        QVERIFY(shows(page, expected));
    }

    void leadsOnWithoutACluster()
    {
        test::FakeEngine engine;
        engine.routeService.list.clear();
        engine.contextService.state.state = engine::Connection::None;
        RoutesPage page(engine, theme());
        page.resize(1100, 700);
        page.show();
        QSignalSpy navigated(&page, &Page::navigate);
        auto *practice = named<QAbstractButton>(page, QStringLiteral("Open the practice cluster"));
        auto *choose = named<QAbstractButton>(page, QStringLiteral("Choose a context"));
        QVERIFY(practice != nullptr && choose != nullptr);
        practice->click();
        choose->click();
        QCOMPARE(navigated.size(), 2);
        QVERIFY(navigated[0][0].toString().startsWith(QStringLiteral("context:")));
        QCOMPARE(navigated[1][0].toString(), QStringLiteral("context:"));
    }

    void namesEveryControl()
    {
        Window w;
        w.type(QStringLiteral("v2"), QStringLiteral("25"));
        QSet<QString> names;
        for (QAbstractButton *button : w.page->findChildren<QAbstractButton *>()) {
            if (!button->isVisible() || QString::fromLatin1(button->metaObject()->className()).contains(QLatin1String("QLineEdit"))) {
                continue;
            }
            const QString name = button->accessibleName().isEmpty() ? button->text() : button->accessibleName();
            QVERIFY2(!name.isEmpty(), button->metaObject()->className());
            QVERIFY2(!names.contains(name), qPrintable(name));
            names.insert(name);
        }
        QSet<QString> keys;
        for (const QAction *action : w.page->actions()) {
            const QString key = action->shortcut().toString();
            QVERIFY2(!key.isEmpty() && !keys.contains(key), qPrintable(action->text()));
            keys.insert(key);
        }
    }

    void fitsSmallAndLargeWindows()
    {
        Window w;
        for (const QSize &size : {QSize(932, 620), QSize(1272, 819), QSize(1752, 1000)}) {
            w.page->resize(size);
            QApplication::processEvents();
            QCOMPARE(w.page->size(), size); // Nothing inside forces it wider.
        }
    }
};

QTEST_MAIN(TestRoutesPage)
#include "tst_routes_page.moc"
