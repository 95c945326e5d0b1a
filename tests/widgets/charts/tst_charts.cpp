#include "tests/core/engine/chart_folder.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/charts/chart_files_model.h"
#include "widgets/charts/charts_page.h"
#include "widgets/charts/code_editor.h"
#include "widgets/charts/flags_editor.h"
#include "widgets/charts/output_panel.h"
#include "widgets/charts/problems_model.h"
#include "widgets/charts/values_panel.h"
#include "widgets/common/banner.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

engine::ChartProblem problem(engine::Severity severity, const char *file, int line, const char *message)
{
    engine::ChartProblem one;
    one.severity = severity;
    one.file = s(file);
    one.line = line;
    one.message = s(message);
    return one;
}

/// The page with a chart open in it.
struct Bench {
    Bench()
        : page(engine)
    {
        page.resize(1400, 900);
        page.show();
        page.openTarget(chart.path());
    }
    [[nodiscard]] bool isRendered() const { return engine.chartService.output()->isRendered; }
    [[nodiscard]] CodeEditor &output() { return page.findChild<OutputPanel *>()->editor(); }
    [[nodiscard]] ValuesPanel &values() { return *page.findChild<ValuesPanel *>(QStringLiteral("layers")); }
    [[nodiscard]] ValuesPanel &files() { return *page.findChild<ValuesPanel *>(QStringLiteral("files")); }
    int line(const char *part)
    {
        const QStringList lines = output().text().split(QLatin1Char('\n'));
        for (qsizetype i = 0; i < lines.size(); ++i) {
            if (lines[i].contains(s(part)))
                return int(i) + 1;
        }
        return 0;
    }
    test::ChartFolder chart;
    test::FakeEngine engine;
    ChartsPage page;
};

} // namespace

class TestCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesAreATree()
    {
        ChartFilesModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        engine::ChartInfo info;
        info.path = s("/charts/checkout");
        info.name = s("checkout");
        info.version = s("1.0.0");
        for (const char *file : {"Chart.yaml", "README.md", "charts/redis-1.tgz", "charts/redis-1.tgz/values.yaml", "templates/a.yaml", "templates/tests/t.yaml", "values.yaml"})
            info.files.append({s(file), true, false, false});
        info.subcharts.append({s("charts/redis-1.tgz"), s("redis"), s("1"), true});
        model.setChart(info);
        QCOMPARE(model.rowCount(), 1);
        const QModelIndex top = model.index(0, 0);
        QStringList names;
        for (int row = 0; row < model.rowCount(top); ++row)
            names << model.index(row, 0, top).data().toString();
        QCOMPARE(names, (QStringList {s("Chart.yaml"), s("values.yaml"), s("README.md"), s("templates"), s("charts")}));
        const QModelIndex packed = model.indexOf(s("charts/redis-1.tgz"));
        QCOMPARE(packed.data(ChartFilesModel::NoteRole).toString(), s("1"));
        QVERIFY(!packed.data(ChartFilesModel::IsFileRole).toBool());
        QCOMPARE(model.rowCount(packed), 1);

        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        info.files[6].isEdited = true;
        model.setChart(info);
        model.setProblems({problem(engine::Severity::Error, "templates/a.yaml", 3, "boo")});
        QCOMPARE(reset.size(), 0);
        QCOMPARE(changed.size(), 2);
        QVERIFY(model.indexOf(s("templates/a.yaml")).data(Qt::AccessibleTextRole).toString().contains(s("error")));
        info.files.removeAt(1);
        model.setChart(info);
        QCOMPARE(reset.size(), 1);
        model.setChart({});
        QCOMPARE(model.rowCount(), 0);
    }

    void problemsAreRowsWorstFirst()
    {
        ProblemsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setProblems({problem(engine::Severity::Info, "Chart.yaml", 0, "icon"), problem(engine::Severity::Error, "/v/prod.yaml", 12, "bad")});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ProblemsModel::PlaceColumn).data().toString(), s("prod.yaml:12"));
        QCOMPARE(model.index(0, ProblemsModel::SeverityColumn).data().toString(), s("error"));
        model.setProblems({problem(engine::Severity::Warning, "a", 1, "w")});
        QCOMPARE(model.rowCount(), 1);
        model.setProblems({});
        QCOMPARE(model.rowCount(), 0);
    }

    void theEditorKeepsPlaceAndUndo()
    {
        CodeEditor editor(Syntax::Yaml, s("Text"));
        editor.resize(400, 300);
        editor.show();
        QString text;
        for (int i = 1; i <= 400; ++i)
            text += s("key%1: %1\n").arg(i);
        editor.setText(text);
        editor.goTo(200);
        QCOMPARE(editor.caretLine(), 200);
        QSignalSpy edited(&editor, &CodeEditor::textEdited);
        editor.setText(QString(text).replace(s("key7: 7"), s("key7: 8")), true);
        QCOMPARE(editor.caretLine(), 200);
        QCOMPARE(edited.size(), 0); // nobody typed
        QCOMPARE(editor.lineText(200), s("key200: 200"));
        QCOMPARE(editor.find(s("key39"), true, true), 11);
        QCOMPARE(editor.find(s("nothing like it"), true, true), 0);
        editor.setMarks({{3, LineMark::Kind::Error, s("bad")}, {9999, LineMark::Kind::Error, s("beyond")}});
        editor.setHighlight({5, 6});
        editor.grab();
    }

    void aHugeTextIsGivenInOneGo()
    {
        CodeEditor editor(Syntax::Stream, s("Text"));
        editor.setReadOnly(true);
        editor.resize(600, 500);
        editor.show();
        QString text;
        QList<LineHeader> headers;
        for (int i = 0; i < 3000; ++i) {
            headers.append({i * 62 + 1, i + 1, s("ConfigMap"), s("c"), {}});
            text += s("---\n# Source: a\n");
            for (int line = 0; line < 60; ++line)
                text += s("  key%1: some value of ordinary length\n").arg(line);
        }
        QElapsedTimer clock;
        clock.start();
        editor.setText(text);
        editor.setHeaders(headers);
        QApplication::processEvents();
        const qint64 taken = clock.elapsed();
        qInfo("%lld ms for %lld characters", taken, static_cast<long long>(text.size()));
        QVERIFY2(taken < 2000, qPrintable(QString::number(taken)));
    }

    void nothingOpenOffersToOpen()
    {
        test::FakeEngine engine;
        ChartsPage page(engine);
        page.show();
        const QList<QPushButton *> buttons = page.findChildren<QPushButton *>();
        QVERIFY(std::any_of(buttons.begin(), buttons.end(), [](const QPushButton *one) { return one->isVisible() && one->text().contains(s("folder")); }));
        page.openTarget(s("/no/such/chart"));
        QTRY_COMPARE(engine.chartService.state(), engine::ChartService::State::Failed);
        QVERIFY(!page.hasUnsavedWork(nullptr));
    }

    void typingIsFollowedAndALineIsExplained()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        QTRY_VERIFY(bench.output().text().contains(s("weight: \"0\"")));
        CodeEditor *editor = bench.values().currentEditor();
        QVERIFY(editor);
        editor->setText(editor->text().replace(s("weight: 0"), s("weight: 33")));
        Q_EMIT editor->textEdited();
        QTRY_VERIFY(bench.output().text().contains(s("weight: \"33\"")));
        QString reason;
        QVERIFY(bench.page.hasUnsavedWork(&reason));
        QVERIFY(reason.contains(s("values.yaml")));
        QTRY_VERIFY(bench.engine.chartService.hasOrigins());
        Q_EMIT bench.output().lineClicked(bench.line("weight: \"33\""));
        QCOMPARE(bench.files().currentFile(), s("templates/configmap.yaml"));
        QCOMPARE(bench.files().currentEditor()->caretLine(), 9);
        QCOMPARE(bench.values().currentFile(), s("values.yaml"));
        QCOMPARE(bench.values().currentEditor()->highlight(), QList<int> {5});
        QCOMPARE(bench.output().highlight(), QList<int> {bench.line("weight: \"33\"")});
        Q_EMIT bench.files().currentEditor()->lineClicked(4);
        QCOMPARE(bench.output().highlight(), QList<int> {bench.line("namespace: default") - 1});
    }

    void anErrorShowsInTheBannerAndIsGoneWhenMended()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        bench.files().openFile(s("templates/configmap.yaml"));
        CodeEditor *editor = bench.files().currentEditor();
        const QString good = editor->text();
        editor->setText(s("a: {{ .Values.x.y.z }}\n"));
        Q_EMIT editor->textEdited();
        auto *banner = bench.page.findChild<Banner *>();
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(bench.output().text().contains(s("weight: \"0\""))); // the last good one stays
        editor->setText(good);
        Q_EMIT editor->textEdited();
        QTRY_VERIFY(!banner->isVisible());
    }

    void flagsAreTypedKeyByKey()
    {
        FlagsEditor flags;
        flags.show();
        QSignalSpy edited(&flags, &FlagsEditor::edited);
        flags.focusFlag(-1);
        auto *field = flags.findChild<QLineEdit *>();
        QVERIFY(field);
        QTest::keyClicks(field, s("a=1"));
        QCOMPARE(edited.size(), 3);
        const auto last = edited.last()[0].value<QList<engine::SetFlag>>();
        QCOMPARE(last.size(), 1);
        QCOMPARE(last[0].text, s("a=1"));
        QVERIFY(last[0].isOn);
    }

    void bothSchemesPaint()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        const QImage dark = bench.page.grab().toImage();
        theme().setChoice(SchemeChoice::Light);
        QApplication::processEvents();
        const QImage light = bench.page.grab().toImage();
        theme().setChoice(SchemeChoice::Dark);
        QVERIFY(dark.pixelColor(700, 500) != light.pixelColor(700, 500));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTheme(application, SchemeChoice::Dark);
    TestCharts test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_charts.moc"
