#include "core/chart/dependency_bump.h"

#include "core/chart/chart_archive.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/chart/temporary_folder.h"
#include "core/chart/update_dependencies.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace fairway::chart {

namespace {

using value::Value;

constexpr std::string_view chartsFolder = "charts/";

bool isPath(std::string_view wanted)
{
    return wanted.find('/') != std::string_view::npos || wanted.ends_with(".tgz");
}

/// The first step below charts/: a folder's name or an archive's.
std::string_view entryOf(std::string_view name)
{
    if (!name.starts_with(chartsFolder))
        return {};
    name.remove_prefix(chartsFolder.size());
    return name.substr(0, name.find('/'));
}

const ChartFile *fileNamed(const std::vector<ChartFile> &files, std::string_view name)
{
    const auto found = std::find_if(files.begin(), files.end(), [&](const ChartFile &file) { return file.name == name; });
    return found == files.end() ? nullptr : &*found;
}

/// What the Chart.yaml of a packaged chart says.
Result<Metadata> metadataOfArchive(std::string_view archive, HelmVersion version)
{
    const Result<std::vector<ChartFile>> files = readChartArchive(archive);
    if (!files)
        return tl::unexpected(files.error());
    const ChartFile *const chartYaml = fileNamed(*files, "Chart.yaml");
    Metadata metadata;
    if (chartYaml == nullptr)
        return fail(ErrorCode::InvalidInput, "Chart.yaml file is missing");
    if (const Result<void> read = readMetadata(chartYaml->data, version, metadata); !read)
        return tl::unexpected(read.error());
    return metadata;
}

/// The names below charts/ that hold the chart `name`.
std::set<std::string, std::less<>> entriesOf(const std::vector<ChartFile> &files, const std::string &name, HelmVersion version)
{
    std::set<std::string, std::less<>> found;
    for (const ChartFile &file : files) {
        const std::string_view entry = entryOf(file.name);
        if (entry.empty())
            continue;
        Metadata metadata;
        if (file.name.ends_with(".tgz") && file.name.size() == chartsFolder.size() + entry.size())
            metadata = metadataOfArchive(file.data, version).value_or(Metadata {});
        else if (file.name == std::string(chartsFolder) + std::string(entry) + "/Chart.yaml" && !readMetadata(file.data, version, metadata))
            continue;
        if (metadata.name == name)
            found.emplace(entry);
    }
    return found;
}

} // namespace

Result<std::pair<std::string, std::string>> DependencyBump::parse(std::string_view text)
{
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string_view::npos || equals + 1 == text.size())
        return fail(ErrorCode::InvalidInput, "must be NAME=VERSION or NAME=PATH");
    return std::pair {std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

DependencyBump::DependencyBump(std::string name, std::string wanted, RemoteContext context)
    : m_name(std::move(name))
    , m_wanted(std::move(wanted))
    , m_context(std::move(context))
{
}

Result<std::string> DependencyBump::applyTo(std::vector<ChartFile> &files, const std::string &folder)
{
    std::string repository;
    bool isDependency = false;
    std::vector<std::pair<std::size_t, Value>> definitions;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (files[i].name != "Chart.yaml" && files[i].name != "requirements.yaml")
            continue;
        Result<Value> read = value::parseYaml(files[i].data);
        if (!read || !(*read)["dependencies"].isList())
            continue;
        bool isNamed = false;
        Value list = (*read)["dependencies"];
        for (Value &dependency : list.asList()) {
            if (!dependency.isMap() || dependency["name"].stringOr() != m_name)
                continue;
            repository = dependency["repository"].stringOr();
            isNamed = true;
        }
        if (isNamed)
            definitions.emplace_back(i, std::move(*read));
        isDependency = isDependency || isNamed;
    }
    if (!isDependency)
        return std::string();
    const Result<Replacement> other = replacement(repository, folder);
    if (!other)
        return failWith(m_name + "=" + m_wanted, other.error());
    for (auto &[index, definition] : definitions) {
        Value list = definition["dependencies"];
        for (Value &dependency : list.asList()) {
            if (dependency.isMap() && dependency["name"].stringOr() == m_name)
                dependency.set("version", other->version);
        }
        files[index].data = value::toYaml(definition);
    }
    const auto old = entriesOf(files, m_name, m_context.version);
    std::erase_if(files, [&](const ChartFile &file) { return old.contains(entryOf(file.name)); });
    files.insert(files.end(), other->files.begin(), other->files.end());
    return other->version;
}

