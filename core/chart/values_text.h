#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/value/value.h"

#include <cstdint>
#include <string_view>

namespace fairway::chart {

/// Reads a text of values: a map, with numbers as Helm holds them. Helm 4 merges all documents of the text, Helm 3 takes the first.
/// `file` becomes the SourcePosition::file of every value.
/// Errors: InvalidInput in Helm's words, LimitExceeded.
[[nodiscard]] Result<value::Value> readValues(std::string_view text, std::uint16_t file, HelmVersion version);

/// YAML as sigs.k8s.io/yaml gives it to Go: its errors begin with "error converting YAML to JSON: ".
[[nodiscard]] Result<value::Value> readYamlAsGo(std::string_view text, std::uint16_t file = 0);

/// `over` on top of `base`, both maps: maps merge, everything else is replaced, null too. Neither argument is changed; the result
/// shares what it takes over whole.
[[nodiscard]] value::Value mergeMaps(const value::Value &base, const value::Value &over);

} // namespace fairway::chart
