#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/engine/chart_types.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::engine {

/// A chart's files as the disk has them. Immutable: render thread and window share it.
struct ChartSource {
    std::string path; ///< Absolute: a folder or an archive.
    bool isArchive = false;
    std::vector<chart::ChartFile> files;  ///< As Helm reads them, in its order; a packaged subchart is one file.
    std::vector<chart::ChartFile> packed; ///< What is inside those: "charts/redis-1.2.0.tgz/values.yaml".

    /// The file's bytes, or nullptr.
    [[nodiscard]] const std::string *find(std::string_view file) const;
};

/// Reads a folder (or the one its Chart.yaml is named in) or a .tgz.
/// Errors: in Helm's words; NotFound, InvalidInput ("Chart.yaml file is missing"), LimitExceeded. Blocks on the disk.
[[nodiscard]] Result<std::shared_ptr<const ChartSource>> readChartSource(const std::string &path);

/// Texts that stand in for files.
using TextEdits = std::map<std::string, SharedText, std::less<>>;

/// The files with the edits over them, for chartFromFiles().
[[nodiscard]] std::vector<chart::ChartFile> editedFiles(const ChartSource &source, const TextEdits &edits);

/// One chart of the tree, by its files.
struct ChartNode {
    std::string folder; ///< Of its files: "" of the root, "charts/common", "charts/redis-1.2.0.tgz".
    std::string parent; ///< Folder of the chart it is in; the root's own is "".
    chart::Metadata metadata;
    bool isPackaged = false;
};

/// Which files belong to which chart, and the way between the names that templates and values have and the files.
class ChartIndex {
public:
    ChartIndex() = default;
    ChartIndex(const ChartSource &source, const TextEdits &edits, chart::HelmVersion version);

    [[nodiscard]] const std::vector<ChartNode> &charts() const { return m_charts; } ///< The root first, parents before children.
    /// "checkout/charts/cache/templates/a.yaml" to "charts/redis-1.2.0.tgz/templates/a.yaml", through aliases.
    [[nodiscard]] std::string fileOfTemplate(std::string_view templateName) const;
    /// The other way: every name the file has as a template, one for each alias.
    [[nodiscard]] std::vector<std::string> templatesOfFile(std::string_view file) const;
    /// Where values of the chart with this folder stand in the root's: "" or "cache." (its alias if it has one).
    [[nodiscard]] std::string valuesPrefix(std::string_view folder) const;
    /// Of a chart by its name or alias, as schema errors give it; "" when it is the root or not known.
    [[nodiscard]] std::string valuesPrefixOfName(std::string_view name) const;
    /// Folder of the chart a file belongs to.
    [[nodiscard]] std::string chartFolderOf(std::string_view file) const;
    /// Folders of the charts whose values stand at or above this path, outermost (the root) first, each with the path's rest.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> chartsAbove(std::string_view valuePath) const;

private:
    [[nodiscard]] const ChartNode *node(std::string_view folder) const;
    [[nodiscard]] const ChartNode *child(std::string_view folder, std::string_view name) const;
    /// Under which name it is found in its parent's values; of several aliases the first.
    [[nodiscard]] std::string nameInParent(const ChartNode &chart) const;
    [[nodiscard]] std::vector<std::string> namesInParent(const ChartNode &chart) const;
    /// "checkout/charts/cache", once for each way there.
    [[nodiscard]] std::vector<std::string> fullPaths(const ChartNode &chart) const;

    std::vector<ChartNode> m_charts;
};

} // namespace fairway::engine
