#pragma once

#include "core/lab/object_filter.h"
#include "core/lab/rendering.h"
#include "core/lab/store.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fairway::lab {

/// Where a watch's bytes go. The server's responder behind an interface, so that tests can read along.
class WatchSink {
public:
    virtual ~WatchSink() = default;
    /// False: not taken now (buffer full) or never again (see isClosed()).
    [[nodiscard]] virtual bool write(std::string_view bytes) = 0;
    [[nodiscard]] virtual bool isClosed() const = 0;
    virtual void end() = 0;
    /// Cuts the connection.
    virtual void abort() = 0;
};

struct WatchRequest {
    std::string resource; ///< The store's key.
    ObjectFilter filter;
    Renderer renderer;
    std::uint64_t after = 0;                ///< Send what changed after this version …
    std::vector<StoredPtr> initialObjects;  ///< … and before that these, as ADDED.
    bool endsInitialEvents = false;         ///< Then a bookmark that says so (WatchList).
    bool allowsBookmarks = false;
    std::chrono::milliseconds timeout {0};  ///< Then the stream ends properly; 0: 30 minutes.
};

/// Every open watch, served by one thread that reads the store's history for each.
///
/// Shape:   a watch is a position in the history, not a queue: a client that reads slowly costs no memory. When it has
///          fallen out of the history it gets the ERROR event 410 and the end of its stream, as from a real API server.
///          Bookmarks go to idle watches that allow them.
/// Errors:  a sink that takes nothing for 20 seconds is cut (counted in slowWatches()).
/// Threads: any; sinks are called from the hub's thread, no lock held.
class WatchHub {
public:
    WatchHub(const Store &store, std::chrono::milliseconds bookmarkEvery);
    ~WatchHub();

    void add(WatchRequest request, std::shared_ptr<WatchSink> sink);
    /// There is something new in the store, or a sink has room again.
    void wake();
    /// Cuts off every open watch without a word.
    void cutAll();
    void stop();

    [[nodiscard]] std::size_t openWatches() const { return m_open.load(); }
    [[nodiscard]] std::uint64_t slowWatches() const { return m_slow.load(); }

private:
    struct Watch;
    using Time = std::chrono::steady_clock::time_point;
    void run();
    /// Sends what there is; false: the watch has ended.
    bool serve(Watch &watch, Time now);
    bool sendInitial(Watch &watch);
    bool sendChanges(Watch &watch, Time now);
    bool flush(Watch &watch, Time now);

    const Store &m_store;
    const std::chrono::milliseconds m_bookmarkEvery;
    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::vector<std::unique_ptr<Watch>> m_arrived; ///< Guarded by m_mutex.
    bool m_isWoken = false;                        ///< Guarded by m_mutex.
    bool m_isCutting = false;                      ///< Guarded by m_mutex.
    bool m_isStopping = false;                     ///< Guarded by m_mutex.
    std::vector<std::unique_ptr<Watch>> m_watches; ///< The hub's thread only.
    std::atomic<std::size_t> m_open {0};
    std::atomic<std::uint64_t> m_slow {0};
    std::thread m_thread;
};

} // namespace fairway::lab
