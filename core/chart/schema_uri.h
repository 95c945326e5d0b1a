#pragma once

#include <string>
#include <string_view>

namespace fairway::chart {

/// RFC 3986, section 5.2, for the addresses schemas use: no query, dots left alone except leading ones.
[[nodiscard]] std::string joinUri(const std::string &base, std::string_view reference);

/// What stands behind %XX; what is no escape stays.
[[nodiscard]] std::string percentDecoded(std::string_view text);

} // namespace fairway::chart
