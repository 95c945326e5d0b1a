#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fairway::chart::test {

/// A small chart, and the flags it is rendered with.
struct SmallChart {
    const char *title;
    std::vector<std::pair<std::string, std::string>> files; ///< Path inside the chart, and text.
    std::vector<std::string> flags;
};

/// Charts that are wrong in one way each: texts that are no templates, templates that fail, outputs that are no YAML, values, flags,
/// schemas and metadata that are refused. A few are right in one version of Helm only.
[[nodiscard]] std::vector<SmallChart> brokenCharts();

/// Charts whose values.schema.json is no schema, each named by its text. A few are ones after all.
[[nodiscard]] std::vector<SmallChart> brokenSchemas();

} // namespace fairway::chart::test
