#include "core/chart/repositories.h"

#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/parallel.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/funcs/url.h"

#include <mutex>
#include <unistd.h>

namespace fairway::chart {

namespace {

/// A name that leads out of the cache, which only a repositories.yaml written by somebody else can hold.
Result<void> checkCacheName(const std::string &name)
{
    if (name.find('/') != std::string::npos || name.find('\0') != std::string::npos)
        return fail(ErrorCode::InvalidInput, "repository name (" + name + ") contains '/', please specify a different name without '/'");
    return {};
}

tl::unexpected<Error> notReached(const std::string &url, const Error &error)
{
    return fail(error.code, "looks like " + goQuoted(withoutPassword(url)) + " is not a valid chart repository or cannot be reached: " + error.message);
}

} // namespace

Result<void> checkRepositoryUrl(const std::string &text)
{
    const auto url = funcs::GoUrl::parse(text);
    if (!url)
        return fail(ErrorCode::InvalidInput, "invalid chart URL format: " + withoutPassword(text));
    if (url->scheme == "oci")
        return fail(ErrorCode::Unsupported, "an OCI registry is no chart repository: use its charts by their address, oci://…");
    if (url->scheme != "http" && url->scheme != "https")
        return fail(ErrorCode::InvalidInput, "could not find protocol handler for: " + url->scheme);
    return {};
}

RemoteAccess accessOf(const RepositoryEntry &entry)
{
    RemoteAccess access;
    access.username = entry.username;
    access.password = entry.password;
    access.tls = {entry.certFile, entry.keyFile, entry.caFile, entry.insecureSkipTlsVerify};
    access.passCredentials = entry.passCredentialsAll;
    return access;
}

std::string indexCachePath(const HelmPaths &paths, std::string_view repository)
{
    return joinPath(paths.repositoryCache, std::string(repository) + (repository.empty() ? "index.yaml" : "-index.yaml"));
}

std::string chartsCachePath(const HelmPaths &paths, std::string_view repository)
{
    return joinPath(paths.repositoryCache, std::string(repository) + (repository.empty() ? "charts.txt" : "-charts.txt"));
}

Result<RepositoryIndex> loadCachedIndex(const RemoteContext &context, const std::string &repository, IndexDetail detail)
{
    if (const Result<void> good = checkCacheName(repository); !good)
        return tl::unexpected(good.error());
    const std::string path = indexCachePath(context.paths, repository);
    const Result<std::string> text = readWholeFile(path, maxIndexDownload);
    if (!text)
        return tl::unexpected(text.error());
    Result<RepositoryIndex> index = parseIndex(*text, path, context.messages(), {}, detail);
    if (!index)
        return failWith("error loading " + path, index.error());
    return index;
}

Result<RepositoryIndex> downloadIndex(HttpClient &client, const RemoteContext &context, const RepositoryEntry &entry, bool isKept)
{
    if (const Result<void> good = checkCacheName(entry.name); !good)
        return tl::unexpected(good.error());
    const Result<std::string> url = resolveInRepository(entry.url, "index.yaml");
    if (!url)
        return tl::unexpected(url.error());
    const Result<std::string> text = fetchFile(client, context, *url, entry.url, accessOf(entry), maxIndexDownload);
    if (!text)
        return tl::unexpected(text.error());
    Result<RepositoryIndex> index = parseIndex(*text, withoutPassword(entry.url), context.messages());
    if (!index || !isKept)
        return index;
    std::string names;
    for (const auto &[name, versions] : index->entries)
        names += name + "\n";
    (void)replaceFile(chartsCachePath(context.paths, entry.name), names); // For completion only: Helm doesn't look at this error either.
    if (const Result<void> written = replaceFile(indexCachePath(context.paths, entry.name), *text); !written)
        return tl::unexpected(written.error());
    return index;
}

Result<RepositoryAdded> addRepository(const RemoteContext &context, const RepositoryEntry &entry, bool isForced)
{
    const std::string &path = context.paths.repositoryConfig;
    const Result<RepositoryFileLock> lock = RepositoryFileLock::take(path, context.cancel);
    if (!lock)
        return tl::unexpected(lock.error());
    RepositoryFile file;
    if (Result<RepositoryFile> read = readRepositoryFile(path))
        file = std::move(*read);
    else if (read.error().code != ErrorCode::NotFound)
        return tl::unexpected(read.error());
    if (const Result<void> good = checkCacheName(entry.name); !good)
        return tl::unexpected(good.error());
    const RepositoryEntry *const existing = file.find(entry.name);
    if (!isForced && existing != nullptr) {
        if (!(*existing == entry))
            return fail(ErrorCode::AlreadyExists, "repository name (" + entry.name + ") already exists, please specify a different name");
        return RepositoryAdded::WasThere;
    }
    if (const Result<void> good = checkRepositoryUrl(entry.url); !good)
        return tl::unexpected(good.error());
    HttpClient client(context.http);
    if (const Result<RepositoryIndex> index = downloadIndex(client, context, entry); !index)
        return notReached(entry.url, index.error());
    file.put(entry);
    if (const Result<void> written = writeRepositoryFile(path, file); !written)
        return tl::unexpected(written.error());
    return RepositoryAdded::Added;
}

Result<void> removeRepository(const RemoteContext &context, const std::string &name)
{
    const std::string &path = context.paths.repositoryConfig;
    const Result<RepositoryFileLock> lock = RepositoryFileLock::take(path, context.cancel);
    if (!lock)
        return tl::unexpected(lock.error());
    Result<RepositoryFile> file = readRepositoryFile(path);
    if (!file || file->repositories.empty())
        return fail(ErrorCode::NotFound, "no repositories configured");
    if (!file->remove(name))
        return fail(ErrorCode::NotFound, "no repo named " + goQuoted(name) + " found");
    if (const Result<void> written = writeRepositoryFile(path, *file); !written)
        return written;
    if (!checkCacheName(name))
        return {};
    ::unlink(chartsCachePath(context.paths, name).c_str());
    ::unlink(indexCachePath(context.paths, name).c_str());
    return {};
}

std::vector<UpdatedRepository> updateRepositories(const RemoteContext &context, const std::vector<RepositoryEntry> &entries)
{
    std::vector<UpdatedRepository> updated(entries.size());
    std::mutex logging;
    RemoteContext shared = context;
    shared.log = [&](std::string_view line) {
        const std::scoped_lock lock(logging);
        if (context.log)
            context.log(line);
    };
    forEachInParallel(entries.size(), [&](std::size_t i) {
        updated[i].entry = entries[i];
        if (const Result<void> good = checkRepositoryUrl(entries[i].url); !good) {
            updated[i].error = good.error();
            return;
        }
        HttpClient client(shared.http);
        if (const Result<RepositoryIndex> index = downloadIndex(client, shared, entries[i]); !index)
            updated[i].error = index.error();
    });
    return updated;
}

void setAccess(RepositoryEntry &entry, const RemoteAccess &access)
{
    entry.username = access.username;
    entry.password = access.password;
    entry.certFile = access.tls.certificateFile;
    entry.keyFile = access.tls.keyFile;
    entry.caFile = access.tls.caFile;
    entry.insecureSkipTlsVerify = access.tls.insecure;
    entry.passCredentialsAll = access.passCredentials;
}

Result<ChartInRepository> findChartInRepository(HttpClient &client, const RemoteContext &context, const std::string &repositoryUrl,
    const std::string &chart, const std::string &version, const RemoteAccess &access)
{
    if (const Result<void> good = checkRepositoryUrl(repositoryUrl); !good)
        return tl::unexpected(good.error());
    RepositoryEntry entry;
    entry.url = repositoryUrl;
    setAccess(entry, access);
    const Result<RepositoryIndex> index = downloadIndex(client, context, entry, false);
    if (!index)
        return notReached(repositoryUrl, index.error());
    std::string wanted = "chart " + goQuoted(chart);
    if (!version.empty())
        wanted += " version " + goQuoted(version);
    const Result<const ChartVersion *> found = index->find(chart, version, context.messages());
    if (!found)
        return fail(ErrorCode::NotFound, wanted + " not found in " + withoutPassword(repositoryUrl) + " repository");
    if ((*found)->urls.empty())
        return fail(ErrorCode::NotFound, wanted + " has no downloadable URLs");
    const Result<std::string> url = resolveInRepository(repositoryUrl, (*found)->urls.front());
    if (!url)
        return failWith("failed to make chart URL absolute", url.error());
    return ChartInRepository {*url, (*found)->digest};
}

} // namespace fairway::chart
