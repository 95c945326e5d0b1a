#include "core/chart/dependency_fetch.h"

#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/package_chart.h"
#include "core/chart/parallel.h"
#include "core/chart/paths.h"
#include "core/chart/temporary_folder.h"
#include "core/funcs/semver.h"
#include "core/funcs/version_constraint.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <set>

namespace fairway::chart {

namespace {

using funcs::SemanticVersion;
using funcs::VersionConstraint;

class Fetcher {
public:
    Fetcher(const DependencyFetch &request, Dependencies &locked)
        : m_request(request)
        , m_context(request.context)
        , m_messages(request.context.messages())
        , m_release(request.context.version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33)
        , m_locked(locked)
        , m_charts(joinPath(request.options.chart, "charts"))
    {
    }

    Result<void> run()
    {
        std::error_code code;
        if (std::filesystem::exists(m_charts, code) && !std::filesystem::is_directory(m_charts, code))
            return fail(ErrorCode::InvalidInput, goQuoted(m_charts) + " is not a directory");
        std::filesystem::create_directories(m_charts, code);
        const TemporaryFolder folder("tmpcharts-", m_request.options.chart);
        if (code || !folder.isMade())
            return fail(ErrorCode::Io, "mkdir " + (code ? m_charts : folder.path()) + ": " + (code ? code.message() : std::strerror(errno)));
        m_context.say("Saving " + std::to_string(m_locked.size()) + " charts\n");
        Result<void> done = plan(folder.path());
        if (done)
            done = download(folder.path());
        if (!done) {
            if (done.error().code != ErrorCode::Cancelled && !m_isQuiet)
                m_context.say("Save error occurred:  " + done.error().message + "\n");
            return done;
        }
        move(folder.path());
        return removeOutdated();
    }

private:
    /// What needs no network is done at once, the rest noted.
    Result<void> plan(const std::string &folder)
    {
        std::set<std::string> urls;
        for (std::optional<Dependency> &dependency : m_locked) {
            if (!dependency)
                continue;
            const std::string &repository = dependency->repository;
            Result<void> done;
            if (repository.empty()) {
                m_context.say("Dependency " + dependency->name + " did not declare a repository. Assuming it exists in the charts directory\n");
                done = checkLocal(*dependency);
            } else if (repository.starts_with("file://")) {
                done = pack(*dependency, folder);
            } else {
                Result<ChartSource> source = sourceOf(*dependency);
                if (!source)
                    done = failWith("could not find ", source.error());
                else if (!urls.insert(source->reference + ":" + source->version).second)
                    m_context.say("Already downloaded " + dependency->name + " from repo " + withoutPassword(repository) + "\n");
                else
                    add(std::move(*source), *dependency);
            }
            if (!done)
                return done;
        }
        return {};
    }

    void add(ChartSource source, const Dependency &dependency)
    {
        m_context.say("Downloading " + dependency.name + " from repo " + withoutPassword(dependency.repository) + "\n");
        source.verify = m_request.options.verify;
        source.verifier = m_request.options.verifier;
        m_sources.push_back(std::move(source));
    }

    Result<void> checkLocal(const Dependency &dependency)
    {
        const std::string path = joinPath(m_charts, dependency.name);
        ValueSources sources;
        m_isQuiet = true; // Of these two Helm says nothing but the error itself.
        const Result<ChartTree> tree = loadChartFolder(path, {m_context.version, m_messages, sources});
        if (!tree)
            return failWith("unable to load chart '" + path + "'", tree.error());
        const Result<VersionConstraint> range = VersionConstraint::parse(dependency.version, m_release);
        if (!range)
            return failWith("dependency " + dependency.name + " has an invalid version/constraint format", range.error());
        m_isQuiet = false;
        const std::string &version = tree->root().metadata.version;
        const Result<SemanticVersion> number = SemanticVersion::parse(version, m_release);
        if (!number)
            return failWith("invalid version " + dependency.version + " for dependency " + dependency.name, number.error());
        if (!range->check(*number)) {
            return fail(ErrorCode::NotFound,
                "dependency " + dependency.name + " at version " + version + " does not satisfy the constraint " + dependency.version);
        }
        return {};
    }

    Result<void> pack(Dependency &dependency, const std::string &folder) const
    {
        const Result<std::string> path = localChartPath(dependency.repository, m_request.options.chart);
        if (!path)
            return tl::unexpected(path.error());
        ValueSources sources;
        LoadContext load {m_context.version, m_messages, sources};
        load.withTimes = true;
        const Result<ChartTree> tree = loadChartFolder(*path, load);
        if (!tree)
            return tl::unexpected(tree.error());
        const Result<VersionConstraint> range = VersionConstraint::parse(dependency.version, m_release);
        if (!range)
            return failWith("dependency " + dependency.name + " has an invalid version/constraint format", range.error());
        const std::string &version = tree->root().metadata.version;
        const Result<SemanticVersion> number = SemanticVersion::parse(version, m_release);
        if (!number)
            return tl::unexpected(number.error());
        if (!range->check(*number))
            return fail(ErrorCode::NotFound, "can't get a valid version for dependency " + dependency.name);
        const Result<std::string> saved = saveChart(tree->root(), folder);
        if (!saved)
            return tl::unexpected(saved.error());
        dependency.version = version;
        return {};
    }

