#pragma once

#include "core/route/call_text.h"

#include <string_view>

/// What the readers of call_text.h share. Internal to core/route.
namespace fairway::route {

constexpr std::string_view kBlanks = " \t\r\n";
[[nodiscard]] std::string_view trim(std::string_view text); ///< Without blanks at both ends.
[[nodiscard]] bool isMethod(std::string_view text);
/// "https://user@host:8443/path?query": scheme, authority, port and target. Errors: InvalidInput.
[[nodiscard]] Result<void> setUrl(Call &call, std::string_view url);
/// "Name: value". A Host becomes the authority.
void addHeader(Call &call, std::string_view line);

/// A curl command, as parseCallText() reads it.
[[nodiscard]] Result<CallText> callOfCurl(std::string_view text);

} // namespace fairway::route
