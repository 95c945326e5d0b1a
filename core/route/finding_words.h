#pragma once

#include "core/base/text.h"

#include <string_view>

namespace fairway::route {

/// What a code says, in a few words: "A reference leads nowhere". Empty for a code that has none.
[[nodiscard]] Text titleOfCode(std::string_view code);

/// Whether a finding says nothing that another of the same object, told already, hasn't said: the same around that place, or of the same
/// field.
[[nodiscard]] bool isSaidBefore(std::string_view toldCode, std::string_view toldPath, std::string_view code, std::string_view path);

/// Kiali's code where it means the same thing of the same kind of field: "KIA1107". Empty where it has none.
/// `object` is "VirtualService shop/reviews", `path` "spec.http[0].route[1].destination.subset".
/// Source: Kiali, models/istio_validation.go; its documentation, "Validations".
[[nodiscard]] std::string_view kialiCode(std::string_view code, std::string_view object, std::string_view path, std::string_view message);

} // namespace fairway::route
