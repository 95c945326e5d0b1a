#pragma once

#include "core/value/value.h"

#include <string>

namespace fairway::funcs {

/// YAML as goyaml.v3's encoder with two spaces writes it: Helm's toYamlPretty. Unlike toYaml it indents lists in maps.
[[nodiscard]] std::string yamlPretty(const value::Value &value);

} // namespace fairway::funcs
