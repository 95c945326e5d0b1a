#include "core/engine/chart_source.h"

#include "core/chart/chart_archive.h"
#include "core/chart/load_chart.h"

#include <algorithm>
#include <sys/stat.h>

namespace fairway::engine {
namespace {

constexpr int MaxPackedDepth = 8;
constexpr std::uint64_t MaxArchiveBytes = std::uint64_t {256} << 20;

bool isArchiveName(std::string_view name)
{
    return name.ends_with(".tgz") || name.ends_with(".tar.gz");
}

/// Files of packaged subcharts, also those inside others. One that can't be read has none: loading the chart says why.
void unpack(const std::vector<chart::ChartFile> &files, const std::string &prefix, int depth, std::vector<chart::ChartFile> &out)
{
    if (depth > MaxPackedDepth)
        return;
    for (const chart::ChartFile &file : files) {
        const bool isSubchart = (file.name.starts_with("charts/") || file.name.find("/charts/") != std::string::npos) && isArchiveName(file.name);
        if (!isSubchart)
            continue;
        Result<std::vector<chart::ChartFile>> inside = chart::readChartArchive(file.data);
        if (!inside)
            continue;
        const std::string folder = prefix + file.name + "/";
        unpack(*inside, folder, depth + 1, out);
        for (chart::ChartFile &one : *inside) {
            one.name.insert(0, folder);
            out.push_back(std::move(one));
        }
    }
}

Result<std::vector<chart::ChartFile>> readFiles(const std::string &path, bool isFolder)
{
    if (isFolder) {
        chart::ValueSources sources;
        const chart::Messages silent(chart::HelmVersion::V4);
        return chart::readChartFolder(path, {chart::HelmVersion::V4, silent, sources, {}});
    }
    const Result<std::string> bytes = chart::readWholeFile(path, MaxArchiveBytes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    return chart::readChartArchive(*bytes);
}

std::string folderOf(std::string_view file)
{
    const std::size_t slash = file.rfind('/');
    return slash == std::string_view::npos ? std::string() : std::string(file.substr(0, slash));
}

/// The folder of a Chart.yaml that stands where a chart may stand: the top, or charts/X of another chart.
bool isChartFolder(std::string_view folder)
{
    if (folder.empty())
        return true;
    const std::size_t slash = folder.rfind('/');
    const std::string_view above = slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
    return above == "charts" || above.ends_with("/charts");
}

} // namespace

const std::string *ChartSource::find(std::string_view file) const
{
    for (const std::vector<chart::ChartFile> *list : {&files, &packed}) {
        for (const chart::ChartFile &one : *list) {
            if (one.name == file)
                return &one.data;
        }
    }
    return nullptr;
}

Result<std::shared_ptr<const ChartSource>> readChartSource(const std::string &path)
{
    auto source = std::make_shared<ChartSource>();
    source->path = path.ends_with("/Chart.yaml") ? folderOf(path) : path;
    struct stat status {};
    if (::stat(source->path.c_str(), &status) != 0)
        return fail(ErrorCode::NotFound, "stat " + source->path + ": no such file or directory");
    source->isArchive = !S_ISDIR(status.st_mode);
    Result<std::vector<chart::ChartFile>> files = readFiles(source->path, !source->isArchive);
    if (!files)
        return tl::unexpected(files.error());
    source->files = std::move(*files);
    if (!source->find("Chart.yaml"))
        return fail(ErrorCode::InvalidInput, source->path + ": Chart.yaml file is missing");
    unpack(source->files, {}, 0, source->packed);
    return source;
}

std::vector<chart::ChartFile> editedFiles(const ChartSource &source, const TextEdits &edits)
{
    std::vector<chart::ChartFile> files = source.files;
    for (chart::ChartFile &file : files) {
        if (const auto edit = edits.find(file.name); edit != edits.end())
            file.data = *edit->second;
    }
    for (const auto &[name, text] : edits) { // files that are not there yet
        if (!name.starts_with('/') && !source.find(name))
            files.push_back({name, *text});
    }
    return files;
}

ChartIndex::ChartIndex(const ChartSource &source, const TextEdits &edits, chart::HelmVersion version)
{
    const auto add = [&](const chart::ChartFile &file, bool isPackaged) {
        const std::string folder = folderOf(file.name);
        if ((file.name != "Chart.yaml" && !file.name.ends_with("/Chart.yaml")) || !isChartFolder(folder))
            return;
        ChartNode chart;
        chart.folder = folder;
        chart.isPackaged = isPackaged;
        const auto edit = edits.find(file.name);
        // What can't be read stays empty: this index is for finding one's way, not for judging.
        (void)chart::readMetadata(edit == edits.end() ? file.data : *edit->second, version, chart.metadata);
        m_charts.push_back(std::move(chart));
    };
    for (const chart::ChartFile &file : source.files)
        add(file, false);
    for (const chart::ChartFile &file : source.packed)
        add(file, true);
    std::sort(m_charts.begin(), m_charts.end(), [](const ChartNode &a, const ChartNode &b) { return a.folder < b.folder; });
    for (ChartNode &chart : m_charts) {
        if (!chart.folder.empty())
            chart.parent = chartFolderOf(folderOf(chart.folder));
    }
}

const ChartNode *ChartIndex::node(std::string_view folder) const
{
    const auto found = std::find_if(m_charts.begin(), m_charts.end(), [&](const ChartNode &chart) { return chart.folder == folder; });
    return found == m_charts.end() ? nullptr : &*found;
}

const ChartNode *ChartIndex::child(std::string_view folder, std::string_view name) const
{
    const ChartNode *above = node(folder);
    std::string_view real = name;
    if (above) {
        for (const auto &dependency : above->metadata.dependencies) {
            if (dependency && dependency->alias == name)
                real = dependency->name;
        }
    }
    for (const ChartNode &chart : m_charts) {
        if (!chart.folder.empty() && chart.parent == folder && chart.metadata.name == real)
            return &chart;
    }
    return nullptr;
}

std::vector<std::string> ChartIndex::namesInParent(const ChartNode &chart) const
{
    std::vector<std::string> names;
    if (const ChartNode *above = node(chart.parent)) {
        for (const auto &dependency : above->metadata.dependencies) {
            if (dependency && dependency->name == chart.metadata.name && !dependency->alias.empty())
                names.push_back(dependency->alias);
        }
    }
    if (names.empty())
        names.push_back(chart.metadata.name);
    return names;
}

std::string ChartIndex::nameInParent(const ChartNode &chart) const
{
    return namesInParent(chart).front();
}

std::vector<std::string> ChartIndex::fullPaths(const ChartNode &chart) const
{
    if (chart.folder.empty())
        return {chart.metadata.name};
    const ChartNode *above = node(chart.parent);
    std::vector<std::string> paths;
    for (const std::string &path : above ? fullPaths(*above) : std::vector<std::string>()) {
        for (const std::string &name : namesInParent(chart))
            paths.push_back(path + "/charts/" + name);
    }
    return paths;
}

std::vector<std::string> ChartIndex::templatesOfFile(std::string_view file) const
{
    const std::string folder = chartFolderOf(file);
    const ChartNode *chart = node(folder);
    std::vector<std::string> names = chart ? fullPaths(*chart) : std::vector<std::string>();
    for (std::string &name : names)
        name += "/" + std::string(file.substr(folder.empty() ? 0 : folder.size() + 1));
    return names;
}

std::string ChartIndex::fileOfTemplate(std::string_view templateName) const
{
    std::string_view rest = templateName.substr(std::min(templateName.find('/'), templateName.size() - 1) + 1);
    std::string folder;
    constexpr std::string_view Charts = "charts/";
    while (rest.starts_with(Charts)) {
        const std::string_view inside = rest.substr(Charts.size());
        const std::size_t slash = inside.find('/');
        if (slash == std::string_view::npos)
            break;
        const ChartNode *chart = child(folder, inside.substr(0, slash));
        if (!chart)
            break;
        folder = chart->folder;
        rest = inside.substr(slash + 1);
    }
    return folder.empty() ? std::string(rest) : folder + "/" + std::string(rest);
}

std::string ChartIndex::valuesPrefix(std::string_view folder) const
{
    const ChartNode *chart = node(folder);
    if (!chart || folder.empty())
        return {};
    return valuesPrefix(chart->parent) + nameInParent(*chart) + ".";
}

std::string ChartIndex::valuesPrefixOfName(std::string_view name) const
{
    for (const ChartNode &chart : m_charts) {
        if (!chart.folder.empty() && (chart.metadata.name == name || nameInParent(chart) == name))
            return valuesPrefix(chart.folder);
    }
    return {};
}

std::string ChartIndex::chartFolderOf(std::string_view file) const
{
    const ChartNode *best = nullptr;
    for (const ChartNode &chart : m_charts) {
        const bool isInside = chart.folder.empty() || file == chart.folder || (file.starts_with(chart.folder) && file[chart.folder.size()] == '/');
        if (isInside && (!best || chart.folder.size() > best->folder.size()))
            best = &chart;
    }
    return best ? best->folder : std::string();
}

std::vector<std::pair<std::string, std::string>> ChartIndex::chartsAbove(std::string_view valuePath) const
{
    std::vector<std::pair<std::string, std::string>> above {{std::string(), std::string(valuePath)}};
    for (;;) {
        const auto &[folder, rest] = above.back();
        const std::size_t dot = rest.find('.');
        const ChartNode *inner = dot == std::string::npos ? nullptr : child(folder, std::string_view(rest).substr(0, dot));
        if (!inner)
            return above;
        above.emplace_back(inner->folder, rest.substr(dot + 1));
    }
}

} // namespace fairway::engine
