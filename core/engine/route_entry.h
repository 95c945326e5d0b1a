#pragma once

#include "core/engine/route_picture.h"
#include "core/route/findings.h"
#include "core/route/mends.h"
#include "core/route/owner_claim.h"

#include <span>

namespace fairway::engine {

[[nodiscard]] Severity toSeverity(route::Severity severity);

/// Whether the window offers one of an object's mends for that finding of it.
[[nodiscard]] bool hasMend(const std::vector<route::Mend> &mends, const Finding &finding);

/// Turns a parsed route and where it leads into what the window shows. Pure; `topology` is only asked; `claims` are those about this route.
[[nodiscard]] std::shared_ptr<const RouteEntry> makeRouteEntry(const value::ObjectView &object, const route::RouteObject &route,
    const route::TopologyView &topology, const QDateTime &now, std::span<const route::OwnerClaim> claims = {});

} // namespace fairway::engine
