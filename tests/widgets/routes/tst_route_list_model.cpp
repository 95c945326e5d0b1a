#include "widgets/routes/route_filter.h"
#include "widgets/routes/route_list_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

namespace {
engine::RouteRow route(const QString &host, const QString &name)
{
    engine::RouteRow row;
    row.id = QStringLiteral("VirtualService/shop/") + name;
    row.kind = QStringLiteral("VirtualService");
    row.badge = QStringLiteral("VS");
    row.ns = QStringLiteral("shop");
    row.name = name;
    row.host = host;
    row.weights = {90, 10};
    row.summary = QStringLiteral("90 / 10");
    return row;
}

/// The tree as text: "a: x y | b: z".
QString asText(const QAbstractItemModel &model)
{
    QStringList groups;
    for (int g = 0; g < model.rowCount(); ++g) {
        const QModelIndex host = model.index(g, 0);
        QStringList names;
        for (int r = 0; r < model.rowCount(host); ++r) {
            names.append(model.index(r, 0, host).data().toString());
        }
        groups.append(host.data().toString() + QStringLiteral(": ") + names.join(u' '));
    }
    return groups.join(QStringLiteral(" | "));
}

QList<engine::RouteRow> parse(const QString &text)
{
    QList<engine::RouteRow> out;
    for (const QString &group : text.split(QStringLiteral(" | "), Qt::SkipEmptyParts)) {
        const QStringList parts = group.split(QStringLiteral(": "));
        for (const QString &name : parts.value(1).split(u' ', Qt::SkipEmptyParts)) {
            out.append(route(parts[0], name));
        }
    }
    return out;
}
} // namespace

class TestRouteListModel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void becomesWhatIsGiven_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::newRow("filled") << QString() << QStringLiteral("a: x y | b: z");
        QTest::newRow("emptied") << QStringLiteral("a: x y | b: z") << QString();
        QTest::newRow("a route added") << QStringLiteral("a: x") << QStringLiteral("a: x y");
        QTest::newRow("a route added before") << QStringLiteral("a: y") << QStringLiteral("a: x y");
        QTest::newRow("a route gone") << QStringLiteral("a: x y z") << QStringLiteral("a: x z");
        QTest::newRow("the last of a host gone") << QStringLiteral("a: x | b: y") << QStringLiteral("b: y");
        QTest::newRow("hosts swapped") << QStringLiteral("a: x | b: y") << QStringLiteral("b: y | a: x");
        QTest::newRow("routes reversed") << QStringLiteral("a: x y z") << QStringLiteral("a: z y x");
        QTest::newRow("a route moves to another host") << QStringLiteral("a: x y | b: z") << QStringLiteral("a: x | b: y z");
        QTest::newRow("all at once") << QStringLiteral("a: x y | b: z | c: u v") << QStringLiteral("c: v w | d: q | a: y");
        QTest::newRow("a host in front") << QStringLiteral("b: z") << QStringLiteral("a: x | b: z");
    }
    void becomesWhatIsGiven()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        RouteListModel model;
        RouteFilter filter;
        filter.setSourceModel(&model);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QAbstractItemModelTester proxyTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.update(parse(before));
        QCOMPARE(asText(model), before);
        model.update(parse(after));
        QCOMPARE(asText(model), after);
        QCOMPARE(asText(filter), after);
        QCOMPARE(resets.count(), 0); // A reset would lose selection and scroll.
    }

    void keepsIndexesOfRoutesThatStay()
    {
        RouteListModel model;
        model.update(parse(QStringLiteral("a: x y | b: z")));
        const QPersistentModelIndex z = model.indexOf(QStringLiteral("VirtualService/shop/z"));
        model.update(parse(QStringLiteral("c: q | b: u z")));
        QVERIFY(z.isValid());
        QCOMPARE(z.data().toString(), QStringLiteral("z"));
        QCOMPARE(z.parent().data().toString(), QStringLiteral("b"));
    }

    void tellsOnlyWhatChanged()
    {
        RouteListModel model;
        QList<engine::RouteRow> rows = parse(QStringLiteral("a: x y | b: z"));
        model.update(rows);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.update(rows);
        QCOMPARE(changes.count(), 0);
        QCOMPARE(model.indexOf(rows[1].id).data(RouteListModel::FlashRole).toInt(), -1);
        rows[1].summary = QStringLiteral("75 / 25");
        model.update(rows);
        QCOMPARE(changes.count(), 1);
        QVERIFY(model.indexOf(rows[1].id).data(RouteListModel::FlashRole).toInt() >= 0);
        QCOMPARE(model.indexOf(rows[0].id).data(RouteListModel::FlashRole).toInt(), -1);
    }

    void takesAnIdOnce()
    {
        RouteListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.update({route(QStringLiteral("a"), QStringLiteral("x")), route(QStringLiteral("b"), QStringLiteral("x"))});
        QCOMPARE(model.routeCount(), 1);
    }

    void countsAndFilters()
    {
        QList<engine::RouteRow> rows = parse(QStringLiteral("a.example: x y | b.example: z"));
        rows[0].isInFlight = true;
        rows[1].severity = engine::Severity::Error;
        rows[2].severity = engine::Severity::Info;
        rows[2].isMine = true;
        RouteListModel model;
        model.update(rows);
        using Filter = RouteListModel::Filter;
        QCOMPARE(model.count(Filter::All), 3);
        QCOMPARE(model.count(Filter::InFlight), 1);
        QCOMPARE(model.count(Filter::Problem), 1);
        QCOMPARE(model.count(Filter::Mine), 1);
        RouteFilter filter;
        filter.setSourceModel(&model);
        filter.setFilter(Filter::Problem);
        QCOMPARE(asText(filter), QStringLiteral("a.example: y"));
        filter.setFilter(Filter::All);
        filter.setText(QStringLiteral("B.EXAMPLE shop"));
        QCOMPARE(asText(filter), QStringLiteral("b.example: z"));
        filter.setText(QStringLiteral("nothing of the kind"));
        QCOMPARE(filter.rowCount(), 0);
        filter.setText({});
        filter.setFilter(Filter::InFlight);
        rows[0].isInFlight = false; // Leaves the filter while shown.
        rows[1].isInFlight = true;
        model.update(rows);
        QCOMPARE(asText(filter), QStringLiteral("a.example: y"));
    }

    void updatesManyRowsQuickly()
    {
        QList<engine::RouteRow> rows;
        for (int i = 0; i < 5000; ++i) {
            rows.append(route(QStringLiteral("h%1").arg(i / 20), QStringLiteral("r%1").arg(i)));
        }
        RouteListModel model;
        model.update(rows);
        for (int i = 0; i < 5000; i += 10) {
            rows[i].summary = QStringLiteral("1 / 99");
        }
        QElapsedTimer clock;
        clock.start();
        model.update(rows);
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TestRouteListModel)
#include "tst_route_list_model.moc"
