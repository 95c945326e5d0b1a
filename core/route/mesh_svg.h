#pragma once

#include "core/base/result.h"

#include <string>

namespace fairway::route {

/// A graph in Graphviz's language laid out by its `dot` and drawn as SVG, without the XML prologue. Graphviz is opened when first needed.
/// Shape:   `dot` is ours (meshDot()), at most 4 MiB: a layout takes time with the graph's size, so bound the graph (MeshFilter::maxNodes).
/// Errors:  Unsupported (Graphviz is not installed; names the package), LimitExceeded, Internal (it could not be laid out).
/// Threads: any; one layout at a time, others wait: Graphviz has global state. Blocking.
[[nodiscard]] Result<std::string> dotToSvg(const std::string &dot);

} // namespace fairway::route
