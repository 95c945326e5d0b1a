#pragma once

#include "core/gotemplate/template_error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::funcs {

/// Master Password's algorithm (https://spectre.app): the same password each time from the same words. Opens libcrypto for scrypt.
/// An unknown `type` gives a text that says so.
[[nodiscard]] gotemplate::TemplateResult<std::string> derivePassword(std::uint32_t counter, std::string_view type,
    std::string_view password, std::string_view user, std::string_view site);

} // namespace fairway::funcs
