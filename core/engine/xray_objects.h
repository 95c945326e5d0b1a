#pragma once

#include "core/engine/cluster_session.h"
#include "core/engine/xray.h"
#include "core/route/route_object.h"
#include "core/route/xray.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace fairway::engine {

/// An answer that does not know of pods yet, and what to ask the session for them.
struct XrayFound {
    XrayAnswer answer;
    QList<XrayPlace> places;
    std::vector<route::Destination> destinations; ///< Parallel to answer.targets.
    std::string routeNs;
    std::string upstream; ///< "10.0.0.7:9080": where an access log says that it went.
};

/// What the question about one session is answered with: the objects its watches know, rarer kinds that are listed anew when they
/// are ten seconds old, and the tables compiled from both, kept while nothing changed.
/// Threads: any; not for the GUI thread.
class XrayObjects {
public:
    XrayObjects(std::shared_ptr<kube::Client> client, std::shared_ptr<const kube::Discovery> discovery, CancelToken cancel);

    [[nodiscard]] XrayFound answer(
        const XrayQuestion &question, const ClusterSession::RoutingObjects &objects, const RoutePicture &picture);

    /// The objects of the kinds that routing knows, DestinationRules among them.
    [[nodiscard]] std::vector<value::Value> known(const ClusterSession::RoutingObjects &objects);

private:
    void refresh(const ClusterSession::RoutingObjects &objects);

    const std::shared_ptr<kube::Client> m_client;
    const std::shared_ptr<const kube::Discovery> m_discovery;
    const CancelToken m_cancel;
    std::mutex m_mutex;
    std::unique_ptr<route::XrayDesk> m_desk; ///< This and all below: guarded by m_mutex.
    std::vector<value::Value> m_rare;        ///< Gateways, ServiceEntries, EnvoyFilters, …
    std::vector<value::Value> m_listed;      ///< Policies that are not modelled, as listed.
    std::vector<value::Value> m_policies;    ///< The same and the DestinationRules.
    QStringList m_unread;
    std::chrono::steady_clock::time_point m_listedAt;
    std::uint64_t m_revision = 0;
};

[[nodiscard]] QString titleOf(const route::Viewpoint &place); ///< "Gateway shop/public"

/// The pod that `client` names: "shop/web-7", or "web-7" of namespace default; two empty texts when it is labels.
[[nodiscard]] std::pair<std::string, std::string> podOfClient(const QString &client);

/// Whose eyes a question asks for: the pod it names, else the one with the address that its access log tells.
[[nodiscard]] ClusterSession::WantedPod clientOf(const XrayQuestion &question);

/// Fills in where the targets lead, and marks the pod that a log names.
void addPods(XrayAnswer &answer, const std::vector<route::Resolution> &resolutions, const std::string &upstream);

/// What the window says of a finished X-ray. `policies` are objects that may decide otherwise.
[[nodiscard]] XrayFound told(const route::Xray &xray, const RoutePicture &picture, const std::vector<value::Value> &policies);

} // namespace fairway::engine
