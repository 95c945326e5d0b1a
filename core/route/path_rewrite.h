#pragma once

#include "core/route/compiled_route.h"

#include <string>
#include <string_view>

namespace fairway::route {

/// How much of the path the matcher took: what a rewrite of the prefix replaces.
[[nodiscard]] std::size_t matchedLength(const PathMatcher &matcher, std::string_view path);

/// The path after a rewrite, without its query.
/// Source: Envoy's prefix_rewrite (characters are swapped, "/" before "new" gives "/newfoo"); Gateway API's ReplacePrefixMatch
///         (path elements are swapped, one slash stands between them); RE2 with \N for every match; nginx's rewrite, where the
///         first match gives the whole new path.
[[nodiscard]] std::string rewritten(const PathRewrite &rewrite, const PathMatcher &matcher, const std::string &path);

/// Envoy's URI template ("/{lang}/*") as a regular expression; empty when it is none.
[[nodiscard]] std::string templatePattern(std::string_view text);

} // namespace fairway::route
