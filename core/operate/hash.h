#pragma once

#include <string>
#include <string_view>

namespace fairway::operate {

/// SHA-256 as lower-case hexadecimal digits. By libcrypto, which Journal::open() has loaded: what is hashed goes into a journal.
[[nodiscard]] std::string sha256Hex(std::string_view text);

} // namespace fairway::operate
