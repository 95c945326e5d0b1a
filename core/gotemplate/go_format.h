#pragma once

#include "core/value/value.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace fairway::gotemplate {

using value::Value;

/// fmt.Sprintf over template values: verbs, flags, width, precision, argument indexes, and its notes on what does not fit
/// ("%!d(string=x)"). Widths and precisions above 1e6 are refused as in Go.
[[nodiscard]] std::string goSprintf(std::string_view format, std::span<const Value> arguments);
/// fmt.Sprint: a space between two operands when neither is a string.
[[nodiscard]] std::string goSprint(std::span<const Value> arguments);
/// fmt.Sprintln
[[nodiscard]] std::string goSprintln(std::span<const Value> arguments);
/// Appends what %v prints.
void appendGoText(std::string &out, const Value &value);

} // namespace fairway::gotemplate
