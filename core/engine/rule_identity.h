#pragma once

#include "core/engine/types.h"
#include "core/route/route_object.h"

#include <QList>

/// Finds a rule again in a newer version of its object: by what it is, not by where it stands.
namespace fairway::engine {

/// What each rule of a route is, parallel to route.rules. Told from the object alone: what a canary Ingress takes from its primary is left out.
[[nodiscard]] QList<RuleIdentity> identitiesOf(const route::RouteObject &route);

/// A rule among others of its object.
struct RuleAt {
    QString section;
    int index = 0;
    RuleIdentity identity;
};

enum class RuleFate {
    There,          ///< The same rule, wherever it stands.
    LeadsElsewhere, ///< The only one that matches what it did, with other destinations.
    Gone            ///< Not there any more, or one of several that nothing tells apart.
};

struct FoundRule {
    RuleFate fate = RuleFate::Gone;
    qsizetype position = -1; ///< In the list that was searched; -1 when gone.
};

/// Same: of the same name where the rule had one, else with the same matches and destinations. Of several that are the same the one in the
/// same place among them, as long as there are as many as before. A rule of which nothing but its place is known is the one in that place.
[[nodiscard]] FoundRule findRule(const QList<RuleAt> &rules, const RuleAt &wanted);
[[nodiscard]] FoundRule findRule(const RouteDetail &detail, const RuleAt &wanted);
[[nodiscard]] FoundRule findRule(const route::RouteObject &route, const RuleAt &wanted);

/// Whether two looks at an object's rules show the same ones in the same order.
[[nodiscard]] bool areSame(const QList<RuleIdentity> &first, const QList<RuleIdentity> &second);

} // namespace fairway::engine
