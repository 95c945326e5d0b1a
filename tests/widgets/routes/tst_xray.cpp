#include "tests/widgets/fake_data.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/routes/route_graph.h"
#include "widgets/routes/routes_page.h"
#include "widgets/routes/xray_rule_row.h"
#include "widgets/routes/xray_panel.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

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

QList<XrayRuleRow *> rows(const QWidget &root)
{
    QList<XrayRuleRow *> out;
    for (XrayRuleRow *row : root.findChildren<XrayRuleRow *>()) {
        if (row->isVisible()) {
            out.append(row);
        }
    }
    return out;
}

struct Window {
    Window()
    {
        page = std::make_unique<RoutesPage>(engine, theme());
        page->resize(1272, 819);
        page->show();
        page->openTarget(reviews);
    }
    void press(const QKeySequence &key)
    {
        for (QAction *each : page->actions()) {
            if (each->shortcut() == key) {
                each->trigger();
                return;
            }
        }
        QFAIL("no such key");
    }
    RequestEdit *open()
    {
        press(QKeySequence(Qt::Key_X));
        return named<RequestEdit>(*page, QStringLiteral("Request to follow"));
    }
    void ask(const QString &text)
    {
        RequestEdit *edit = open();
        QVERIFY(edit != nullptr);
        edit->setPlainText(text);
        QTest::keyClick(edit, Qt::Key_Return);
        QCoreApplication::processEvents(); // what a layout takes in shows with the next turn of the loop
    }
    test::FakeEngine engine;
    std::unique_ptr<RoutesPage> page;
};
} // namespace

