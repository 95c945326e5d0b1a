#include "core/chart/update_dependencies.h"

#include "core/chart/chart.h"
#include "core/chart/chart_url.h"
#include "core/chart/dependency_fetch.h"
#include "core/chart/dependency_lock.h"
#include "core/chart/go_text.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/chart/repositories.h"
#include "core/funcs/digest.h"
#include "core/funcs/semver.h"
#include "core/funcs/url.h"
#include "core/funcs/version_constraint.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <sys/stat.h>

namespace fairway::chart {

namespace {

using funcs::SemanticVersion;
using funcs::VersionConstraint;

/// Repositories nobody added are cached under this and the digest of their URL.
constexpr std::string_view unmanagedPrefix = "helm-manager-";
constexpr int maxRecursion = 16;

bool isUrlOrPath(const std::string &text)
{
    const auto url = funcs::GoUrl::parse(text);
    return url && (!url->scheme.empty() || text.starts_with('/'));
}

std::string describe(const Dependency &wanted)
{
    return goQuoted(wanted.name) + " (repository " + goQuoted(wanted.repository) + ", version " + goQuoted(wanted.version) + ")";
}

class DependencyManager {
public:
    DependencyManager(const DependencyOptions &options, const RemoteContext &context, int depth)
        : m_options(options)
        , m_context(context)
        , m_messages(context.messages())
        , m_release(context.version == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33)
        , m_depth(depth)
    {
    }

    Result<void> update()
    {
        if (const Result<void> loaded = load(); !loaded)
            return loaded;
        Metadata &metadata = m_tree.root().metadata;
        if (!metadata.hasDependencies)
            return {};
        if (const Result<void> resolved = resolveRepositories(metadata.dependencies); !resolved)
            return resolved;
        if (const Result<void> refreshed = refreshMissing(metadata.dependencies); !refreshed)
            return refreshed;
        if (!m_options.skipsRefresh) {
            if (const Result<void> refreshed = refreshKnown(); !refreshed)
                return refreshed;
        }
        Result<Dependencies> chosen = choose(metadata.dependencies);
        if (!chosen)
            return tl::unexpected(chosen.error());
        if (const Result<void> fetched = fetch(*chosen); !fetched)
            return fetched;
        Lock lock;
        lock.digest = lockDigest(metadata.dependencies, *chosen);
        if (m_tree.root().lock && m_tree.root().lock->digest == lock.digest)
            return {};
        lock.generated = goTimestamp(std::chrono::system_clock::now());
        lock.dependencies = std::move(*chosen);
        return writeLock(lock);
    }

    Result<void> build()
    {
        if (const Result<void> loaded = load(); !loaded)
            return loaded;
        if (!m_tree.root().lock)
            return update();
        Metadata &metadata = m_tree.root().metadata;
        Lock lock = *m_tree.root().lock;
        const bool isV1 = metadata.apiVersion == "v1";
        const std::string oldDigest = lockDigestOfHelm2(metadata.dependencies);
        if (const Result<void> resolved = resolveRepositories(metadata.dependencies); !resolved)
            return resolved;
        if (lockDigest(metadata.dependencies, lock.dependencies) != lock.digest) {
            if (!isV1) {
                return fail(ErrorCode::Conflict,
                    "the lock file (Chart.lock) is out of sync with the dependencies file (Chart.yaml). Please update the dependencies");
            }
            m_messages.printed("manager.go:122", "warning: a valid Helm v3 hash was not found. Checking against Helm v2 hash...");
            if (oldDigest != lock.digest) {
                return fail(ErrorCode::Conflict, "the lock file (requirements.lock) is out of sync with the dependencies file (requirements.yaml). "
                                                 "Please update the dependencies");
            }
        }
        if (const Result<void> complete = checkAllKnown(lock.dependencies); !complete)
            return complete;
        if (!m_options.skipsRefresh) {
            if (const Result<void> refreshed = refreshKnown(); !refreshed)
                return refreshed;
        }
        return fetch(lock.dependencies);
    }

private:
    Result<void> load()
    {
        struct stat status {};
        if (::stat(m_options.chart.c_str(), &status) != 0)
            return fail(ErrorCode::NotFound, "could not find " + m_options.chart + ": stat " + m_options.chart + ": no such file or directory");
        if (!S_ISDIR(status.st_mode))
            return fail(ErrorCode::InvalidInput, "only unpacked charts can be updated");
        Result<ChartTree> tree = loadChartFolder(m_options.chart, {m_context.version, m_messages, m_sources});
        if (!tree)
            return tl::unexpected(tree.error());
        m_tree = std::move(*tree);
        Result<RepositoryFile> known = readRepositoryFile(m_context.paths.repositoryConfig);
        if (!known && known.error().code != ErrorCode::NotFound)
            return tl::unexpected(known.error());
        if (known)
            m_known = std::move(*known);
        return {};
    }

