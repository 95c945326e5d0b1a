#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace fairway {

/// Bounded hand-over of values from any number of threads to one reader.
///
/// Shape:   push() appends; takeAll() empties it in order. A reader that drains on a timer sets the pace, so a
///          fast producer cannot flood an event loop.
/// Errors:  push() returns false when full and counts it; the producer drops or merges.
/// Threads: push() from any; takeAll() from the reader. Neither waits beyond the lock.
template <typename T>
class Mailbox {
public:
    explicit Mailbox(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    [[nodiscard]] bool push(T value)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_values.size() == m_capacity) {
            m_refused.fetch_add(1, std::memory_order_relaxed);
            return false;
        }
        m_values.push_back(std::move(value));
        return true;
    }

    [[nodiscard]] std::vector<T> takeAll()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_values, {});
    }

    /// How many values were refused because the box was full.
    [[nodiscard]] std::uint64_t refused() const { return m_refused.load(std::memory_order_relaxed); }

private:
    const std::size_t m_capacity;
    std::mutex m_mutex;
    std::vector<T> m_values; ///< Guarded by m_mutex.
    std::atomic<std::uint64_t> m_refused {0};
};

} // namespace fairway
