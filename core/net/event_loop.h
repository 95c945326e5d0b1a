#pragma once

#include "core/base/result.h"
#include "core/net/file_descriptor.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

struct epoll_event;

namespace fairway::net {

/// What a file descriptor wakes. A plain function pointer rather than a virtual or a std::function: one indirect call an
/// event, nothing allocated, and the object that holds the watcher is found by its address.
///
/// Lifetime: must outlive its registration; EventLoop::remove() drops events already fetched for it, so a watcher may be
///           destroyed right after remove(), also from within a handler.
struct Watcher {
    using Handler = void (*)(Watcher &self, std::uint32_t events); ///< events: EPOLLIN, EPOLLOUT, EPOLLRDHUP, …
    Handler onEvents = nullptr;
};

/// A single-threaded loop on epoll.
///
/// Shape:   run() until stop(). Descriptors are watched with the epoll flags the caller names (EPOLLET included); timers
///          fire once; posted functions run in the order posted. In one turn: events, then timers, then posted functions.
/// Units:   time is std::chrono; now() is read once a turn, so it lags by at most the length of the turn.
/// Threads: run() and everything else belong to one thread; post(), stop() and isStopping() may be called from any.
/// Source:  epoll(7), eventfd(2).
class EventLoop {
public:
    using Clock = std::chrono::steady_clock;
    using TimerId = std::uint64_t; ///< 0 is never given out.

    [[nodiscard]] static Result<std::unique_ptr<EventLoop>> create();
    ~EventLoop();
    EventLoop(const EventLoop &) = delete;
    EventLoop &operator=(const EventLoop &) = delete;

    void run();
    /// Ends run() after the present turn; functions posted before stop() still run.
    void stop();
    void post(std::function<void()> function);
    [[nodiscard]] bool isInLoopThread() const;

    [[nodiscard]] Result<void> add(int fd, std::uint32_t events, Watcher &watcher);
    [[nodiscard]] Result<void> modify(int fd, std::uint32_t events, Watcher &watcher);
    /// Call before closing the descriptor. Closing alone is not enough: while a child process that was just forked holds a copy,
    /// epoll goes on reporting it, to a watcher that is no more.
    void remove(int fd, Watcher &watcher);

    TimerId startTimer(std::chrono::nanoseconds delay, std::function<void()> function);
    void cancelTimer(TimerId id);

    [[nodiscard]] Clock::time_point now() const { return m_now; }
    /// Called at the end of every turn: where objects that must outlive their own handler are let go.
    void setAfterTurn(std::function<void()> function) { m_afterTurn = std::move(function); }

private:
    explicit EventLoop(FileDescriptor epoll, FileDescriptor wake);
    void wake();
    int timeoutMs() const;
    void runTimers();
    void runPosted();

    struct TimerKey {
        Clock::time_point due;
        TimerId id;
        friend auto operator<=>(const TimerKey &, const TimerKey &) = default;
    };

    FileDescriptor m_epoll;
    FileDescriptor m_wake;
    Watcher m_wakeWatcher;
    Clock::time_point m_now;
    std::atomic<bool> m_isStopping {false};
    std::atomic<std::uintptr_t> m_thread {0};
    std::unique_ptr<epoll_event[]> m_events;
    int m_eventCount = 0; ///< Of the present turn.
    int m_eventNext = 0;
    std::map<TimerKey, std::function<void()>> m_timers;
    std::unordered_map<TimerId, Clock::time_point> m_timerDue;
    TimerId m_lastTimer = 0;
    std::function<void()> m_afterTurn;
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_posted; ///< Guarded by m_mutex.
    bool m_isWoken = false;                      ///< Guarded by m_mutex: an eventfd write is already under way.
    std::atomic<bool> m_hasPosted {false};       ///< Mirrors m_posted so that the common turn takes no lock.
};

} // namespace fairway::net
