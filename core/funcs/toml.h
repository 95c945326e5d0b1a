#pragma once

#include "core/gotemplate/template_error.h"
#include "core/value/value.h"

#include <string>
#include <string_view>

namespace fairway::funcs {

/// TOML as BurntSushi/toml's encoder writes it: Helm's toToml. Plain members first, then tables, both in byte order of their keys.
/// Errors: in its words ("toml: top-level values must be Go maps or structs", "toml: cannot encode array with mixed element types").
[[nodiscard]] gotemplate::TemplateResult<std::string> writeToml(const value::Value &value);

/// A TOML 1.0 document as a map. Whole numbers are Int64, dates and times time.Time.
/// Errors: InvalidInput with the line and what is wrong ("toml: line 2 (last key "a"): …").
[[nodiscard]] gotemplate::TemplateResult<value::Value> readToml(std::string_view text);

} // namespace fairway::funcs
