#pragma once

#include "core/proxy/route_rehearsal.h"
#include "core/route/traffic_config.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace fairway::proxy {

/// One route played rule by rule wherever it is loaded: in the mesh, for the clients its rules ask for, at each gateway. A gateway
/// that is not known is taken for a plain one.
struct WholeRoutePlan {
    const route::RouteObject *route = nullptr; ///< Outlives the call.
    std::vector<value::Value> objects;         ///< Routes, Gateways, Services, …; the route as it is to be played.
    std::optional<route::Viewpoint> place;     ///< Only there.
    std::function<void(RouteRehearsalPlan &plan)> prepare; ///< Endpoints and dials for the targets of plan.table.
    std::uint64_t requestsPerRule = 1000;
    double ratePerSecond = 0;
    Split split = Split::Random;
    std::set<std::string, std::less<>> played; ///< RuleOutcome::key of what was played with another route: left out.
    /// After each rule, on the thread that called.
    std::function<void(const RuleOutcome &outcome, const route::Viewpoint &place)> onRule;
};

/// A rule that no request could be sent to.
struct UnplayedRule {
    enum class Why {
        NotLoaded,   ///< None of the proxies whose objects are known has it.
        Connections, ///< It carries connections, not requests.
        Hidden,      ///< `by` takes everything: what stands behind it is not even loaded.
    };
    const route::Rule *rule = nullptr; ///< Of the plan's route.
    Why why = Why::NotLoaded;
    const route::Rule *by = nullptr;
};

struct WholeRouteReport {
    struct Outcome {
        RuleOutcome rule;
        route::Viewpoint place;
    };
    std::vector<Outcome> rules; ///< Place by place, in match order.
    std::vector<UnplayedRule> unplayed;
    std::vector<Text> notExecuted; ///< And what was supposed of gateways.
};

/// Blocks until all rules are through. Bounds and errors: as rehearseRoutes(); NotFound when the place does not exist.
[[nodiscard]] Result<WholeRouteReport> rehearseWholeRoute(WholeRoutePlan plan, const CancelToken &cancel = {});

} // namespace fairway::proxy
