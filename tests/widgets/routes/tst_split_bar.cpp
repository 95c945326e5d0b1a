#include "widgets/routes/destination_table.h"
#include "widgets/routes/split_bar.h"
#include "widgets/routes/split_grip.h"
#include "widgets/routes/split_model.h"
#include "widgets/theme/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace fairway;
using namespace fairway::ui;
using Weights = QList<qint64>;

namespace {
QStringList labels(qsizetype count)
{
    QStringList out;
    for (qsizetype i = 1; i <= count; ++i) {
        out.append(QStringLiteral("v%1").arg(i));
    }
    return out;
}

struct Bar {
    explicit Bar(const Weights &live)
        : model(live)
    {
        bar.resize(444 + 0, 60); // 400 pixels of bar behind the label.
        bar.setModel(&model, labels(live.size()), QList<engine::Role>(live.size(), engine::Role::Stable));
        bar.show();
        grips = bar.findChildren<SplitGrip *>();
    }
    SplitModel model;
    SplitBar bar;
    QList<SplitGrip *> grips;
};
} // namespace

class TestSplitBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installTheme(*qApp, SchemeChoice::Dark); }

    void movesByKeys_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<Weights>("expected");
        const Qt::KeyboardModifiers none = Qt::NoModifier;
        const Qt::KeyboardModifiers shift = Qt::ShiftModifier;
        QTest::newRow("left") << Qt::Key_Left << none << Weights {49, 31, 20};
        QTest::newRow("right") << Qt::Key_Right << none << Weights {51, 29, 20};
        QTest::newRow("Shift left") << Qt::Key_Left << shift << Weights {40, 40, 20};
        QTest::newRow("Shift right") << Qt::Key_Right << shift << Weights {60, 20, 20};
        QTest::newRow("Page Up") << Qt::Key_PageUp << none << Weights {60, 20, 20};
        QTest::newRow("Home") << Qt::Key_Home << none << Weights {0, 80, 20};
        QTest::newRow("End") << Qt::Key_End << none << Weights {80, 0, 20};
    }
    void movesByKeys()
    {
        QFETCH(Qt::Key, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(Weights, expected);
        Bar bar({50, 30, 20});
        QCOMPARE(bar.grips.size(), 2);
        QSignalSpy edited(&bar.bar, &SplitBar::edited);
        QTest::keyClick(bar.grips[0], key, modifiers);
        QCOMPARE(bar.model.draft(), expected);
        QCOMPARE(edited.count(), 1);
        bar.model.undo();
        QCOMPARE(bar.model.draft(), Weights({50, 30, 20}));
    }

    void goesFromDividerToDividerByTab()
    {
        Bar bar({50, 30, 20});
        QVERIFY(QTest::qWaitForWindowExposed(&bar.bar));
        bar.bar.activateWindow();
        bar.bar.focusFirstGrip();
        QTRY_VERIFY(bar.grips[0]->hasFocus());
        QTest::keyClick(bar.grips[0], Qt::Key_Tab);
        QVERIFY(bar.grips[1]->hasFocus());
        QTest::keyClick(bar.grips[1], Qt::Key_Left);
        QCOMPARE(bar.model.draft(), Weights({50, 29, 21}));
    }

    void drags()
    {
        Bar bar({50, 50});
        SplitGrip *grip = bar.grips[0];
        const QPoint start(grip->width() / 2, grip->height() / 2);
        QTest::mousePress(grip, Qt::LeftButton, {}, start);
        // The grip moves below the pointer, so positions are given in the bar.
        const auto to = [&](int x) { QTest::mouseMove(grip, grip->mapFrom(&bar.bar, QPoint(x, 36))); };
        for (int x = 244; x <= 332; x += 4) {
            to(x);
        }
        QTest::mouseRelease(grip, Qt::LeftButton, {}, grip->mapFrom(&bar.bar, QPoint(332, 36)));
        QVERIFY2(bar.model.draft()[0] >= 73 && bar.model.draft()[0] <= 77, qPrintable(QString::number(bar.model.draft()[0])));
        QCOMPARE(bar.model.draft()[0] + bar.model.draft()[1], 100);
        bar.model.undo(); // One drag is one step.
        QCOMPARE(bar.model.draft(), Weights({50, 50}));
        QVERIFY(!bar.model.canUndo());
    }

    void keepsAGripAtZero()
    {
        Bar bar({100, 0, 0});
        QVERIFY(bar.grips[1]->geometry().left() - bar.grips[0]->geometry().left() >= SplitGrip::hitWidth);
        QTest::keyClick(bar.grips[1], Qt::Key_Right);
        QCOMPARE(bar.model.draft(), Weights({100, 0, 0})); // Nothing to its left or right to take.
        QTest::keyClick(bar.grips[0], Qt::Key_Left);
        QCOMPARE(bar.model.draft(), Weights({99, 1, 0}));
    }

    void saysWhyItCantMove()
    {
        Bar bar({50, 50});
        bar.model.setKept(1, true);
        QSignalSpy refused(&bar.bar, &SplitBar::refused);
        QTest::keyClick(bar.grips[0], Qt::Key_Right);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(bar.model.draft(), Weights({50, 50}));
    }

    void hasNoDividersAboveSix()
    {
        Bar bar({1, 1, 1, 1, 1, 1, 1});
        QVERIFY(bar.grips.isEmpty());
        Bar six({1, 1, 1, 1, 1, 1});
        QCOMPARE(six.grips.size(), 5);
    }

    void canBeReadAndSetFromOutside()
    {
        Bar bar({90, 10});
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(bar.grips[0]);
        QVERIFY(face != nullptr);
        QCOMPARE(face->text(QAccessible::Name), QStringLiteral("Divider between v1 and v2"));
        QAccessibleValueInterface *value = face->valueInterface();
        QVERIFY(value != nullptr);
        QCOMPARE(value->currentValue().toInt(), 90);
        QCOMPARE(value->maximumValue().toInt(), 100);
        value->setCurrentValue(75);
        QCOMPARE(bar.model.draft(), Weights({75, 25}));
        QVERIFY(bar.bar.accessibleDescription().contains(QStringLiteral("v2: live 10, draft 25")));
    }

    void editsInTheRows()
    {
        SplitModel model({60, 30, 10});
        DestinationTable table;
        QList<engine::Destination> destinations(3);
        for (int i = 0; i < 3; ++i) {
            destinations[i].label = labels(3)[i];
            destinations[i].readyPods = destinations[i].totalPods = 3;
        }
        table.setModel(&model, destinations, true, {});
        table.show();
        QHash<QString, QLineEdit *> edits;
        for (QLineEdit *edit : table.findChildren<QLineEdit *>()) {
            edits.insert(edit->accessibleName(), edit);
        }
        QCOMPARE(edits.size(), 3); // Every field has its own name.
        QLineEdit *v3 = edits.value(QStringLiteral("Draft weight of v3"));
        QVERIFY(v3 != nullptr);
        QSignalSpy edited(&table, &DestinationTable::edited);
        QSignalSpy refused(&table, &DestinationTable::refused);
        v3->selectAll();
        QTest::keyClicks(v3, QStringLiteral("40"));
        QTest::keyClick(v3, Qt::Key_Return);
        QCOMPARE(model.draft(), Weights({40, 20, 40}));
        QCOMPARE(edited.count(), 1);
        QTest::keyClick(v3, Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(model.draft()[2], 50);
        v3->selectAll();
        QTest::keyClicks(v3, QStringLiteral("lots"));
        QTest::keyClick(v3, Qt::Key_Return);
        QCOMPARE(refused.count(), 1);
        QCOMPARE(model.draft()[2], 50);
        QCOMPARE(v3->text(), QStringLiteral("50"));
        for (QToolButton *keep : table.findChildren<QToolButton *>()) {
            if (keep->accessibleName() == QStringLiteral("Keep v1")) {
                keep->click();
            }
        }
        QVERIFY(model.isKept(0));
        v3->selectAll();
        QTest::keyClicks(v3, QStringLiteral("10"));
        QTest::keyClick(v3, Qt::Key_Return);
        QCOMPARE(model.draft(), Weights({33, 57, 10}));
    }
};

QTEST_MAIN(TestSplitBar)
#include "tst_split_bar.moc"
