#pragma once

#include "core/engine/route_picture.h"

namespace fairway::engine {

/// Turns a parsed route and where it leads into what the window shows. Pure; `topology` is only asked.
[[nodiscard]] std::shared_ptr<const RouteEntry> makeRouteEntry(const value::ObjectView &object, const route::RouteObject &route,
    const route::TopologyView &topology, const QDateTime &now);

} // namespace fairway::engine
