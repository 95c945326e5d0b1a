#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace fairway {

/// Source of time, handed in so that tests turn the clock by hand.
/// Threads: any.
class Clock {
public:
    virtual ~Clock() = default;
    /// For durations and deadlines: never jumps.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
    /// For what people read and the cluster stores.
    [[nodiscard]] virtual std::chrono::system_clock::time_point systemNow() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
    [[nodiscard]] std::chrono::system_clock::time_point systemNow() const override;
};

/// A clock that moves only when told.
class ManualClock final : public Clock {
public:
    explicit ManualClock(std::chrono::system_clock::time_point start = {});
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
    [[nodiscard]] std::chrono::system_clock::time_point systemNow() const override;
    void advance(std::chrono::nanoseconds step);

private:
    mutable std::mutex m_mutex;
    std::chrono::system_clock::time_point m_start;
    std::chrono::nanoseconds m_elapsed {0}; ///< Guarded by m_mutex.
};

/// RFC 3339 in UTC with whole seconds, as Kubernetes writes metadata times: "2026-11-22T03:04:05Z".
[[nodiscard]] std::string formatRfc3339(std::chrono::system_clock::time_point time);
/// The same with microseconds (MicroTime of Leases and Events).
[[nodiscard]] std::string formatRfc3339Micro(std::chrono::system_clock::time_point time);

/// Reads RFC 3339, section 5.6, with any offset; fractions of a second are dropped. What lies beyond the clock (it ends in 2262)
/// is its last second. nullopt: something else.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point> parseRfc3339(std::string_view text);

} // namespace fairway
