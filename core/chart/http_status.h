#pragma once

#include <string_view>

namespace fairway::chart {

/// "Not Found" for 404, as Go's http.StatusText; empty for a number that means nothing. HTTP/2 sends no words.
[[nodiscard]] std::string_view httpStatusText(int status);

} // namespace fairway::chart