    /// Finds the added repository of each dependency, and puts its URL in the place of its name.
    Result<void> resolveRepositories(Dependencies &dependencies)
    {
        std::vector<std::string> missing;
        for (std::optional<Dependency> &wanted : dependencies) {
            std::string &repository = wanted->repository;
            if (repository.empty())
                continue;
            if (repository.starts_with("file://")) {
                if (const Result<std::string> path = localChartPath(repository, m_options.chart); !path)
                    return tl::unexpected(path.error());
                m_names[wanted->name] = repository;
                continue;
            }
            if (repository.starts_with("oci://")) {
                m_names[wanted->name] = repository;
                continue;
            }
            const auto found = std::find_if(m_known.repositories.begin(), m_known.repositories.end(), [&](const RepositoryEntry &entry) {
                return repository == "@" + entry.name || repository == "alias:" + entry.name || isSameUrl(entry.url, repository);
            });
            if (found != m_known.repositories.end()) {
                if (repository.starts_with('@') || repository.starts_with("alias:"))
                    repository = found->url;
                m_names[wanted->name] = found->name;
            } else if (!isUrlOrPath(repository)) {
                missing.push_back(repository);
            }
        }
        if (missing.empty())
            return {};
        std::string text = "no repository definition for ";
        bool hasPlainName = false;
        for (const std::string &name : missing) {
            text += (&name == &missing.front() ? "" : ", ") + name;
            hasPlainName = hasPlainName || (name.find("//") == std::string::npos && !name.starts_with('@') && !name.starts_with("alias:"));
        }
        text += ". Please add them via 'helm repo add'";
        if (hasPlainName) {
            text += "\nNote that repositories must be URLs or aliases. For example, to refer to the \"example\"\n"
                    "repository, use \"https://charts.example.com/\" or \"@example\" instead of\n"
                    "\"example\". Don't forget to add the repo, too ('helm repo add').";
        }
        return fail(ErrorCode::NotFound, text);
    }

    /// Repositories nobody added: their indexes are cached under names of their own.
    Result<void> refreshMissing(const Dependencies &dependencies)
    {
        std::vector<RepositoryEntry> entries;
        for (const std::optional<Dependency> &wanted : dependencies) {
            if (wanted->repository.empty() || m_names.contains(wanted->name))
                continue;
            RepositoryEntry entry;
            entry.name = std::string(unmanagedPrefix) + funcs::hexadecimal(funcs::sha256(wanted->repository));
            entry.url = wanted->repository;
            m_names[wanted->name] = entry.name;
            entries.push_back(std::move(entry));
        }
        if (m_options.skipsRefresh || entries.empty())
            return {};
        m_context.say("Getting updates for unmanaged Helm repositories...\n");
        return refresh(entries);
    }

    Result<void> refreshKnown()
    {
        if (m_known.repositories.empty())
            return {};
        m_context.say("Hang tight while we grab the latest from your chart repositories...\n");
        if (const Result<void> refreshed = refresh(m_known.repositories); !refreshed)
            return refreshed;
        m_context.say("Update Complete. ⎈Happy Helming!⎈\n");
        return {};
    }

