#pragma once

#include "core/base/clock.h"

#include <atomic>
#include <chrono>

namespace fairway::lab {

/// The machine's time moved by an offset: while the seed is written it stands in the past, so that the shop has a history.
/// Threads: any.
class ShiftedClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override { return m_machine.steadyNow(); }
    [[nodiscard]] std::chrono::system_clock::time_point systemNow() const override
    {
        return m_machine.systemNow() - std::chrono::seconds(m_secondsBack.load(std::memory_order_relaxed));
    }
    void setBack(std::chrono::seconds offset) { m_secondsBack.store(offset.count(), std::memory_order_relaxed); }

private:
    SystemClock m_machine;
    std::atomic<std::int64_t> m_secondsBack {0};
};

} // namespace fairway::lab
