#pragma once

#include "core/base/result.h"
#include "core/value/value.h"
#include "core/value/yaml.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::value {

/// Takes over the items of lists that are too much to hold together.
struct YamlItemTaker {
    std::string_view member; ///< Of the root: a map whose members are the lists.
    std::function<void(const std::string &list, const Value &item)> take;
};

/// Reads a text written as people and tools write values and indexes: block lists and maps, scalars of all styles, flow collections
/// within a line, comments; one document. Some ten times as fast as the full grammar.
///
/// Shape:   the same Value as readYamlByGrammar(), positions included, or nothing: then the text has a fault or something rare
///          (anchors, tags, `? `, tabs, carriage returns, more documents), and the grammar must say what it is.
///          With a `taker` the items of its lists go there one by one as they are read, and the lists stay empty. When nothing comes
///          back, what was taken is of no worth.
/// Threads: any; no shared state.
[[nodiscard]] std::optional<Value> readSimpleYaml(
    std::string_view text, const YamlOptions &options, const YamlItemTaker *taker = nullptr);

/// parseYaml() by libyaml's events alone.
[[nodiscard]] Result<Value> readYamlByGrammar(std::string_view text, const YamlOptions &options);

} // namespace fairway::value
