#pragma once

#include <cstdint>
#include <string>

namespace fairway::operate {

/// Names one process among all that ever ran here: a pid alone is used again.
struct ProcessMark {
    std::int64_t pid = 0;
    std::string started; ///< Clock ticks since boot, from /proc/<pid>/stat.
    std::string boot;    ///< The kernel's boot id.
    std::string host;

    [[nodiscard]] static ProcessMark ofThis();
    /// Whether that process still runs. Processes of another machine (a shared home folder) count as running.
    [[nodiscard]] bool isAlive() const;

    friend bool operator==(const ProcessMark &, const ProcessMark &) = default;
};

/// "jane@host" of the person this process runs as.
[[nodiscard]] std::string localUser();

} // namespace fairway::operate
