#pragma once

#include "core/chart/remote.h"
#include "core/chart/repository_file.h"
#include "core/chart/repository_index.h"

#include <optional>
#include <string>
#include <vector>

/// Helm's chart repositories: those the user added, and what is cached of them.
namespace fairway::chart {

/// Whether a repository can stand at a URL. Errors: InvalidInput in Helm's words, Unsupported for oci://.
[[nodiscard]] Result<void> checkRepositoryUrl(const std::string &url);

[[nodiscard]] RemoteAccess accessOf(const RepositoryEntry &entry);

/// Where the index of a repository is cached: CACHE/NAME-index.yaml, and the list of its charts: CACHE/NAME-charts.txt.
[[nodiscard]] std::string indexCachePath(const HelmPaths &paths, std::string_view repository);
[[nodiscard]] std::string chartsCachePath(const HelmPaths &paths, std::string_view repository);

/// The cached index. Errors: NotFound ("open …: no such file or directory"), InvalidInput ("error loading …: …").
[[nodiscard]] Result<RepositoryIndex> loadCachedIndex(
    const RemoteContext &context, const std::string &repository, IndexDetail detail = IndexDetail::Everything);

/// Fetches a repository's index, checks it, and puts it into the cache under the entry's name (unless `isKept` is false).
/// Errors: fetchFile()'s, parseIndex()'s, InvalidInput for a bad URL or a name that is no file's.
[[nodiscard]] Result<RepositoryIndex> downloadIndex(
    HttpClient &client, const RemoteContext &context, const RepositoryEntry &entry, bool isKept = true);

/// What addRepository() did.
enum class RepositoryAdded { Added, WasThere };

/// `helm repo add`: fetches the index and writes repositories.yaml, other processes kept out meanwhile.
/// Errors: AlreadyExists (another repository of the name, unless `isForced`), InvalidInput, Unreachable ("looks like … is not a valid chart
///         repository or cannot be reached: …").
[[nodiscard]] Result<RepositoryAdded> addRepository(const RemoteContext &context, const RepositoryEntry &entry, bool isForced);

/// `helm repo remove` of one repository: out of repositories.yaml and of the cache.
/// Errors: NotFound ("no repo named … found", "no repositories configured").
[[nodiscard]] Result<void> removeRepository(const RemoteContext &context, const std::string &name);

struct UpdatedRepository {
    RepositoryEntry entry;
    std::optional<Error> error;
};

/// Fetches the indexes of repositories anew, up to eight at a time. In the order of `entries`.
[[nodiscard]] std::vector<UpdatedRepository> updateRepositories(const RemoteContext &context, const std::vector<RepositoryEntry> &entries);

/// How the user identifies becomes part of what is kept of a repository.
void setAccess(RepositoryEntry &entry, const RemoteAccess &access);

/// A chart of a repository that wasn't added: its absolute URL, by an index fetched for it.
struct ChartInRepository {
    std::string url;
    std::string digest;
};
/// Errors: Unreachable ("looks like …"), NotFound (`chart "x" version "1" not found in URL repository`).
[[nodiscard]] Result<ChartInRepository> findChartInRepository(HttpClient &client, const RemoteContext &context, const std::string &repositoryUrl,
    const std::string &chart, const std::string &version, const RemoteAccess &access);

} // namespace fairway::chart
