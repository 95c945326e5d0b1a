#pragma once

#include "core/route/validation_report.h"
#include "core/value/value.h"

#include <span>
#include <string_view>

namespace fairway::route {

/// Whether the object is made of the fields its kind has, each of its type. Kinds the table does not have are passed over.
/// Codes: IST0106 for Istio's kinds, else FW0001 (errors) a value the API server refuses: its type, a text that is none of those
/// allowed, a number out of its range, a required field that is missing; FW0012 (warning) a field the kind does not have, which API
/// servers drop or refuse.
/// Speed:  one walk, without a look-up: tens of thousands of objects take milliseconds.
void checkFields(Report &report, const value::Value &object);

/// The one of `known` that was probably meant: the same but for case, '-' and '_', or the only one a letter or two away. Empty: none.
[[nodiscard]] std::string_view closestName(std::string_view given, std::span<const std::string_view> known);

} // namespace fairway::route
