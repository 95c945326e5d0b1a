#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/client.h"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace fairway::kube {

/// A right to ask for: verb on a resource, or on one object.
struct AccessQuestion {
    std::string verb; ///< get list watch create update patch delete
    std::string group;
    std::string plural;
    std::string subresource;
    std::string ns; ///< Empty: all namespaces, or cluster scope.
    std::string name; ///< Empty: all objects.

    friend auto operator<=>(const AccessQuestion &, const AccessQuestion &) = default;
};

struct AccessAnswer {
    bool allowed = false;
    std::string reason; ///< The authorizer's words; may be empty.
};

/// Answers of SelfSubjectAccessReview, kept for a short while: rights rarely change while someone looks at a page.
/// A failed question is an error, not a "no".
/// Threads: any; blocks for one round trip when not in the cache.
class AccessReviewer {
public:
    explicit AccessReviewer(std::shared_ptr<Client> client, std::chrono::milliseconds keep = std::chrono::seconds(30),
                            const Clock *clock = nullptr);

    [[nodiscard]] Result<AccessAnswer> canI(const AccessQuestion &question, const CallOptions &options = {});
    void forget();

private:
    struct Kept {
        AccessAnswer answer;
        std::chrono::steady_clock::time_point until;
    };
    static constexpr std::size_t maxKept = 2048;
    std::shared_ptr<Client> m_client;
    const std::chrono::milliseconds m_keep;
    SystemClock m_systemClock;
    const Clock *m_clock;
    std::mutex m_mutex;
    std::map<AccessQuestion, Kept> m_kept; ///< Guarded by m_mutex.
};

} // namespace fairway::kube
