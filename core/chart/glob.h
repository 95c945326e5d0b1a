#pragma once

#include <string_view>

namespace fairway::chart {

/// Patterns of .Files.Glob: `*` and `?` don't match a slash, `**` does; `[abc]`, `[a-z]`, `[!a]`; `{a,b*}`; `\` as escape.
/// A malformed pattern matches everything, as Helm has it.
/// Source: gobwas/glob's README, and Helm's behaviour. Work is bounded: a pattern that needs too much matches nothing.
[[nodiscard]] bool matchesGlob(std::string_view pattern, std::string_view name);

} // namespace fairway::chart
