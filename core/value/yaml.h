#pragma once

#include "core/base/result.h"
#include "core/value/numbers.h"
#include "core/value/value.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::value {

enum class DuplicateKeys : std::uint8_t {
    LastWins, ///< What Helm and most readers of Kubernetes YAML do.
    Refuse,   ///< What `kubectl apply` and strict readers do.
};

struct YamlOptions {
    std::uint16_t file = 0; ///< SourcePosition::file of every value read.
    NumberStyle numbers = NumberStyle::Kubernetes;
    DuplicateKeys duplicates = DuplicateKeys::LastWins;
    std::size_t maxBytes = std::size_t {32} << 20;
    std::size_t maxDepth = 512;             ///< Lists and maps inside each other, aliases followed.
    std::size_t maxNodes = 5'000'000;       ///< Values in all, counting what each alias stands for.
    std::size_t maxDocuments = 100'000;     ///< For parseYamlDocuments().
};

/// Reads one YAML document by the rules of sigs.k8s.io/yaml, which kubectl and Helm read with: YAML 1.1 by go-yaml v2
/// (yes/no/on/off are booleans, 0755 is octal, 1_000 a number, `<<` merges), then as JSON: keys become strings, times
/// stay text. Every value knows the line it was written on.
///
/// Shape:   an empty text is Null. What follows a second `---` is not looked at (parseYamlDocuments() reads it).
/// Errors:  InvalidInput in go-yaml's words ("yaml: line 3: mapping values are not allowed in this context"),
///          LimitExceeded (size, depth, or aliases that stand for too much). A value is quoted only
///          where it contradicts its own tag (`!!int abc`).
/// Threads: any; no shared state.
[[nodiscard]] Result<Value> parseYaml(std::string_view text, const YamlOptions &options = {});

/// Every document of a stream in order. Documents that hold nothing (comments, two `---` in a row) are Null.
/// Lines count through the whole text.
[[nodiscard]] Result<std::vector<Value>> parseYamlDocuments(std::string_view text, const YamlOptions &options = {});

/// YAML as sigs.k8s.io/yaml's Marshal writes it, byte for byte: what Helm's toYaml prints, plus its final line break.
/// Total: also writes what Go refuses (control characters, as escapes; NaN as .nan).
[[nodiscard]] std::string toYaml(const Value &value);

/// As Helm's toYamlPretty: lists in maps are indented. With the final line break.
[[nodiscard]] std::string toYamlPretty(const Value &value);

/// The same as toYaml(), refusing what Go refuses: floats that are no numbers, characters YAML has no plain form for (U+007F and
/// other control characters Go hands unescaped to its YAML reader), keys above 1024 characters. Helm's toYaml prints nothing then.
[[nodiscard]] Result<std::string> toYamlStrict(const Value &value);

} // namespace fairway::value
