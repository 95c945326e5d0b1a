#pragma once

#include "core/gotemplate/template_error.h"

#include <string>
#include <string_view>

namespace fairway::funcs {

/// A bcrypt hash of cost 10 ("$2a$10$…") with the given 16 bytes of salt, by libcrypt, which is opened when first needed.
/// Errors: passwords above 72 bytes, in Go's words.
[[nodiscard]] gotemplate::TemplateResult<std::string> bcryptHash(std::string_view password, std::string_view salt);

} // namespace fairway::funcs
