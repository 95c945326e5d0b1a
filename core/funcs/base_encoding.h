#pragma once

#include "core/gotemplate/template_error.h"

#include <string>
#include <string_view>

namespace fairway::funcs {

/// RFC 4648 with padding. Decoding skips line breaks, as Go does.
[[nodiscard]] std::string encodeBase64(std::string_view bytes);
[[nodiscard]] std::string encodeBase32(std::string_view bytes);
/// Errors: "illegal base64 data at input byte N".
[[nodiscard]] gotemplate::TemplateResult<std::string> decodeBase64(std::string_view text);
[[nodiscard]] gotemplate::TemplateResult<std::string> decodeBase32(std::string_view text);

} // namespace fairway::funcs