    Result<void> refresh(const std::vector<RepositoryEntry> &all)
    {
        std::vector<RepositoryEntry> entries; // One for each URL, the last; Helm 3 asks as often as they are named.
        for (const RepositoryEntry &entry : all) {
            if (m_context.version == HelmVersion::V3) {
                entries.push_back(entry);
                continue;
            }
            const auto bare = [](const std::string &url) { return url.ends_with('/') ? url.substr(0, url.size() - 1) : url; };
            std::erase_if(entries, [&](const RepositoryEntry &other) { return bare(other.url) == bare(entry.url); });
            entries.push_back(entry);
        }
        for (const RepositoryEntry &entry : entries) {
            if (const Result<void> good = checkRepositoryUrl(entry.url); !good)
                return good;
        }
        for (const UpdatedRepository &updated : updateRepositories(m_context, entries)) {
            const std::string url = withoutPassword(updated.entry.url);
            const bool isUnmanaged = updated.entry.name.starts_with(unmanagedPrefix);
            if (updated.error && updated.error->code == ErrorCode::Cancelled)
                return tl::unexpected(*updated.error);
            if (!updated.error)
                m_context.say("...Successfully got an update from the " + goQuoted(isUnmanaged ? url : updated.entry.name) + " chart repository\n");
            else
                m_context.say("...Unable to get an update from the " + goQuoted(isUnmanaged ? url : updated.entry.name) + " chart repository"
                    + (isUnmanaged ? "" : " (" + url + ")") + ":\n\t" + updated.error->message + "\n");
        }
        return {};
    }

    /// The index cached under a name, read once.
    Result<const RepositoryIndex *> indexOf(const std::string &name)
    {
        const auto known = m_indexes.find(name);
        if (known != m_indexes.end())
            return &known->second;
        Result<RepositoryIndex> index = loadCachedIndex(m_context, name);
        if (!index)
            return tl::unexpected(index.error());
        return &m_indexes.emplace(name, std::move(*index)).first->second;
    }

    /// The newest version of each dependency in its range.
    Result<Dependencies> choose(const Dependencies &dependencies)
    {
        Dependencies chosen;
        std::vector<std::string> missing;
        for (const std::optional<Dependency> &wanted : dependencies) {
            const Result<VersionConstraint> range = VersionConstraint::parse(wanted->version, m_release);
            if (!range)
                return failWith("dependency " + goQuoted(wanted->name) + " has an invalid version/constraint format", range.error());
            const Result<std::string> version = chooseOne(*wanted, *range);
            if (!version)
                return tl::unexpected(version.error());
            if (version->empty() && !wanted->repository.empty())
                missing.push_back(describe(*wanted));
            Dependency locked;
            locked.name = wanted->name;
            locked.repository = wanted->repository;
            locked.version = wanted->repository.empty() ? wanted->version : *version;
            chosen.emplace_back(std::move(locked));
        }
        if (missing.empty())
            return chosen;
        std::string text = "can't get a valid version for " + std::to_string(missing.size()) + " subchart(s): ";
        for (const std::string &name : missing)
            text += (&name == &missing.front() ? "" : ", ") + name;
        return fail(ErrorCode::NotFound,
            text + ". Make sure a matching chart version exists in the repo, or change the version constraint in Chart.yaml");
    }

    /// Empty: none fits, or the chart stands in charts/ and has no version to choose.
    Result<std::string> chooseOne(const Dependency &wanted, const VersionConstraint &range)
    {
        const auto fits = [&](const std::string &version) {
            const Result<SemanticVersion> number = SemanticVersion::parse(version, m_release);
            return number && range.check(*number);
        };
        if (wanted.repository.empty()) {
            if (const Result<std::string> path = localChartPath(joinPath("charts", wanted.name), m_options.chart); !path)
                return path;
            return std::string();
        }
        if (wanted.repository.starts_with("file://")) {
            const Result<std::string> path = localChartPath(wanted.repository, m_options.chart);
            if (!path)
                return path;
            const Result<ChartTree> tree = loadChartFolder(*path, {m_context.version, m_messages, m_sources});
            if (!tree)
                return tl::unexpected(tree.error());
            const std::string &version = tree->root().metadata.version;
            return fits(version) ? version : std::string();
        }
        if (wanted.repository.starts_with("oci://"))
            return chooseInRegistry(wanted, fits);
        const std::string &name = m_names[wanted.name];
        const Result<const RepositoryIndex *> index = indexOf(name);
        if (!index)
            return failWith("no cached repository for " + name + " found. (try 'helm repo update')", index.error());
        const auto entry = (*index)->entries.find(wanted.name);
        if (entry == (*index)->entries.end())
            return fail(ErrorCode::NotFound, wanted.name + " chart not found in repo " + wanted.repository);
        for (const ChartVersion &version : entry->second) {
            if (!version.urls.empty() && fits(version.metadata.version))
                return version.metadata.version;
        }
        return std::string();
    }

