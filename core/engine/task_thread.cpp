#include "core/engine/task_thread.h"

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {
    constexpr std::size_t MaxWaiting = 100000;
}

TaskThread::TaskThread(unsigned threads)
{
    for (unsigned i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { run(); });
}

TaskThread::~TaskThread()
{
    stop();
}

bool TaskThread::post(Task task)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isStopping || m_tasks.size() >= MaxWaiting)
            return false;
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
    return true;
}

bool TaskThread::postLater(std::chrono::milliseconds delay, Task task)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_isStopping || m_timed.size() >= MaxWaiting)
            return false;
        m_timed.push_back({std::chrono::steady_clock::now() + delay, m_nextOrder++, std::move(task)});
        std::push_heap(m_timed.begin(), m_timed.end(), std::greater<> {});
    }
    m_wake.notify_one();
    return true;
}

void TaskThread::stop()
{
    std::deque<Task> dropped; // goes outside the lock: a task may own what posts again
    std::vector<Timed> droppedLater;
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
        dropped.swap(m_tasks);
        droppedLater.swap(m_timed);
    }
    m_cancel.cancel();
    m_wake.notify_all();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

void TaskThread::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_isStopping) {
        const auto now = std::chrono::steady_clock::now();
        Task task;
        if (!m_timed.empty() && m_timed.front().when <= now) {
            std::pop_heap(m_timed.begin(), m_timed.end(), std::greater<> {});
            task = std::move(m_timed.back().task);
            m_timed.pop_back();
        } else if (!m_tasks.empty()) {
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        } else if (m_timed.empty()) {
            m_wake.wait(lock);
            continue;
        } else {
            m_wake.wait_until(lock, m_timed.front().when);
            continue;
        }
        lock.unlock();
        task();
        task = nullptr; // what it holds goes outside the lock
        lock.lock();
    }
}

} // namespace fairway::engine
