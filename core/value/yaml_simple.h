#pragma once

#include "core/base/result.h"
#include "core/value/value.h"
#include "core/value/yaml.h"

#include <optional>
#include <string_view>

namespace fairway::value {

/// Reads a text written as people and tools write values and indexes: block lists and maps, scalars of all styles, flow collections
/// within a line, comments; one document. Some ten times as fast as the full grammar.
///
/// Shape:   the same Value as readYamlByGrammar(), positions included, or nothing: then the text has a fault or something rare
///          (anchors, tags, `? `, tabs, carriage returns, more documents), and the grammar must say what it is.
/// Threads: any; no shared state.
[[nodiscard]] std::optional<Value> readSimpleYaml(std::string_view text, const YamlOptions &options);

/// parseYaml() by libyaml's events alone.
[[nodiscard]] Result<Value> readYamlByGrammar(std::string_view text, const YamlOptions &options);

} // namespace fairway::value
