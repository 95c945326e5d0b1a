#include "core/chart/value_form.h"
#include "widgets/values/value_form_filter.h"
#include "widgets/values/value_form_model.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

namespace {

std::shared_ptr<const chart::ValueForm> formOf(const std::string &text, const std::string &defaults = {}, const std::string &schema = {})
{
    chart::FormSource source;
    source.text = text;
    source.defaults = defaults;
    source.schema = schema;
    return std::make_shared<const chart::ValueForm>(chart::makeValueForm(source).value());
}

/// "name=value" of each row, children in parentheses.
QString drawn(const QAbstractItemModel &model, const QModelIndex &parent = {})
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        QString line = index.data().toString();
        if (const QString value = index.siblingAtColumn(1).data().toString(); !value.isEmpty())
            line += QLatin1Char('=') + value;
        if (model.rowCount(index) > 0)
            line += QLatin1Char('(') + drawn(model, index) + QLatin1Char(')');
        rows << line;
    }
    return rows.join(QLatin1Char(' '));
}

} // namespace

class ValueFormModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheTree()
    {
        ValueFormModel model;
        const QAbstractItemModelTester tester(&model);
        model.update(formOf("a: 1\nl: [x, {ok: true}]\n", "a: 2\nm: {in: text}\n"));
        QCOMPARE(drawn(model), QStringLiteral("a=1 m(in=text) l=2 items(Item 1=x Item 2(ok=on))"));
        QCOMPARE(model.indexOf(QStringLiteral("/m/in")).data().toString(), QStringLiteral("in"));
        QVERIFY(!model.indexOf(QStringLiteral("/m/x")).isValid());
        QCOMPARE(model.indexOf(QStringLiteral("/a")).siblingAtColumn(ValueFormModel::Layer).data().toString(), QStringLiteral("set here"));
    }

    void updatesInPlace_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<int>("inserted");
        QTest::addColumn<int>("removed");
        QTest::newRow("another value") << "a: 1\nb: 2\n" << "a: 1\nb: 3\n" << 0 << 0;
        QTest::newRow("a value more") << "a: 1\nb: 2\n" << "a: 1\nx: 0\nb: 2\n" << 1 << 0;
        QTest::newRow("two side by side come at once") << "a: 1\nb: 2\n" << "a: 1\nb: 2\nx: 1\ny: 1\n" << 1 << 0;
        QTest::newRow("a value less") << "a: 1\nb: 2\n" << "b: 2\n" << 0 << 1;
        QTest::newRow("deep") << "a: {b: {c: 1}}\n" << "a: {b: {c: 2, d: 3}}\n" << 1 << 0;
        QTest::newRow("another order") << "a: 1\nb: 2\n" << "b: 2\na: 1\n" << 1 << 1;
        QTest::newRow("items") << "l: [1, 2, 3]\n" << "l: [3]\n" << 0 << 2;
        QTest::newRow("all") << "a: 1\n" << "b: 1\n" << 1 << 1;
    }
    void updatesInPlace()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(int, inserted);
        QFETCH(int, removed);
        ValueFormModel model;
        const QAbstractItemModelTester tester(&model);
        model.update(formOf(before.toStdString()));
        const QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);
        const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
        model.update(formOf(after.toStdString()));
        ValueFormModel fresh;
        fresh.update(formOf(after.toStdString()));
        QCOMPARE(drawn(model), drawn(fresh));
        QCOMPARE(insertions.count(), inserted);
        QCOMPARE(removals.count(), removed);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.update(formOf(after.toStdString()));
        QCOMPARE(changes.count(), 0);
    }

    void keepsIndexesOverChanges()
    {
        ValueFormModel model;
        model.update(formOf("a: 1\nm: {b: 2}\n"));
        const QPersistentModelIndex kept = model.indexOf(QStringLiteral("/m/b"));
        model.update(formOf("new: 0\na: 1\nm: {b: 3}\n"));
        QVERIFY(kept.isValid());
        QCOMPARE(kept.sibling(kept.row(), ValueFormModel::Value).data().toString(), QStringLiteral("3"));
    }

    void asksForChanges_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("fault");
        QTest::newRow("a number") << "12" << "";
        QTest::newRow("spaces around it") << " 7 " << "";
        QTest::newRow("a word") << "many" << "not a whole number";
        QTest::newRow("a fraction") << "1.5" << "not a whole number";
        QTest::newRow("nothing") << "" << "not a whole number";
        QTest::newRow("too large") << "99999999999999999999" << "not a whole number";
    }
    void asksForChanges()
    {
        QFETCH(QString, typed);
        QFETCH(QString, fault);
        ValueFormModel model;
        model.update(formOf("size: 1\n", {}, R"({"properties": {"size": {"type": "integer"}}})"));
        const QSignalSpy requests(&model, &ValueFormModel::changeRequested);
        const QModelIndex index = model.indexOf(QStringLiteral("/size")).siblingAtColumn(ValueFormModel::Value);
        QCOMPARE(model.setData(index, typed), fault.isEmpty());
        QCOMPARE(index.data(ValueFormModel::FaultRole).toString(), fault);
        QCOMPARE(requests.count(), fault.isEmpty() ? 1 : 0);
        QCOMPARE(index.data().toString(), QStringLiteral("1")); // the text decides, not the model
    }

    void readOnlyTakesNothing()
    {
        ValueFormModel model;
        model.setReadOnly(true);
        model.update(formOf("b: true\n"));
        const QModelIndex index = model.index(0, ValueFormModel::Value);
        QVERIFY(!model.flags(index).testFlag(Qt::ItemIsEditable));
        QVERIFY(!model.setData(index, false));
    }

    void filters()
    {
        ValueFormModel model;
        model.update(formOf("image: {tag: '2'}\nport: 80\n", "image: {tag: '1', name: x}\nport: 80\nlast: 1\n"));
        ValueFormFilter filter;
        const QAbstractItemModelTester tester(&filter);
        filter.setSourceModel(&model);
        filter.setSearch(QStringLiteral("IMAGE.TAG"));
        QCOMPARE(drawn(filter), QStringLiteral("image(tag=2)"));
        filter.setSearch({});
        filter.setOnlyChanged(true);
        QCOMPARE(drawn(filter), QStringLiteral("image(tag=2)"));
        filter.setOnlyChanged(false);
        QCOMPARE(drawn(filter), QStringLiteral("image(tag=2 name=x) port=80 last=1"));
    }

    void thousandsOfFieldsAreQuick()
    {
        std::string text;
        for (int i = 0; i < 100; ++i) {
            text += "s" + std::to_string(i) + ":\n";
            for (int n = 0; n < 100; ++n)
                text += "  k" + std::to_string(n) + ": " + std::to_string(n) + "\n";
        }
        ValueFormModel model;
        const auto before = formOf(text);
        const auto after = formOf(text + "last: 1\n");
        model.update(before);
        QElapsedTimer clock;
        clock.start();
        model.update(after);
        QCOMPARE(model.rowCount(), 101);
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    }
};

QTEST_MAIN(ValueFormModelTest)
#include "tst_value_form_model.moc"
