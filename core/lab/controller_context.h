#pragma once

#include "core/lab/object_service.h"
#include "core/lab/pod_host.h"

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// What a workload's Pods are told by annotations on their template, or on one Pod alone.
inline constexpr std::string_view LatencyAnnotation = "lab.fairway/latency-ms";
inline constexpr std::string_view ErrorsAnnotation = "lab.fairway/error-percent";
inline constexpr std::string_view VersionAnnotation = "lab.fairway/version";
/// "Ready" (default), "NotReady", "CrashLoopBackOff" or "ImagePullBackOff".
inline constexpr std::string_view StateAnnotation = "lab.fairway/state";
/// Namespaces with generated Pods, which the controllers leave alone, begin so.
inline constexpr std::string_view GeneratedPrefix = "load-";

/// What the controllers share: reading and writing objects of built-in kinds as the control plane does (no field
/// ownership, versions pinned), and Events. A write that loses a race is given up: the change that won wakes the
/// controller again.
/// Threads: the controllers' thread.
class ControllerContext {
public:
    ControllerContext(ObjectService &service, PodHost &pods);

    ObjectService &service() { return m_service; }
    PodHost &pods() { return m_pods; }

    /// By the store's key ("deployments.apps"). Null when it is not there.
    [[nodiscard]] value::Value get(std::string_view resource, std::string_view ns, std::string_view name) const;
    [[nodiscard]] std::vector<value::Value> list(std::string_view resource, std::string_view ns) const;
    /// Objects of a namespace whose controlling owner has this uid.
    [[nodiscard]] std::vector<value::Value> ownedBy(std::string_view resource, std::string_view ns, std::string_view uid) const;
    bool create(std::string_view resource, value::Value object);
    /// Writes spec, metadata and status; does nothing when nothing changed.
    bool update(std::string_view resource, const value::Value &object);
    bool remove(std::string_view resource, std::string_view ns, std::string_view name);
    void event(const value::Value &about, std::string_view type, std::string_view reason, std::string_view message, std::string_view component);
    [[nodiscard]] std::string now() const { return m_service.now(); }

    std::chrono::milliseconds podStart {0}; ///< From Pending to Ready.

private:
    [[nodiscard]] ResourceTypePtr type(std::string_view resource) const;

    ObjectService &m_service;
    PodHost &m_pods;
    std::deque<std::pair<std::string, std::string>> m_events; ///< Namespace and name, oldest first; bounded.
};

/// metadata.ownerReferences with one controlling owner.
[[nodiscard]] value::Value ownerReference(const value::Value &owner);
[[nodiscard]] bool isReady(const value::Value &pod);
/// {type, status, …} put into a list of conditions; lastTransitionTime moves only when the status does.
void setCondition(value::Value &status, std::string_view type, bool isTrue, std::string_view reason, std::string_view message, std::string_view now);
/// The member `key` as a map that can be written to.
value::Value &mapMember(value::Value &parent, std::string_view key);

// Each brings one object nearer to what it should be, and may be called at any time.
void reconcileDeployment(ControllerContext &context, std::string_view ns, std::string_view name);
void reconcileReplicaSet(ControllerContext &context, std::string_view ns, std::string_view name);
void reconcileStatefulSet(ControllerContext &context, std::string_view ns, std::string_view name);
void reconcileService(ControllerContext &context, std::string_view ns, std::string_view name);
/// HTTPRoute and GRPCRoute: what a Gateway's controller says about them.
void reconcileRoute(ControllerContext &context, std::string_view resource, std::string_view ns, std::string_view name);
void reconcileNamespace(ControllerContext &context, std::string_view name);
/// Deletes what the deleted object with this uid owned.
void collectGarbage(ControllerContext &context, std::string_view ns, std::string_view uid);
/// Returns how long until it has to be looked at again; 0: only when it changes.
std::chrono::milliseconds reconcilePod(ControllerContext &context, std::string_view ns, std::string_view name);

} // namespace fairway::lab
