#pragma once

#include "core/base/result.h"
#include "core/value/value.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::ctl {

class HelmFlags;

/// A table as helm prints it: every cell padded to its column's width, tabs between them.
class HelmTable {
public:
    /// Longer cells are cut to `maxColumnWidth` characters and end in "…" as three dots; 0: never.
    explicit HelmTable(std::size_t maxColumnWidth = 0)
        : m_maxWidth(maxColumnWidth)
    {
    }
    void add(std::vector<std::string> cells) { m_rows.push_back(std::move(cells)); }
    [[nodiscard]] std::string text() const;

private:
    const std::size_t m_maxWidth;
    std::vector<std::vector<std::string>> m_rows;
};

/// helm's -o table|json|yaml.
enum class HelmOutput { Table, Json, Yaml };
void addOutputFlag(HelmFlags &flags, HelmOutput &output);

/// One object of a list, its members in the order of Helm's types.
using OutputItem = std::vector<std::pair<std::string_view, std::string>>;
/// The list as JSON on one line, or as YAML.
[[nodiscard]] std::string listText(const std::vector<OutputItem> &items, HelmOutput output);

} // namespace fairway::ctl
