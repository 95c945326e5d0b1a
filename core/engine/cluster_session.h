#pragma once

#include "core/engine/route_picture.h"
#include "core/engine/task_thread.h"
#include "core/engine/types.h"
#include "core/kube/access.h"
#include "core/kube/client.h"
#include "core/kube/discovery.h"
#include "core/kube/informer.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace fairway::engine {

/// One connected context: client, discovery, the informers of what routing needs, and the picture made from them.
///
/// Shape:   start() connects in the session's thread and keeps trying; each informer hands its batches to that thread,
///          which keeps the RouteBook and publishes an immutable RoutePicture at most every 60 ms (the first one at
///          once). Connection states are published when they change.
/// Truth:   Live is claimed only while every watch that may run is live *and* the last probe was answered. A probe (one
///          GET /version) goes out every 5 s; it also measures how far behind the picture is.
/// Others:  the transport is shared with other contexts; close() and stop() end what this one asked for and nothing else.
/// Threads: made and closed by the GUI thread; the callbacks run in the session's thread. stop() blocks until the threads are
///          done: call it off the GUI thread.
class ClusterSession {
public:
    struct Callbacks {
        std::function<void(const ConnectionState &)> onConnection;
        std::function<void(std::shared_ptr<const RoutePicture>)> onPicture;
        std::function<void(std::shared_ptr<const kube::Discovery>)> onDiscovery;
    };

    /// `ending`: of the process; what the session may be waiting for ends with it.
    ClusterSession(QString context, std::shared_ptr<kube::Client> client, Callbacks callbacks, const CancelToken &ending = {});
    ~ClusterSession();
    ClusterSession(const ClusterSession &) = delete;
    ClusterSession &operator=(const ClusterSession &) = delete;

    void start();
    /// The user pressed Retry: end every back-off now.
    void poke();
    /// Cancels what others read through the session (token()), so that nobody waits for a context that is being closed. Does not
    /// block; stop() follows.
    void close();
    void stop();

    /// What requests are resolved with, as the watches know it now.
    struct RoutingObjects {
        std::vector<value::ObjectView> objects; ///< Of all kinds that are watched but EndpointSlices and Pods.
        std::uint64_t revision = 0;             ///< Another one when any of them changed.
        std::optional<value::ObjectView> pod;   ///< The one asked for.
    };
    /// A pod by name, else by its address; both may be empty.
    struct WantedPod {
        std::string ns;
        std::string name;
        std::string address; ///< "10.1.2.3"
    };
    /// `done` runs in the session's thread; not at all once the session stops.
    void collectRouting(WantedPod pod, std::function<void(RoutingObjects)> done);
    /// Where destinations of routes in `routeNs` lead now; `done` as above.
    void resolveDestinations(std::vector<route::Destination> destinations, std::string routeNs,
        std::function<void(std::vector<route::Resolution>)> done);

    /// For reads on behalf of this context. Writes are not cancelled with it: what became of one must be known.
    [[nodiscard]] CancelToken token() const { return m_reads.token(); }

    [[nodiscard]] const std::shared_ptr<kube::Client> &client() const { return m_client; }
    [[nodiscard]] kube::AccessReviewer &reviewer() { return m_reviewer; }
    /// Null before the first connection. Any thread.
    [[nodiscard]] std::shared_ptr<const kube::Discovery> discovery() const;

private:
    struct Feed {
        RouteInput input = RouteInput::Service;
        std::string what; ///< "virtualservices", for messages.
        std::unique_ptr<kube::Informer> informer;
        kube::InformerState state;
    };

    void connect();
    void startFeeds(const kube::Discovery &discovery);
    void probe();
    void noteProbe(const std::optional<Error> &error, std::chrono::duration<double> roundTrip);
    void noteState(std::size_t feed, const kube::InformerState &state);
    void noteChanges(std::size_t feed, const std::vector<kube::ObjectChange> &batch);
    void schedulePublish();
    void publish();
    void publishConnection();
    void setPhase(Connection phase, QString reason, QString nextStep, QDateTime since);

    const QString m_context;
    const std::shared_ptr<kube::Client> m_client;
    const Callbacks m_callbacks;
    kube::AccessReviewer m_reviewer;
    CancelSource m_reads;
    const CancelToken::Registration m_ending;

    mutable std::mutex m_mutex;
    std::shared_ptr<const kube::Discovery> m_discovery; ///< Guarded by m_mutex.

    // Owned by the session's thread.
    RouteBook m_book;
    std::uint64_t m_routingRevision = 1;
    std::vector<Feed> m_feeds;
    ConnectionState m_connection;
    std::chrono::seconds m_backOff {1};
    bool m_isConnected = false;
    bool m_isPublishPending = false;
    bool m_hasPublished = false;
    bool m_isProbePending = false;
    std::optional<Error> m_probeFailure;
    std::chrono::system_clock::time_point m_lastAnswer;
    std::uint64_t m_attempt = 0;

    /// Last: its tasks use all of the above. Shared with the transport's callbacks, which may come when the session has gone:
    /// a thread that was stopped drops what it is given.
    const std::shared_ptr<TaskThread> m_thread = std::make_shared<TaskThread>();
};

} // namespace fairway::engine
