#pragma once

#include "core/base/random.h"
#include "core/http/request_parser.h"
#include "core/proxy/counters.h"
#include "core/proxy/endpoint_state.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/retry_conditions.h"
#include "core/proxy/splitter.h"
#include "core/route/effects.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fairway::proxy {

/// A worker's working form of Traffic: beside each rule's action what changes from request to request.
/// Threads: the worker's.
class TrafficTable {
public:
    struct Leg {
        const route::RouteTarget *target = nullptr;
        DestinationCounters *counters = nullptr;
        std::vector<std::shared_ptr<EndpointState>> endpoints;
        std::size_t next = 0;

        /// They take turns; nullptr without any.
        [[nodiscard]] EndpointState *take();
    };
    struct Rule {
        const route::RouteAction *action = nullptr;
        Splitter splitter;
        std::vector<Leg> legs; ///< Parallel to action->targets.
        std::vector<Leg> mirrors; ///< Parallel to action->mirrors.
        DestinationCounters *own = nullptr; ///< Of what the proxy answers itself: redirects, direct answers, aborts.
        RetryConditions retries;
    };
    struct Verdict {
        route::Decision decision;
        route::Effects effects;
        Rule *rule = nullptr; ///< Of a decision with a route.
        Leg *leg = nullptr;   ///< Of one that forwards.
    };
    /// By the names of rule and target.
    using CountersOf = std::function<DestinationCounters &(const std::string &rule, const std::string &target)>;
    using EndpointOf = std::function<std::shared_ptr<EndpointState>(const Endpoint &)>;
    /// In the place of a target, for what the proxy answers itself.
    static constexpr const char *kOwnAnswers = "(answered by the proxy)";

    TrafficTable(std::shared_ptr<const ProxyConfig> config, std::size_t worker, const CountersOf &countersOf, const EndpointOf &endpointOf);

    /// Pointers live as long as the table, and the snapshot it was made from.
    [[nodiscard]] Verdict decide(const http::RequestHead &head, std::size_t listener, std::string client);
    /// Whether a header is made of the client's address; otherwise decide() takes none.
    [[nodiscard]] bool asksForClient() const { return m_asksForClient; }
    /// Whether this table counts under these names.
    [[nodiscard]] bool counts(const std::string &rule, const std::string &target) const;
    /// True for `percent` of the calls.
    [[nodiscard]] bool happens(double percent);
    [[nodiscard]] Random &random() { return m_random; }
    [[nodiscard]] const std::shared_ptr<const ProxyConfig> &snapshot() const { return m_config; }

private:
    void add(const route::CompiledRoute &route, Random random, std::size_t worker, const CountersOf &countersOf, const EndpointOf &endpointOf);

    std::shared_ptr<const ProxyConfig> m_config;
    Random m_random;
    std::unordered_map<const route::RouteAction *, Rule> m_rules;
    std::set<std::pair<std::string, std::string>> m_names;
    bool m_asksForClient = false;
};

/// The request as routes see it.
[[nodiscard]] route::Call callOf(const http::RequestHead &head, const Traffic::Door &door);

} // namespace fairway::proxy
