#pragma once

#include "core/engine/route_picture.h"

namespace fairway::engine {

/// The routes as one drawing. Blocking: a layout may take seconds; for a thread of its own.
[[nodiscard]] MeshPicture drawnMesh(const QList<std::shared_ptr<const RouteEntry>> &entries, const MeshRequest &request);

} // namespace fairway::engine
