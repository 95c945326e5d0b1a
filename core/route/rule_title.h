#pragma once

#include "core/route/route_object.h"

namespace fairway::route {

/// Fills title, detail, isCatchAll and isSidecarOnly from the matches. `isFirst`: no rule stands before it, so that what is
/// left is everything. Internal to core/route.
void describeMatches(Rule &rule, bool isFirst);

/// Fills total, shares and unique labels of the destinations. Internal to core/route.
void finishDestinations(Rule &rule, WeightRules rules);

} // namespace fairway::route
