#pragma once

#include "core/engine/types.h"

#include <memory>

namespace fairway::engine {

struct RoutePicture;

/// The routes of rendered objects as a picture: what leads to what among these objects, and nothing of any cluster. Entries have ids of
/// their own ("preview:VirtualService/shop/checkout"), so that no write can take one for an object of a cluster. What only pods could
/// tell (endpoints, readiness) is left out instead of counted as missing.
/// Shape:   a document that can't be read leaves the others; RoutePicture::problem says so when nothing is left.
/// Threads: any; pure.
[[nodiscard]] std::shared_ptr<const RoutePicture> previewPicture(const RoutePreview &preview, const QDateTime &now);

/// The id that the route has in a preview. `kind` and names as rendered; empty when it is no route.
[[nodiscard]] QString previewId(const QString &kind, const QString &ns, const QString &name);
[[nodiscard]] bool isPreviewId(const QString &routeId);

} // namespace fairway::engine
