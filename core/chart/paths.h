#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Paths with slashes and their patterns, by the rules of Go's path and filepath packages.
namespace fairway::chart {

/// As path.Clean: without `.`, `..` and doubled slashes where they can go; "." when nothing is left.
[[nodiscard]] std::string cleanPath(std::string_view path);
/// As path.Join.
[[nodiscard]] std::string joinPath(std::string_view folder, std::string_view name);
/// As path.Base: the last element; "." when empty, "/" of slashes alone.
[[nodiscard]] std::string_view basePath(std::string_view path);
/// As path.Ext: from the last dot of the last element on.
[[nodiscard]] std::string_view extensionOf(std::string_view path);

/// As filepath.Match: `*` and `?` don't match a slash; `[a-z]`, `[^a]`, `\` as escape. Nothing when the pattern is malformed.
/// A pattern of many stars costs at most its length times the name's.
[[nodiscard]] std::optional<bool> matchesPath(std::string_view pattern, std::string_view name);

/// Removes UTF-8's byte order mark.
void removeByteOrderMark(std::string &data);

} // namespace fairway::chart
