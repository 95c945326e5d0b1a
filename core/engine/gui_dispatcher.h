#pragma once

#include <QObject>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace fairway::engine {

/// Carries finished work from the engine's threads to the GUI thread.
///
/// Shape:   post() queues a closure and wakes the GUI thread; closures run in order. Streams must not post per event:
///          they keep a dirty flag of their own and post when it was clear (see ClusterSession).
/// Bounds:  10,000 waiting closures; beyond that post() returns false and counts, and the caller's dirty flag stays
/// set. Threads: post() from any; the closures run in the thread that made the dispatcher. After the dispatcher is gone
/// a
///          Poster still held elsewhere drops what it is given.
class GuiDispatcher : public QObject {
    Q_OBJECT
public:
    using Task = std::function<void()>;

    /// The part that other threads hold. Outlives the dispatcher safely.
    class Poster {
    public:
        bool post(Task task);
        [[nodiscard]] std::uint64_t refused() const { return m_refused.load(std::memory_order_relaxed); }

    private:
        friend class GuiDispatcher;
        std::mutex m_mutex;
        std::deque<Task> m_tasks;          ///< Guarded by m_mutex.
        GuiDispatcher *m_target = nullptr; ///< Guarded by m_mutex; null once the dispatcher is gone.
        bool m_isWoken = false;            ///< Guarded by m_mutex.
        std::atomic<std::uint64_t> m_refused {0};
    };

    explicit GuiDispatcher(QObject *parent = nullptr);
    ~GuiDispatcher() override;

    [[nodiscard]] std::shared_ptr<Poster> poster() const { return m_poster; }

private:
    Q_SLOT void drain();
    std::shared_ptr<Poster> m_poster;
};

} // namespace fairway::engine
