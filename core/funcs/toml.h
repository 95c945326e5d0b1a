#pragma once

#include "core/gotemplate/template_error.h"
#include "core/value/value.h"

#include <string>

namespace fairway::funcs {

/// TOML as BurntSushi/toml's encoder writes it: Helm's toToml. Plain members first, then tables, both in byte order of their keys.
/// Errors: in its words ("toml: top-level values must be Go maps or structs", "toml: cannot encode array with mixed element types").
[[nodiscard]] gotemplate::TemplateResult<std::string> writeToml(const value::Value &value);

} // namespace fairway::funcs
