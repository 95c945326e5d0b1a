#pragma once

#include "core/base/random.h"
#include "core/lab/object_service.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace fairway::lab {

/// Many Pods that only exist in the store, for load: no server, no controller. They stand in the namespaces load-0, load-1 …
/// of 1000 each, and change their readiness now and then.
/// Threads: one owner; the changes come from a thread of its own.
class GeneratedPods {
public:
    GeneratedPods(ObjectService &service, std::uint64_t seed);
    ~GeneratedPods();

    void create(unsigned count);
    /// `perSecond` random status changes; 0: none, and no thread.
    void startChurn(unsigned perSecond);
    void stop();

private:
    struct Pod {
        std::string ns;
        std::string name;
        std::string uid;
        std::string created;
        unsigned number = 0;
        unsigned restarts = 0;
        bool isReady = true;
        std::uint64_t version = 0;
    };
    [[nodiscard]] StoredObject draft(const Pod &pod) const;
    void change(Pod &pod);
    void run(unsigned perSecond);

    ObjectService &m_service;
    Random m_random;
    std::vector<Pod> m_pods; ///< After create() the churning thread's.
    std::mutex m_mutex;
    std::condition_variable m_condition;
    bool m_isStopping = false; ///< Guarded by m_mutex.
    std::thread m_thread;
};

} // namespace fairway::lab
