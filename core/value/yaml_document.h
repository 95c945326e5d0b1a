#pragma once

#include "core/base/result.h"
#include "core/value/yaml_events.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

/// One YAML document before its scalars are resolved and its aliases followed: what go-yaml calls its node tree.
/// Nodes stand in one vector and name each other by index, texts in one buffer; index 0 is the root.
struct YamlDocument {
    enum class Kind : std::uint8_t { Scalar, List, Map, Alias };
    struct Node {
        Kind kind = Kind::Scalar;
        bool isPlain = false;      ///< Written without quotes and without a tag: may be resolved.
        std::uint32_t line = 0;    ///< From 1.
        std::size_t textStart = 0; ///< Scalar: its text; alias: its anchor's name; both in `texts`.
        std::size_t textSize = 0;
        std::uint32_t tag = 0;     ///< Index in `tags`; 0 is none.
        std::uint32_t target = 0;  ///< Of an alias.
        std::vector<std::uint32_t> children; ///< Of a Map: key, value, key, value…
    };

    std::vector<Node> nodes;
    std::string texts;
    std::vector<std::string> tags {std::string()};

    [[nodiscard]] std::string_view text(const Node &node) const
    {
        return std::string_view(texts).substr(node.textStart, node.textSize);
    }
};

struct YamlDocumentLimits {
    std::size_t maxDepth = 512;
    std::size_t maxNodes = 5'000'000;
};

/// Reads the document whose start event `events` stands at, up to and including its end event.
[[nodiscard]] Result<YamlDocument> readYamlDocument(YamlEvents &events, const YamlDocumentLimits &limits);

} // namespace fairway::value
