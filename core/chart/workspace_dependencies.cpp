#include "core/chart/workspace_dependencies.h"

#include "core/chart/chart_url.h"
#include "core/chart/dependency_fetch.h"
#include "core/chart/load_chart.h"
#include "core/chart/metadata.h"
#include "core/chart/paths.h"
#include "core/chart/repositories.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>

namespace fairway::chart {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t maxDefinition = 1U << 20;
constexpr std::size_t maxVersions = 500;

std::vector<std::optional<Dependency>> namedIn(const std::string &folder, HelmVersion version)
{
    Metadata metadata;
    for (const char *name : {"Chart.yaml", "requirements.yaml"}) {
        if (const Result<std::string> text = readWholeFile(joinPath(folder, name), maxDefinition))
            (void)readMetadata(*text, version, metadata); // what can't be read has none: rendering says why
    }
    return std::move(metadata.dependencies);
}

bool isThere(const std::string &folder, const std::string &name, HelmVersion version)
{
    std::error_code code;
    for (fs::directory_iterator it(joinPath(folder, "charts"), code), end; !code && it != end; it.increment(code)) {
        const std::string entry = it->path().filename().string();
        if (entry == name || (entry.ends_with(".tgz") && entry.starts_with(name + "-")))
            return true;
        const Result<std::string> text = readWholeFile((it->path() / "Chart.yaml").string(), maxDefinition);
        Metadata metadata;
        if (text && readMetadata(*text, version, metadata) && metadata.name == name)
            return true;
    }
    return false;
}

void append(std::vector<std::string> &to, const RepositoryIndex &index, const std::string &name)
{
    const auto entry = index.entries.find(name);
    if (entry == index.entries.end())
        return;
    for (const ChartVersion &version : entry->second) {
        if (to.size() < maxVersions)
            to.push_back(version.metadata.version);
    }
}

/// By the repositories that were added; of others the index is fetched when it may be.
Result<std::vector<std::string>> versionsOfIndex(const std::string &name, const std::string &repository, const RemoteContext &context, bool isFresh)
{
    const Result<RepositoryFile> known = readRepositoryFile(context.paths.repositoryConfig);
    std::optional<RepositoryEntry> added;
    for (const RepositoryEntry &entry : known ? known->repositories : std::vector<RepositoryEntry>()) {
        if (repository == "@" + entry.name || repository == "alias:" + entry.name || isSameUrl(entry.url, repository)) {
            added = entry;
            break;
        }
    }
    std::vector<std::string> versions;
    if (!isFresh) {
        if (!added)
            return versions;
        const Result<RepositoryIndex> cached = loadCachedIndex(context, added->name);
        if (cached)
            append(versions, *cached, name);
        return versions;
    }
    RepositoryEntry entry = added.value_or(RepositoryEntry());
    if (!added)
        entry.url = repository;
    if (const Result<void> good = checkRepositoryUrl(entry.url); !good)
        return tl::unexpected(good.error());
    HttpClient client(context.http);
    const Result<RepositoryIndex> index = downloadIndex(client, context, entry, added.has_value());
    if (!index)
        return tl::unexpected(index.error());
    append(versions, *index, name);
    if (versions.empty())
        return fail(ErrorCode::NotFound, name + " chart not found in repo " + repository);
    return versions;
}

} // namespace

WorkspaceDependencies dependenciesOf(const Workspace &workspace, HelmVersion version)
{
    std::map<std::string, WorkspaceDependency> byName;
    WorkspaceDependencies out;
    for (std::size_t chart = 0; chart < workspace.charts.size(); ++chart) {
        const std::string folder = joinPath(workspace.root, workspace.charts[chart]);
        bool isComplete = true;
        for (const std::optional<Dependency> &one : namedIn(folder, version)) {
            if (!one || one->name.empty())
                continue;
            WorkspaceDependency &dependency = byName[one->name];
            dependency.name = one->name;
            if (dependency.repository.empty())
                dependency.repository = one->repository;
            if (std::find(dependency.wanted.begin(), dependency.wanted.end(), one->version) == dependency.wanted.end())
                dependency.wanted.push_back(one->version);
            if (dependency.charts.empty() || dependency.charts.back() != chart)
                dependency.charts.push_back(chart);
            isComplete = isComplete && isThere(folder, one->name, version);
        }
        if (!isComplete)
            out.incomplete.push_back(chart);
    }
    for (auto &[name, dependency] : byName)
        out.all.push_back(std::move(dependency));
    return out;
}

Result<std::vector<std::string>> dependencyVersions(
    const std::string &name, const std::string &repository, const std::string &folder, const RemoteContext &context, bool isFresh)
{
    if (repository.empty())
        return isFresh ? Result<std::vector<std::string>>(fail(ErrorCode::NotFound, "the chart names no repository for it; give a path instead of a version"))
                       : std::vector<std::string>();
    if (repository.starts_with("file://")) {
        const Result<std::string> path = localChartPath(repository, folder);
        const Result<std::string> text = path ? readWholeFile(joinPath(*path, "Chart.yaml"), maxDefinition) : path;
        if (!text)
            return isFresh ? Result<std::vector<std::string>>(tl::unexpected(text.error())) : std::vector<std::string>();
        Metadata metadata;
        if (const Result<void> read = readMetadata(*text, context.version, metadata); !read)
            return tl::unexpected(read.error());
        return std::vector<std::string> {metadata.version};
    }
    if (!repository.starts_with("oci://"))
        return versionsOfIndex(name, repository, context, isFresh);
    if (!isFresh || context.oci == nullptr)
        return std::vector<std::string>();
    Result<std::vector<std::string>> versions = context.oci->versions(repository + "/" + name, {}, context.cancel);
    if (versions && versions->size() > maxVersions)
        versions->resize(maxVersions);
    return versions;
}

} // namespace fairway::chart
