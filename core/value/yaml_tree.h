#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::value {

/// A place in a text. `offset` counts bytes from 0; `line` and `column` count from 1, columns in bytes.
struct YamlMark {
    std::size_t offset = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
};

/// One node of a YAML text as it was written: for edits that keep every other byte. Nothing is resolved here: `8080`
/// is the text "8080" in Plain style.
///
/// Shape:   [start, end) of a scalar covers its quotes; of a block list or map it starts at the first item's dash or
///          key and ends after the last node inside; of a flow one it covers the brackets. An empty node (`a:` and
///          nothing) has start == end. Anchor and tag, where given, stand before `start`.
struct YamlNode {
    enum class Kind : std::uint8_t { Scalar, List, Map, Alias };
    enum class Style : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded, Block, Flow };

    Kind kind = Kind::Scalar;
    Style style = Style::Plain;
    YamlMark start;
    YamlMark end;
    std::string text;   ///< Scalar: its value, unescaped. Alias: the anchor's name.
    std::string anchor; ///< Without `&`; empty when none.
    std::string tag;    ///< As written in full ("tag:yaml.org,2002:str"); empty when none.
    std::vector<YamlNode> items;                        ///< Of a List.
    std::vector<std::pair<YamlNode, YamlNode>> members; ///< Of a Map, key and value, in the text's order.

    YamlNode();
    ~YamlNode();
    YamlNode(const YamlNode &other);
    YamlNode(YamlNode &&other) noexcept;
    YamlNode &operator=(const YamlNode &other);
    YamlNode &operator=(YamlNode &&other) noexcept;

    /// The value of member `key` (the last one when it stands twice), or nullptr.
    [[nodiscard]] const YamlNode *member(std::string_view key) const;
    /// RFC 6901 look-up, as value::at(); nullptr when absent. Does not follow aliases.
    [[nodiscard]] const YamlNode *at(std::string_view pointer) const;
};

/// The root node of each document of `text` (UTF-8, at most 32 MiB, at most 512 levels). Documents without content are
/// left out: ask a root's `start.line` where it is.
/// Errors: as parseYaml().
[[nodiscard]] Result<std::vector<YamlNode>> parseYamlTree(std::string_view text);

/// One replacement of the bytes [start, end) by `text`.
struct TextEdit {
    std::size_t start = 0;
    std::size_t end = 0;
    std::string text;
};

/// `text` with every edit applied; every other byte is kept. Edits may come in any order but must not overlap.
/// Errors: InvalidInput when they overlap or leave the text.
[[nodiscard]] Result<std::string> applyEdits(std::string_view text, std::vector<TextEdit> edits);

} // namespace fairway::value
