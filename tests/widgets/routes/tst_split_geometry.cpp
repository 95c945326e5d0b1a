#include "widgets/routes/graph_layout.h"
#include "widgets/routes/rehearsal_history.h"
#include "widgets/routes/split_geometry.h"
#include "widgets/routes/words.h"

#include <QTest>

using namespace fairway;
using namespace fairway::ui;
using Weights = QList<qint64>;

class TestSplitGeometry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void laysOut_data()
    {
        QTest::addColumn<Weights>("weights");
        QTest::addColumn<int>("width");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("in proportion") << Weights {75, 25} << 400 << QList<int> {300, 100};
        QTest::newRow("0 % keeps a grip") << Weights {100, 0} << 400 << QList<int> {376, 24};
        QTest::newRow("two at 0 %") << Weights {100, 0, 0} << 400 << QList<int> {352, 24, 24};
        QTest::newRow("1 % is lifted") << Weights {99, 1} << 400 << QList<int> {376, 24};
        QTest::newRow("all 0: equal") << Weights {0, 0} << 400 << QList<int> {200, 200};
        QTest::newRow("no room for grips") << Weights {9, 1} << 30 << QList<int> {15, 15};
        QTest::newRow("one row") << Weights {100} << 400 << QList<int> {400};
        QTest::newRow("none") << Weights {} << 400 << QList<int> {};
        QTest::newRow("no width") << Weights {1, 1} << 0 << QList<int> {0, 0};
    }
    void laysOut()
    {
        QFETCH(Weights, weights);
        QFETCH(int, width);
        QFETCH(QList<int>, expected);
        const SplitGeometry geometry(weights, width, 24);
        QList<int> widths;
        for (qsizetype i = 0; i < geometry.size(); ++i) {
            widths.append(geometry.width(i));
        }
        QCOMPARE(widths, expected);
    }

    void bringsADividerBackWhereItStands()
    {
        for (qint64 left = 0; left <= 100; ++left) {
            const SplitGeometry geometry({left, 100 - left}, 636, 24);
            const qint64 read = geometry.leftWeightAt(0, geometry.dividerX(0));
            // Between 4 % and 96 % layout and reading agree within a unit; below, the grip is wider than its share.
            QVERIFY2(std::abs(read - left) <= 4, qPrintable(QStringLiteral("%1 read as %2").arg(left).arg(read)));
        }
    }

    void dragsToBothEnds()
    {
        const SplitGeometry geometry({50, 50}, 400, 24);
        QCOMPARE(geometry.leftWeightAt(0, -100), 0);
        QCOMPARE(geometry.leftWeightAt(0, 24), 0);
        QCOMPARE(geometry.leftWeightAt(0, 376), 100);
        QCOMPARE(geometry.leftWeightAt(0, 4000), 100);
        QCOMPARE(geometry.leftWeightAt(0, 200), 50);
    }

    void findsTheDividerUnderThePointer()
    {
        const SplitGeometry geometry({50, 0, 50}, 400, 24);
        QCOMPARE(geometry.dividerAt(geometry.dividerX(0), 12), 0);
        QCOMPARE(geometry.dividerAt(geometry.dividerX(1), 12), 1);
        QCOMPARE(geometry.dividerAt(10, 12), -1);
    }

    void saysWhatZeroDoes_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<Weights>("weights");
        QTest::addColumn<QString>("part");
        QTest::newRow("Istio, all 0") << QStringLiteral("VirtualService") << Weights {0, 0} << QStringLiteral("refuses");
        QTest::newRow("Istio, a lone 0") << QStringLiteral("VirtualService") << Weights {0} << QStringLiteral("gets everything");
        QTest::newRow("Gateway API, all 0") << QStringLiteral("HTTPRoute") << Weights {0, 0} << QStringLiteral("500");
        QTest::newRow("Gateway API, a lone 0") << QStringLiteral("HTTPRoute") << Weights {0} << QStringLiteral("gets nothing");
        QTest::newRow("ordinary") << QStringLiteral("HTTPRoute") << Weights {1, 0} << QString();
        QTest::newRow("nothing") << QStringLiteral("HTTPRoute") << Weights {} << QString();
    }
    void saysWhatZeroDoes()
    {
        QFETCH(QString, kind);
        QFETCH(Weights, weights);
        QFETCH(QString, part);
        const QString words = zeroWords(kind, weights, {QStringLiteral("v1"), QStringLiteral("v2")});
        QCOMPARE(words.isEmpty(), part.isEmpty());
        QVERIFY2(words.contains(part), qPrintable(words));
    }

    void collapsesALongGraph()
    {
        GraphInput input;
        for (int i = 0; i < 200; ++i) {
            engine::Rule rule;
            rule.index = i;
            for (int d = 0; d < 3; ++d) {
                engine::Destination destination;
                destination.label = destination.host = QStringLiteral("d%1-%2").arg(i).arg(d);
                destination.weight = d;
                rule.destinations.append(destination);
            }
            input.detail.rules.append(rule);
        }
        input.selected = 100;
        const GraphLayout closed = GraphLayout::make(input, 728);
        QVERIFY(closed.rules.size() <= GraphLayout::maxRules + 1);
        int hidden = 0;
        bool hasSelected = false;
        bool hasLast = false;
        for (const GraphLayout::RuleBox &box : closed.rules) {
            hidden += box.hidden;
            hasSelected |= box.rule == 100;
            hasLast |= box.rule == 199;
        }
        QVERIFY(hasSelected);
        QVERIFY(hasLast);
        QCOMPARE(hidden + static_cast<int>(closed.rules.size()) - 2, 200);
        QVERIFY(closed.destinations.size() <= GraphLayout::maxDestinations);
        QVERIFY(closed.destinations.last().hidden > 0);
        input.isExpanded = true;
        const GraphLayout open = GraphLayout::make(input, 728);
        QVERIFY(open.rules.size() > closed.rules.size());
        QVERIFY(open.rules.size() <= 62);
        QVERIFY(GraphLayout::describe(input).size() < 10000);
    }

    void laysOutWhatIsEmpty()
    {
        const GraphLayout layout = GraphLayout::make({}, 728);
        QVERIFY(layout.rules.isEmpty());
        QVERIFY(layout.ribbons.isEmpty());
        QVERIFY(layout.height > 0);
    }

    void boundsTheHistory()
    {
        RehearsalHistory history;
        engine::RehearsalStatus status;
        status.shares.resize(2);
        for (int i = 0; i < 20000; ++i) {
            status.elapsedSeconds = i * 0.1;
            status.requests = i + 1;
            history.add(status);
        }
        QVERIFY(history.samples().size() <= RehearsalHistory::maxSamples);
        QVERIFY(history.samples().size() > 300);
        QCOMPARE(history.samples().first().seconds, 0.0);
        QVERIFY(history.samples().last().seconds > 1990);
        status.elapsedSeconds = 0; // Started anew.
        history.add(status);
        QCOMPARE(history.samples().size(), 1);
        QCOMPARE(RehearsalHistory::niceTop(63), 100.0);
        QCOMPARE(RehearsalHistory::niceTop(0), 1.0);
        QCOMPARE(RehearsalHistory::niceTop(3.2), 4.0);
    }
};

QTEST_APPLESS_MAIN(TestSplitGeometry)
#include "tst_split_geometry.moc"
