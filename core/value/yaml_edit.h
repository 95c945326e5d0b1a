#pragma once

#include "core/base/result.h"
#include "core/value/value.h"
#include "core/value/yaml_tree.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

/// Edits of one value in a YAML or JSON text that leave everything else as it is: comments, order, quotes, line ends.
///
/// `root` is a document of parseYamlTree(text). Steps lead from it to a value: names of members, indices of items.
/// What is written follows its neighbours: quotes of the value it replaces, indentation and line ends of the text, one line inside
/// brackets and lines of its own elsewhere.
///
/// Layouts can be stranger than these functions know: read the edited text again, and refuse when it says anything but what was meant.
/// Errors: InvalidInput, naming the line: the place is reached through an alias, or its anchor is used elsewhere, so that one change
///         would reach two places; it carries a tag; a scalar stands where a map is needed.
using YamlEdits = std::vector<TextEdit>;

/// Sets the value, making the maps that lead to it. An item's index must be that of an item that is there.
[[nodiscard]] Result<YamlEdits> editsToSet(std::string_view text, const YamlNode &root, std::span<const std::string> steps, const Value &value);

/// What a removal really takes away.
struct YamlRemoval {
    YamlEdits edits;
    std::vector<std::string> steps; ///< A map that would be left empty goes too: this may be shorter than what was asked for.
    std::optional<Value> left;      ///< What stands at `steps` afterwards: an empty map where comments had to stay or in a list, an empty list.
};
/// Removes a member or an item.
/// Errors: also NotFound.
[[nodiscard]] Result<YamlRemoval> editsToRemove(std::string_view text, const YamlNode &root, std::span<const std::string> steps);

/// Puts an item into the list at `steps`, before the one at `index` or at the end.
[[nodiscard]] Result<YamlEdits> editsToInsertItem(
    std::string_view text, const YamlNode &root, std::span<const std::string> steps, std::size_t index, const Value &value);

/// Exchanges the items `index` and `index + 1` of the list at `steps`, with the comments inside them.
[[nodiscard]] Result<YamlEdits> editsToSwapItems(std::string_view text, const YamlNode &root, std::span<const std::string> steps, std::size_t index);

} // namespace fairway::value
