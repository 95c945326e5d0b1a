#pragma once

#include "core/lab/controller_context.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace fairway::lab {

/// The control plane: looks at what changed in the store and brings objects nearer to what they should be.
///
/// Shape:   level-triggered. A change only says which object to look at; what to do follows from what is. Namespaces of
///          generated Pods (GeneratedPrefix) are left alone, so that a thousand changes a second there cost nothing here.
/// Threads: noteChange() and touchPods() from any; the rest works in one thread of its own, or in the caller's through
///          settleNow() before start().
class Controllers {
public:
    Controllers(ObjectService &service, PodHost &pods);
    ~Controllers();

    void start(std::chrono::milliseconds podStart);
    void stop();
    /// A resource has changed: the store's listener.
    void noteChange(std::string_view resource);
    /// Looks at all Pods of a namespace again (a dial was turned).
    void touchPods(std::string_view ns);
    /// Works until nothing is left. Only before start().
    void settleNow();
    /// Waits until nothing is left. False: still busy after `limit`.
    [[nodiscard]] bool settle(std::chrono::milliseconds limit);

private:
    using Key = std::pair<std::string, std::string>; ///< Namespace and name.
    using Time = std::chrono::steady_clock::time_point;
    void run();
    void collectChanges(const std::set<std::string, std::less<>> &resources);
    void note(std::string_view resource, const Change &change);
    void noteOwner(const StoredObject &object);
    /// One round; true: there are news again.
    bool work();
    [[nodiscard]] bool hasNews();
    void workOnPods();
    [[nodiscard]] Time nextDue() const;

    ControllerContext m_context;
    std::mutex m_mutex;
    std::condition_variable m_condition;
    std::set<std::string, std::less<>> m_dirty; ///< Resources with news. Guarded by m_mutex.
    std::set<std::string, std::less<>> m_touched; ///< Namespaces. Guarded by m_mutex.
    bool m_isStopping = false;                  ///< Guarded by m_mutex.
    bool m_isIdle = false;                      ///< Guarded by m_mutex.
    std::condition_variable m_idle;

    // The working thread's.
    std::map<std::string, std::uint64_t, std::less<>> m_positions; ///< Seen up to here, per resource.
    std::set<Key> m_deployments, m_replicaSets, m_statefulSets, m_services, m_pods;
    std::set<std::pair<std::string, Key>> m_routes; ///< Resource and object.
    std::set<std::string> m_namespaces;
    std::set<Key> m_deletedOwners; ///< Namespace and uid.
    std::map<Key, Time> m_podTimers;
    std::thread m_thread;
};

} // namespace fairway::lab
