#include "tests/widgets/fake_engine.h"
#include "widgets/common/dialogs.h"
#include "widgets/common/page.h"
#include "widgets/frame/activity_strip.h"
#include "widgets/frame/command_palette.h"
#include "widgets/frame/connection_view.h"
#include "widgets/frame/journal_model.h"
#include "widgets/frame/main_window.h"
#include "widgets/frame/rail.h"
#include "widgets/frame/top_bar.h"
#include "widgets/theme/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLineEdit>
#include <QListView>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fairway;
using namespace fairway::ui;

namespace {

class PlainPage final : public Page {
public:
    void openTarget(const QString &target) override { lastTarget = target; }
    bool hasUnsavedWork(QString *reason) const override
    {
        *reason = unsaved;
        return !unsaved.isEmpty();
    }
    QString lastTarget;
    QString unsaved;
};

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

struct Bench {
    QTemporaryDir folder;
    QSettings settings {folder.filePath(s("s.ini")), QSettings::IniFormat};
    test::FakeEngine engine;
    MainWindow window {engine, settings};
    PlainPage *routes = nullptr;
    int made = 0;

    Bench()
    {
        window.addPages({
            {s("home"), s("Home"), s("home"), RailSection::Top, [this] { ++made; return new PlainPage; }, {}},
            {s("routes"), s("Routes"), s("routes"), RailSection::Traffic, [this] { ++made; return routes = new PlainPage; }, {}},
            {s("charts"), s("Charts"), s("charts"), RailSection::Packages, {}, s("Later.")},
            {s("explorer"), s("Explorer"), s("explorer"), RailSection::Cluster, [this] { ++made; return new PlainPage; }, {}},
        });
        window.resize(1300, 800);
        window.show();
        (void)QTest::qWaitForWindowExposed(&window);
    }
};

ActionDialog *openDialog()
{
    return qobject_cast<ActionDialog *>(QApplication::activeModalWidget());
}

} // namespace

