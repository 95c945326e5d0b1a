#pragma once

#include "core/base/result.h"
#include "core/value/yaml_tree.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace fairway::value {

// Where a node of a YAML text begins and ends, as an edit sees it, and what speaks against an edit there.

[[nodiscard]] std::size_t lineStart(std::string_view text, std::size_t offset);
/// The offset of the line's `\n`, or the end of the text.
[[nodiscard]] std::size_t lineEnd(std::string_view text, std::size_t offset);
[[nodiscard]] bool isBlank(std::string_view text);
/// A `#` where it may begin a comment.
[[nodiscard]] bool hasComment(std::string_view text);
[[nodiscard]] bool isBlockScalar(const YamlNode &node);
[[nodiscard]] bool isEmptyNode(const YamlNode &node);
[[nodiscard]] bool isNullText(const YamlNode &node);
/// Where the last byte of the node's own text ends: libyaml ends a block scalar lines later.
[[nodiscard]] std::size_t contentEnd(std::string_view text, const YamlNode &node);
/// "line 7: WHY"
[[nodiscard]] tl::unexpected<Error> refuseEdit(const YamlNode &node, std::string_view why);
/// As one that would reach two places.
[[nodiscard]] tl::unexpected<Error> refuseShared(const YamlNode &node, std::string_view what);
/// Whether a change of the node would reach it alone: no alias, no anchor that is used.
[[nodiscard]] Result<void> checkAlone(const YamlNode &root, const YamlNode &node);

} // namespace fairway::value