class TestXray : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTheme(*qApp, SchemeChoice::Dark); }

    void opensInThePlaceOfTheSplitAndIsWatchedOnlyThen()
    {
        Window w;
        QVERIFY(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v2")) != nullptr);
        RequestEdit *edit = w.open();
        QVERIFY(edit != nullptr);
        QVERIFY(w.engine.xrayService.watched);
        QVERIFY(shows(*w.page, QStringLiteral("Follow a request without sending it")));
        QVERIFY(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v2")) == nullptr);
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(!w.engine.xrayService.watched);
        QVERIFY(named<QLineEdit>(*w.page, QStringLiteral("Draft weight of v2")) != nullptr);
    }

    void tellsTheWholeDecisionAndShowsTheRule()
    {
        Window w;
        w.ask(QStringLiteral("GET http://reviews:9080/api/7?page=2"));
        QCOMPARE(w.engine.xrayService.questions.size(), 1);
        QCOMPARE(w.engine.xrayService.questions.first().text, QStringLiteral("GET http://reviews:9080/api/7?page=2"));
        QCOMPARE(w.engine.xrayService.questions.first().routeId, reviews);
        QVERIFY(w.engine.xrayService.questions.first().place.isEmpty());
        for (const char *text : {"VirtualService shop/reviews http[2] takes it.", "Mesh, from namespace shop", "0.0.0.0_9080", "90 of 100", "2 of 3 ready",
                 "sets x-split: reviews", "EnvoyFilter istio-system/lua", "Other headers than the line shows"}) {
            QVERIFY2(shows(*w.page, QString::fromUtf8(text)), text);
        }
        const auto shown = rows(*w.page);
        QCOMPARE(shown.size(), 3);
        QCOMPARE(shown[0]->accessibleName(), QStringLiteral("Does not match: x-tester: true"));
        QCOMPARE(shown[0]->accessibleDescription(), QStringLiteral("Header x-tester is absent: wanted is one that is \"true\"."));
        QCOMPARE(shown[1]->accessibleName(), QStringLiteral("Not loaded here: app = mobile-bff"));
        QCOMPARE(shown[2]->accessibleName(), QStringLiteral("Takes it: Everything else"));
    }

    void oneLineBesideTheRouteTellsTheRule()
    {
        Window w;
        auto *request = named<QLineEdit>(*w.page, QStringLiteral("Request to look up"));
        QVERIFY(request != nullptr);
        QVERIFY(!w.engine.xrayService.watched);
        request->setText(QStringLiteral("GET /reviews/7 x-tester: true"));
        QTest::keyClick(request, Qt::Key_Return);
        QCOMPARE(w.engine.xrayService.questions.size(), 1);
        QCOMPARE(w.engine.xrayService.questions.first().text, QStringLiteral("GET /reviews/7 x-tester: true"));
        QCOMPARE(w.engine.xrayService.questions.first().routeId, reviews);
        QVERIFY(w.engine.xrayService.watched);
        QCoreApplication::processEvents();
        QVERIFY(shows(*w.page, QStringLiteral("90 of 100")));
        // What follows by itself is shown, and its rule leads to the graph.
        QPushButton *rule = nullptr;
        for (QPushButton *button : w.page->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Rule 3"))
                rule = button;
        }
        QVERIFY(rule != nullptr);
        engine::XrayAnswer none;
        none.state = engine::XrayAnswer::State::Unreadable;
        none.problem = QStringLiteral("the URL has no host");
        w.engine.xrayService.give(none);
        QVERIFY(shows(*w.page, none.problem));
        QVERIFY(!rule->isVisible());
        // The X-ray takes its place, with the same request.
        w.engine.xrayService.give(test::sampleXray());
        QPushButton *why = named<QPushButton>(*w.page, QStringLiteral("Open the X-ray of this request"));
        QVERIFY(why != nullptr);
        why->click();
        QVERIFY(named<QLineEdit>(*w.page, QStringLiteral("Request to look up")) == nullptr);
        auto *edit = named<RequestEdit>(*w.page, QStringLiteral("Request to follow"));
        QVERIFY(edit != nullptr);
        QCOMPARE(edit->toPlainText(), QStringLiteral("GET /reviews/7 x-tester: true"));
        QVERIFY(w.engine.xrayService.watched);
        QTest::keyClick(edit, Qt::Key_Escape);
        QVERIFY(named<QLineEdit>(*w.page, QStringLiteral("Request to look up")) != nullptr);
        QVERIFY(w.engine.xrayService.watched); // its own line still has a request
    }

    void aPressedRuleIsChosenOnThePage()
    {
        Window w;
        w.ask(QStringLiteral("http://reviews/x"));
        const auto *graph = w.page->findChild<RouteGraph *>();
        QVERIFY(graph != nullptr);
        QSignalSpy chosen(graph, &RouteGraph::ruleChosen);
        w.press(QKeySequence(Qt::ALT | Qt::Key_Up));
        QCOMPARE(chosen.takeFirst().first().toInt(), 1); // the rule that takes it was shown, the last of three
        QVERIFY(!rows(*w.page).isEmpty());
        QTest::keyClick(rows(*w.page).first(), Qt::Key_Space);
        w.press(QKeySequence(Qt::ALT | Qt::Key_Down));
        QCOMPARE(chosen.takeFirst().first().toInt(), 1); // from rule 0, which was pressed
    }

    void anAnswerAboutAnotherRouteOpensIt()
    {
        Window w;
        engine::XrayAnswer other = test::sampleXray();
        for (engine::XrayRule &rule : other.rules) {
            rule.routeId = QStringLiteral("VirtualService/shop/ratings");
            rule.index = 0;
        }
        w.engine.xrayService.next = other;
        w.ask(QStringLiteral("http://ratings/x"));
        QVERIFY(shows(*w.page, QStringLiteral("ratings")));
        // What comes later by itself moves nothing.
        other.rules.last().routeId = reviews;
        other.verdict = QStringLiteral("Changed.");
        w.engine.xrayService.give(other);
        QVERIFY(shows(*w.page, QStringLiteral("Changed.")));
        w.engine.xrayService.questions.clear();
        w.ask(QStringLiteral("http://ratings/y"));
        QCOMPARE(w.engine.xrayService.questions.first().routeId, QStringLiteral("VirtualService/shop/ratings"));
    }

    void pastingAsksAtOnce()
    {
        Window w;
        RequestEdit *edit = w.open();
        QVERIFY(edit != nullptr);
        QGuiApplication::clipboard()->setText(QStringLiteral("curl -H 'x-tester: true' \\\n  http://reviews:9080/api"));
        edit->selectAll();
        edit->paste();
        QCOMPARE(w.engine.xrayService.questions.size(), 1);
        QCOMPARE(w.engine.xrayService.questions.first().text, QStringLiteral("curl -H 'x-tester: true' \\\n  http://reviews:9080/api"));
        QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(w.engine.xrayService.questions.size(), 1);
    }

    void placeAndClientGoWithTheQuestion()
    {
        Window w;
        w.ask(QStringLiteral("http://reviews/x"));
        auto *place = named<QComboBox>(*w.page, QStringLiteral("Where the request is seen from"));
        auto *client = named<QLineEdit>(*w.page, QStringLiteral("Client pod"));
        QVERIFY(place != nullptr && client != nullptr);
        QCOMPARE(place->count(), 3);
        QVERIFY(client->isEnabled());
        client->setText(QStringLiteral("app=mobile-bff"));
        QTest::keyClick(client, Qt::Key_Return);
        QCOMPARE(w.engine.xrayService.questions.last().client, QStringLiteral("app=mobile-bff"));
        place->setCurrentIndex(place->findData(QStringLiteral("gateway/shop/public-gw")));
        Q_EMIT place->activated(place->currentIndex());
        QCOMPARE(w.engine.xrayService.questions.last().place, QStringLiteral("gateway/shop/public-gw"));
        QVERIFY(w.engine.xrayService.questions.last().client.isEmpty());
        QVERIFY(!client->isEnabled());
        w.engine.xrayService.spots.removeFirst(); // the gateway was deleted
        Q_EMIT w.engine.xrayService.placesChanged();
        QCOMPARE(place->currentIndex(), 0);
    }

    void saysWhyNothingCanBeTold_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("alsoSaid");
        QTest::newRow("no request") << int(engine::XrayAnswer::State::Unreadable) << QStringLiteral("Readable are:");
        QTest::newRow("no connection") << int(engine::XrayAnswer::State::Failed) << QString();
    }
    void saysWhyNothingCanBeTold()
    {
        QFETCH(int, state);
        QFETCH(QString, alsoSaid);
        Window w;
        w.engine.xrayService.next = {};
        w.engine.xrayService.next.state = static_cast<engine::XrayAnswer::State>(state);
        w.engine.xrayService.next.problem = QStringLiteral("It is no use.");
        w.ask(QStringLiteral("?"));
        QVERIFY(shows(*w.page, QStringLiteral("It is no use.")));
        QVERIFY(alsoSaid.isEmpty() || shows(*w.page, alsoSaid));
        QVERIFY(rows(*w.page).isEmpty());
    }

    void manyRulesAreCutAndCanBeShown()
    {
        Window w;
        engine::XrayAnswer many = test::sampleXray();
        for (int i = 0; i < 60; ++i) {
            many.rules.prepend(many.rules.first());
        }
        w.engine.xrayService.next = many;
        w.ask(QStringLiteral("http://reviews/x"));
        QCOMPARE(rows(*w.page).size(), 25); // the first ones and the one that takes it
        QCOMPARE(rows(*w.page).last()->accessibleName(), QStringLiteral("Takes it: Everything else"));
        for (QAbstractButton *button : w.page->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == QLatin1String("Show all 63")) {
                button->click();
                QCoreApplication::processEvents();
                break;
            }
        }
        QCOMPARE(rows(*w.page).size(), 63);
    }

    void copiesTheDecision()
    {
        Window w;
        w.ask(QStringLiteral("http://reviews/x"));
        QGuiApplication::clipboard()->clear();
        w.press(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C));
        const QString text = QGuiApplication::clipboard()->text();
        for (const char *part : {"GET http://reviews:9080/api/7?page=2", "✗ VirtualService shop/reviews spec.http[0].match[0]", "→ VirtualService shop/reviews spec.http[2]",
                 "v2, 10 of 100, 2 of 3 pods ready: shop/reviews-v2-6c4b0", "Timeout: 5 s", "Not modelled: mTLS"}) {
            QVERIFY2(text.contains(QString::fromUtf8(part)), qPrintable(text));
        }
    }

    void podsLeadToTheirPage()
    {
        Window w;
        w.ask(QStringLiteral("http://reviews/x"));
        QSignalSpy navigated(w.page.get(), &Page::navigate);
        auto *pod = named<QAbstractButton>(*w.page, QStringLiteral("Pod shop/reviews-v2-6c4b1"));
        QVERIFY(pod != nullptr);
        pod->click();
        QCOMPARE(navigated.size(), 1);
        QCOMPARE(navigated.first().first().toString(), QStringLiteral("explorer:v1/pods/shop/reviews-v2-6c4b1"));
    }
};

QTEST_MAIN(TestXray)
#include "tst_xray.moc"
