#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fairway::funcs {

/// FIPS 180-4 digests as raw bytes. Our own: charts hash their configuration into annotations, and loading libcrypto for that
/// would take longer than rendering.
[[nodiscard]] std::string sha1(std::string_view bytes);
[[nodiscard]] std::string sha256(std::string_view bytes);
[[nodiscard]] std::string sha512(std::string_view bytes);
/// RFC 1950
[[nodiscard]] std::uint32_t adler32(std::string_view bytes);

[[nodiscard]] std::string hexadecimal(std::string_view bytes);

} // namespace fairway::funcs
