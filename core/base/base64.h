#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway {

/// RFC 4648 section 4 with padding, as Kubernetes writes bytes into JSON.
[[nodiscard]] std::string encodeBase64(std::string_view bytes);

/// The same way back, as Go's encoding/base64 reads it: line breaks are skipped, padding must be there and end the text, bits left
/// over are ignored.
/// Errors: the offset of the byte that does not fit, as Go counts it in "illegal base64 data at input byte 4".
[[nodiscard]] tl::expected<std::string, std::size_t> decodeBase64(std::string_view text);

} // namespace fairway
