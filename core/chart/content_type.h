#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway::chart {

/// How much of a file contentTypeOf() wants.
inline constexpr std::size_t contentTypeBytes = 512;

/// What the first bytes of a file say it is, in the words of Go's http.DetectContentType when given a buffer of contentTypeBytes
/// (the rest of it is zeros, so a short text is none). Knows what people take for a chart: texts, archives, pictures, PDF.
/// Source: WHATWG MIME Sniffing, sections 5 to 7.
[[nodiscard]] std::string contentTypeOf(std::string_view head);

} // namespace fairway::chart
