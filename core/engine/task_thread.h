#pragma once

#include "core/base/cancellation.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace fairway::engine {

/// Runs closures on threads of its own: one thread keeps their order, several run them side by side.
///
/// Shape:   post() queues; postLater() runs once the delay has passed. stop() cancels the token handed to blocking
/// work,
///          drops what has not begun, and waits for what has.
/// Bounds:  100,000 waiting closures; beyond that post() returns false.
/// Threads: post() from any.
class TaskThread {
public:
    using Task = std::function<void()>;
    explicit TaskThread(unsigned threads = 1);
    ~TaskThread();
    TaskThread(const TaskThread &) = delete;
    TaskThread &operator=(const TaskThread &) = delete;

    bool post(Task task);
    bool postLater(std::chrono::milliseconds delay, Task task);
    void stop();
    /// For blocking calls made in a task: cancelled by stop().
    [[nodiscard]] CancelToken token() const { return m_cancel.token(); }

private:
    struct Timed {
        std::chrono::steady_clock::time_point when;
        std::uint64_t order;
        Task task;
        friend bool operator>(const Timed &a, const Timed &b)
        {
            return a.when != b.when ? a.when > b.when : a.order > b.order;
        }
    };
    void run();

    CancelSource m_cancel;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;   ///< Guarded by m_mutex.
    std::vector<Timed> m_timed; ///< Heap, earliest first; guarded by m_mutex.
    std::uint64_t m_nextOrder = 0;
    bool m_isStopping = false; ///< Guarded by m_mutex.
    std::vector<std::thread> m_threads;
};

} // namespace fairway::engine
