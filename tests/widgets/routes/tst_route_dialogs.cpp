#include "tests/widgets/fake_engine.h"
#include "widgets/common/diff_widget.h"
#include "widgets/common/empty_state.h"
#include "widgets/routes/compare_dialog.h"
#include "widgets/routes/http1_dialog.h"
#include "widgets/routes/list_dialog.h"
#include "widgets/theme/theme.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <QTest>
#include <QTreeWidget>

using namespace fairway;
using namespace fairway::ui;

namespace {

using State = engine::RouteComparison::State;
const QString Reviews = QStringLiteral("VirtualService/shop/reviews");

template <typename Control>
Control *control(const QWidget &inside, const QString &text)
{
    for (Control *each : inside.findChildren<Control *>()) {
        if (each->text() == text || each->accessibleName() == text)
            return each;
    }
    return nullptr;
}

bool says(const QWidget &inside, const QString &part)
{
    for (const QLabel *each : inside.findChildren<QLabel *>()) {
        if (each->isVisibleTo(&inside) && each->text().contains(part))
            return true;
    }
    return false;
}

engine::RouteComparison comparison(const QString &other, State state)
{
    engine::RouteComparison out;
    out.state = state;
    out.routeId = Reviews;
    out.context = QStringLiteral("here");
    out.other = other;
    return out;
}

engine::GatewayInfo gateway(const QString &name)
{
    engine::GatewayInfo info;
    info.id = QStringLiteral("Gateway/shop/") + name;
    info.ns = QStringLiteral("shop");
    info.name = name;
    info.servers = QStringLiteral("HTTPS :443 ") + name + QStringLiteral(".example");
    info.hosts = QStringList {name + QStringLiteral(".example:443")};
    info.podsNs = QStringLiteral("istio-system");
    info.pods = 2;
    return info;
}

} // namespace

