#include "widgets/routes/split_model.h"

#include <QTest>

using fairway::ui::SplitModel;
using Weights = QList<qint64>;

class TestSplitModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void apportionsExactly_data()
    {
        QTest::addColumn<qint64>("amount");
        QTest::addColumn<Weights>("parts");
        QTest::addColumn<Weights>("expected");
        QTest::newRow("in proportion") << qint64 {30} << Weights {1, 2} << Weights {10, 20};
        QTest::newRow("largest remainder gets the rest") << qint64 {100} << Weights {1, 1, 1} << Weights {34, 33, 33};
        QTest::newRow("all zero: equally") << qint64 {10} << Weights {0, 0, 0} << Weights {4, 3, 3};
        QTest::newRow("nothing to give") << qint64 {0} << Weights {3, 4} << Weights {0, 0};
        QTest::newRow("negative gives nothing") << qint64 {-5} << Weights {3, 4} << Weights {0, 0};
        QTest::newRow("nobody") << qint64 {5} << Weights {} << Weights {};
        QTest::newRow("a zero part stays zero") << qint64 {7} << Weights {0, 3} << Weights {0, 7};
        QTest::newRow("large weights") << qint64 {1000000} << Weights {999999, 1} << Weights {999999, 1};
    }
    void apportionsExactly()
    {
        QFETCH(qint64, amount);
        QFETCH(Weights, parts);
        QFETCH(Weights, expected);
        QCOMPARE(fairway::ui::apportion(amount, parts), expected);
    }

    void movesADivider_data()
    {
        QTest::addColumn<Weights>("live");
        QTest::addColumn<int>("divider");
        QTest::addColumn<qint64>("delta");
        QTest::addColumn<Weights>("expected");
        QTest::addColumn<bool>("isRefused");
        QTest::newRow("right") << Weights {90, 10} << 0 << qint64 {5} << Weights {95, 5} << false;
        QTest::newRow("left") << Weights {90, 10} << 0 << qint64 {-15} << Weights {75, 25} << false;
        QTest::newRow("stops at 0 on the right") << Weights {90, 10} << 0 << qint64 {50} << Weights {100, 0} << false;
        QTest::newRow("stops at 0 on the left") << Weights {3, 97} << 0 << qint64 {-10} << Weights {0, 100} << false;
        QTest::newRow("already at the end") << Weights {100, 0} << 0 << qint64 {1} << Weights {100, 0} << true;
        QTest::newRow("the first of three leaves the third") << Weights {50, 30, 20} << 0 << qint64 {-10} << Weights {40, 40, 20} << false;
        QTest::newRow("the second of three leaves the first") << Weights {50, 30, 20} << 1 << qint64 {20} << Weights {50, 50, 0} << false;
        QTest::newRow("1:1:1 keeps its total") << Weights {1, 1, 1} << 0 << qint64 {1} << Weights {2, 0, 1} << false;
        QTest::newRow("1050 keeps its total") << Weights {1000, 50} << 0 << qint64 {-10} << Weights {990, 60} << false;
        QTest::newRow("all zero: out of 100") << Weights {0, 0} << 0 << qint64 {1} << Weights {100, 0} << false;
        QTest::newRow("all zero, to the left") << Weights {0, 0} << 0 << qint64 {-1} << Weights {0, 100} << false;
        QTest::newRow("no such divider") << Weights {90, 10} << 1 << qint64 {1} << Weights {90, 10} << true;
        QTest::newRow("negative divider") << Weights {90, 10} << -1 << qint64 {1} << Weights {90, 10} << true;
        QTest::newRow("a lone row has none") << Weights {100} << 0 << qint64 {1} << Weights {100} << true;
        QTest::newRow("no rows at all") << Weights {} << 0 << qint64 {1} << Weights {} << true;
    }
    void movesADivider()
    {
        QFETCH(Weights, live);
        QFETCH(int, divider);
        QFETCH(qint64, delta);
        QFETCH(Weights, expected);
        QFETCH(bool, isRefused);
        SplitModel model(live);
        const auto why = model.moveDivider(divider, delta);
        QCOMPARE(why.has_value(), isRefused);
        QCOMPARE(model.draft(), expected);
        QCOMPARE(model.live(), live);
        QCOMPARE(model.canUndo(), expected != live);
    }

    void setsAWeight_data()
    {
        QTest::addColumn<Weights>("live");
        QTest::addColumn<QList<int>>("kept");
        QTest::addColumn<int>("row");
        QTest::addColumn<qint64>("value");
        QTest::addColumn<Weights>("expected");
        QTest::addColumn<QString>("refusal"); // A part of the sentence; empty: accepted.
        const QList<int> none;
        QTest::newRow("the other gets the rest") << Weights {90, 10} << none << 1 << qint64 {25} << Weights {75, 25} << QString();
        QTest::newRow("the rest in proportion") << Weights {60, 30, 10} << none << 2 << qint64 {40} << Weights {40, 20, 40} << QString();
        QTest::newRow("kept rows stay") << Weights {60, 30, 10} << QList<int> {0} << 2 << qint64 {25} << Weights {60, 15, 25} << QString();
        QTest::newRow("from all on one side") << Weights {100, 0, 0} << none << 0 << qint64 {40} << Weights {40, 30, 30} << QString();
        QTest::newRow("0 is a weight") << Weights {90, 10} << none << 1 << qint64 {0} << Weights {100, 0} << QString();
        QTest::newRow("the whole") << Weights {90, 10} << none << 0 << qint64 {100} << Weights {100, 0} << QString();
        QTest::newRow("above the total") << Weights {90, 10} << none << 0 << qint64 {101} << Weights {90, 10} << QStringLiteral("At most 100");
        QTest::newRow("above what kept rows leave") << Weights {60, 30, 10} << QList<int> {0} << 2 << qint64 {41} << Weights {60, 30, 10} << QStringLiteral("At most 40");
        QTest::newRow("negative") << Weights {90, 10} << none << 0 << qint64 {-1} << Weights {90, 10} << QStringLiteral("below 0");
        QTest::newRow("the row itself is kept") << Weights {90, 10} << QList<int> {0} << 0 << qint64 {50} << Weights {90, 10} << QStringLiteral("is kept");
        QTest::newRow("every other row is kept") << Weights {90, 10} << QList<int> {0} << 1 << qint64 {50} << Weights {90, 10} << QStringLiteral("must stay at 10");
        QTest::newRow("1:1:1") << Weights {1, 1, 1} << none << 0 << qint64 {3} << Weights {3, 0, 0} << QString();
        QTest::newRow("1050") << Weights {1000, 50} << none << 1 << qint64 {105} << Weights {945, 105} << QString();
        QTest::newRow("a lone row takes any weight") << Weights {100} << none << 0 << qint64 {1} << Weights {1} << QString();
        QTest::newRow("all zero: out of 100") << Weights {0, 0} << none << 0 << qint64 {70} << Weights {70, 30} << QString();
        QTest::newRow("no such row") << Weights {90, 10} << none << 5 << qint64 {1} << Weights {90, 10} << QStringLiteral("no such row");
        QTest::newRow("beyond any weight") << Weights {90, 10} << none << 0 << std::numeric_limits<qint64>::max() << Weights {90, 10} << QStringLiteral("At most");
    }
    void setsAWeight()
    {
        QFETCH(Weights, live);
        QFETCH(QList<int>, kept);
        QFETCH(int, row);
        QFETCH(qint64, value);
        QFETCH(Weights, expected);
        QFETCH(QString, refusal);
        SplitModel model(live);
        for (const int k : kept) {
            model.setKept(k, true);
        }
        const auto why = model.setWeight(row, value);
        QCOMPARE(why.has_value(), !refusal.isEmpty());
        QVERIFY2(!why || why->contains(refusal), qPrintable(why.value_or(QString())));
        QCOMPARE(model.draft(), expected);
    }

    void readsWhatWasTyped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isRefused");
        QTest::addColumn<Weights>("expected");
        QTest::newRow("number") << QStringLiteral("30") << false << Weights {970, 30};
        QTest::newRow("spaces") << QStringLiteral("  30 ") << false << Weights {970, 30};
        QTest::newRow("share") << QStringLiteral("25 %") << false << Weights {750, 250};
        QTest::newRow("share with a fraction") << QStringLiteral("2.5%") << false << Weights {975, 25};
        QTest::newRow("text") << QStringLiteral("many") << true << Weights {1000, 0};
        QTest::newRow("empty") << QString() << true << Weights {1000, 0};
        QTest::newRow("fraction") << QStringLiteral("2.5") << true << Weights {1000, 0};
        QTest::newRow("above 100 %") << QStringLiteral("101 %") << true << Weights {1000, 0};
        QTest::newRow("below 0 %") << QStringLiteral("-1 %") << true << Weights {1000, 0};
        QTest::newRow("not a number %") << QStringLiteral("nan%") << true << Weights {1000, 0};
        QTest::newRow("too long a number") << QStringLiteral("99999999999999999999") << true << Weights {1000, 0};
    }
    void readsWhatWasTyped()
    {
        QFETCH(QString, text);
        QFETCH(bool, isRefused);
        QFETCH(Weights, expected);
        SplitModel model({1000, 0});
        QCOMPARE(model.setText(1, text).has_value(), isRefused);
        QCOMPARE(model.draft(), expected);
    }

    void keepsRowsBesideADivider()
    {
        SplitModel model({50, 30, 20});
        model.setKept(1, true);
        QVERIFY(model.moveDivider(0, 1).has_value());
        QVERIFY(model.moveDivider(1, 1).has_value());
        QCOMPARE(model.draft(), Weights({50, 30, 20}));
        model.setKept(1, false);
        QVERIFY(!model.moveDivider(0, 1).has_value());
    }

    void normalisesOnlyWhenAsked()
    {
        SplitModel model({1, 1, 1});
        QCOMPARE(model.total(), 3);
        QVERIFY(model.canNormalise());
        QCOMPARE(model.normalised(), Weights({34, 33, 33}));
        model.normalise();
        QCOMPARE(model.draft(), Weights({34, 33, 33}));
        QCOMPARE(model.total(), 100);
        QVERIFY(!model.canNormalise());
        model.undo();
        QCOMPARE(model.total(), 3);
        QVERIFY(!SplitModel({0, 0}).canNormalise());
        QVERIFY(!SplitModel({5}).canNormalise());
    }

    void undoesAndRedoes()
    {
        SplitModel model({90, 10});
        model.moveDivider(0, -5);
        model.setWeight(1, 40);
        QCOMPARE(model.draft(), Weights({60, 40}));
        model.undo();
        QCOMPARE(model.draft(), Weights({85, 15}));
        model.redo();
        QCOMPARE(model.draft(), Weights({60, 40}));
        model.undo();
        model.undo();
        model.undo(); // One too many does nothing.
        QCOMPARE(model.draft(), Weights({90, 10}));
        QVERIFY(!model.isChanged());
        model.moveDivider(0, 1);
        QVERIFY(!model.canRedo());
    }

    void makesADragOneStep()
    {
        SplitModel model({90, 10});
        model.beginGesture();
        for (int i = 0; i < 15; ++i) {
            model.moveDivider(0, -1);
        }
        model.endGesture();
        QCOMPARE(model.draft(), Weights({75, 25}));
        model.undo();
        QCOMPARE(model.draft(), Weights({90, 10}));
        QVERIFY(!model.canUndo());
    }

    void boundsItsUndo()
    {
        SplitModel model({500, 500});
        for (int i = 0; i < 400; ++i) {
            model.moveDivider(0, 1);
        }
        int steps = 0;
        while (model.canUndo()) {
            model.undo();
            ++steps;
        }
        QCOMPARE(steps, 200);
    }

    void followsTheClusterUntilTouched()
    {
        SplitModel model({90, 10});
        QVERIFY(model.rebase({80, 20}));
        QCOMPARE(model.draft(), Weights({80, 20}));
        model.setWeight(1, 50);
        QVERIFY(model.rebase({100, 0}));
        QCOMPARE(model.draft(), Weights({50, 50}));
        QCOMPARE(model.live(), Weights({100, 0}));
        QVERIFY(!model.rebase({100, 0, 0}));
        model.resetToLive();
        QCOMPARE(model.draft(), Weights({100, 0}));
    }

    void takesADraftAsAWhole()
    {
        SplitModel model({90, 10});
        QVERIFY(!model.setDraft({1, 2, 3}));
        QVERIFY(!model.setDraft({-1, 2}));
        QVERIFY(model.setDraft({30, 20}));
        QCOMPARE(model.total(), 50);
        model.giveAllTo(0);
        QCOMPARE(model.draft(), Weights({50, 0}));
    }

    void sharesAddUp()
    {
        SplitModel model({1000, 50});
        QCOMPARE(model.share(0) + model.share(1), 1.0);
        QCOMPARE(SplitModel({0, 0}).share(0), 0.0);
        const SplitModel lone({0}, true);
        QCOMPARE(lone.share(0), 1.0);
        QCOMPARE(lone.liveShare(0), 1.0);
        QCOMPARE(lone.liveParts(), QList<qint64>({1}));
        QCOMPARE(SplitModel({0}).share(0), 0.0); // In the Gateway API it gets nothing.
        QCOMPARE(SplitModel({90, 10}, true).share(1), 0.1);
        QCOMPARE(model.share(9), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestSplitModel)
#include "tst_split_model.moc"
