#pragma once

#include "core/base/cancellation.h"
#include "core/engine/types.h"
#include "core/kube/client.h"
#include "core/value/object_view.h"

namespace fairway::engine {

/// Fills in what `ours` and the object of the same kind, namespace and name at the other server make different. Blocks: at most
/// ten seconds a request. Not for the GUI thread.
void compareWith(RouteComparison &comparison, const value::ObjectView &ours, kube::Client &other, const CancelToken &cancel);

} // namespace fairway::engine
