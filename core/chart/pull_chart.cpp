#include "core/chart/pull_chart.h"

#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"
#include "core/chart/repositories.h"
#include "core/chart/temporary_folder.h"
#include "core/chart/unpack_chart.h"
#include "core/funcs/digest.h"
#include "core/funcs/url.h"

#include <filesystem>
#include <sys/stat.h>

namespace fairway::chart {

namespace {

constexpr std::string_view acceptedTypes = "application/gzip,application/octet-stream";
constexpr std::size_t digestDigits = 64;

/// A chart's address, and with what it is fetched.
struct Resolved {
    std::string url;
    std::string digest; ///< What the index says; hexadecimal digits, or empty.
    std::string owner;  ///< URL of the repository.
    RemoteAccess access;
};

struct Downloaded {
    ChartSource source; ///< As it was found: with the chart's URL for its name.
    Resolved from;
    std::string fileName;
    std::string archive;
    std::string provenance; ///< Of a registry.
    std::string provenanceFault;
};

bool isOci(std::string_view reference)
{
    return reference.starts_with("oci://");
}

/// The user's access with what the repository's entry says instead.
RemoteAccess combined(RemoteAccess access, const RepositoryEntry &entry)
{
    if (!entry.certFile.empty() || !entry.keyFile.empty() || !entry.caFile.empty()) {
        access.tls.certificateFile = entry.certFile;
        access.tls.keyFile = entry.keyFile;
        access.tls.caFile = entry.caFile;
    }
    access.tls.insecure = access.tls.insecure || entry.insecureSkipTlsVerify;
    if (!entry.username.empty() && !entry.password.empty()) {
        access.username = entry.username;
        access.password = entry.password;
        access.passCredentials = entry.passCredentialsAll;
    }
    return access;
}

Result<RepositoryFile> knownRepositories(const RemoteContext &context)
{
    Result<RepositoryFile> file = readRepositoryFile(context.paths.repositoryConfig);
    if (!file && file.error().code == ErrorCode::NotFound)
        return RepositoryFile {};
    return file;
}

/// "sha256:ABCD" or "ABCD" as digits. Errors: in the words of Go's hex package.
Result<std::string> digestOf(std::string_view text)
{
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos)
        text.remove_prefix(colon + 1);
    std::string digits;
    for (const char c : text) {
        const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c | 0x20) : c;
        if (!((lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f')))
            return fail(ErrorCode::InvalidInput, "encoding/hex: invalid byte in the digest of the repository's index");
        digits += lower;
    }
    if (digits.size() % 2 != 0)
        return fail(ErrorCode::InvalidInput, "encoding/hex: odd length hex string");
    if (!digits.empty() && digits.size() != digestDigits)
        return fail(ErrorCode::InvalidInput, "invalid digest length: " + std::to_string(digits.size() / 2));
    return digits;
}

/// A URL: the repository whose index names it lends its credentials.
Result<Resolved> resolveUrlReference(const ChartSource &source, const RepositoryFile &known, const RemoteContext &context)
{
    for (const RepositoryEntry &entry : known.repositories) {
        const Result<RepositoryIndex> index = loadCachedIndex(context, entry.name);
        if (!index)
            return failWith("no cached repo found. (try 'helm repo update')", index.error());
        for (const auto &[name, versions] : index->entries) {
            for (const ChartVersion &version : versions) {
                for (const std::string &url : version.urls) {
                    if (isSameUrl(source.reference, url))
                        return Resolved {source.reference, {}, entry.url, combined(source.access, entry)};
                }
            }
        }
    }
    return Resolved {source.reference, {}, source.reference, source.access};
}

Result<Resolved> resolve(const ChartSource &source, const RemoteContext &context)
{
    const auto url = funcs::GoUrl::parse(source.reference);
    if (!url)
        return fail(ErrorCode::InvalidInput, "invalid chart URL format: " + withoutPassword(source.reference));
    if (!source.owner.empty())
        return Resolved {source.reference, {}, source.owner, source.access};
    const Result<RepositoryFile> known = knownRepositories(context);
    if (!known)
        return tl::unexpected(known.error());
    if (!url->scheme.empty() && !url->host.empty() && !url->path.empty())
        return resolveUrlReference(source, *known, context);

    const std::size_t slash = url->path.find('/');
    if (slash == std::string::npos)
        return fail(ErrorCode::NotFound, "non-absolute URLs should be in form of repo_name/path_to_chart, got: " + url->toString());
    const std::string repository = url->path.substr(0, slash);
    const std::string chart = url->path.substr(slash + 1);
    const RepositoryEntry *const entry = known->find(repository);
    if (!entry)
        return fail(ErrorCode::NotFound, "repo " + repository + " not found");
    if (entry->url.empty())
        return fail(ErrorCode::InvalidInput, "no URL found for repository " + repository);
    const Result<RepositoryIndex> index = loadCachedIndex(context, repository);
    if (!index)
        return failWith("no cached repo found. (try 'helm repo update')", index.error());
    const Result<const ChartVersion *> found = index->find(chart, source.version, context.messages());
    if (!found) {
        return fail(found.error().code, "chart " + goQuoted(chart) + " matching " + source.version + " not found in " + repository
            + " index. (try 'helm repo update'): " + found.error().message);
    }
    if ((*found)->urls.empty())
        return fail(ErrorCode::NotFound, "chart " + goQuoted(source.reference) + " has no downloadable URLs");
    Result<std::string> absolute = resolveInRepository(entry->url, (*found)->urls.front());
    if (!absolute)
        return fail(ErrorCode::InvalidInput, "invalid chart URL format: " + source.reference);
    Result<std::string> digest = digestOf((*found)->digest);
    if (!digest)
        return tl::unexpected(digest.error());
    return Resolved {std::move(*absolute), std::move(*digest), entry->url, combined(source.access, *entry)};
}

/// Replaces the name of a chart in a repository that wasn't added by its URL.
Result<ChartSource> located(const ChartSource &source, HttpClient &client, const RemoteContext &context)
{
    if (source.repositoryUrl.empty())
        return source;
    const Result<ChartInRepository> found
        = findChartInRepository(client, context, source.repositoryUrl, source.reference, source.version, source.access);
    if (!found)
        return tl::unexpected(found.error());
    ChartSource exact = source;
    exact.reference = found->url;
    if (!source.access.passCredentials && urlOrigin(found->url) != urlOrigin(source.repositoryUrl)) {
        exact.access.username.clear();
        exact.access.password.clear();
    }
    return exact;
}

std::string contentPath(const RemoteContext &context, const std::string &digest, std::string_view kind)
{
    return joinPath(context.paths.contentCache, digest.substr(0, 2) + "/" + digest + std::string(kind));
}

/// The content cache's file for a digest, when it is one with content.
bool isCached(const std::string &path)
{
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
}

Result<Downloaded> download(const ChartSource &source, HttpClient &client, const RemoteContext &context)
{
    Downloaded got;
    if (isOci(source.reference)) {
        if (context.oci == nullptr)
            return fail(ErrorCode::Unsupported, withoutPassword(source.reference) + ": charts from OCI registries are not supported here");
        Result<OciChart> chart
            = context.oci->pull(source.reference, source.version, source.access, source.verify != VerifyMode::Never, context.cancel);
        if (!chart)
            return tl::unexpected(chart.error());
        const Result<std::string> digest = digestOf(chart->digest);
        got.from = {source.reference, digest ? *digest : std::string(), source.reference, source.access};
        got.fileName = std::string(basePath(chart->fileName));
        got.archive = std::move(chart->archive);
        got.provenance = std::move(chart->provenance);
        got.provenanceFault = std::move(chart->provenanceFault);
        return got;
    }
    Result<Resolved> from = resolve(source, context);
    if (!from)
        return tl::unexpected(from.error());
    got.from = std::move(*from);
    if (isOci(got.from.url)) { // The index of a repository may name charts in a registry.
        ChartSource inner = source;
        inner.reference = got.from.url;
        inner.version.clear();
        inner.access = got.from.access;
        return download(inner, client, context);
    }
    got.fileName = urlFileName(got.from.url);
    if (got.fileName.empty())
        return fail(ErrorCode::InvalidInput, "the URL " + withoutPassword(got.from.url) + " names no file");
    const std::string cached = got.from.digest.empty() ? std::string() : contentPath(context, got.from.digest, ".chart");
    if (context.version == HelmVersion::V4 && !cached.empty() && isCached(cached)) {
        if (Result<std::string> bytes = readWholeFile(cached, maxChartDownload)) {
            got.archive = std::move(*bytes);
            return got;
        }
    }
    Result<std::string> bytes
        = fetchFile(client, context, got.from.url, got.from.owner, got.from.access, maxChartDownload, acceptedTypes);
    if (!bytes)
        return tl::unexpected(bytes.error());
    got.archive = std::move(*bytes);
    if (!got.from.digest.empty() && funcs::hexadecimal(funcs::sha256(got.archive)) != got.from.digest) {
        const std::string url = withoutPassword(got.from.url);
        context.messages().structured("WARN", "the chart is not what the repository's index says: its digest differs", {{"url", url}});
        context.messages().plain("chart_downloader.go:1", "WARNING: the digest of " + url + " differs from the index's");
        got.from.digest.clear(); // Never kept under a name it doesn't have.
    }
    return got;
}

/// Fetches the provenance file beside the archive at `path` and looks at it as asked. Adds to `report`.
Result<void> provenance(const ChartSource &source, const Downloaded &got, const std::string &path, HttpClient &client,
    const RemoteContext &context, std::string &report)
{
    if (source.verify == VerifyMode::Never)
        return {};
    std::string text = got.provenance;
    if (!isOci(got.from.url)) {
        Result<std::string> fetched = fetchFile(client, context, got.from.url + ".prov", got.from.owner, got.from.access, maxProvenanceDownload);
        if (!fetched && source.verify == VerifyMode::Always)
            return fail(fetched.error().code, "failed to fetch provenance " + goQuoted(withoutPassword(got.from.url) + ".prov"));
        if (!fetched) {
            report += "WARNING: Verification not found for " + withoutPassword(source.reference) + ": " + fetched.error().message + "\n";
            return {};
        }
        text = std::move(*fetched);
    } else if (text.empty()) {
        if (source.verify == VerifyMode::Always)
            return fail(ErrorCode::NotFound, "failed to fetch provenance " + goQuoted(withoutPassword(got.from.url) + ".prov"));
        report += "WARNING: Verification not found for " + withoutPassword(source.reference) + ": " + got.provenanceFault + "\n";
        return {};
    }
    const std::string file = path + ".prov";
    if (Result<void> written = replaceFile(file, text); !written || source.verify == VerifyMode::Later)
        return written;
    if (!source.verifier)
        return fail(ErrorCode::Unsupported, "signatures can't be verified here");
    const Result<std::string> verified = source.verifier(path, file);
    if (!verified)
        return tl::unexpected(verified.error());
    report += *verified;
    return {};
}

Result<Downloaded> locateAndDownload(const ChartSource &source, HttpClient &client, const RemoteContext &context)
{
    Result<ChartSource> exact = located(source, client, context);
    if (!exact)
        return tl::unexpected(exact.error());
    Result<Downloaded> got = download(*exact, client, context);
    if (got)
        got->source = std::move(*exact);
    return got;
}

bool isThere(const std::string &path)
{
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0;
}

} // namespace

bool isRemoteReference(std::string_view reference)
{
    return reference.find("://") != std::string_view::npos || reference.find('/') != std::string_view::npos;
}

Result<FetchedChart> downloadChart(const ChartSource &source, const std::string &folder, const RemoteContext &context)
{
    HttpClient client(context.http);
    const Result<Downloaded> got = locateAndDownload(source, client, context);
    if (!got)
        return tl::unexpected(got.error());
    FetchedChart fetched {joinPath(folder, got->fileName), {}};
    if (!isThere(folder))
        return fail(ErrorCode::NotFound, "open " + fetched.path + ": no such file or directory");
    if (const Result<void> written = replaceFile(fetched.path, got->archive); !written)
        return tl::unexpected(written.error());
    if (const Result<void> good = provenance(got->source, *got, fetched.path, client, context, fetched.report); !good)
        return tl::unexpected(good.error());
    return fetched;
}

Result<FetchedChart> downloadChartToCache(const ChartSource &source, const RemoteContext &context)
{
    if (context.version == HelmVersion::V3) {
        std::error_code code;
        std::filesystem::create_directories(context.paths.repositoryCache, code);
        return downloadChart(source, context.paths.repositoryCache, context);
    }
    HttpClient client(context.http);
    const Result<Downloaded> got = locateAndDownload(source, client, context);
    if (!got)
        return tl::unexpected(got.error());
    const std::string digest = got->from.digest.empty() ? funcs::hexadecimal(funcs::sha256(got->archive)) : got->from.digest;
    FetchedChart fetched {contentPath(context, digest, ".chart"), {}};
    if (!isCached(fetched.path)) {
        if (const Result<void> written = replaceFile(fetched.path, got->archive); !written)
            return tl::unexpected(written.error());
    }
    if (source.verify == VerifyMode::Never)
        return fetched;
    // A provenance file speaks of a file's name, so that the archive needs its own for the moment.
    const TemporaryFolder folder("helm-");
    const std::string named = joinPath(folder.path(), got->fileName);
    if (const Result<void> written = replaceFile(named, got->archive); !written)
        return tl::unexpected(written.error());
    if (const Result<void> good = provenance(got->source, *got, named, client, context, fetched.report); !good)
        return tl::unexpected(good.error());
    return fetched;
}

Result<FetchedChart> pullChart(const PullOptions &options, const RemoteContext &context)
{
    if (!options.unpacks)
        return downloadChart(options.source, options.destination, context);
    const TemporaryFolder folder("helm-");
    if (!folder.isMade())
        return fail(ErrorCode::Io, "failed to untar: mkdir " + folder.path());
    Result<FetchedChart> fetched = downloadChart(options.source, folder.path(), context);
    if (!fetched)
        return fetched;
    const std::string into
        = options.unpackFolder.starts_with('/') ? options.unpackFolder : joinPath(options.destination, options.unpackFolder);
    const std::string &reference = options.source.reference;
    const std::string name = reference.substr(reference.rfind('/') + 1);
    if (const std::string place = into == "." ? name : joinPath(into, name); isThere(place))
        return fail(ErrorCode::AlreadyExists, "failed to untar: a file or directory with the name " + place + " already exists");
    const Result<std::string> archive = readWholeFile(fetched->path, maxChartDownload);
    if (!archive)
        return tl::unexpected(archive.error());
    Result<std::string> unpacked = unpackChart(*archive, into, context.version);
    if (!unpacked)
        return tl::unexpected(unpacked.error());
    fetched->path = std::move(*unpacked);
    return fetched;
}

} // namespace fairway::chart
