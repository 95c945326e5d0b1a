#include "core/engine/route_picture.h"

#include "core/engine/route_entry.h"
#include "core/engine/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

constexpr std::size_t MaxNamedObjects = 20000;
constexpr qsizetype MaxUnreadyPods = 5;

std::string keyOf(const value::ObjectView &object)
{
    std::string key(object.ns());
    key += '/';
    key += object.name();
    return key;
}

bool isPodReady(const value::Value &pod)
{
    const value::Value &conditions = pod["status"]["conditions"];
    for (std::size_t i = 0; i < conditions.size(); ++i) {
        if (conditions[i]["type"].stringOr() == "Ready")
            return conditions[i]["status"].stringOr() == "True";
    }
    return false;
}

bool isFinished(const value::Value &pod)
{
    return pod["status"]["phase"].stringOr() == "Succeeded";
}

/// What `kubectl get pods` would say of it: the first container that waits or ended, else the pod's own reason or phase.
std::string whyNotReady(const value::Value &pod)
{
    const value::Value &status = pod["status"];
    for (const char *list : {"initContainerStatuses", "containerStatuses"}) {
        const value::Value &containers = status[list];
        for (std::size_t i = 0; i < containers.size(); ++i) {
            const value::Value &state = containers[i]["state"];
            for (const char *kind : {"waiting", "terminated"}) {
                const std::string_view reason = state[kind]["reason"].stringOr();
                if (!reason.empty() && reason != "Completed")
                    return std::string(reason);
            }
        }
    }
    if (const std::string_view reason = status["reason"].stringOr(); !reason.empty())
        return std::string(reason);
    const std::string_view phase = status["phase"].stringOr();
    return phase == "Running" ? std::string() : std::string(phase);
}

} // namespace

void RouteBook::apply(RouteInput input, const std::vector<kube::ObjectChange> &batch)
{
    for (const kube::ObjectChange &change : batch) {
        if (input == RouteInput::Namespace) {
            if (change.type == kube::ChangeType::Deleted)
                m_namespaces.erase(std::string(change.object.name()));
            else
                m_namespaces.emplace(change.object.name());
        } else if (input >= RouteInput::VirtualService) {
            applyRoute(change);
        } else if (input == RouteInput::Rollout || input == RouteInput::Canary) {
            applyClaims(change);
        } else {
            applyTopology(input, change);
        }
    }
}

void RouteBook::applyRoute(const kube::ObjectChange &change)
{
    const std::string id = std::string(change.object.kind()) + '/' + keyOf(change.object);
    m_areIngressesUnpaired |= change.object.kind() == "Ingress";
    if (change.type == kube::ChangeType::Deleted) {
        m_routes.erase(id);
        return;
    }
    Route route;
    route.object = change.object;
    const auto object = change.object.parse();
    auto parsed = object ? route::parseRoute(*object) : tl::unexpected(object.error());
    if (parsed) {
        route.parsed = std::move(*parsed);
    } else {
        // An unreadable object is shown, with what is wrong: never silently left out.
        route.parsed.apiVersion = change.object.apiVersion();
        route.parsed.ns = change.object.ns();
        route.parsed.name = change.object.name();
        route.parsed.problems.push_back({"", parsed.error().said()});
    }
    m_routes.insert_or_assign(id, std::move(route));
}

void RouteBook::applyClaims(const kube::ObjectChange &change)
{
    const auto markStale = [this](const std::string &id) {
        if (const auto found = m_routes.find(id); found != m_routes.end())
            found->second.isStale = true;
    };
    const std::string owner = std::string(change.object.kind()) + '/' + keyOf(change.object);
    const std::string object = std::string(change.object.kind()) + ' ' + keyOf(change.object);
    for (const std::string &id : std::exchange(m_claimedRoutes[owner], {})) {
        std::vector<route::OwnerClaim> &claims = m_claims[id];
        std::erase_if(claims, [&](const route::OwnerClaim &claim) { return claim.object == object; });
        if (claims.empty())
            m_claims.erase(id);
        markStale(id);
    }
    const auto parsed = change.type == kube::ChangeType::Deleted ? Result<value::Value>(value::Value()) : change.object.parse();
    for (const route::OwnerClaim &claim : parsed ? route::claimsOf(*parsed) : std::vector<route::OwnerClaim>()) {
        const std::string id = std::string(route::toString(claim.kind)) + '/' + claim.ns + '/' + claim.name;
        m_claims[id].push_back(claim);
        m_claimedRoutes[owner].insert(id);
        markStale(id);
    }
    if (m_claimedRoutes[owner].empty())
        m_claimedRoutes.erase(owner);
}

