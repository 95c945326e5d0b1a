#pragma once

#include <QObject>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <utility>
#include <vector>

namespace fairway::bench {

using Clock = std::chrono::steady_clock;

constexpr int BeatMs = 4;
constexpr double LateMs = 33; ///< Two frames: what an eye sees as a hitch.

inline double since(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// How long the GUI thread was away between two beats of a fine timer: an upper bound for a frame's delay.
class Heartbeat : public QObject {
    Q_OBJECT
public:
    explicit Heartbeat(QObject *parent)
        : QObject(parent)
    {
        auto *timer = new QTimer(this);
        timer->setTimerType(Qt::PreciseTimer);
        timer->setInterval(BeatMs);
        connect(timer, &QTimer::timeout, this, [this] {
            m_gaps.push_back(since(m_last));
            m_last = Clock::now();
            const double used = usedMs();
            m_busy = std::max(m_busy, used - m_used);
            m_used = used;
        });
        m_last = Clock::now();
        timer->start();
    }

    [[nodiscard]] double worst() const { return m_gaps.empty() ? 0 : *std::max_element(m_gaps.begin(), m_gaps.end()); }
    [[nodiscard]] long late() const { return std::count_if(m_gaps.begin(), m_gaps.end(), [](double gap) { return gap > LateMs; }); }
    /// The worst since the last call, the one that goes on included.
    [[nodiscard]] double takeWorst()
    {
        const double worst = std::max(this->worst(), since(m_last));
        m_gaps.clear();
        return worst;
    }
    /// Of the worst gap since the last call what this thread worked itself: on a busy machine the rest is waiting for a processor.
    [[nodiscard]] double takeBusy() { return std::exchange(m_busy, 0); }
    [[nodiscard]] std::size_t beats() const { return m_gaps.size(); }

private:
    [[nodiscard]] static double usedMs()
    {
        timespec used {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
        return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
    }

    double m_used = usedMs();
    double m_busy = 0;
    Clock::time_point m_last;
    std::vector<double> m_gaps;
};

} // namespace fairway::bench
