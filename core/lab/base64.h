#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fairway::lab {

/// RFC 4648 section 4, with padding.
[[nodiscard]] std::string encodeBase64(std::string_view bytes);
/// nullopt: no base64. Padding may be missing (continue tokens travel without).
[[nodiscard]] std::optional<std::string> decodeBase64(std::string_view text);

} // namespace fairway::lab
