#pragma once

#include "core/gotemplate/template_error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::funcs {

/// time.ParseDuration: nanoseconds of "1h15m30.918s". Errors: `time: invalid duration "x"`, `time: missing unit in duration "5"`.
[[nodiscard]] gotemplate::TemplateResult<std::int64_t> parseGoDuration(std::string_view text);
/// time.Duration's String(): "1h15m30.918s".
[[nodiscard]] std::string formatGoDuration(std::int64_t nanoseconds);

} // namespace fairway::funcs
