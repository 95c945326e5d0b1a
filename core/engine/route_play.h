#pragma once

#include "core/base/cancellation.h"
#include "core/engine/route_picture.h"
#include "core/engine/types.h"
#include "core/value/value.h"

#include <functional>
#include <memory>
#include <vector>

namespace fairway::engine {

/// One route to be played rule by rule, everywhere it is loaded.
struct RoutePlay {
    std::shared_ptr<const RouteEntry> entry;
    std::vector<value::Value> objects; ///< What proxies are configured with: the cluster's, or what a chart renders.
    RehearsalRequest request;          ///< With the draft, the dials and the load; all rules together last as long as it says.
    bool mayUsePods = false;           ///< Endpoints that listen on this machine play themselves.
};

struct RoutePlayed {
    QList<RuleRehearsal> rules; ///< In match order, with those that no proxy loads.
    QStringList notExecuted;    ///< What these proxies would do and the built-in one does not.
};

/// Plays it in the built-in proxy. A rule bound to several places is played at the first of them; a Gateway that is named but not
/// among the objects is taken for a plain one on port 80, and told in `notExecuted`.
///
/// `onRule` runs on the calling thread after each rule, with how many there are about.
/// Errors:  InvalidInput (no proxy loads any rule of it), Io, LimitExceeded, Cancelled.
/// Threads: any; blocks until all rules are through.
[[nodiscard]] Result<RoutePlayed> playRoute(
    const RoutePlay &play, const std::function<void(const RuleRehearsal &, int rules)> &onRule, const CancelToken &cancel);

/// Puts one among others in the order of the route's rules.
void insertInOrder(QList<RuleRehearsal> &rules, const RuleRehearsal &rule, const route::RouteObject &route);

} // namespace fairway::engine
