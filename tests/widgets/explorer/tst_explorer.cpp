#include "tests/widgets/fake_engine.h"
#include "widgets/explorer/explorer_page.h"
#include "widgets/explorer/kind_list_model.h"
#include "widgets/explorer/object_table_model.h"
#include "widgets/common/code_view.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

class TestExplorer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theTableFollowsTheEngine()
    {
        ObjectTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto owned = std::make_unique<test::FakeTable>(20);
        test::FakeTable *table = owned.get();
        model.setTable(std::move(owned));
        QCOMPARE(model.rowCount(), 20);
        QCOMPARE(model.columnCount(), 6);
        QCOMPARE(model.index(3, 1).data().toString(), QStringLiteral("reviews-v1-00003"));
        table->insertAt(0);
        QCOMPARE(model.rowCount(), 21);
        QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("reviews-v1-00020"));
        table->removeAt(4);
        QCOMPARE(model.rowCount(), 20);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        table->changeRow(2);
        QCOMPARE(changes.count(), 1);
        table->setFilter(QStringLiteral("00007"));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.findKey(QStringLiteral("shop/reviews-v1-00007")), 0);
        QCOMPARE(model.findKey(QStringLiteral("shop/none")), -1);
        model.sort(1, Qt::DescendingOrder);
        model.setTable(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void aHundredThousandRowsCostOnlyWhatIsSeen()
    {
        ObjectTableModel model;
        auto owned = std::make_unique<test::FakeTable>(100000);
        test::FakeTable *table = owned.get();
        model.setTable(std::move(owned));
        QTableView view;
        view.setModel(&model);
        view.verticalHeader();
        view.resize(900, 600);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.scrollTo(model.index(50000, 0));
        QApplication::processEvents();
        QVERIFY2(table->cellsAsked < 5000, qPrintable(QString::number(table->cellsAsked)));
    }

    void kindsAreSortedAndStayWhenNothingChanged()
    {
        KindListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        test::FakeEngine engine;
        model.setKinds(engine.objectService.list);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setKinds(engine.objectService.list);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(model.index(0).data().toString(), QStringLiteral("ConfigMap"));
        QVERIFY(model.rowOf(QStringLiteral("v1/pods")) > 0);
        QCOMPARE(model.rowOf(QStringLiteral("x")), -1);
    }

    void aTargetOpensKindAndObject()
    {
        test::FakeEngine engine;
        ExplorerPage page(engine);
        page.resize(1200, 700);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.openTarget(QStringLiteral("apps/v1/deployments/shop/reviews-v1-00005"));
        QCOMPARE(page.model().rowCount(), 1);
        QCOMPARE(page.table().currentIndex().row(), 0);
        const auto *yaml = page.findChild<CodeView *>();
        QVERIFY(yaml->toPlainText().contains(QStringLiteral("reviews-v1-00005")));
    }

    void whatMayNotBeListedSaysSo()
    {
        test::FakeEngine engine;
        engine.objectService.rows = 0;
        ExplorerPage page(engine);
        page.show();
        page.openTarget(QStringLiteral("v1/secrets"));
        QVERIFY(page.table().isHidden());
        bool isSaid = false;
        for (const QLabel *label : page.findChildren<QLabel *>())
            isSaid = isSaid || (label->isVisible() && label->text().contains(QStringLiteral("No right to list Secret")));
        QVERIFY(isSaid);
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTheme(application, SchemeChoice::Dark);
    TestExplorer test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_explorer.moc"