    template <typename Fits>
    Result<std::string> chooseInRegistry(const Dependency &wanted, const Fits &fits)
    {
        if (SemanticVersion::parse(wanted.version, m_release))
            return wanted.version;
        if (m_context.oci == nullptr)
            return fail(ErrorCode::Unsupported, wanted.repository + ": charts from OCI registries are not supported here");
        const Result<std::vector<std::string>> versions
            = m_context.oci->versions(wanted.repository + "/" + wanted.name, m_options.access, m_context.cancel);
        if (!versions)
            return failWith("could not retrieve list of tags for repository " + wanted.repository, versions.error());
        for (const std::string &version : *versions) {
            if (fits(version))
                return version;
        }
        return wanted.version; // As Helm: that none fits comes out when it is fetched.
    }

    Result<void> checkAllKnown(const Dependencies &dependencies) const
    {
        std::string missing;
        for (const std::optional<Dependency> &locked : dependencies) {
            const std::string repository = locked ? locked->repository : std::string();
            if (repository.empty() || repository.starts_with("file://") || repository.starts_with("oci://"))
                continue;
            const std::string bare = repository.ends_with('/') ? repository.substr(0, repository.size() - 1) : repository;
            const bool isKnown = std::any_of(m_known.repositories.begin(), m_known.repositories.end(),
                [&](const RepositoryEntry &entry) { return isSameUrl(entry.url, bare); });
            if (!isKnown)
                missing += (missing.empty() ? "" : ", ") + withoutPassword(repository);
        }
        if (missing.empty())
            return {};
        return fail(ErrorCode::NotFound, "no repository definition for " + missing + ". Please add the missing repos via 'helm repo add'");
    }

    Result<void> fetch(Dependencies &chosen)
    {
        if (m_options.isRecursive) {
            if (const Result<void> inner = updateInner(chosen); !inner)
                return inner;
        }
        DependencyFetch request {m_options, m_context, m_known, {}};
        request.findIndex = [this](const std::string &repository) -> Result<const RepositoryIndex *> {
            for (const RepositoryEntry &entry : m_known.repositories) {
                if (isSameUrl(repository, entry.url))
                    return indexOf(entry.name);
            }
            return nullptr;
        };
        return fetchDependencies(request, chosen);
    }

    /// The dependencies of charts in other folders, before these are packed.
    Result<void> updateInner(const Dependencies &chosen)
    {
        if (m_depth >= maxRecursion)
            return fail(ErrorCode::LimitExceeded, "charts that depend on each other by file:// are nested more than " + std::to_string(maxRecursion) + " deep");
        for (const std::optional<Dependency> &locked : chosen) {
            if (!locked || !locked->repository.starts_with("file://"))
                continue;
            const Result<std::string> path = localChartPath(locked->repository, m_options.chart);
            if (!path)
                return tl::unexpected(path.error());
            DependencyOptions inner = m_options;
            inner.chart = *path;
            if (const Result<void> updated = DependencyManager(inner, m_context, m_depth + 1).update(); !updated)
                return failWith(*path, updated.error());
        }
        return {};
    }

    Result<void> writeLock(const Lock &lock) const
    {
        const std::string name = m_tree.root().metadata.apiVersion == "v1" ? "requirements.lock" : "Chart.lock";
        const std::string path = joinPath(m_options.chart, name);
        std::error_code code;
        if (std::filesystem::is_symlink(path, code)) {
            const std::string target = std::filesystem::read_symlink(path, code).string();
            return fail(ErrorCode::InvalidInput, "the " + name + " file is a symlink to " + goQuoted(target));
        }
        return replaceFile(path, value::toYaml(toValue(lock)));
    }

    const DependencyOptions &m_options;
    const RemoteContext &m_context;
    const Messages m_messages;
    const funcs::SemverRelease m_release;
    const int m_depth;
    ValueSources m_sources;
    ChartTree m_tree;
    RepositoryFile m_known;
    std::map<std::string, std::string> m_names; ///< Of a dependency the name its repository's index is cached under.
    std::map<std::string, RepositoryIndex> m_indexes;
};

} // namespace

Result<void> updateDependencies(const DependencyOptions &options, const RemoteContext &context)
{
    return DependencyManager(options, context, 0).update();
}

Result<void> buildDependencies(const DependencyOptions &options, const RemoteContext &context)
{
    return DependencyManager(options, context, 0).build();
}

} // namespace fairway::chart
