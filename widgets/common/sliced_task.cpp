#include "widgets/common/sliced_task.h"

#include <QElapsedTimer>

#include <utility>

namespace fairway::ui {
namespace {

constexpr qint64 SliceMs = 5; ///< Several may run at once, and a frame has room for painting, too.

} // namespace

SlicedTask::SlicedTask(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &SlicedTask::slice);
}

void SlicedTask::start(Step step)
{
    ++m_number;
    m_step = std::move(step);
    m_timer.start();
    slice();
}

void SlicedTask::stop()
{
    ++m_number;
    m_step = nullptr;
    m_timer.stop();
}

void SlicedTask::slice()
{
    const quint64 number = m_number;
    const Step step = m_step; // stays while it runs, whatever it starts
    QElapsedTimer clock;
    clock.start();
    bool hasMore = true;
    while (hasMore && number == m_number && clock.elapsed() < SliceMs)
        hasMore = step();
    if (hasMore || number != m_number)
        return;
    stop();
    Q_EMIT finished();
}

} // namespace fairway::ui
