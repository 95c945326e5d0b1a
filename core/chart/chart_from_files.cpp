#include "core/chart/chart.h"
#include "core/chart/chart_archive.h"
#include "core/chart/go_text.h"
#include "core/chart/values_text.h"

#include <map>

namespace fairway::chart {

namespace {

constexpr std::string_view chartsFolder = "charts/";
constexpr std::string_view templatesFolder = "templates/";

bool hasExtension(std::string_view name, std::string_view extension)
{
    const std::string_view base = name.substr(name.rfind('/') + 1);
    const std::size_t dot = base.rfind('.');
    return dot != std::string_view::npos && base.substr(dot) == extension;
}

/// Reads one chart of the tree and those below.
class Builder {
public:
    Builder(ChartTree &tree, const LoadContext &context)
        : m_tree(tree)
        , m_context(context)
    {
    }

    /// `path` is where the chart stands in the tree, for the names of value sources.
    Result<Chart *> build(std::vector<ChartFile> files, const std::string &path, std::size_t depth)
    {
        if (depth > m_context.limits.maxDepth)
            return fail(ErrorCode::LimitExceeded, "subcharts are nested more than " + std::to_string(m_context.limits.maxDepth) + " deep");
        if (files.size() > m_context.limits.maxFiles)
            return fail(ErrorCode::LimitExceeded, "chart has more than " + std::to_string(m_context.limits.maxFiles) + " files");
        Chart &chart = m_tree.add();
        bool hasMetadata = false;
        for (const ChartFile &file : files) {
            if (file.name != "Chart.yaml")
                continue;
            hasMetadata = true;
            if (Result<void> read = readMetadata(file.data, m_context.version, chart.metadata); !read)
                return failWith("cannot load Chart.yaml", read.error());
            if (chart.metadata.apiVersion.empty())
                chart.metadata.apiVersion = "v1"; // Helm 2 wrote none
        }

        auto content = std::make_shared<ChartContent>();
        std::map<std::string, std::vector<ChartFile>> subcharts;
        for (ChartFile &file : files) {
            if (file.name.starts_with(chartsFolder) && !hasExtension(file.name, ".prov")) {
                file.name.erase(0, chartsFolder.size());
                const std::string folder = file.name.substr(0, file.name.find('/'));
                subcharts[folder].push_back(std::move(file));
                continue;
            }
            if (Result<void> taken = take(file, chart, *content, path, hasMetadata); !taken)
                return tl::unexpected(taken.error());
            content->files.push_back(std::move(file));
        }
        chart.content = std::move(content);
        if (!hasMetadata)
            return fail(ErrorCode::InvalidInput, "Chart.yaml file is missing");
        if (Result<void> valid = validateMetadata(chart.metadata, m_context.version); !valid)
            return tl::unexpected(valid.error());
        for (auto &[name, parts] : subcharts) {
            if (name.starts_with('_') || name.starts_with('.'))
                continue;
            if (Result<void> added = addSubchart(chart, name, std::move(parts), path, depth); !added)
                return tl::unexpected(added.error());
        }
        return &chart;
    }

private:
    /// Reads what has a meaning and sorts the rest. `file` will be the last of `content`.
    Result<void> take(const ChartFile &file, Chart &chart, ChartContent &content, const std::string &path, bool &hasMetadata)
    {
        const auto index = static_cast<std::uint32_t>(content.files.size());
        if (file.name == "Chart.yaml")
            return {};
        if (file.name == "Chart.lock")
            return takeLock(file, chart);
        if (file.name == "values.yaml") {
            const std::string source = (path.empty() ? chart.metadata.name : path) + "/values.yaml";
            Result<value::Value> values = readValues(file.data, m_context.sources.add(SourceKind::ChartDefaults, source), m_context.version);
            if (!values)
                return failWith("cannot load values.yaml", values.error());
            chart.values = std::move(*values);
            return {};
        }
        if (file.name == "values.schema.json") {
            content.schema = index;
            return {};
        }
        if (file.name == "requirements.yaml" || file.name == "requirements.lock") {
            const bool isLock = file.name.ends_with("lock");
            hasMetadata = true;
            const bool isV1 = chart.metadata.apiVersion == "v1";
            if (!isLock && !isV1)
                warn("load.go:120", "Warning: Dependencies are handled in Chart.yaml since apiVersion \"v2\". We recommend migrating dependencies to Chart.yaml.");
            Result<void> read = isLock ? takeLock(file, chart) : readMetadata(file.data, m_context.version, chart.metadata);
            if (!read)
                return isLock ? read : failWith("cannot load requirements.yaml", read.error());
            if (isLock && !isV1)
                warn("load.go:138", "Warning: Dependency locking is handled in Chart.lock since apiVersion \"v2\". We recommend migrating to Chart.lock.");
            if (isV1)
                content.others.push_back(index);
            return {};
        }
        (file.name.starts_with(templatesFolder) ? content.templates : content.others).push_back(index);
        return {};
    }

    void warn(std::string_view place, std::string_view message) const { m_context.messages.printed(place, message); }

    Result<void> takeLock(const ChartFile &file, Chart &chart) const
    {
        Result<Lock> lock = readLock(file.data, m_context.version);
        if (!lock)
            return failWith("cannot load " + file.name, lock.error());
        chart.lock = std::move(*lock);
        return {};
    }

    Result<void> addSubchart(Chart &chart, const std::string &name, std::vector<ChartFile> files, const std::string &path, std::size_t depth)
    {
        const auto wrap = [&](const Error &error) { return failWith("error unpacking subchart " + name + " in " + chart.name(), error); };
        const std::string subpath = (path.empty() ? chart.name() : path) + "/charts/" + name;
        if (hasExtension(name, ".tgz")) {
            if (files.front().name != name)
                return fail(ErrorCode::InvalidInput,
                    "error unpacking subchart tar in " + chart.name() + ": expected " + name + ", got " + files.front().name);
            Result<std::vector<ChartFile>> unpacked = readChartArchive(files.front().data, m_context.limits);
            if (!unpacked)
                return wrap(unpacked.error());
            files = std::move(*unpacked);
        } else {
            std::vector<ChartFile> inside;
            for (ChartFile &file : files) {
                const std::size_t slash = file.name.find('/');
                if (slash == std::string::npos)
                    continue;
                file.name.erase(0, slash + 1);
                inside.push_back(std::move(file));
            }
            files = std::move(inside);
        }
        const Result<Chart *> subchart = build(std::move(files), subpath, depth + 1);
        if (!subchart)
            return wrap(subchart.error());
        (*subchart)->parent = &chart;
        chart.dependencies.push_back(*subchart);
        return {};
    }

    ChartTree &m_tree;
    const LoadContext &m_context;
};

} // namespace

Result<ChartTree> chartFromFiles(std::vector<ChartFile> files, const LoadContext &context)
{
    ChartTree tree;
    const Result<Chart *> root = Builder(tree, context).build(std::move(files), {}, 0);
    if (!root)
        return tl::unexpected(root.error());
    tree.setRoot(**root);
    return tree;
}

} // namespace fairway::chart
