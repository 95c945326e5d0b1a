#pragma once

#include <string>

namespace fairway::gotemplate {

/// strconv.FormatFloat for 64 bits: `form` is one of b e E f g G x X; precision -1 is the shortest that reads back the same.
/// "+Inf", "-Inf", "NaN".
[[nodiscard]] std::string formatFloat(double number, char form, int precision);

} // namespace fairway::gotemplate