    /// Where a chosen version is fetched.
    Result<ChartSource> sourceOf(const Dependency &dependency) const
    {
        ChartSource source;
        const std::string &repository = dependency.repository;
        if (repository.starts_with("oci://")) {
            source.reference = repository + "/" + dependency.name;
            source.version = dependency.version;
            source.access = m_request.options.access;
            return source;
        }
        const Result<const RepositoryIndex *> index = m_request.findIndex(repository);
        if (!index)
            return tl::unexpected(index.error());
        if (*index == nullptr) {
            HttpClient client(m_context.http);
            const Result<ChartInRepository> found
                = findChartInRepository(client, m_context, repository, dependency.name, dependency.version, {});
            if (!found)
                return failWith("chart " + dependency.name + " not found in " + withoutPassword(repository), found.error());
            source.reference = found->url;
            source.owner = repository;
            return source;
        }
        const auto entry = (*index)->entries.find(dependency.name);
        if (entry == (*index)->entries.end())
            return fail(ErrorCode::NotFound, "entry not found");
        for (const ChartVersion &version : entry->second) {
            if (version.urls.empty() || !(dependency.version.empty() || isSameVersion(dependency.version, version.metadata.version)))
                continue;
            Result<std::string> url = resolveInRepository(repository, version.urls.front());
            if (!url)
                return tl::unexpected(url.error());
            source.reference = std::move(*url);
            for (const RepositoryEntry &known : m_request.known.repositories) {
                if (!isSameUrl(known.url, repository))
                    continue;
                source.access = accessOf(known);
                source.owner = known.url;
                break;
            }
            return source;
        }
        return fail(ErrorCode::NotFound, "no matching version");
    }

    bool isSameVersion(const std::string &a, const std::string &b) const
    {
        const Result<SemanticVersion> first = SemanticVersion::parse(a, m_release);
        const Result<SemanticVersion> second = SemanticVersion::parse(b, m_release);
        return !first ? a == b : second && first->compare(*second) == 0;
    }

    Result<void> download(const std::string &folder) const
    {
        std::mutex logging;
        RemoteContext shared = m_context;
        shared.log = [&](std::string_view line) {
            const std::scoped_lock lock(logging);
            if (m_context.log)
                m_context.log(line);
        };
        std::vector<Result<FetchedChart>> results(m_sources.size());
        forEachInParallel(m_sources.size(), [&](std::size_t i) { results[i] = downloadChart(m_sources[i], folder, shared); });
        for (std::size_t i = 0; i < results.size(); ++i) {
            if (!results[i] && results[i].error().code == ErrorCode::Cancelled)
                return tl::unexpected(results[i].error());
            if (!results[i])
                return failWith("could not download " + withoutPassword(m_sources[i].reference), results[i].error());
            m_context.say(results[i]->report);
        }
        return {};
    }

    void move(const std::string &folder)
    {
        ValueSources sources;
        std::error_code code;
        for (const std::filesystem::directory_entry &entry : std::filesystem::directory_iterator(folder, code)) {
            const std::string name = entry.path().filename().string();
            const std::string from = entry.path().string();
            if (name.ends_with(".prov"))
                continue;
            m_moved.insert(name);
            if (const Result<ChartTree> tree = loadChart(from, {m_context.version, m_messages, sources}); !tree)
                m_context.say("Could not verify " + from + " for moving: " + tree.error().message + " (Skipping)");
            else if (std::rename(from.c_str(), joinPath(m_charts, name).c_str()) != 0)
                m_context.say("Unable to move " + from + " to charts dir " + m_charts + " (Skipping)");
        }
    }

    Result<void> removeOutdated() const
    {
        m_context.say("Deleting outdated charts\n");
        std::vector<std::string> outdated;
        std::error_code code;
        for (const std::filesystem::directory_entry &entry : std::filesystem::directory_iterator(m_charts, code)) {
            const std::string name = entry.path().filename().string();
            if (!entry.is_directory(code) && !m_moved.contains(name))
                outdated.push_back(name);
        }
        std::sort(outdated.begin(), outdated.end());
        for (const std::string &name : outdated) {
            const std::string path = joinPath(m_charts, name);
            ValueSources sources;
            const Result<ChartTree> tree = loadChart(path, {m_context.version, m_messages, sources});
            if (!tree) {
                m_context.say("Could not verify " + path + " for deletion: " + tree.error().message + " (Skipping)\n");
                continue;
            }
            const bool isLocal = std::any_of(m_locked.begin(), m_locked.end(), [&](const std::optional<Dependency> &dependency) {
                return dependency && dependency->repository.empty() && dependency->name == tree->root().name();
            });
            if (!isLocal && !std::filesystem::remove(path, code))
                m_context.say("Could not delete " + path + ": " + code.message() + " (Skipping)");
        }
        return {};
    }

    const DependencyFetch &m_request;
    const RemoteContext &m_context;
    const Messages m_messages;
    const funcs::SemverRelease m_release;
    Dependencies &m_locked;
    const std::string m_charts;
    std::vector<ChartSource> m_sources;
    std::set<std::string> m_moved;
    bool m_isQuiet = false;
};

} // namespace

Result<void> fetchDependencies(const DependencyFetch &request, Dependencies &locked)
{
    return Fetcher(request, locked).run();
}

Result<std::string> localChartPath(const std::string &repository, const std::string &chart)
{
    const std::string path = repository.starts_with("file://") ? repository.substr(7) : repository;
    std::string folder = path.starts_with('/') ? cleanPath(path) : joinPath(chart, path);
    std::error_code code;
    if (!std::filesystem::exists(folder, code))
        return fail(ErrorCode::NotFound, "directory " + folder + " not found");
    return folder;
}

} // namespace fairway::chart
