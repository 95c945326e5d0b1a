#pragma once

#include "core/base/result.h"
#include "core/engine/types.h"
#include "core/kube/informer.h"
#include "core/route/owner_claim.h"
#include "core/route/route_object.h"
#include "core/route/topology.h"
#include "core/value/object_view.h"

#include <QHash>

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fairway::engine {

/// The kinds the routing picture is made from; from VirtualService on they are routes. Rollout (Argo's) and Canary (Flagger's) steer some.
enum class RouteInput { Namespace, Service, EndpointSlice, Pod, Rollout, Canary, DestinationRule, VirtualService, HttpRoute, GrpcRoute, TlsRoute, TcpRoute, Ingress };

/// An object the palette can find.
struct NamedObject {
    QString kindId;
    QString kind;
    QString ns;
    QString name;
};

/// A pod that gets no traffic, and what keeps it from that.
struct UnreadyPod {
    QString name; ///< "shop/payments-v2-x"
    QString why;  ///< The server's word ("CrashLoopBackOff", "Pending"); empty when containers run but are not ready.
};

/// One route with the object it was read from.
struct RouteEntry {
    RouteDetail detail; ///< Without yaml: made when asked for.
    route::RouteObject route;
    std::vector<std::vector<route::Resolution>> resolutions; ///< By rule, by destination: parallel to route.rules.
    value::ObjectView object;
};

/// Everything the window shows of the routes of one context at one moment. Immutable once published.
struct RoutePicture {
    QList<RouteRow> rows; ///< Sorted by host, then name.
    QHash<QString, std::shared_ptr<const RouteEntry>> entries; ///< By RouteRow::id.
    QHash<QString, value::ObjectView> policies; ///< DestinationRules by id: "DestinationRule/shop/reviews".
    QStringList namespaces;
    QList<NamedObject> objects; ///< Services and Pods; at most 20,000.
    int pods = 0;
    int readyPods = 0;
    QList<UnreadyPod> unready; ///< The first few by name: what a card has room for.
    std::uint64_t routingRevision = 0; ///< Another one when anything but EndpointSlices and Pods changed.
    std::vector<value::Value> rendered; ///< Of a preview: every object it was made from.
    bool isLoaded = false;
    QString problem;       ///< Why there is nothing to show.
    QStringList notListed; ///< Kinds without the right to list.
};

/// Findings of a rule as if its weights were these. Local and quick.
[[nodiscard]] QList<Finding> findingsOfDraft(const RouteEntry &entry, const RouteDraft &draft);

/// Collects objects and makes pictures of them. A route's entry is made anew only when its object or something its
/// destinations may lead to changed.
/// Threads: one owner at a time (the session's thread).
class RouteBook {
public:
    void apply(RouteInput input, const std::vector<kube::ObjectChange> &batch);
    [[nodiscard]] std::shared_ptr<RoutePicture> picture(const QDateTime &now);
    [[nodiscard]] const route::TopologyView &topology() const { return m_topology; }

private:
    struct Route {
        value::ObjectView object;
        route::RouteObject parsed;
        std::string problem; ///< Why it could not be read.
        std::shared_ptr<const RouteEntry> entry;
        bool isStale = true;
    };
    void applyRoute(const kube::ObjectChange &change);
    void applyTopology(RouteInput input, const kube::ObjectChange &change);
    void applyClaims(const kube::ObjectChange &change);
    void pairIngresses();

    route::TopologyView m_topology;
    std::map<std::string, Route> m_routes; ///< By id: "VirtualService/shop/reviews".
    QHash<QString, value::ObjectView> m_policies;
    std::map<std::string, std::vector<route::OwnerClaim>> m_claims; ///< By the id of the route they are about.
    std::map<std::string, std::set<std::string>> m_claimedRoutes;   ///< By the controller's object, "Rollout/shop/reviews".
    std::map<std::string, NamedObject> m_objects;
    std::set<std::string> m_namespaces;
    std::set<std::string> m_readyPods;               ///< "ns/name"
    std::map<std::string, std::string> m_unreadyPods; ///< By "ns/name": what the server says of it.
    std::set<std::string> m_changedNamespaces; ///< Whose topology changed since the last picture.
    bool m_isEverythingStale = false; ///< A DestinationRule changed: those reach across namespaces.
    bool m_areIngressesUnpaired = false;
    bool m_areObjectsChanged = true;
    QList<NamedObject> m_objectList;
};

} // namespace fairway::engine
