#include "widgets/common/sliced_task.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace fairway::ui;

namespace {

/// Keeps the thread for so long, as work would.
void spend(int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (clock.elapsed() < milliseconds) { }
}

} // namespace

class TestSlicedTask : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFitsInOneSliceIsDoneAtOnce()
    {
        SlicedTask task;
        QSignalSpy finished(&task, &SlicedTask::finished);
        int done = 0;
        task.start([&] { return ++done < 10; });
        QCOMPARE(done, 10);
        QCOMPARE(finished.size(), 1);
        QVERIFY(!task.isRunning());
    }

    void othersHaveTheirTurnInBetween()
    {
        SlicedTask task;
        QSignalSpy finished(&task, &SlicedTask::finished);
        QTimer other;
        int turns = 0;
        connect(&other, &QTimer::timeout, &task, [&] { turns += task.isRunning() ? 1 : 0; });
        other.start(0);
        int done = 0;
        task.start([&] {
            spend(2);
            return ++done < 20;
        });
        QVERIFY(task.isRunning());
        QVERIFY(done < 20);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(done, 20);
        QVERIFY2(turns >= 3, qPrintable(QString::number(turns)));
    }

    void theNextTakesThePlaceOfTheOneBefore()
    {
        SlicedTask task;
        QSignalSpy finished(&task, &SlicedTask::finished);
        int first = 0;
        task.start([&] {
            spend(6);
            ++first;
            return true;
        });
        const int before = first;
        int second = 0;
        task.start([&] { return ++second < 3; });
        QCOMPARE(second, 3);
        QCOMPARE(finished.size(), 1);
        QCoreApplication::processEvents();
        QCOMPARE(first, before);
    }

    void aStepMayEndItOrStartAnother()
    {
        SlicedTask task;
        QSignalSpy finished(&task, &SlicedTask::finished);
        int second = 0;
        task.start([&] {
            task.start([&] { return ++second < 2; });
            return true; // of a task that is no more
        });
        QCOMPARE(second, 2);
        QCOMPARE(finished.size(), 1);
        task.start([&] {
            task.stop();
            return true;
        });
        QVERIFY(!task.isRunning());
        QCOMPARE(finished.size(), 1);
    }
};

QTEST_MAIN(TestSlicedTask)
#include "tst_sliced_task.moc"
