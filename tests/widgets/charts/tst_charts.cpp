#include "tests/core/engine/chart_folder.h"
#include "tests/widgets/fake_engine.h"
#include "widgets/charts/chart_files_model.h"
#include "widgets/charts/charts_page.h"
#include "widgets/charts/code_editor.h"
#include "widgets/charts/flags_editor.h"
#include "widgets/charts/library_dialog.h"
#include "widgets/charts/library_model.h"
#include "widgets/charts/output_panel.h"
#include "widgets/charts/package_dialog.h"
#include "widgets/charts/problems_model.h"
#include "widgets/charts/values_panel.h"
#include "widgets/common/banner.h"
#include "widgets/theme/theme.h"
#include "widgets/values/value_form.h"
#include "widgets/values/value_form_model.h"
#include "widgets/workspace/workspace_view.h"

#include <QAbstractItemModelTester>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QListWidget>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QTreeView>

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

/// 1,500 documents; `tag` is in each of them, and with `extra` one more line.
QString documents(const char *tag, bool hasExtra = false)
{
    QString text;
    for (int i = 0; i < 1500; ++i) {
        text += s("---\n# Source: a\nkind: ConfigMap\nname: item-%1\ntag: %2\n").arg(i).arg(s(tag));
        if (hasExtra)
            text += s("extra: true\n");
        for (int line = 0; line < 20; ++line)
            text += s("  key%1: some value\n").arg(line);
    }
    return text;
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
    [[nodiscard]] QPushButton *button(const QString &text) const
    {
        for (QPushButton *one : page.findChildren<QPushButton *>()) {
            if (one->text() == text && one->isVisible())
                return one;
        }
        return nullptr;
    }
    void run(const char *action)
    {
        for (QAction *one : page.actions()) {
            if (one->text() == s(action))
                one->trigger();
        }
    }
    test::ChartFolder chart;
    test::FakeEngine engine;
    ChartsPage page;
};

QLineEdit *field(const QWidget &parent, const char *name)
{
    for (QLineEdit *one : parent.findChildren<QLineEdit *>()) {
        if (one->accessibleName() == s(name))
            return one;
    }
    return nullptr;
}

