#pragma once

#include "core/value/value.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fairway::chart {

/// Where values come from, weakest first: the layer that won is the source of the value's position.
enum class SourceKind : std::uint8_t {
    None,
    ChartDefaults, ///< values.yaml of a chart; `name` is its path in the chart tree: "parent/charts/child/values.yaml".
    ValuesFile,    ///< -f; `name` as given.
    SetJson,
    Set,
    SetString,
    SetFile,
    SetLiteral, ///< The flags; `name` is the flag's text.
};
[[nodiscard]] std::string_view toString(SourceKind kind);

/// The table that SourcePosition::file indexes. Coalescing and import-values move values and keep their positions, so a value
/// found under a subchart with a position in the parent's values.yaml is the parent's override.
/// Threads: one at a time while loading; then any.
class ValueSources {
public:
    struct Source {
        SourceKind kind = SourceKind::None;
        std::string name;
    };

    ValueSources() { m_sources.emplace_back(); }
    /// Its index; 0 (nowhere) when the table is full.
    [[nodiscard]] std::uint16_t add(SourceKind kind, std::string name);
    [[nodiscard]] const Source &at(std::uint16_t index) const;

private:
    std::vector<Source> m_sources;
};

} // namespace fairway::chart
