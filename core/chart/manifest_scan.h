#pragma once

#include "core/chart/manifest_head.h"

#include <optional>
#include <string_view>

namespace fairway::chart {

/// Reads the head of a document that is plain block YAML: maps and lists by indentation, scalars, block scalars, lists of
/// scalars in brackets. Such a
/// document is told valid line by line, many times faster than by a full reader, and rendered manifests are mostly such.
/// Nothing when anything else stands in it (or is wrong with it): then the full reader must decide.
[[nodiscard]] std::optional<ManifestHead> scanManifestHead(std::string_view document);

} // namespace fairway::chart
