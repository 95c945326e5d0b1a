#pragma once

#include "core/value/value.h"
#include "core/value/yaml_tree.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

/// How a text is laid out, so that what is added looks like the rest.
struct YamlLayout {
    std::size_t step = 2;             ///< Spaces a level.
    bool hasIndentedLists = true;     ///< The dash of a list in a map stands right of the key.
    std::string_view lineBreak = "\n"; ///< Or "\r\n".
};

/// The layout of the first places that show it; where nothing does, two spaces and indented lists.
[[nodiscard]] YamlLayout layoutOf(std::string_view text, const YamlNode &root);

/// A value as it stands behind `key:` or `-`: `head` on that line (empty: nothing), `lines` below it, indented against each other.
/// A map or list that holds something, and a text of several lines, have lines; everything else is all head.
struct YamlText {
    std::string head;
    std::vector<std::string> lines;
    bool isLiteral = false; ///< `head` is a `|`, and the lines stand a level deeper than the key even where lists don't.
};
[[nodiscard]] YamlText blockText(const Value &value, const YamlLayout &layout);

/// The value in one line. `inFlow`: inside brackets, where commas and brackets need quotes.
[[nodiscard]] std::string inlineText(const Value &value, bool inFlow);

/// `lines` for one entry of a block map: "key: head", and what is below it indented.
[[nodiscard]] std::vector<std::string> entryLines(const std::string &key, const Value &value, const YamlLayout &layout);
/// The same for an item of a list: "- head".
[[nodiscard]] std::vector<std::string> itemLines(const Value &value, const YamlLayout &layout);

} // namespace fairway::value
