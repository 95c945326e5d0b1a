#include "core/net/event_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <pthread.h>

namespace fairway::net {

namespace {

constexpr int kEventsPerTurn = 256;

std::uintptr_t threadNumber()
{
    static_assert(sizeof(pthread_t) <= sizeof(std::uintptr_t));
    return std::uintptr_t {pthread_self()};
}

} // namespace

Result<std::unique_ptr<EventLoop>> EventLoop::create()
{
    FileDescriptor epoll(epoll_create1(EPOLL_CLOEXEC));
    if (!epoll.isValid()) {
        return fail(ErrorCode::Io, std::string("no epoll instance: ") + std::strerror(errno));
    }
    FileDescriptor wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!wake.isValid()) {
        return fail(ErrorCode::Io, std::string("no eventfd: ") + std::strerror(errno));
    }
    std::unique_ptr<EventLoop> loop(new EventLoop(std::move(epoll), std::move(wake)));
    // Edge-triggered: every write to the eventfd is a new edge, so its counter need not be read.
    if (const auto added = loop->add(loop->m_wake.get(), EPOLLIN | EPOLLET, loop->m_wakeWatcher); !added) {
        return tl::unexpected(added.error());
    }
    return loop;
}

EventLoop::EventLoop(FileDescriptor epoll, FileDescriptor wakeDescriptor)
    : m_epoll(std::move(epoll))
    , m_wake(std::move(wakeDescriptor))
    , m_now(Clock::now())
    , m_events(std::make_unique<epoll_event[]>(kEventsPerTurn))
{
    m_wakeWatcher.onEvents = [](Watcher &, std::uint32_t) {};
}

EventLoop::~EventLoop() = default;

void EventLoop::run()
{
    m_thread.store(threadNumber(), std::memory_order_relaxed);
    m_now = Clock::now();
    while (!m_isStopping.load(std::memory_order_acquire)) {
        const int count = epoll_wait(m_epoll.get(), m_events.get(), kEventsPerTurn, timeoutMs());
        m_now = Clock::now();
        m_eventCount = std::max(count, 0); // Only EINTR can be the reason for less.
        for (m_eventNext = 0; m_eventNext < m_eventCount;) {
            const epoll_event event = m_events[static_cast<std::size_t>(m_eventNext++)];
            if (auto *watcher = static_cast<Watcher *>(event.data.ptr)) {
                watcher->onEvents(*watcher, event.events);
            }
        }
        m_eventCount = 0;
        if (!m_timers.empty()) {
            runTimers();
        }
        runPosted();
        if (m_afterTurn) {
            m_afterTurn();
        }
    }
    runPosted();
    if (m_afterTurn) {
        m_afterTurn();
    }
    m_thread.store(0, std::memory_order_relaxed);
}

void EventLoop::stop()
{
    m_isStopping.store(true, std::memory_order_release);
    wake();
}

void EventLoop::post(std::function<void()> function)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_posted.push_back(std::move(function));
        m_hasPosted.store(true, std::memory_order_release);
        if (std::exchange(m_isWoken, true)) {
            return;
        }
    }
    wake();
}

bool EventLoop::isInLoopThread() const
{
    return m_thread.load(std::memory_order_relaxed) == threadNumber();
}

void EventLoop::wake()
{
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake.get(), &one, sizeof one);
}

Result<void> EventLoop::add(int fd, std::uint32_t events, Watcher &watcher)
{
    epoll_event event {};
    event.events = events;
    event.data.ptr = &watcher;
    if (epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event) != 0) {
        return fail(ErrorCode::Io, std::string("can't watch a descriptor: ") + std::strerror(errno));
    }
    return {};
}

Result<void> EventLoop::modify(int fd, std::uint32_t events, Watcher &watcher)
{
    epoll_event event {};
    event.events = events;
    event.data.ptr = &watcher;
    if (epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event) != 0) {
        return fail(ErrorCode::Io, std::string("can't watch a descriptor: ") + std::strerror(errno));
    }
    return {};
}

void EventLoop::remove(int fd, Watcher &watcher)
{
    epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
    for (int i = m_eventNext; i < m_eventCount; ++i) {
        epoll_event &event = m_events[static_cast<std::size_t>(i)];
        if (event.data.ptr == &watcher) {
            event.data.ptr = nullptr;
        }
    }
}

EventLoop::TimerId EventLoop::startTimer(std::chrono::nanoseconds delay, std::function<void()> function)
{
    const TimerId id = ++m_lastTimer;
    const auto due = Clock::now() + std::max(delay, std::chrono::nanoseconds {0});
    m_timers.emplace(TimerKey {due, id}, std::move(function));
    m_timerDue.emplace(id, due);
    return id;
}

void EventLoop::cancelTimer(TimerId id)
{
    if (const auto found = m_timerDue.find(id); found != m_timerDue.end()) {
        m_timers.erase(TimerKey {found->second, id});
        m_timerDue.erase(found);
    }
}

int EventLoop::timeoutMs() const
{
    if (m_timers.empty()) {
        return -1;
    }
    const auto wait = m_timers.begin()->first.due - m_now;
    // Rounded up: a wait that ends a fraction too early would spin.
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
    return static_cast<int>(std::clamp<std::int64_t>(ms, 0, 3'600'000));
}

void EventLoop::runTimers()
{
    // Timers started by these functions wait for the next turn.
    const TimerId last = m_lastTimer;
    while (!m_timers.empty() && m_timers.begin()->first.due <= m_now && m_timers.begin()->first.id <= last) {
        auto node = m_timers.extract(m_timers.begin());
        m_timerDue.erase(node.key().id);
        node.mapped()();
    }
}

void EventLoop::runPosted()
{
    if (!m_hasPosted.load(std::memory_order_acquire)) {
        return; // The common turn takes no lock.
    }
    std::vector<std::function<void()>> posted;
    {
        const std::scoped_lock lock(m_mutex);
        posted.swap(m_posted);
        m_isWoken = false;
        m_hasPosted.store(false, std::memory_order_release);
    }
    for (const auto &function : posted) {
        function();
    }
}

} // namespace fairway::net