class TestRouteDialogs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTheme(*qApp, SchemeChoice::Dark); }

    void aContextIsChosenAndTheDifferencesStandThere()
    {
        test::FakeEngine engine;
        auto *dialog = new CompareDialog(engine, Reviews, nullptr);
        const QPointer<CompareDialog> alive(dialog);
        dialog->show();
        auto *contexts = dialog->findChild<QComboBox *>();
        QVERIFY(contexts);
        QCOMPARE(contexts->count(), int(engine.contextService.list.size()) - 1);
        QVERIFY(contexts->findText(engine.contextService.currentName) < 0);
        QVERIFY2(engine.routeService.comparisons.isEmpty(), "several others: nothing is read before one was chosen");
        contexts->setCurrentIndex(0);
        Q_EMIT contexts->activated(0);
        QCOMPARE(engine.routeService.comparisons.size(), 1);
        QCOMPARE(engine.routeService.comparisons.front().second, contexts->currentText());
        QVERIFY(says(*dialog, QStringLiteral("Reading")));

        engine::RouteComparison found = comparison(contexts->currentText(), State::Differs);
        found.differences = QStringList {QStringLiteral("hosts: a, there b"), QStringLiteral("weights 90 / 10, there 60 / 40")};
        found.lines = {{engine::DiffLine::Kind::Removed, QStringLiteral("weight: 90")}, {engine::DiffLine::Kind::Added, QStringLiteral("weight: 60")}};
        engine::RouteComparison late = found;
        late.other = QStringLiteral("asked before");
        late.differences.clear();
        Q_EMIT engine.routeService.compared(late);
        QVERIFY2(says(*dialog, QStringLiteral("Reading")), "an answer for another context is not this one's");
        Q_EMIT engine.routeService.compared(found);
        auto *list = dialog->findChild<QListWidget *>();
        QCOMPARE(list->count(), 2);
        QVERIFY(says(*dialog, QStringLiteral("2 differences")));
        QVERIFY(dialog->findChild<DiffWidget *>()->text().contains(QStringLiteral("weight: 60")));
        control<QPushButton>(*dialog, QStringLiteral("Copy the comparison"))->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("- weights 90 / 10, there 60 / 40")));
        dialog->reject();
        QTRY_VERIFY(!alive);
        QCOMPARE(engine.routeService.comparisonsCancelled, 1);
    }

    void whatIsNotThereIsAStateOfItsOwn_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("title");
        QTest::newRow("the same") << int(State::Same) << QString() << QStringLiteral("No difference");
        QTest::newRow("no such route") << int(State::Missing) << QStringLiteral("not found.") << QStringLiteral("has no such route");
        QTest::newRow("no right to read it") << int(State::Failed) << QStringLiteral("jane may not get virtualservices.") << QStringLiteral("could not be read");
    }
    void whatIsNotThereIsAStateOfItsOwn()
    {
        QFETCH(int, state);
        QFETCH(QString, problem);
        QFETCH(QString, title);
        test::FakeEngine engine;
        engine.contextService.list = engine.contextService.list.mid(0, 2);
        engine.contextService.currentName = engine.contextService.list.first().name;
        const QString other = engine.contextService.list.last().name;
        engine.routeService.nextComparison = comparison(other, static_cast<State>(state));
        engine.routeService.nextComparison.problem = problem;
        CompareDialog dialog(engine, Reviews, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY2(!engine.routeService.comparisons.isEmpty(), "the only other context needs no choice");
        QVERIFY(says(dialog, title));
        QVERIFY(problem.isEmpty() || says(dialog, problem));
        QVERIFY(!control<QPushButton>(dialog, QStringLiteral("Copy the comparison"))->isEnabled());
    }

    void withoutAnotherContextThatIsSaid()
    {
        test::FakeEngine engine;
        engine.contextService.list = engine.contextService.list.mid(0, 1);
        engine.contextService.currentName = engine.contextService.list.first().name;
        CompareDialog dialog(engine, Reviews, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(says(dialog, QStringLiteral("There is no other context")));
        QVERIFY(engine.routeService.comparisons.isEmpty());
    }

    void gatewaysAreChosenAskedAndWritten()
    {
        test::FakeEngine engine;
        engine.contextService.setProduction(engine.contextService.currentName, false);
        engine.contextService.setLocked(false);
        engine::GatewayInfo refused = gateway(QStringLiteral("mutual"));
        refused.problem = QStringLiteral("mode MUTUAL can't be replaced");
        engine::GatewayInfo kept = gateway(QStringLiteral("old"));
        kept.filter = QStringLiteral("EnvoyFilter istio-system/old-http1");
        engine.gatewayService.infos = {refused, kept, gateway(QStringLiteral("pay")), gateway(QStringLiteral("web"))};
        engine.gatewayService.answers = {{QStringLiteral("pay.example:443"), QStringLiteral("h2"), {}}};
        Http1Dialog dialog(engine, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QCOMPARE(engine.gatewayService.lists, 1);
        QVERIFY(!control<QCheckBox>(dialog, QStringLiteral("shop/mutual"))->isEnabled());
        QVERIFY(says(dialog, refused.problem));
        QVERIFY(!control<QCheckBox>(dialog, QStringLiteral("shop/old"))->isEnabled());
        QVERIFY(says(dialog, QStringLiteral("keeps it at HTTP/1.1 already")));
        auto *ask = control<QPushButton>(dialog, QStringLiteral("Ask the servers"));
        QVERIFY2(!ask->isEnabled(), "nobody is asked before a gateway was chosen");
        control<QCheckBox>(dialog, QStringLiteral("shop/pay"))->click();
        QVERIFY(ask->isEnabled());
        control<QLineEdit>(dialog, QStringLiteral("Connect to"))->setText(QStringLiteral("192.0.2.7"));
        ask->click();
        QCOMPARE(engine.gatewayService.probes.size(), 1);
        QCOMPARE(engine.gatewayService.probes.front().first, QStringList {QStringLiteral("pay.example:443")});
        QCOMPARE(engine.gatewayService.probes.front().second, QStringLiteral("192.0.2.7"));
        const auto *protocols = dialog.findChild<QTreeWidget *>();
        QCOMPARE(protocols->topLevelItem(0)->text(1), QStringLiteral("h2"));
        QCOMPARE(protocols->topLevelItem(0)->text(2), QString());
        control<QPushButton>(dialog, QStringLiteral("Dry run"))->click();
        QTRY_COMPARE(engine.writeService.dryRuns.size(), 1);
        const engine::RouteDraft sent = engine.writeService.dryRuns.front();
        QCOMPARE(sent.kind, engine::DraftKind::Http1);
        QCOMPARE(sent.fields, (QList<QPair<QString, QString>> {{QStringLiteral("Gateway/shop/pay"), QStringLiteral("istio-system")}}));
    }

    void withoutGatewaysThatIsSaidWithTheNextStep()
    {
        test::FakeEngine engine;
        engine.gatewayService.trouble = QStringLiteral("may not list gateways");
        Http1Dialog dialog(engine, nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        QVERIFY(says(dialog, QStringLiteral("may not list gateways")));
        control<QPushButton>(dialog, QStringLiteral("Read again"))->click();
        QCOMPARE(engine.gatewayService.lists, 2);
    }

    void allThatIsLeftOutCanBeReadAndCopied()
    {
        QWidget parent;
        openListDialog(&parent, QStringLiteral("Not executed"), QStringLiteral("why"), QStringLiteral("What is left out"), {QStringLiteral("a: b"), QStringLiteral("c: d")});
        auto *list = parent.findChild<QListWidget *>();
        QVERIFY(list);
        QCOMPARE(list->count(), 2);
        QVERIFY(!list->accessibleName().isEmpty());
        control<QPushButton>(parent, QStringLiteral("Copy all"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("a: b\nc: d"));
    }
};

QTEST_MAIN(TestRouteDialogs)
#include "tst_route_dialogs.moc"
