#include "widgets/common/diff_widget.h"
#include "widgets/theme/theme.h"
#include "widgets/workspace/bump_dialog.h"
#include "widgets/workspace/changes_panel.h"
#include "widgets/workspace/matrix_model.h"
#include "widgets/workspace/offline_dialog.h"
#include "widgets/workspace/workspace_view.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <QProcess>
#include <QPushButton>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

/// Two charts, one of them in production too.
class Folder {
public:
    Folder()
    {
        for (const char *name : {"shop", "pay"}) {
            const QString folder = s(name);
            write(folder + s("/Chart.yaml"), s("apiVersion: v2\nname: %1\nversion: 1.0.0\n").arg(folder));
            write(folder + s("/values.yaml"), s("size: 1\n"));
            write(folder + s("/templates/map.yaml"), s("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Chart.Name }}\ndata:\n  size: {{ .Values.size | quote }}\n"));
        }
        write(s("shop/values-prod.yaml"), s("size: 5\n"));
    }
    void write(const QString &name, const QString &text) const
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(path.section(QLatin1Char('/'), 0, -2));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
            qFatal("%s can't be written", qPrintable(path));
        file.write(text.toUtf8());
    }
    [[nodiscard]] QString path() const { return m_folder.path(); }
    [[nodiscard]] bool git(const QStringList &args) const
    {
        QProcess process;
        process.start(s("git"), QStringList {s("-C"), path(), s("-c"), s("user.name=Test"), s("-c"), s("user.email=test@example.com")} + args);
        return process.waitForFinished() && process.exitCode() == 0;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace

class TestWorkspaceView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theModelShowsEveryCell()
    {
        const Folder folder;
        engine::ChartMatrix matrix;
        MatrixModel model(matrix);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        matrix.open(folder.path());
        QTRY_COMPARE(model.rowCount(), 2);
        QTRY_COMPARE(matrix.pendingCount(), 0);
        QCOMPARE(model.columnCount(), 3);
        QCOMPARE(model.index(0, 0).data().toString(), s("pay"));
        QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), s("prod"));
        QVERIFY(model.index(1, 2).data().toString().startsWith(s("1 object")));
        QCOMPARE(model.index(0, 2).data(MatrixModel::StateRole).toInt(), static_cast<int>(MatrixModel::State::None));
        matrix.close();
        QCOMPARE(model.rowCount(), 0);
    }

    void onlyTheCellsAFileTouchesRenderAgain()
    {
        const Folder folder;
        engine::ChartMatrix matrix;
        matrix.open(folder.path());
        QTRY_COMPARE(static_cast<int>(matrix.workspace().cells.size()), 3);
        QTRY_COMPARE(matrix.pendingCount(), 0);
        const chart::CellOutcome *pay = matrix.outcome(0);
        QSignalSpy reset(&matrix, &engine::ChartMatrix::workspaceChanged);
        folder.write(s("shop/templates/map.yaml"), s("{{ fail \"broken now\" }}\n"));
        QTRY_VERIFY(!matrix.outcome(1)->error.empty());
        QTRY_VERIFY(!matrix.outcome(2)->error.empty());
        QCOMPARE(matrix.outcome(0), pay); // the very same answer
        QCOMPARE(reset.size(), 0);
        // A new values file is a new column.
        folder.write(s("pay/values-dev.yaml"), s("size: 2\n"));
        QTRY_COMPARE(static_cast<int>(matrix.workspace().environments.size()), 3);
    }

    void whatDiffersFromACommitIsShown()
    {
        const Folder folder;
        if (!folder.git({s("init"), s("-q")}))
            QSKIP("there is no git");
        QVERIFY(folder.git({s("add"), s("-A")}));
        QVERIFY(folder.git({s("commit"), s("-q"), s("-m"), s("one")}));
        folder.write(s("shop/values-prod.yaml"), s("size: 50\n"));
        WorkspaceView view;
        view.resize(900, 700);
        view.show();
        view.open(folder.path());
        QTRY_COMPARE(view.table().model()->rowCount(), 2);
        QLineEdit *against = nullptr;
        for (QLineEdit *edit : view.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == s("Commit to compare with"))
                against = edit;
        }
        QVERIFY(against);
        against->setText(s("HEAD"));
        Q_EMIT against->editingFinished();
        QTRY_COMPARE(view.table().model()->index(1, 2).data(MatrixModel::DetailRole).toString(), s("1 object differs"));
        QTRY_COMPARE(view.table().model()->index(1, 1).data(MatrixModel::DetailRole).toString(), s("unchanged"));
        view.table().setCurrentIndex(view.table().model()->index(1, 2));
        const DiffWidget *diff = view.findChild<DiffWidget *>();
        QTRY_VERIFY(diff->text().contains(s("50")));
        QCOMPARE(view.findChild<QListWidget *>()->count(), 1);
        QSignalSpy wanted(&view, &WorkspaceView::chartRequested);
        Q_EMIT view.table().activated(view.table().currentIndex());
        QCOMPARE(wanted.size(), 1);
        QCOMPARE(wanted[0][0].toString(), QDir(folder.path()).canonicalPath() == folder.path() ? folder.path() + s("/shop") : wanted[0][0].toString());
        QCOMPARE(wanted[0][1].toStringList().value(0).section(QLatin1Char('/'), -2), s("shop/values-prod.yaml"));
        against->setText(s("nowhere"));
        Q_EMIT against->editingFinished();
        QTRY_VERIFY(view.matrix().problem().contains(s("nowhere")));
    }

    /// A file that changes while git is still asked restarts the look at the disk: the comparison comes all the same.
    void aChangeWhileGitIsAskedKeepsTheComparison()
    {
        const Folder folder;
        if (!folder.git({s("init"), s("-q")}))
            QSKIP("there is no git");
        QVERIFY(folder.git({s("add"), s("-A")}));
        QVERIFY(folder.git({s("commit"), s("-q"), s("-m"), s("one")}));
        engine::ChartMatrix matrix;
        matrix.open(folder.path());
        QTRY_COMPARE(static_cast<int>(matrix.workspace().cells.size()), 3);
        QTRY_COMPARE(matrix.pendingCount(), 0);

        // A git that hangs when it is asked first, until it is ended.
        const QTemporaryDir tools;
        const QString asked = tools.filePath(s("asked"));
        QFile hanging(tools.filePath(s("git")));
        QVERIFY(hanging.open(QIODevice::WriteOnly));
        hanging.write(s("#!/bin/sh\nif mkdir '%1' 2>/dev/null; then mkfifo '%1/never'; exec cat '%1/never'; fi\nPATH=${PATH#*:} exec git \"$@\"\n").arg(asked).toUtf8());
        hanging.close();
        QVERIFY(hanging.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const QByteArray path = qgetenv("PATH");
        qputenv("PATH", tools.path().toLocal8Bit() + ':' + path);
        const auto restore = qScopeGuard([&] { qputenv("PATH", path); });

        matrix.setAgainst(s("HEAD"));
        QTRY_VERIFY(QDir(asked).exists());
        folder.write(s("shop/values-prod.yaml"), s("size: 50\n"));
        QTRY_VERIFY(matrix.outcome(2) && matrix.outcome(2)->isCompared);
        QTRY_VERIFY(matrix.outcome(0) && matrix.outcome(0)->isCompared);
        QTRY_VERIFY(matrix.outcome(1) && matrix.outcome(1)->isCompared);
        QCOMPARE(static_cast<int>(matrix.outcome(2)->changes.size()), 1);
    }

    void whatAnotherVersionOfADependencyWouldChange()
    {
        const Folder folder;
        const char *const library = "apiVersion: v2\nname: library\nversion: %1.0.0\n";
        for (const char *version : {"1", "2"}) {
            const QString at = s("libraries/%1/").arg(s(version));
            folder.write(at + s("Chart.yaml"), s(library).arg(s(version)));
            folder.write(at + s("templates/map.yaml"), s("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: library}\ndata: {of: \"%1\"}\n").arg(s(version)));
        }
        folder.write(s("shop/Chart.yaml"), s("apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n- {name: library, version: 1.x, repository: 'file://../libraries/1'}\n"));
        folder.write(s("fairway-workspace.yaml"), s("version: 1\ncharts: [shop, pay]\n"));
        WorkspaceView view;
        view.resize(900, 700);
        view.show();
        view.open(folder.path());
        QTRY_COMPARE(view.table().model()->rowCount(), 2);
        QTRY_COMPARE(view.matrix().pendingCount(), 0);
        QCOMPARE(static_cast<int>(view.matrix().dependencies().incomplete.size()), 1);
        const auto button = [&](const QString &text) -> QPushButton * {
            for (QPushButton *one : view.window()->findChildren<QPushButton *>()) {
                if (one->text() == text && one->isVisible())
                    return one;
            }
            return nullptr;
        };
        // What is missing is fetched, after which it renders with it.
        QVERIFY(button(s("Make available offline")));
        button(s("Make available offline"))->click();
        auto *offline = view.findChild<OfflineDialog *>();
        QVERIFY(offline);
        QTRY_VERIFY(offline->findChild<QListWidget *>()->item(0)->text().contains(s("has all it depends on")));
        offline->accept();
        QTRY_VERIFY(view.matrix().dependencies().incomplete.empty());
        QVERIFY(!button(s("Make available offline")));

        QVERIFY(button(s("Bump a dependency")));
        button(s("Bump a dependency"))->click();
        auto *dialog = view.findChild<BumpDialog *>();
        QVERIFY(dialog);
        QComboBox *version = nullptr;
        for (QComboBox *one : dialog->findChildren<QComboBox *>()) {
            if (one->accessibleName() == s("Version to try"))
                version = one;
        }
        QVERIFY(version);
        QVERIFY(!dialog->actionButton()->isEnabled());
        QTRY_COMPARE(version->count(), 1); // what stands at the path
        version->setEditText(folder.path() + s("/libraries/2"));
        QVERIFY(dialog->actionButton()->isEnabled());
        dialog->actionButton()->click();
        QCOMPARE(view.matrix().bumpName(), s("library"));
        const auto detail = [&](int row, int column) { return view.table().model()->index(row, column).data(MatrixModel::DetailRole).toString(); };
        QTRY_COMPARE(detail(1, 1), s("1 object differs"));
        QTRY_COMPARE(detail(1, 2), s("1 object differs"));
        QTRY_COMPARE(detail(0, 1), s("doesn't use it"));
        view.table().setCurrentIndex(view.table().model()->index(1, 2));
        QTRY_VERIFY(view.findChild<DiffWidget *>()->text().contains(s("2")));
        QVERIFY(button(s("library with 2")));
        // A version that is nowhere: each cell says so, the matrix stays.
        view.matrix().setBump(s("library"), s("9.9.9"));
        QTRY_VERIFY(detail(1, 1).contains(s("can't get a valid version")));
        QCOMPARE(detail(0, 1), s("doesn't use it"));
        // A commit takes its place, and it a commit's.
        view.matrix().setAgainst(s("HEAD"));
        QCOMPARE(view.matrix().bumpName(), QString());
        view.matrix().setBump(s("library"), folder.path() + s("/libraries/2"));
        QCOMPARE(view.matrix().against(), QString());
        view.matrix().stop();
        QVERIFY(view.matrix().isStopped());
        QCOMPARE(view.matrix().pendingCount(), 0);
        view.matrix().renderAgain();
        QTRY_COMPARE(detail(1, 1), s("1 object differs"));
        view.matrix().setBump({}, {});
        QTRY_COMPARE(view.matrix().pendingCount(), 0);
        QTRY_COMPARE(detail(1, 1), QString());
    }

    void aFolderWithoutChartsSaysSo()
    {
        const QTemporaryDir empty;
        engine::ChartMatrix matrix;
        QSignalSpy state(&matrix, &engine::ChartMatrix::stateChanged);
        matrix.open(empty.path());
        QTRY_VERIFY(!matrix.isOpening());
        QVERIFY(matrix.problem().isEmpty());
        matrix.open(s("/nowhere/at/all"));
        QTRY_VERIFY(!matrix.problem().isEmpty());
    }
};

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    installTheme(app, SchemeChoice::Dark).setMotion(false);
    TestWorkspaceView test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_workspace_view.moc"
