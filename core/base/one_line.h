#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway {

/// Words from outside as they may stand inside a sentence: control characters become spaces (no line ends, no terminal codes), and
/// what is longer than `most` bytes ends with "…", never inside a UTF-8 character. Any thread.
[[nodiscard]] std::string oneLine(std::string_view text, std::size_t most = std::string_view::npos);

} // namespace fairway
