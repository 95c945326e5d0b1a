#pragma once

#include "core/kube/reflector.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>

/// What the files of Reflector share; for them only.
namespace fairway::kube {

/// What the transport's thread hands to the reflector's.
struct Reflector::Channel {
    std::mutex mutex;
    std::condition_variable changed;
    bool isStopping = false;
    bool isPoked = false;
    // Of the watch under way:
    bool hasHead = false;
    bool isPaused = false;
    std::string bytes;
    std::optional<Result<HttpAnswer>> end;

    void reset()
    {
        const std::scoped_lock lock(mutex);
        hasHead = false;
        isPaused = false;
        bytes.clear();
        end.reset();
    }
};

template <typename Change>
void Reflector::count(Change change)
{
    const std::scoped_lock lock(m_mutex);
    change(m_counters);
}

} // namespace fairway::kube