Result<DependencyBump::Replacement> DependencyBump::replacement(const std::string &repository, const std::string &folder)
{
    std::string absolute = repository;
    if (repository.starts_with("file://") && !repository.starts_with("file:///"))
        absolute = "file://" + joinPath(folder, repository.substr(7));
    const std::scoped_lock lock(m_mutex);
    const auto known = m_known.find(absolute);
    if (known != m_known.end())
        return known->second;
    return m_known.emplace(absolute, isPath(m_wanted) ? ofPath() : fetched(absolute)).first->second;
}

Result<DependencyBump::Replacement> DependencyBump::ofPath() const
{
    std::error_code code;
    const std::string path = std::filesystem::absolute(m_wanted, code).lexically_normal().string();
    const Messages messages = m_context.messages();
    ValueSources sources;
    const LoadContext context {m_context.version, messages, sources};
    Replacement out;
    if (!std::filesystem::is_directory(path, code)) {
        Result<std::string> archive = readWholeFile(path, maxChartDownload);
        if (!archive)
            return tl::unexpected(archive.error());
        const Result<Metadata> metadata = metadataOfArchive(*archive, m_context.version);
        if (!metadata)
            return failWith(m_wanted, metadata.error());
        out.version = metadata->version;
        out.files.push_back({std::string(chartsFolder) + m_name + "-" + out.version + ".tgz", std::move(*archive), 0});
        return out;
    }
    Result<std::vector<ChartFile>> files = readChartFolder(path, context);
    if (!files)
        return tl::unexpected(files.error());
    Metadata metadata;
    const ChartFile *const chartYaml = fileNamed(*files, "Chart.yaml");
    if (chartYaml == nullptr)
        return fail(ErrorCode::InvalidInput, m_wanted + ": Chart.yaml file is missing");
    if (const Result<void> read = readMetadata(chartYaml->data, m_context.version, metadata); !read)
        return failWith(m_wanted, read.error());
    out.version = metadata.version;
    for (ChartFile &file : *files) {
        file.name.insert(0, std::string(chartsFolder) + m_name + "/");
        out.files.push_back(std::move(file));
    }
    return out;
}

Result<DependencyBump::Replacement> DependencyBump::fetched(const std::string &repository) const
{
    if (repository.empty())
        return fail(ErrorCode::NotFound, "the chart names no repository for it; give a path instead of a version");
    // A chart with this one dependency, whose dependencies are updated.
    const TemporaryFolder folder("fairway-bump-");
    const Value definition = Value::map({{"apiVersion", "v2"}, {"name", "bump"}, {"version", "0.0.0"},
        {"dependencies", Value::list({Value::map({{"name", m_name}, {"version", m_wanted}, {"repository", repository}})})}});
    if (const Result<void> written = replaceFile(joinPath(folder.path(), "Chart.yaml"), value::toYaml(definition)); !written)
        return tl::unexpected(written.error());
    RemoteContext silent = m_context;
    silent.print = nullptr;
    DependencyOptions options;
    options.chart = folder.path();
    if (const Result<void> updated = updateDependencies(options, silent); !updated)
        return tl::unexpected(updated.error());
    std::error_code code;
    for (const std::filesystem::directory_entry &entry : std::filesystem::directory_iterator(joinPath(folder.path(), chartsFolder), code)) {
        Result<std::string> archive = readWholeFile(entry.path().string(), maxChartDownload);
        if (!archive)
            return tl::unexpected(archive.error());
        const Result<Metadata> metadata = metadataOfArchive(*archive, m_context.version);
        if (!metadata)
            return tl::unexpected(metadata.error());
        return Replacement {{{std::string(chartsFolder) + entry.path().filename().string(), std::move(*archive), 0}}, metadata->version};
    }
    return fail(ErrorCode::NotFound, "nothing was fetched from " + repository);
}

} // namespace fairway::chart