void drop(QWidget &target, const QStringList &files)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &file : files)
        urls.append(QUrl::fromLocalFile(file));
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &event);
}

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
        QSignalSpy counted(&editor, &CodeEditor::matchesCounted);
        editor.find(s("KEY39"), true, true);
        QTRY_COMPARE(counted.size(), 1);
        QCOMPARE(counted.takeFirst()[0].toInt(), 11);
        editor.find(s("nothing like it"), true, true);
        QTRY_COMPARE(counted.size(), 1);
        QCOMPARE(counted.takeFirst()[0].toInt(), 0);
        editor.find({}, true, true);
        QCOMPARE(counted.takeFirst()[0].toInt(), -1);
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

    void aLargeTextComesInSlices()
    {
        CodeEditor editor(Syntax::Stream, s("Text"));
        editor.setReadOnly(true);
        editor.resize(600, 500);
        editor.show();
        const auto surface = [&] { return editor.focusProxy(); };
        QSignalSpy settled(&editor, &CodeEditor::settled);
        QSignalSpy clicked(&editor, &CodeEditor::lineClicked);
        QTimer other;
        int turns = 0;
        connect(&other, &QTimer::timeout, &editor, [&] { turns += editor.isSettled() ? 0 : 1; });
        other.start(0);
        const QString first = documents("one");
        editor.setText(first);
        QVERIFY(!editor.isSettled());
        QCOMPARE(editor.text(), first); // what it will hold
        QVERIFY(editor.holds(first.toStdString()));
        editor.goTo(1000);
        editor.setMarks({{5, LineMark::Kind::Error, s("bad")}});
        editor.setHighlight({5, 6});
        QTRY_COMPARE(settled.size(), 1);
        QVERIFY2(turns > 0, "nobody else had a turn");
        QCOMPARE(editor.text(), first);
        QCOMPARE(editor.caretLine(), 1000);

        // Every document is another, with a line more each: in place, the caret where it was, and the last of several wins.
        const QString second = documents("two", true);
        editor.setText(documents("never seen"));
        editor.setText(second);
        QTest::keyClick(surface(), Qt::Key_Return); // a line of neither text
        QCOMPARE(clicked.size(), 0);
        QTRY_COMPARE(settled.size(), 2);
        QCOMPARE(editor.text(), second);
        QCOMPARE(editor.caretLine(), 1000);
        QVERIFY(editor.isReadOnly());
        QTest::keyClick(surface(), Qt::Key_Return);
        QCOMPARE(clicked.size(), 1);

        // To something small, which follows, too.
        editor.setText(documents("three"));
        editor.setText(s("a: 1\n"));
        QTRY_COMPARE(settled.size(), 3);
        QCOMPARE(editor.text(), s("a: 1\n"));
        editor.setText({});
        QCOMPARE(editor.text(), QString());
    }

    void aLargeTextIsFoldedSearchedAndFiltered()
    {
        CodeEditor editor(Syntax::Stream, s("Text"));
        editor.setReadOnly(true);
        editor.resize(600, 500);
        editor.show();
        QSignalSpy settled(&editor, &CodeEditor::settled);
        QSignalSpy counted(&editor, &CodeEditor::matchesCounted);
        editor.setText(documents("one"));
        editor.foldAll(true); // follows the text
        QTRY_COMPARE(settled.size(), 1);
        auto *surface = qobject_cast<QAbstractScrollArea *>(editor.focusProxy());
        QVERIFY(surface);
        const auto linesToScroll = [&] { return surface->verticalScrollBar()->maximum(); };
        QTRY_VERIFY2(linesToScroll() <= 1500, qPrintable(QString::number(linesToScroll())));
        // What is found is shown, around the end and back.
        editor.goTo(20'000);
        editor.find(s("ITEM-7"), true, true);
        QTRY_COMPARE(counted.size(), 1);
        QCOMPARE(counted.takeFirst()[0].toInt(), 111);
        QCOMPARE(editor.lineText(editor.caretLine()), s("name: item-7"));
        editor.find(s("item-7"), true, false);
        QTRY_COMPARE(counted.size(), 1);
        QCOMPARE(editor.lineText(editor.caretLine()), s("name: item-70"));
        for (const char *before : {"name: item-7", "name: item-799"}) {
            counted.clear();
            editor.find(s("item-7"), false, false);
            QTRY_COMPARE(counted.size(), 1);
            QCOMPARE(editor.lineText(editor.caretLine()), s(before));
        }
        // What changes within what is folded is shown.
        editor.setText(documents("two"));
        QTRY_COMPARE(settled.size(), 2);
        QTRY_VERIFY(linesToScroll() > 30'000);
        editor.foldAll(true);
        QTRY_VERIFY(linesToScroll() <= 1500);
        editor.foldAll(false);
        QTRY_VERIFY(linesToScroll() > 30'000);
        editor.setHidden({{1, 25}, {26, 30'000}});
        QTRY_VERIFY(linesToScroll() < 10'000);
        editor.setHidden({});
        QTRY_VERIFY(linesToScroll() > 30'000);
    }

    void aLargeTextFromElsewhereCanBeUndone()
    {
        CodeEditor editor(Syntax::Yaml, s("Text"));
        editor.resize(600, 500);
        editor.show();
        QSignalSpy settled(&editor, &CodeEditor::settled);
        QSignalSpy edited(&editor, &CodeEditor::textEdited);
        const QString first = documents("one");
        editor.setUtf8(std::make_shared<const std::string>(first.toStdString()));
        QTRY_COMPARE(settled.size(), 1);
        editor.setUtf8(std::make_shared<const std::string>(documents("two", true).toStdString()), true);
        QTest::keyClicks(editor.focusProxy(), s("typed too early"));
        QTRY_COMPARE(settled.size(), 2);
        QCOMPARE(editor.text(), documents("two", true));
        QCOMPARE(edited.size(), 0);
        QTest::keyClick(editor.focusProxy(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor.text(), first);
        QTest::keyClicks(editor.focusProxy(), s("x"));
        QVERIFY(editor.text() != first);
        QVERIFY(!edited.isEmpty());
    }

    void onlyWhatChangesIsReplaced()
    {
        CodeEditor editor(Syntax::Stream, s("Text"));
        editor.setReadOnly(true);
        editor.resize(400, 300);
        editor.show();
        QString text;
        QList<LineHeader> headers;
        for (int i = 0; i < 50; ++i) {
            headers.append({i * 4 + 1, i + 1, s("ConfigMap"), s("c"), {}});
            text += s("---\nkind: ConfigMap\ndata:\n  key: %1\n").arg(i);
        }
        const auto put = [&](const QString &to) {
            editor.setText(to);
            editor.setHeaders(headers);
            QCOMPARE(editor.text(), to);
        };
        put(text);
        // Each against the one before: in the middle, the ends, with other letters of the same length, to nothing and back.
        for (const auto &[old, now] : QList<QPair<QString, QString>> {{s("key: 7\n"), s("key: 77\n")}, {s("key: 77\n"), s("key: \u00e9\n")}, {s("key: \u00e9\n"), s("key: \u00e8\n")},
                 {s("key: 49\n"), s("key: 49\nmore: 1\n")}, {s("---\nkind: ConfigMap\ndata:\n  key: 0\n"), QString()}}) {
            QVERIFY(text.contains(old));
            text.replace(old, now);
            put(text);
        }
        editor.foldAll(true);
        put(QString(text).replace(s("key: 3\n"), s("key: 33\n")));
        put({});
        put(text);
        put(text + s("  last: line without an end"));
        put(text.left(text.size() / 2));
    }

    void keysAndValuesAreSuggestedAndInserted()
    {
        Bench bench;
        bench.chart.write("values.schema.json",
            R"({"type":"object","properties":{"policy":{"enum":["Always","Never"],"description":"When to pull"},"canary":{"type":"object","properties":{"weight":{"type":"integer","maximum":100},"header":{"type":"string"}}}}})");
        QTRY_VERIFY(bench.engine.chartService.text(s("values.schema.json")).contains(s("policy")));
        CodeEditor *editor = bench.values().currentEditor();
        editor->setFocus();
        QWidget *view = editor->focusProxy();
        const auto list = [&]() -> QListWidget * {
            for (QListWidget *one : bench.page.window()->findChildren<QListWidget *>()) {
                if (one->accessibleName() == s("Suggestions") && one->isVisible())
                    return one;
            }
            return nullptr;
        };
        editor->goTo(1);
        QTest::keyClick(view, Qt::Key_End, Qt::ControlModifier);
        QTest::keyClicks(view, s("po"));
        bench.run("Offer keys that may stand here");
        QTRY_VERIFY(list());
        QCOMPARE(list()->item(0)->text(), s("policy"));
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY(editor->text().endsWith(s("policy: ")));
        // What may follow comes by itself.
        QTRY_VERIFY(list() && list()->item(0)->text() == s("Always"));
        QTest::keyClick(view, Qt::Key_Down);
        QTest::keyClick(view, Qt::Key_Tab);
        QVERIFY(editor->text().endsWith(s("policy: Never")));
        QVERIFY(!list());
        QTRY_VERIFY(bench.engine.chartService.text(s("values.yaml")).endsWith(s("policy: Never")));
        // One step of undo each.
        QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(editor->text().endsWith(s("policy: ")));
        QTest::keyClick(view, Qt::Key_Escape);
        // Below a key, at its indentation, what it doesn't have yet; typing on narrows it.
        editor->goTo(5);
        QTest::keyClick(view, Qt::Key_End);
        QTest::keyClick(view, Qt::Key_Return);
        bench.run("Offer keys that may stand here");
        QTRY_VERIFY(list() && list()->count() == 1 && list()->item(0)->text() == s("header"));
        QTest::keyClicks(view, s("x"));
        QTRY_VERIFY(!list());
        QTest::keyClick(view, Qt::Key_Backspace);
        bench.run("Offer keys that may stand here");
        QTRY_VERIFY(list());
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!list());
        bench.run("Offer keys that may stand here");
        QTRY_VERIFY(list());
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY(editor->text().contains(s("\n  weight: 0\n  header: \n")));
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
        auto *banner = bench.page.findChild<Banner *>(s("problem"));
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

    void formAndYamlAreInStepBothWays()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        QVERIFY(!bench.values().isFormShown());
        bench.run("Values as a form or as YAML");
        QVERIFY(bench.values().isFormShown());
        ValueForm &form = *bench.values().form();
        const auto weight = [&] { return form.model().indexOf(s("/canary/weight")).siblingAtColumn(ValueFormModel::Value); };
        QTRY_COMPARE(weight().data().toString(), s("0"));
        // From the form: the text, the editor behind it and the output follow.
        QVERIFY(form.model().setData(weight(), 12, Qt::EditRole));
        QTRY_VERIFY(bench.output().text().contains(s("weight: \"12\"")));
        QVERIFY(bench.engine.chartService.text(s("values.yaml")).contains(s("weight: 12")));
        QVERIFY(bench.values().currentEditor()->text().contains(s("weight: 12")));
        // From the text: the form follows.
        CodeEditor *editor = bench.values().currentEditor();
        editor->setText(editor->text().replace(s("weight: 12"), s("weight: 55")));
        Q_EMIT editor->textEdited();
        QTRY_COMPARE(weight().data().toString(), s("55"));
        // A line of the output leads to the field, and the field to its line.
        QTRY_VERIFY(bench.output().text().contains(s("weight: \"55\"")));
        QTRY_VERIFY(bench.engine.chartService.hasOrigins());
        Q_EMIT bench.output().lineClicked(bench.line("weight: \"55\""));
        QTRY_COMPARE(form.view().currentIndex().siblingAtColumn(0).data().toString(), s("weight"));
        Q_EMIT form.textRequested(s("/canary/weight"));
        QVERIFY(!bench.values().isFormShown());
        QCOMPARE(bench.values().currentEditor()->caretLine(), 5);
        // What nobody sees isn't kept up.
        QVERIFY(form.file().isEmpty());
        bench.values().setForm(true);
        bench.values().openFile(ValuesPanel::FlagsTab);
        QVERIFY(!bench.values().isFormShown());
    }

    void packagesAndAsksBeforeReplacing()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        const QTemporaryDir out;
        bench.run("Package the chart");
        QPointer<PackageDialog> dialog = bench.page.findChild<PackageDialog *>();
        QVERIFY(dialog);
        field(*dialog, "Folder of the package")->setText(out.path());
        field(*dialog, "Version")->setText(s("three"));
        dialog->actionButton()->click();
        QVERIFY(!dialog->actionButton()->isEnabled());
        const auto says = [&](const char *words) {
            const QList<QWidget *> parts = dialog->findChildren<QWidget *>();
            return std::any_of(parts.begin(), parts.end(), [&](QWidget *one) { return one->isVisible() && one->property("text").toString().contains(s(words)); });
        };
        QTRY_VERIFY(dialog->actionButton()->isEnabled());
        QVERIFY(says("emantic")); // the error in place, the fields as they were
        field(*dialog, "Version")->setText(s("3.0.0"));
        dialog->actionButton()->click();
        QTRY_VERIFY(says("/checkout-3.0.0.tgz"));
        QVERIFY(QFile::exists(out.path() + s("/checkout-3.0.0.tgz")));
        QCOMPARE(dialog->actionButton()->text(), s("Close"));
        dialog->actionButton()->click();
        QTRY_VERIFY(!dialog);
        bench.run("Package the chart");
        dialog = bench.page.findChild<PackageDialog *>();
        QCOMPARE(field(*dialog, "Folder of the package")->text(), out.path()); // where the last one went
        field(*dialog, "Version")->setText(s("3.0.0"));
        dialog->actionButton()->click();
        QTRY_COMPARE(dialog->actionButton()->text(), s("Replace"));
        QVERIFY(says("is there already"));
        Q_EMIT field(*dialog, "Version")->textEdited(s("3.0.1")); // another package is another question
        QCOMPARE(dialog->actionButton()->text(), s("Package"));
        dialog->reject();
    }

    void whatIsNotSavedIsNamedBeforePackaging()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        bench.engine.chartService.setText(s("values.yaml"), s("canary: {weight: 3}\n"));
        bench.run("Package the chart");
        auto *dialog = bench.page.findChild<PackageDialog *>();
        QVERIFY(dialog);
        QPushButton *save = nullptr;
        for (QPushButton *one : dialog->findChildren<QPushButton *>()) {
            if (one->text() == s("Save all"))
                save = one;
        }
        QVERIFY(save && save->isVisible());
        save->click();
        QTRY_COMPARE(bench.chart.read("values.yaml"), QByteArray("canary: {weight: 3}\n"));
        QTRY_VERIFY(!save->isVisible());
        dialog->reject();
    }

    void renderedRoutesOpenInRoutesAndFollow()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        QVERIFY(!bench.button(s("Routes"))); // a ConfigMap is no route
        const auto actions = [&] {
            QList<QAction *> found;
            for (QAction *one : bench.page.findChildren<QAction *>()) {
                if (one->text() == s("Open the rendered routes in Routes"))
                    found.append(one);
            }
            return found;
        };
        QCOMPARE(actions().size(), 2); // of the page and of the output
        for (const QAction *one : actions()) {
            QVERIFY(!one->isEnabled());
            QVERIFY(one->toolTip().startsWith(s("The chart renders no ")));
        }
        bench.chart.write("templates/route.yaml",
            "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {name: checkout}\nspec:\n  hosts: [checkout]\n  http:\n  - route:\n"
            "    - {destination: {host: checkout, subset: v1}, weight: {{ sub 100 .Values.canary.weight }}}\n"
            "    - {destination: {host: checkout, subset: v2}, weight: {{ .Values.canary.weight }}}\n");
        QTRY_VERIFY(bench.button(s("Routes")));
        for (const QAction *one : actions())
            QVERIFY(one->isEnabled());
        QSignalSpy navigated(&bench.page, &Page::navigate);
        bench.button(s("Routes"))->click();
        QCOMPARE(navigated.size(), 1);
        QCOMPARE(navigated[0][0].toString(), s("routes:preview:VirtualService/default/checkout"));
        engine::RoutePreview &preview = bench.engine.routeService.preview;
        QCOMPARE(preview.source, s("chart checkout"));
        QCOMPARE(preview.ns, s("default"));
        QVERIFY(preview.manifests.contains(s("weight: 100")));
        bench.engine.chartService.setText(s("values.yaml"), QString::fromUtf8(bench.chart.read("values.yaml")).replace(s("weight: 0"), s("weight: 30")));
        QTRY_VERIFY(preview.manifests.contains(s("weight: 30")));
        bench.engine.chartService.close();
        QVERIFY(preview.source.isEmpty());
        for (const QAction *one : actions())
            QVERIFY(!one->isEnabled());
    }

    void aWorkspaceOpensItsChartsWithTheirValues()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        const QString prod = bench.chart.path() + s("/values-prod.yaml");
        bench.chart.write("values-prod.yaml", "canary: {weight: 9}\n");
        bench.page.openTarget(s("workspace:") + bench.chart.path().section(QLatin1Char('/'), 0, -2));
        auto *view = bench.page.findChild<WorkspaceView *>();
        QVERIFY(view && view->isVisible());
        QTRY_VERIFY(view->table().model()->columnCount() == 3);
        QTRY_COMPARE(view->matrix().pendingCount(), 0);
        Q_EMIT view->chartRequested(bench.chart.path(), {prod});
        QTRY_VERIFY(bench.output().text().contains(s("weight: \"9\"")));
        QVERIFY(!view->isVisible());
        QCOMPARE(bench.engine.chartService.inputs().valuesFiles, QList<engine::ValuesFile>({{prod, true}}));
        QVERIFY(bench.button(s("Workspace")));
        bench.button(s("Workspace"))->click();
        QVERIFY(view->isVisible());
        // Without them: the file stays in its place, off.
        Q_EMIT view->chartRequested(bench.chart.path(), {});
        QTRY_VERIFY(bench.output().text().contains(s("weight: \"0\"")));
        bench.button(s("Workspace"))->click();
        Q_EMIT view->closeRequested();
        QVERIFY(!view->isVisible());
        QVERIFY(!bench.button(s("Workspace")));
    }

    void whatIsDroppedOpensOrBecomesALayer()
    {
        test::ChartFolder chart;
        test::FakeEngine engine;
        ChartsPage page(engine);
        page.show();
        const QString values = chart.beside("prod.yaml", "canary: {weight: 8}\n");
        drop(page, {values}); // no chart yet: it says what is missing
        QCOMPARE(engine.chartService.state(), engine::ChartService::State::Closed);
        drop(page, {chart.path() + s("/Chart.yaml")});
        QTRY_COMPARE(engine.chartService.state(), engine::ChartService::State::Open);
        QCOMPARE(engine.chartService.info().name, s("checkout"));
        // On a text, too: it is for the page, not for the text.
        QWidget *viewport = nullptr;
        QTRY_VERIFY(page.findChild<ValuesPanel *>(s("layers"))->currentEditor() != nullptr);
        viewport = qobject_cast<QAbstractScrollArea *>(page.findChild<ValuesPanel *>(s("layers"))->currentEditor()->focusProxy())->viewport();
        drop(*viewport, {values});
        QCOMPARE(engine.chartService.inputs().valuesFiles.size(), 1);
        drop(page, {values}); // once is enough
        QCOMPARE(engine.chartService.inputs().valuesFiles.size(), 1);
        QTRY_VERIFY(engine.chartService.output()->text.contains(s("weight: \"8\"")));
    }

    void missingDependenciesAreNamed()
    {
        Bench bench;
        QTRY_VERIFY(bench.isRendered());
        bench.chart.write("Chart.yaml", "apiVersion: v2\nname: checkout\nversion: 2.8.0\ndependencies: [{name: redis, version: 1.0.0, repository: 'http://127.0.0.1:1'}]\n");
        const auto fetch = [&] { return bench.button(s("Fetch them")); };
        QTRY_VERIFY(fetch());
        fetch()->click();
        auto *dialog = bench.page.findChild<QDialog *>();
        QVERIFY(dialog);
        dialog->reject();
    }

    void chartsOfRepositoriesAreRows()
    {
        LibraryModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        LibraryFilter filter;
        filter.setSourceModel(&model);
        QAbstractItemModelTester filterTester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setCharts({{s("shop/checkout"), s("Takes the money"), s("4"), {s("2.8.0"), s("2.7.0")}, false}, {s("shop/old"), s("Was"), {}, {s("1")}, true}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, LibraryModel::VersionColumn).data().toString(), s("2.8.0"));
        QVERIFY(model.index(1, LibraryModel::DescriptionColumn).data().toString().startsWith(s("Deprecated")));
        filter.setText(s("MONEY shop"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setText(s("money nothing"));
        QCOMPARE(filter.rowCount(), 0);
        QCOMPARE(model.chart({}), nullptr);
        model.setCharts({});
        QCOMPARE(model.rowCount(), 0);
    }

    void theLibraryWithoutRepositoriesSaysWhatToDo()
    {
        const QTemporaryDir helm;
        qputenv("HELM_REPOSITORY_CONFIG", (helm.path() + s("/none.yaml")).toUtf8());
        LibraryDialog dialog(nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        dialog.show();
        const auto says = [&](const char *words) {
            const QList<QWidget *> parts = dialog.findChildren<QWidget *>();
            return std::any_of(parts.begin(), parts.end(), [&](QWidget *one) { return one->isVisible() && one->property("text").toString().contains(s(words)); });
        };
        QTRY_VERIFY(says("No repositories were added"));
        QVERIFY(!dialog.actionButton()->isEnabled());
        QVERIFY(!dialog.actionButton()->toolTip().isEmpty());
        for (QPushButton *one : dialog.findChildren<QPushButton *>()) {
            if (one->text() == s("OCI or URL"))
                one->click();
        }
        QLineEdit *reference = field(dialog, "OCI reference or URL of a chart");
        QVERIFY(reference && reference->isVisible());
        QTest::keyClicks(reference, s("oci://127.0.0.1:1/charts/checkout"));
        QVERIFY(dialog.actionButton()->isEnabled());
        QSignalSpy opened(&dialog, &LibraryDialog::opened);
        dialog.actionButton()->click();
        QTRY_VERIFY(dialog.actionButton()->isEnabled()); // it failed, and may be tried again
        QVERIFY(says("127.0.0.1"));
        QCOMPARE(opened.size(), 0);
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
