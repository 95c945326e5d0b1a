#include "core/lab/controllers.h"

#include "core/value/json.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace fairway::lab {

using value::Value;

namespace {

bool isGenerated(std::string_view ns)
{
    return ns.starts_with(GeneratedPrefix);
}

} // namespace

Controllers::Controllers(ObjectService &service, PodHost &pods)
    : m_context(service, pods)
{
}

Controllers::~Controllers()
{
    stop();
}

void Controllers::start(std::chrono::milliseconds podStart)
{
    m_context.podStart = podStart;
    m_thread = std::thread([this] { run(); });
}

void Controllers::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    m_condition.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void Controllers::noteChange(std::string_view resource)
{
    // Nothing follows from an Event.
    if (resource == "events")
        return;
    {
        const std::scoped_lock lock(m_mutex);
        m_dirty.emplace(resource);
        m_isIdle = false;
    }
    m_condition.notify_one();
}

void Controllers::touchPods(std::string_view ns)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_touched.emplace(ns);
        m_isIdle = false;
    }
    m_condition.notify_one();
}

void Controllers::noteOwner(const StoredObject &object)
{
    const auto tree = value::parseJson(object.json);
    if (!tree)
        return;
    const Value &owners = (*tree)["metadata"]["ownerReferences"];
    for (std::size_t i = 0; i < owners.size(); ++i) {
        const std::string_view kind = owners[i]["kind"].stringOr();
        Key key {object.ns, std::string(owners[i]["name"].stringOr())};
        if (kind == "Deployment")
            m_deployments.insert(std::move(key));
        else if (kind == "ReplicaSet")
            m_replicaSets.insert(std::move(key));
        else if (kind == "StatefulSet")
            m_statefulSets.insert(std::move(key));
        else if (kind == "Service")
            m_services.insert(std::move(key));
    }
}

void Controllers::note(std::string_view resource, const Change &change)
{
    const StoredObject &object = *change.object;
    if (isGenerated(object.ns))
        return;
    const Key key {object.ns, object.name};
    const bool isDeleted = change.type == ChangeType::Deleted;
    if (isDeleted)
        m_deletedOwners.insert({object.ns, object.uid});
    if (!object.ns.empty() && isDeleted)
        m_namespaces.insert(object.ns); // it may be on its way out and empty now
    if (resource == "httproutes.gateway.networking.k8s.io" || resource == "grpcroutes.gateway.networking.k8s.io") {
        m_routes.insert({std::string(resource), key});
    } else if (resource == "deployments.apps") {
        m_deployments.insert(key);
    } else if (resource == "replicasets.apps") {
        m_replicaSets.insert(key);
        noteOwner(object);
    } else if (resource == "statefulsets.apps") {
        m_statefulSets.insert(key);
    } else if (resource == "services") {
        m_services.insert(key);
    } else if (resource == "endpointslices.discovery.k8s.io") {
        noteOwner(object);
    } else if (resource == "namespaces") {
        m_namespaces.insert(object.name);
    } else if (resource == "pods") {
        if (isDeleted) {
            m_context.pods().stop(object.ns, object.name);
            m_podTimers.erase(key);
        } else if (!m_podTimers.contains(key)) {
            m_pods.insert(key);
        }
        noteOwner(object);
        for (const StoredPtr &service : m_context.service().store().snapshot("services", object.ns).objects)
            m_services.insert({service->ns, service->name});
    }
}

void Controllers::collectChanges(const std::set<std::string, std::less<>> &resources)
{
    constexpr std::size_t All = std::numeric_limits<std::size_t>::max();
    const Store &store = m_context.service().store();
    for (const std::string &resource : resources) {
        std::uint64_t &position = m_positions[resource];
        const Store::Changes found = store.changesAfter(resource, position, All);
        if (found.isCompacted) {
            // Deletions that history forgot leave orphans at worst; everything that exists is looked at again.
            const Store::Snapshot snapshot = store.snapshot(resource, {});
            for (const StoredPtr &object : snapshot.objects)
                note(resource, {ChangeType::Modified, object->resourceVersion, object, object});
            position = snapshot.version;
            continue;
        }
        for (const Change &change : found.changes)
            note(resource, change);
        position = found.upTo;
    }
}

