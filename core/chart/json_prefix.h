#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace fairway::chart {

/// Where the first JSON value of `text` ends, white space before it included, as a decoder of a stream finds it: what follows is not
/// looked at. Nothing when no value ends inside `text`. Brackets are counted, not checked: a reader must check what was cut.
[[nodiscard]] std::optional<std::size_t> endOfJsonValue(std::string_view text);

} // namespace fairway::chart
