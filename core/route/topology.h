#pragma once

#include "core/route/route_object.h"
#include "core/value/object_view.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::route {

/// One endpoint of a destination.
struct Endpoint {
    std::string pod;     ///< Empty for an endpoint without a Pod.
    std::string address;
    std::uint16_t port = 0; ///< 0 when the slice names none.
    bool isReady = false;
};

/// Where a destination leads now.
struct Resolution {
    std::string service; ///< "shop/reviews"; empty when the host is no Service.
    std::vector<std::pair<std::string, std::string>> subsetLabels;
    std::vector<Endpoint> endpoints; ///< Ready ones first, then by name.
    std::size_t ready = 0;
    std::string problem; ///< Why it leads nowhere or not where it says; empty when fine.
    enum class Problem : std::uint8_t { None, NoService, NoRule, NoSubset, NoEndpoint, NoReadyEndpoint, External };
    Problem kind = Problem::None;
};

/// Services, DestinationRules, EndpointSlices and Pods as far as they decide where a destination leads. Kept up to date object
/// by object; holds what it needs and not the objects, so that 50,000 Pods are cheap.
///
/// Threads: one owner at a time.
class TopologyView {
public:
    /// Takes a Service, DestinationRule, EndpointSlice or Pod in; other kinds are ignored. A newer version replaces the older.
    void upsert(const value::ObjectView &object);
    void remove(std::string_view kind, std::string_view ns, std::string_view name);
    void clear();

    [[nodiscard]] Resolution resolve(const Destination &destination) const;
    [[nodiscard]] bool hasService(std::string_view ns, std::string_view name) const;
    [[nodiscard]] std::size_t pods() const { return m_pods.size(); }

private:
    using Key = std::pair<std::string, std::string>; ///< Namespace, name.
    using Labels = std::map<std::string, std::string, std::less<>>;
    struct ServicePort {
        std::string name;
        int port = 0;
    };
    struct Service {
        std::vector<ServicePort> ports;
        std::string externalName;
    };
    struct DestinationRule {
        std::string host;
        std::map<std::string, Labels, std::less<>> subsets;
    };
    struct SliceEndpoint {
        std::string pod;
        std::string address;
        bool isReady = false;
    };
    struct Slice {
        std::string service;
        std::vector<std::pair<std::string, std::uint16_t>> ports; ///< Name and number.
        std::vector<SliceEndpoint> endpoints;
    };
    struct Pod {
        Labels labels;
    };

    void upsertService(const value::Value &object, Key key);
    void upsertRule(const value::Value &object, Key key);
    void upsertSlice(const value::Value &object, Key key);
    void dropSlice(const Key &key);
    [[nodiscard]] const Labels *findSubset(const Destination &destination, bool &hasRule) const;

    std::map<Key, Service> m_services;
    std::map<Key, DestinationRule> m_rules;
    std::map<Key, Slice> m_slices;
    std::map<Key, std::set<std::string>> m_slicesOfService; ///< Service -> names of its slices.
    std::map<Key, Pod> m_pods;
};

} // namespace fairway::route
