#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::lab {

/// What a Pod has written: the last lines, and whoever follows.
///
/// Bound:   1000 lines of at most 1000 bytes; older ones go.
/// Threads: any. Followers are called in the thread that appends, without the lock but for the first time: they must
///          not block.
class PodLog {
public:
    struct Line {
        std::chrono::system_clock::time_point time;
        std::string text; ///< Without line break.
    };
    struct Selection {
        std::optional<std::size_t> tailLines;
        std::optional<std::chrono::system_clock::time_point> since;
        std::optional<std::size_t> limitBytes;
        bool hasTimestamps = false;
    };
    /// Returns false when it wants no more.
    using Follower = std::function<bool(std::string_view text)>;

    void append(std::chrono::system_clock::time_point time, std::string text);
    /// The chosen lines, each with its line break.
    [[nodiscard]] std::string text(const Selection &selection) const;
    /// Gives the follower text() first and then everything appended, nothing lost, doubled or out of order.
    void follow(const Selection &selection, Follower follower, std::function<void()> onClosed);
    /// The Pod has ended: followers are told and dropped.
    void close();

private:
    struct Entry {
        Follower follower;
        std::function<void()> onClosed;
        bool hasTimestamps = false;
    };
    [[nodiscard]] std::string textLocked(const Selection &selection) const;

    mutable std::mutex m_mutex;
    std::deque<Line> m_lines;                                      ///< Guarded by m_mutex.
    std::map<std::uint64_t, std::shared_ptr<Entry>> m_followers;   ///< Guarded by m_mutex.
    std::uint64_t m_nextId = 1;                                    ///< Guarded by m_mutex.
    bool m_isClosed = false;                                       ///< Guarded by m_mutex.
};

/// Finds the log of a Pod; null: it has none (no server, or not on this lab).
using PodLogFinder = std::function<std::shared_ptr<PodLog>(std::string_view ns, std::string_view pod)>;

} // namespace fairway::lab
