#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/proxy/proxy_config.h"
#include "core/proxy/share_estimate.h"
#include "core/proxy/stand_in.h"
#include "core/proxy/traffic.h"
#include "core/route/route_object.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fairway::proxy {

/// What came of one rule's requests.
struct RuleOutcome {
    struct Leg {
        std::string target;  ///< targetKey()
        std::string pointer; ///< RFC 6901, of the destination in its object: "/spec/http/0/route/1".
        bool isStandIn = false;
        std::uint64_t weight = 0;
        double expected = 0; ///< Of the requests that went to a target.
        ShareInterval measured;
        std::uint64_t requests = 0;
        std::uint64_t errors = 0; ///< Answers of 500 and above, or none at all.
    };
    std::string object;  ///< "VirtualService shop/reviews"
    std::string rule;    ///< "VirtualService shop/reviews http[0]"
    std::string path;    ///< "spec.http[0].match[0]"
    std::string section; ///< "http"; with `index` the rule in its object.
    int index = 0;
    std::string request; ///< "GET http://reviews/api (x-tester: true)"; empty when none could be made up.
    std::string takenBy; ///< The rule before it that takes whatever it could: then this one never runs.
    std::uint64_t sent = 0;
    std::uint64_t answered = 0;
    std::uint64_t ownAnswers = 0; ///< Redirects, direct answers, aborts.
    std::vector<Leg> legs;
    std::string key; ///< keyOf() its rule.
    /// What tells the rules of a table apart. `part`: of the several that one place may stand for, as an Ingress' canary by header, by
    /// cookie and by weight.
    [[nodiscard]] static std::string keyOf(const route::RuleOrigin &origin, int part);
    SplitVerdict verdict = SplitVerdict::Pending; ///< Of rules with several targets.
};

/// Every rule of whole routes played for real: for each one a request that it takes is made up and sent many times through the
/// built-in proxy, which executes the compiled table, to pods that can be reached or to stand-ins.
struct RouteRehearsalPlan {
    std::shared_ptr<const route::RouteTable> table;
    int port = 0;       ///< Of the listener that is played.
    std::vector<std::string> objects; ///< "VirtualService shop/reviews": whose rules; empty: all.
    std::map<std::string, std::vector<Endpoint>, std::less<>> endpoints; ///< By targetKey(); stand-ins play the others.
    std::map<std::string, StandInDial, std::less<>> dials; ///< By subset, else by target key.
    std::uint64_t requestsPerRule = 1000;
    double ratePerSecond = 0; ///< 0: as fast as it goes.
    Split split = Split::Random; ///< As Envoy picks.
    std::uint64_t seed = 0;      ///< Of the split; 0: from the operating system.
    std::set<std::string, std::less<>> played; ///< RuleOutcome::key of what was played elsewhere: left out.
    /// After each rule, on the thread that called.
    std::function<void(const RuleOutcome &outcome, std::size_t done, std::size_t rules)> onRule;
};

struct RouteRehearsalReport {
    std::vector<RuleOutcome> rules;  ///< In match order.
    std::vector<Text> notExecuted;   ///< What the table asks for beyond what the proxy does.
};

/// Blocks until all rules are through.
///
/// Bounds:  at most 500 rules, 64 targets, 1,000,000 requests a rule.
/// Errors:  InvalidInput (no rule, port without listener), LimitExceeded, Io, Cancelled.
[[nodiscard]] Result<RouteRehearsalReport> rehearseRoutes(const RouteRehearsalPlan &plan, const CancelToken &cancel = {});

/// Ports of the listeners on which rules of these objects ("VirtualService shop/reviews") are asked.
[[nodiscard]] std::vector<int> portsHolding(const route::RouteTable &table, const std::vector<std::string> &objects);

/// The target as a destination of a route, which a topology resolves.
[[nodiscard]] route::Destination destinationOf(const route::RouteTarget &target);

} // namespace fairway::proxy
