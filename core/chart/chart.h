#pragma once

#include "core/base/result.h"
#include "core/chart/helm_version.h"
#include "core/chart/messages.h"
#include "core/chart/metadata.h"
#include "core/chart/value_sources.h"
#include "core/value/value.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::gotemplate {
class ParsedTexts;
}

namespace fairway::chart {

/// One file of a chart: its path inside the chart with slashes, its bytes without a byte order mark.
struct ChartFile {
    std::string name;
    std::string data;
    std::int64_t modifiedSeconds = 0; ///< Since 1970, to the nearest second; 0 when unknown.
};

/// What of a chart never changes once read; copies of a chart share it.
struct ChartContent {
    std::vector<ChartFile> files;           ///< All that were read, those of subcharts left out.
    std::vector<std::uint32_t> templates;   ///< Indices in `files`: below templates/.
    std::vector<std::uint32_t> others;      ///< Indices in `files`: neither templates nor read for their meaning; what .Files gives.
    std::optional<std::uint32_t> schema;    ///< values.schema.json
    [[nodiscard]] const ChartFile *find(std::string_view name) const;
};

/// A chart in a ChartTree, which owns it and its neighbours.
struct Chart {
    std::shared_ptr<const ChartContent> content;
    Metadata metadata;
    std::optional<Lock> lock;
    value::Value values; ///< A map or, when there is no values.yaml, Null. Never changed in place: charts share it.
    std::vector<Chart *> dependencies;
    Chart *parent = nullptr;
    std::vector<std::string> enabledBy; ///< Values, by their path from the top, whose condition or tag decided that it is here.

    [[nodiscard]] const std::string &name() const { return metadata.name; }
    [[nodiscard]] bool isRoot() const { return parent == nullptr; }
    [[nodiscard]] bool isLibrary() const { return metadata.type == "library"; }
    /// "parent/charts/child"
    [[nodiscard]] std::string fullPath() const;
    /// "parent.child"
    [[nodiscard]] std::string dottedPath() const;
    void setDependencies(std::vector<Chart *> charts);
};

/// A chart with its subcharts.
class ChartTree {
public:
    ChartTree();
    ChartTree(ChartTree &&) = default;
    ChartTree &operator=(ChartTree &&) = default;

    /// An independent tree; contents and values are shared, and so are the templates that a clone has read for rendering.
    [[nodiscard]] ChartTree clone() const;
    /// Null in what is no clone: it renders once.
    [[nodiscard]] gotemplate::ParsedTexts *parsedTemplates() const { return m_isClone ? m_parsed.get() : nullptr; }

    [[nodiscard]] Chart &root() { return *m_root; }
    [[nodiscard]] const Chart &root() const { return *m_root; }
    void setRoot(Chart &chart) { m_root = &chart; }
    [[nodiscard]] Chart &add() { return m_charts.emplace_back(); }
    /// A copy that shares its subcharts with the original.
    [[nodiscard]] Chart &addCopy(const Chart &chart) { return m_charts.emplace_back(chart); }

private:
    Chart &cloneInto(ChartTree &tree, const Chart &chart, Chart *parent) const;

    std::deque<Chart> m_charts; ///< Stable addresses.
    Chart *m_root = nullptr;
    std::shared_ptr<gotemplate::ParsedTexts> m_parsed;
    bool m_isClone = false;
};

/// Bounds of what is read, by default Helm's.
struct ChartLimits {
    std::uint64_t maxChartBytes = std::uint64_t {100} << 20; ///< Of a decompressed archive.
    std::uint64_t maxFileBytes = std::uint64_t {5} << 20;
    std::size_t maxFiles = 100'000; ///< Of one chart with its subcharts in folders; Helm has no bound.
    std::size_t maxDepth = 64;      ///< Subcharts inside each other; Helm has no bound.
};

/// What a chart is read with.
struct LoadContext {
    HelmVersion version = HelmVersion::V4;
    const Messages &messages;
    ValueSources &sources;
    ChartLimits limits {};
    bool withTimes = false; ///< Fill in ChartFile::modifiedSeconds of folders, at the price of a system call for each file.
};

/// Makes a chart of its files, subcharts (folders and .tgz in charts/) included.
/// Errors: InvalidInput in Helm's words ("Chart.yaml file is missing"), LimitExceeded.
[[nodiscard]] Result<ChartTree> chartFromFiles(std::vector<ChartFile> files, const LoadContext &context);

} // namespace fairway::chart
