#pragma once

#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// What a practice cluster is made of. The defaults give the shop that `fairway --lab` opens.
struct LabOptions {
    std::uint16_t port = 0;  ///< Of the API server on 127.0.0.1; 0 = any free one.
    unsigned pods = 0;       ///< Generated Pods beside the shop's, spread over namespaces load-0…; they have no server.
    unsigned churn = 0;      ///< Random status changes of generated Pods per second.
    std::uint64_t seed = 1;  ///< Same seed, same names, uids and numbers.
    bool hasShop = true;     ///< Seed the namespaces `shop` and `mail`; without it only `default` and `kube-system`.
    bool runsPods = true;    ///< Start an HTTP server for each Pod that a workload makes. Off: Pods turn Ready without one.
    std::chrono::milliseconds podStart {250}; ///< From Pending to Ready; seeded Pods are ready at once.
    std::size_t historyEvents = 8192;         ///< Changes kept per resource; a watch from before them gets 410.
    std::chrono::milliseconds bookmarkEvery {30'000}; ///< Idle watches that allow bookmarks get one this often.
};

/// Who a token speaks for. Admin may do all; Reader get/list/watch all but Secrets; Nobody is known but has no rights.
enum class LabUser { Admin, Reader, Nobody };

/// Behaviour of a Pod's HTTP server. An empty field falls back to the annotation on the Pod
/// (lab.fairway/latency-ms, lab.fairway/error-percent, lab.fairway/version), then to 0 ms, 0 %, the label `version`.
struct PodDial {
    std::optional<double> latencyMs;
    std::optional<double> errorPercent; ///< Share of requests answered with 503, 0…100.
    std::optional<std::string> version; ///< In the body and the header x-lab-version.
};

/// A Pod that answers HTTP.
struct RunningPod {
    std::string ns;
    std::string name;
    std::string address; ///< "127.179.12.4": its own loopback address, also its status.podIP.
    std::uint16_t port = 0;
    std::uint64_t requests = 0; ///< Answered so far.
};

struct LabStats {
    std::uint64_t resourceVersion = 0;
    std::size_t objects = 0;
    std::size_t storedBytes = 0;   ///< JSON of the objects that exist now.
    std::size_t openWatches = 0;
    std::uint64_t requests = 0;    ///< API requests answered.
    std::uint64_t slowWatches = 0; ///< Watches ended because their client did not read.
};

/// An embedded practice cluster: a Kubernetes API server on loopback over TLS (its CA lives and dies with it), a small
/// set of controllers, and Pods that are real HTTP servers. kubectl, helm and client-go programs work with it.
///
/// Shape:   start() returns when the API answers and the seed is in. A Deployment becomes a ReplicaSet becomes Pods,
///          Services become EndpointSlices with addresses that can be reached from this machine.
/// Errors:  start(): Io (port taken, no loopback), Internal (TLS).
/// Threads: every method from any thread. Own threads: HTTP, watches, controllers, churn (when asked), Pods.
/// Life:    stop() or the destructor ends all connections and joins; idempotent.
class Lab {
public:
    [[nodiscard]] static Result<std::unique_ptr<Lab>> start(const LabOptions &options = {});
    ~Lab();
    Lab(const Lab &) = delete;
    Lab &operator=(const Lab &) = delete;

    /// "https://127.0.0.1:41235"
    [[nodiscard]] std::string address() const;
    [[nodiscard]] std::uint16_t port() const;
    /// The CA's certificate as PEM.
    [[nodiscard]] std::string caPem() const;
    [[nodiscard]] std::string token(LabUser user = LabUser::Admin) const;
    /// A kubeconfig (YAML) with the contexts `lab` (admin, current, namespace shop) and `lab-reader`. Holds tokens:
    /// write it with mode 0600.
    [[nodiscard]] std::string kubeconfigText() const;

    /// Turns the dials of every Pod whose workload (Deployment, StatefulSet) or own name is `name`; also of its later
    /// Pods. A default-made dial hands them back to their annotations.
    void setDial(std::string_view ns, std::string_view name, const PodDial &dial);
    [[nodiscard]] std::vector<RunningPod> runningPods() const;

    /// Creates or replaces the objects of a YAML text (several documents), as the admin with manager "lab".
    [[nodiscard]] Result<void> apply(std::string_view yaml);

    /// Waits until the controllers have nothing left to do, at most `limit`. False: still busy.
    [[nodiscard]] bool settle(std::chrono::milliseconds limit = std::chrono::seconds(5));

    /// For tests of clients: cuts every open watch off without a word, forgets all history (old versions get 410),
    /// answers the next `count` requests with `status` (429 and 503 carry Retry-After: 1).
    void cutWatches();
    void compact();
    void failNext(unsigned count, int status);

    [[nodiscard]] LabStats stats() const;
    void stop();

private:
    struct Impl;
    explicit Lab(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace fairway::lab
