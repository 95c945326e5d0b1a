#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fairway::chart::test {

/// A small chart, and how it is rendered.
struct SmallChart {
    std::string title;
    std::vector<std::pair<std::string, std::string>> files; ///< Path inside the chart's folder `c`, and text.
    std::vector<std::string> flags;
    std::vector<std::string> arguments {"rel", "c"}; ///< Of `template`, before the flags.
};

/// Charts that are wrong in one way each: texts that are no templates, templates that fail, outputs that are no YAML, values, flags,
/// schemas and metadata that are refused. A few are right in one version of Helm only.
[[nodiscard]] std::vector<SmallChart> brokenCharts();

/// Charts whose values.schema.json is no schema, each named by its text. A few are ones after all.
[[nodiscard]] std::vector<SmallChart> brokenSchemas();

/// Schemas that are ones, and values that don't fit: references, resources of other drafts, patterns.
[[nodiscard]] std::vector<SmallChart> schemasAndValues();

/// Archives that are none, or that no one should unpack; dependencies that are missing, double or no dependencies.
[[nodiscard]] std::vector<SmallChart> brokenPackages();

/// Flags, names and single values that are refused. A few are taken.
[[nodiscard]] std::vector<SmallChart> brokenFlags();

/// Go's types behind `.Values`, `.Chart`, `.Files` and the rest, as printf shows them, and their methods.
[[nodiscard]] std::vector<SmallChart> goTypes();

} // namespace fairway::chart::test
