#include "tests/core/engine/chart_folder.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/common/banner.h"
#include "widgets/theme/theme.h"
#include "widgets/values/value_form.h"
#include "widgets/values/value_form_model.h"

#include <QApplication>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace fairway;
using namespace fairway::ui;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// The form of a chart that is open in the real workshop.
struct Bench {
    Bench()
        : form(engine.chartService)
    {
        engine.chartService.open(chart.path());
        form.resize(420, 700);
        form.show();
        form.setFile(s("values.yaml"));
    }
    [[nodiscard]] QModelIndex at(const char *pointer) const { return form.model().indexOf(s(pointer)); }
    [[nodiscard]] QModelIndex valueAt(const char *pointer) const { return at(pointer).siblingAtColumn(ValueFormModel::Value); }
    [[nodiscard]] QString text() const { return engine.chartService.text(s("values.yaml")); }
    QLineEdit *edit(const char *path)
    {
        form.showValue(s(path));
        QApplication::processEvents();
        for (QLineEdit *field : form.view().viewport()->findChildren<QLineEdit *>()) {
            if (field->isVisible())
                return field;
        }
        return nullptr;
    }
    test::ChartFolder chart;
    test::FakeEngine engine;
    ValueForm form;
};

} // namespace

class TestValueForm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void showsTheChartsValues()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/cache/ttl").isValid());
        QCOMPARE(bench.valueAt("/canary/weight").data().toString(), s("0"));
        QCOMPARE(bench.valueAt("/cache/size").data().toString(), s("64Mi")); // the parent's, under the alias
        QCOMPARE(bench.valueAt("/cache/ttl").data().toString(), s("60"));
    }

    void typingChangesOneValueOfTheText()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/image/tag").isValid());
        QSignalSpy told(&bench.form, &ValueForm::textEdited);
        QLineEdit *field = bench.edit("image.tag");
        QVERIFY(field);
        QCOMPARE(field->accessibleName(), s("tag"));
        field->selectAll();
        QTest::keyClicks(field, s("5.0"));
        QTRY_COMPARE(bench.text(), s("# defaults\nimage:\n  tag: \"5.0\"\ncanary:\n  weight: 0\nreplicas: 2\ncache:\n  size: 64Mi\n"));
        QCOMPARE(told.size(), 1);
        QTRY_COMPARE(bench.valueAt("/image/tag").data().toString(), s("5.0"));
        QVERIFY(field->isVisible()); // still where the hands are
    }

    void typingInTheYamlUpdatesTheFormInPlace()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/image/tag").isValid());
        QLineEdit *field = bench.edit("image.tag");
        QVERIFY(field);
        const QPersistentModelIndex kept = bench.form.view().currentIndex();
        QSignalSpy reset(&bench.form.model(), &QAbstractItemModel::modelReset);
        bench.engine.chartService.setText(s("values.yaml"), bench.text() + s("extra: {deep: [1, 2]}\n"));
        bench.form.refresh();
        QTRY_VERIFY(bench.at("/extra/deep/1").isValid());
        QCOMPARE(reset.size(), 0);
        QCOMPARE(bench.form.view().currentIndex(), QModelIndex(kept));
        QVERIFY(field->isVisible());
        // Half-typed YAML leaves the form as it was, and says so.
        bench.engine.chartService.setText(s("values.yaml"), s("image: ["));
        bench.form.refresh();
        QTRY_VERIFY(bench.form.findChild<Banner *>()->isVisible());
        QVERIFY(bench.at("/extra/deep/1").isValid());
    }

    void faultsStandAtTheirField()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/canary/weight").isValid());
        bench.engine.chartService.setText(s("values.yaml"), bench.text().replace(s("weight: 0"), s("weight: 400")));
        bench.form.refresh();
        QTRY_VERIFY(!bench.at("/canary/weight").data(ValueFormModel::FaultRole).toString().isEmpty());
        QVERIFY(bench.valueAt("/canary/weight").data(Qt::AccessibleTextRole).toString().contains(s("100")));
    }

    void whatIsNoNumberIsToldAndNotWritten()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/canary/weight").isValid());
        const QString before = bench.text();
        QLineEdit *field = bench.edit("canary.weight");
        QVERIFY(field);
        field->selectAll();
        QTest::keyClicks(field, s("ten"));
        QTRY_COMPARE(bench.at("/canary/weight").data(ValueFormModel::FaultRole).toString(), s("not a whole number"));
        QCOMPARE(bench.text(), before);
    }

    void resetTakesTheLineAway()
    {
        Bench bench;
        const QString prod = bench.chart.beside("prod.yaml", "# production\nreplicas: 9\nimage:\n  tag: \"9\" # pinned\n");
        QTRY_COMPARE(bench.engine.chartService.state(), engine::ChartService::State::Open);
        engine::ChartInputs inputs = bench.engine.chartService.inputs();
        inputs.valuesFiles = {{prod, true}};
        bench.engine.chartService.setInputs(inputs);
        bench.form.setFile(prod);
        QTRY_VERIFY(bench.at("/replicas").isValid());
        QTRY_COMPARE(bench.at("/replicas").siblingAtColumn(ValueFormModel::Layer).data().toString(), s("set here"));
        bench.form.showValue(s("replicas"));
        QPushButton *reset = nullptr;
        for (QPushButton *button : bench.form.findChildren<QPushButton *>()) {
            if (button->text() == s("Reset to default") && button->isVisible())
                reset = button;
        }
        QVERIFY(reset);
        reset->click();
        QTRY_COMPARE(bench.engine.chartService.text(prod), s("# production\nimage:\n  tag: \"9\" # pinned\n"));
        QTRY_COMPARE(bench.valueAt("/replicas").data().toString(), s("2"));
    }

    void manyEditsInARowAllCount()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/replicas").isValid());
        for (int i = 1; i <= 30; ++i)
            bench.form.model().setData(bench.valueAt("/replicas"), QString::number(i + 100));
        bench.form.model().setData(bench.valueAt("/canary/weight"), s("7"));
        QTRY_VERIFY(bench.text().contains(s("weight: 7")));
        QTRY_VERIFY(bench.text().contains(s("replicas: 130")));
        QVERIFY(bench.text().startsWith(s("# defaults\n")));
    }

    void searchNarrowsTheTree()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/image/tag").isValid());
        QLineEdit *search = bench.form.findChild<QLineEdit *>();
        QVERIFY(search);
        QCOMPARE(search->accessibleName(), s("Search values"));
        QTest::keyClicks(search, s("ttl"));
        QCOMPARE(bench.form.view().model()->rowCount(), 1);
        QCOMPARE(bench.form.view().model()->index(0, 0).data().toString(), s("cache"));
        search->clear();
        QCOMPARE(bench.form.view().model()->rowCount(), bench.form.model().rowCount());
    }

    void anArchiveIsReadOnly()
    {
        Bench bench;
        QTRY_VERIFY(bench.at("/replicas").isValid());
        bench.form.model().setReadOnly(true);
        QVERIFY(!bench.form.model().flags(bench.valueAt("/replicas")).testFlag(Qt::ItemIsEditable));
    }
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    installTheme(app, SchemeChoice::Dark).setMotion(false);
    TestValueForm test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_value_form_view.moc"
