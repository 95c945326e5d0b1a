#pragma once

#include "core/gotemplate/template_error.h"
#include "core/value/value.h"

#include <string>
#include <string_view>

namespace fairway::funcs {

/// encoding/json's Unmarshal into an interface {}: numbers are float64.
/// Errors: in Go's words ("invalid character 'x' looking for beginning of value").
[[nodiscard]] gotemplate::TemplateResult<value::Value> readGoJson(std::string_view text);

/// encoding/json's name for what a text holds where another type was wanted: "array", "string", "number", "bool", "object".
[[nodiscard]] std::string_view jsonTypeName(const value::Value &value);

} // namespace fairway::funcs
