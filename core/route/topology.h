#pragma once

#include "core/base/result.h"
#include "core/route/route_object.h"
#include "core/value/value.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::route {

/// A pod, or an endpoint without one, that a destination leads to.
struct Endpoint {
    std::string pod;     ///< Name; empty for an endpoint without a pod.
    std::string ns;
    std::string address; ///< "10.1.2.3:9080", "[fd00::1]:9080"; empty while the pod has none.
    bool isReady = false;
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

/// Where a destination leads today.
struct Resolution {
    std::string service;         ///< "shop/reviews"; empty when there is none.
    std::string destinationRule; ///< "shop/reviews": the one that defines the subset; empty without a subset.
    std::vector<std::pair<std::string, std::string>> subsetLabels;
    std::string hostRule;                 ///< "shop/reviews": the (oldest) DestinationRule that applies to the host, subset or not.
    std::vector<std::string> hostSubsets; ///< What it and others of that host define.
    int port = 0;                ///< The Service port in use; 0 when unknown.
    std::size_t ready = 0;
    std::size_t total = 0;
    std::vector<Endpoint> endpoints; ///< Ready ones first, then by name; at most `maxEndpoints`.

    bool needsPort = false; ///< The Service has several ports and the destination names none.

    enum class Problem { None, NoService, NoDestinationRule, NoSubset, NoPort, NoEndpoint, NoReadyEndpoint, External };
    Problem problem = Problem::None;
    Text message; ///< "no subset v3 in DestinationRule shop/reviews"; empty when fine.
    /// Requests can't arrive: everything but None and External (which is not ours to judge).
    [[nodiscard]] bool isBroken() const { return problem != Problem::None && problem != Problem::External; }
};

/// The part of a cluster that routes lead to: DestinationRules, Services, EndpointSlices, Pods.
///
/// Shape:   fed object by object as watches report them; keeps only the columns it needs, indexed, so 50,000 pods cost
///          about 20 MB and one resolve() touches only the pods of the Service asked for.
/// Order:   objects may come in any order and more than once; the last one wins.
/// Errors:  an object of another kind or without a name is refused with InvalidInput and changes nothing; fields of the
///          wrong type count as absent.
/// Threads: one owner at a time; const functions may run side by side while nobody writes.
class TopologyView {
public:
    struct Options {
        std::string domain = "cluster.local";
        std::string rootNamespace = "istio-system"; ///< Where mesh-wide DestinationRules live.
    };

    TopologyView();
    explicit TopologyView(Options options);
    ~TopologyView();
    TopologyView(TopologyView &&) noexcept;
    TopologyView &operator=(TopologyView &&) noexcept;
    /// Copies are deep: for a snapshot to another thread.
    TopologyView(const TopologyView &);
    TopologyView &operator=(const TopologyView &);

    /// True for the kinds it takes: DestinationRule, Service, EndpointSlice, Pod.
    [[nodiscard]] static bool takes(std::string_view kind);

    Result<void> upsert(const value::Value &object);
    /// `kind` as above; unknown keys are ignored.
    void remove(std::string_view kind, std::string_view ns, std::string_view name);
    /// Forgets all objects of a kind, before a new list.
    void clear(std::string_view kind);

    /// Follows a destination of a route in namespace `routeNs`.
    /// Source: DestinationRule lookup of Istio (own namespace, the service's, the root namespace; most specific host;
    ///         several rules for one host are concatenated); endpoint conditions of discovery.k8s.io/v1.
    [[nodiscard]] Resolution resolve(const Destination &destination, std::string_view routeNs, std::size_t maxEndpoints = 200) const;

    [[nodiscard]] bool hasService(std::string_view ns, std::string_view name) const;
    [[nodiscard]] std::size_t podCount() const;
    /// The pod with this address; nothing when there is none, or several (of a host network). Looks at every pod.
    struct PodLabels {
        std::string ns;
        std::string name;
        std::map<std::string, std::string> labels;
    };
    [[nodiscard]] std::optional<PodLabels> podAt(std::string_view address) const;
    [[nodiscard]] std::size_t serviceCount() const;

private:
    struct Data;
    std::unique_ptr<Data> m_data;
};

} // namespace fairway::route