void RouteBook::applyTopology(RouteInput input, const kube::ObjectChange &change)
{
    const value::ObjectView &object = change.object;
    if (input == RouteInput::DestinationRule)
        m_isEverythingStale = true;
    m_changedNamespaces.emplace(object.ns());
    const bool isDeleted = change.type == kube::ChangeType::Deleted;
    value::Value parsed;
    if (isDeleted) {
        m_topology.remove(object.kind(), object.ns(), object.name());
    } else if (auto value = object.parse()) {
        parsed = std::move(*value);
        // An object of a broken shape leaves the topology as it was; the informer has told of it already.
        [[maybe_unused]] const auto taken = m_topology.upsert(parsed);
    }
    const std::string key = keyOf(object);
    if (input == RouteInput::DestinationRule) {
        const QString id = QStringLiteral("DestinationRule/") + toQString(key);
        if (isDeleted)
            m_policies.remove(id);
        else
            m_policies.insert(id, object);
    }
    if (input != RouteInput::Pod && input != RouteInput::Service)
        return;
    if (input == RouteInput::Pod) {
        m_readyPods.erase(key);
        m_unreadyPods.erase(key);
        if (!isDeleted && !isFinished(parsed)) {
            if (isPodReady(parsed))
                m_readyPods.insert(key);
            else
                m_unreadyPods.emplace(key, whyNotReady(parsed));
        }
    }
    const bool isService = input == RouteInput::Service;
    const std::string name = std::string(isService ? "0/" : "1/") + key; // Services first: there are fewer
    if (isDeleted) {
        m_areObjectsChanged |= m_objects.erase(name) > 0;
    } else if (m_objects.size() < MaxNamedObjects && !m_objects.contains(name)) {
        m_objects.emplace(name, NamedObject {isService ? QStringLiteral("v1/services") : QStringLiteral("v1/pods"),
                                    isService ? QStringLiteral("Service") : QStringLiteral("Pod"), toQString(object.ns()),
                                    toQString(object.name())});
        m_areObjectsChanged = true;
    }
}

/// A canary Ingress does not name the Ingress it takes its share from: the one with the same host and path does.
void RouteBook::pairIngresses()
{
    for (auto &[id, canary] : m_routes) {
        if (canary.parsed.kind != route::RouteKind::Ingress || !canary.parsed.find("canary", 0))
            continue;
        for (const auto &[otherId, other] : m_routes) {
            if (other.parsed.kind == route::RouteKind::Ingress && otherId != id && route::pairIngress(canary.parsed, other.parsed))
                break;
        }
        canary.isStale = true;
    }
}

std::shared_ptr<RoutePicture> RouteBook::picture(const QDateTime &now)
{
    if (std::exchange(m_areIngressesUnpaired, false))
        pairIngresses();
    auto picture = std::make_shared<RoutePicture>();
    for (auto &[id, route] : m_routes) {
        bool isStale = route.isStale || m_isEverythingStale || m_changedNamespaces.contains(route.parsed.ns);
        for (const route::Rule &rule : route.parsed.rules) {
            for (const route::Destination &destination : rule.destinations)
                isStale = isStale || m_changedNamespaces.contains(destination.ns);
        }
        if (isStale || !route.entry) {
            const auto claims = m_claims.find(id);
            route.entry = makeRouteEntry(route.object, route.parsed, m_topology, now,
                claims == m_claims.end() ? std::span<const route::OwnerClaim>() : std::span<const route::OwnerClaim>(claims->second));
        }
        route.isStale = false;
        picture->rows.append(route.entry->detail.row);
        picture->entries.insert(route.entry->detail.row.id, route.entry);
    }
    m_changedNamespaces.clear();
    m_isEverythingStale = false;
    std::sort(picture->rows.begin(), picture->rows.end(), [](const RouteRow &a, const RouteRow &b) {
        return std::tie(a.host, a.name, a.id) < std::tie(b.host, b.name, b.id);
    });
    for (const std::string &ns : m_namespaces)
        picture->namespaces.append(toQString(ns));
    if (std::exchange(m_areObjectsChanged, false)) {
        m_objectList.clear();
        for (const auto &[name, object] : m_objects)
            m_objectList.append(object);
    }
    picture->objects = m_objectList;
    picture->policies = m_policies;
    picture->pods = static_cast<int>(m_readyPods.size() + m_unreadyPods.size());
    picture->readyPods = static_cast<int>(m_readyPods.size());
    for (const auto &[name, why] : m_unreadyPods) {
        if (picture->unready.size() == MaxUnreadyPods)
            break;
        picture->unready.append({toQString(name), toQString(why)});
    }
    return picture;
}

} // namespace fairway::engine