class TestFrame : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pagesAreMadeWhenFirstShown()
    {
        Bench b;
        QCOMPARE(b.made, 1);
        b.window.showPage(s("routes"));
        b.window.showPage(s("home"));
        b.window.showPage(s("routes"));
        QCOMPARE(b.made, 2);
        b.window.showPage(s("charts"));
        QCOMPARE(b.window.currentPageId(), s("routes"));
        QVERIFY(!b.window.rail().item(s("charts"))->isEnabled());
        QVERIFY(b.window.rail().item(s("charts"))->toolTip().contains(s("Later.")));
    }

    void targetsLeadToPages()
    {
        Bench b;
        b.window.openTarget(s("routes:VirtualService/shop/reviews"));
        QCOMPARE(b.window.currentPageId(), s("routes"));
        QCOMPARE(b.routes->lastTarget, s("VirtualService/shop/reviews"));
        b.window.openTarget(s("pod:shop/x"));
        QCOMPARE(b.window.currentPageId(), s("explorer"));
        b.window.openTarget(s("nonsense"));
        b.window.openTarget(s("charts:x"));
        QCOMPARE(b.window.currentPageId(), s("explorer"));
    }

    void unlockingIsADeliberateAct()
    {
        Bench b;
        QVERIFY(b.engine.contextService.current().isLocked);
        QTest::mouseClick(b.window.topBar().lockButton(), Qt::LeftButton);
        ActionDialog *dialog = openDialog();
        QVERIFY(dialog);
        QVERIFY(b.engine.contextService.current().isLocked);
        dialog->reject();
        QVERIFY(b.engine.contextService.current().isLocked);
        QTest::mouseClick(b.window.topBar().lockButton(), Qt::LeftButton);
        dialog = openDialog();
        QVERIFY(dialog);
        QTest::mouseClick(dialog->actionButton(), Qt::LeftButton);
        QVERIFY(!b.engine.contextService.current().isLocked);
        // Back is at once.
        QTest::mouseClick(b.window.topBar().lockButton(), Qt::LeftButton);
        QVERIFY(b.engine.contextService.current().isLocked);
    }

    void anUnlockMeantForAnotherContextIsDropped()
    {
        Bench b;
        b.window.requestLockChange();
        ActionDialog *dialog = openDialog();
        QVERIFY(dialog);
        b.engine.contextService.switchTo(s("practice"));
        dialog->accept();
        QVERIFY(b.engine.contextService.current().isLocked);
    }

    void productionAsksForItsNameAndAReason()
    {
        Bench b;
        b.engine.contextService.setLocked(false);
        b.engine.writeService.entries[0].context = s("prod-eu1");
        Q_EMIT b.engine.writeService.journalChanged();
        QVERIFY(b.window.strip().undoButton()->isEnabled());
        QTest::mouseClick(b.window.strip().undoButton(), Qt::LeftButton);
        ActionDialog *dialog = openDialog();
        QVERIFY(dialog);
        QVERIFY(!dialog->actionButton()->isEnabled());
        const QList<QLineEdit *> fields = dialog->findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), 2);
        fields[0]->setText(s("prod-eu"));
        fields[1]->setText(s("because"));
        QVERIFY(!dialog->actionButton()->isEnabled());
        fields[0]->setText(s("prod-eu1"));
        QVERIFY(dialog->actionButton()->isEnabled());
        fields[1]->setText(s("   "));
        QVERIFY(!dialog->actionButton()->isEnabled());
        fields[1]->setText(s("because"));
        dialog->actionButton()->click();
        QCOMPARE(b.engine.writeService.undoneIds, QList<qint64> {3});
        QCOMPARE(b.engine.writeService.consents.last().reason, s("because"));
    }

    void undoSaysWhatStandsInTheWay()
    {
        Bench b;
        engine::JournalEntry entry = b.engine.writeService.entries.first();
        const engine::ContextInfo locked = b.engine.contextService.current();
        QVERIFY(undoObstacle(entry, locked).contains(s("staging-eu1")));
        entry.context = locked.name;
        QVERIFY(undoObstacle(entry, locked).contains(s("locked")));
        engine::ContextInfo open = locked;
        open.isLocked = false;
        QCOMPARE(undoObstacle(entry, open), QString());
        entry.canUndo = false;
        QCOMPARE(undoObstacle(entry, open), entry.undoNote);
    }

    void thePaletteFindsPagesCommandsContextsAndObjects()
    {
        Bench b;
        QSignalSpy navigated(&b.window.palette(), &CommandPalette::navigate);
        QTest::keyClick(&b.window, Qt::Key_K, Qt::ControlModifier);
        QVERIFY(b.window.palette().isVisible());
        QTest::keyClicks(b.window.palette().field(), s("payments"));
        QCOMPARE(b.window.palette().list()->model()->index(0, 0).data().toString(), s("payments"));
        QTest::keyClick(b.window.palette().field(), Qt::Key_Return);
        QVERIFY(!b.window.palette().isVisible());
        QCOMPARE(navigated.count(), 1);
        QCOMPARE(b.window.currentPageId(), s("routes"));

        b.window.openPalette();
        b.window.palette().field()->setText(s("switch to pra"));
        QTest::keyClick(b.window.palette().field(), Qt::Key_Return);
        QCOMPARE(b.engine.contextService.currentName, s("practice"));

        b.window.openPalette();
        b.window.palette().field()->setText(s("retry"));
        QTest::keyClick(b.window.palette().field(), Qt::Key_Return);
        QCOMPARE(b.engine.contextService.retries, 1);

        b.window.openPalette();
        b.window.palette().field()->setText(s("zzzzzz"));
        QTest::keyClick(b.window.palette().field(), Qt::Key_Return);
        QVERIFY(b.window.palette().isVisible());
        QTest::keyClick(b.window.palette().field(), Qt::Key_Escape);
        QVERIFY(!b.window.palette().isVisible());
    }

    void betterMatchesComeFirst()
    {
        QCOMPARE(matchScore(s("Routes"), s("rou")), 4);
        QCOMPARE(matchScore(s("Open Routes"), s("rou")), 3);
        QCOMPARE(matchScore(s("Detour"), s("tour")), 2);
        QCOMPARE(matchScore(s("Rollouts"), s("rts")), 1);
        QCOMPARE(matchScore(s("Home"), s("x")), 0);
        PaletteModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        PaletteEntry entry;
        entry.title = s("Home");
        model.setEntries({entry});
        model.setQuery(s("ho"), {});
        QCOMPARE(model.rowCount(), 1);
        model.setQuery(s("q"), {});
        QCOMPARE(model.rowCount(), 0);
    }

    void theJournalKeepsItsPlaceWhenEntriesArrive()
    {
        JournalModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<engine::JournalEntry> entries(3);
        for (int i = 0; i < 3; ++i)
            entries[i].id = 3 - i;
        model.setEntries(entries);
        const QPersistentModelIndex kept = model.index(1);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        engine::JournalEntry fresh;
        fresh.id = 4;
        entries.prepend(fresh);
        model.setEntries(entries);
        QCOMPARE(inserts.count(), 1);
        QCOMPARE(kept.row(), 2);
        entries.removeLast();
        model.setEntries(entries);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(resets.count(), 0);
        model.setEntries({});
        QCOMPARE(model.rowCount(), 0);
    }

    void theConnectionIsToldAsItIs()
    {
        engine::ConnectionState state;
        state.state = engine::Connection::Live;
        state.secondsBehind = 0.4;
        QCOMPARE(connectionText(state), s("Live, 0.4 s behind"));
        state.reason = s("No right to list: secrets");
        QVERIFY(!connectionText(state).contains(s("behind")));
        state.state = engine::Connection::Stale;
        state.since = QDateTime::currentDateTime();
        QVERIFY(connectionText(state).startsWith(s("Stale since")));
        state.state = engine::Connection::Failed;
        state.nextStep = s("Check the VPN");
        QVERIFY(connectionToolTip(state).contains(s("Check the VPN")));
    }

    void unsavedWorkIsAskedAboutBeforeSwitching()
    {
        Bench b;
        b.window.showPage(s("routes"));
        b.routes->unsaved = s("1 draft");
        b.window.requestContext(s("staging-eu1"));
        ActionDialog *dialog = openDialog();
        QVERIFY(dialog);
        QCOMPARE(b.engine.contextService.currentName, s("prod-eu1"));
        dialog->accept();
        QCOMPARE(b.engine.contextService.currentName, s("staging-eu1"));
    }

    void theRailFoldsWhenThereIsLittleRoom()
    {
        Bench b;
        QVERIFY(!b.window.rail().isFolded());
        b.window.resize(1000, 700);
        QTRY_VERIFY(b.window.rail().isFolded());
        b.window.resize(1300, 800);
        QTRY_VERIFY(!b.window.rail().isFolded());
    }

    void runningWorkCanBeCancelled()
    {
        Bench b;
        for (QPushButton *button : b.window.strip().findChildren<QPushButton *>()) {
            if (button->accessibleName().startsWith(s("Cancel: Rehearsing")))
                button->click();
        }
        QCOMPARE(b.engine.overviewService.cancelled, QList<quint64> {1});
    }

    void everyControlHasAName()
    {
        Bench b;
        b.window.toggleJournal();
        // What is hidden gets its name when it gets its text.
        for (const QAbstractButton *button : b.window.findChildren<QAbstractButton *>())
            QVERIFY2(!button->isVisible() || !button->accessibleName().isEmpty() || !button->text().isEmpty(),
                button->metaObject()->className());
        for (const QLineEdit *edit : b.window.findChildren<QLineEdit *>())
            QVERIFY2(!edit->accessibleName().isEmpty(), qPrintable(edit->placeholderText()));
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    installTheme(application, SchemeChoice::Dark);
    TestFrame test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_frame.moc"