namespace {

template <typename Set, typename Function>
void forEachTaken(Set &set, Function function)
{
    const Set taken = std::exchange(set, {});
    for (const auto &key : taken)
        function(key);
}

} // namespace

void Controllers::workOnPods()
{
    const Time now = std::chrono::steady_clock::now();
    std::erase_if(m_podTimers, [&](const auto &timer) {
        if (timer.second > now)
            return false;
        m_pods.insert(timer.first);
        return true;
    });
    forEachTaken(m_pods, [&](const Key &key) {
        if (m_podTimers.contains(key))
            return;
        const auto wait = reconcilePod(m_context, key.first, key.second);
        if (wait.count() > 0)
            m_podTimers[key] = now + wait;
    });
}

bool Controllers::work()
{
    std::set<std::string, std::less<>> dirty;
    std::set<std::string, std::less<>> touched;
    {
        const std::scoped_lock lock(m_mutex);
        dirty = std::exchange(m_dirty, {});
        touched = std::exchange(m_touched, {});
    }
    for (const std::string &ns : touched) {
        for (const StoredPtr &pod : m_context.service().store().snapshot("pods", ns).objects)
            m_pods.insert({pod->ns, pod->name});
    }
    collectChanges(dirty);
    forEachTaken(m_deletedOwners, [&](const Key &key) { collectGarbage(m_context, key.first, key.second); });
    forEachTaken(m_namespaces, [&](const std::string &name) { reconcileNamespace(m_context, name); });
    // From the inside out: what stands outside counts what is inside, so it waits until that is quiet, and its status is
    // written once rather than after each Pod.
    workOnPods();
    if (!hasNews())
        forEachTaken(m_replicaSets, [&](const Key &key) { reconcileReplicaSet(m_context, key.first, key.second); });
    if (!hasNews())
        forEachTaken(m_statefulSets, [&](const Key &key) { reconcileStatefulSet(m_context, key.first, key.second); });
    if (!hasNews())
        forEachTaken(m_deployments, [&](const Key &key) { reconcileDeployment(m_context, key.first, key.second); });
    if (!hasNews())
        forEachTaken(m_routes, [&](const std::pair<std::string, Key> &route) { reconcileRoute(m_context, route.first, route.second.first, route.second.second); });
    if (!hasNews())
        forEachTaken(m_services, [&](const Key &key) { reconcileService(m_context, key.first, key.second); });
    return hasNews();
}

bool Controllers::hasNews()
{
    const std::scoped_lock lock(m_mutex);
    return !m_dirty.empty() || !m_touched.empty();
}

Controllers::Time Controllers::nextDue() const
{
    Time due = Time::max();
    for (const auto &[key, time] : m_podTimers)
        due = std::min(due, time);
    return due;
}

void Controllers::run()
{
    while (true) {
        {
            std::unique_lock lock(m_mutex);
            // What waits for quiet (see work()) is done by then: work() is called until there are no news.
            const auto hasWork = [this] { return m_isStopping || !m_dirty.empty() || !m_touched.empty(); };
            const Time due = nextDue();
            if (due == Time::max()) {
                if (!hasWork()) {
                    m_isIdle = true;
                    m_idle.notify_all();
                }
                m_condition.wait(lock, hasWork);
            } else {
                m_condition.wait_until(lock, due, hasWork);
            }
            if (m_isStopping)
                return;
        }
        (void)work();
    }
}

void Controllers::settleNow()
{
    while (true) {
        if (work())
            continue;
        if (m_podTimers.empty())
            return;
        // Before start() nobody waits for a Pod.
        for (auto &[key, time] : m_podTimers)
            time = Time {};
    }
}

bool Controllers::settle(std::chrono::milliseconds limit)
{
    std::unique_lock lock(m_mutex);
    return m_idle.wait_for(lock, limit, [this] { return m_isIdle && m_dirty.empty() && m_touched.empty(); });
}

} // namespace fairway::lab
