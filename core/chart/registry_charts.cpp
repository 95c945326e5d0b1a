#include "core/chart/registry_charts.h"

#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/funcs/semver.h"
#include "core/funcs/version_constraint.h"

#include <algorithm>
#include <ctime>
#include <sys/stat.h>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxArchive = std::uint64_t {256} << 20;
constexpr std::uint64_t maxProvenance = std::uint64_t {4} << 20;
constexpr std::size_t maxIndexed = 32; ///< Manifests of an index that are looked at for a chart.

funcs::SemverRelease releaseOf(HelmVersion helm)
{
    return helm == HelmVersion::V3 ? funcs::SemverRelease::V33 : funcs::SemverRelease::V34;
}

/// RFC 3339 in the local time zone, whole seconds.
std::string localTime(std::time_t seconds)
{
    std::tm parts {};
    if (::localtime_r(&seconds, &parts) == nullptr)
        return {};
    char text[64];
    std::string out(text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts));
    if (parts.tm_gmtoff == 0)
        return out + "Z";
    std::string zone(text, std::strftime(text, sizeof text, "%z", &parts));
    return out + zone.insert(3, ":");
}

/// What oras, through which Helm 4 works, puts before an error; Helm 3 another.
tl::unexpected<Error> failed(std::string_view action, std::string_view side, const Error &error, HelmVersion helm)
{
    if (error.code == ErrorCode::Cancelled)
        return tl::unexpected(error);
    if (helm == HelmVersion::V4)
        return failWith("failed to perform \"" + std::string(action) + "\" on " + std::string(side), error);
    if (error.code == ErrorCode::Unreachable)
        return failWith("failed to do request", error);
    return tl::unexpected(error);
}

void sayUnderscore(const RegistryLog &log, const std::string &reference)
{
    log(reference + " contains an underscore.");
    log("\nOCI artifact references (e.g. tags) do not support the plus sign (+). To support\n"
        "storing semantic versions, Helm adopts the convention of changing plus (+) to\n"
        "an underscore (_) in chart version tags when pushing to a registry and back to\n"
        "a plus (+) when pulling from a registry.");
}

/// The manifest itself, or the chart's among those of an index.
Result<OciManifest> chartManifestOf(RegistryClient &client, const RegistryReference &reference, const std::string &text)
{
    Result<OciContent> content = parseOciContent(text);
    if (!content)
        return tl::unexpected(content.error());
    std::size_t looked = 0;
    for (const OciDescriptor &descriptor : content->manifests) {
        if (++looked > maxIndexed)
            break;
        RegistryReference one = reference;
        one.tag.clear();
        one.digest = descriptor.digest;
        const Result<RegistryClient::Manifest> manifest = client.manifest(one);
        if (!manifest)
            return tl::unexpected(manifest.error());
        Result<OciContent> inner = parseOciContent(manifest->text);
        if (inner && inner->manifest.config.mediaType == media::chartConfig)
            return std::move(inner->manifest);
    }
    return std::move(content->manifest);
}

/// Uploads what isn't there. The manifest goes last: it may name only what is.
Result<void> upload(RegistryClient &client, const RegistryReference &reference, const OciManifest &manifest, const std::string &manifestText,
    const std::vector<std::string_view> &blobs, HelmVersion helm)
{
    const Result<bool> isThere = client.hasManifest(reference, describe(media::imageManifest, manifestText).digest);
    if (!isThere)
        return failed("Exists", "destination", isThere.error(), helm);
    if (!*isThere) {
        std::vector<OciDescriptor> descriptors = manifest.layers;
        descriptors.push_back(manifest.config);
        for (const std::string_view blob : blobs) {
            const OciDescriptor wanted = describe({}, blob);
            const auto descriptor = std::find_if(
                descriptors.begin(), descriptors.end(), [&](const OciDescriptor &candidate) { return candidate.digest == wanted.digest; });
            const Result<bool> known = client.hasBlob(reference, wanted.digest);
            if (!known)
                return failed("Exists", "destination", known.error(), helm);
            if (*known)
                continue;
            if (const Result<void> put = client.putBlob(reference, *descriptor, blob); !put)
                return failed("Push", "destination", put.error(), helm);
        }
    }
    if (const Result<void> put = client.putManifest(reference, manifestText); !put)
        return failed("PushReference", "destination", put.error(), helm);
    return {};
}

} // namespace

Result<PushedChart> pushChart(
    RegistryClient &client, const std::string &path, std::string_view remote, const LoadContext &context, const RegistryLog &log)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return fail(ErrorCode::NotFound, path + ": no such file");
    if (S_ISDIR(status.st_mode))
        return fail(ErrorCode::InvalidInput, "cannot push directory, must provide chart archive (.tgz)");
    const Result<ChartTree> tree = loadChart(path, context);
    if (!tree)
        return tl::unexpected(tree.error());
    const Result<std::string> archive = readWholeFile(path, maxArchive);
    if (!archive)
        return tl::unexpected(archive.error());
    std::string provenance;
    if (struct stat other {}; ::stat((path + ".prov").c_str(), &other) == 0) {
        Result<std::string> text = readWholeFile(path + ".prov", maxProvenance);
        if (!text)
            return tl::unexpected(text.error());
        provenance = std::move(*text);
    }
    const Metadata &metadata = tree->root().metadata;
    if (isOciReference(remote))
        remote.remove_prefix(std::string_view("oci://").size());
    const Result<RegistryReference> reference = RegistryReference::parse(joinPath(remote, metadata.name) + ":" + metadata.version);
    if (!reference)
        return tl::unexpected(reference.error());

    const std::string config = chartConfigJson(metadata);
    const OciManifest manifest = chartManifest(metadata, *archive, provenance, localTime(status.st_mtim.tv_sec));
    const std::string text = manifest.toJson();
    std::vector<std::string_view> blobs {*archive, config};
    if (!provenance.empty())
        blobs.emplace_back(provenance);
    if (const Result<void> done = upload(client, *reference, manifest, text, blobs, context.version); !done)
        return tl::unexpected(done.error());
    PushedChart pushed {reference->toString(), describe(media::imageManifest, text).digest};
    if (log) {
        log("Pushed: " + pushed.reference);
        log("Digest: " + pushed.digest);
        if (reference->tag.find('_') != std::string::npos)
            sayUnderscore(log, pushed.reference);
    }
    return pushed;
}

Result<std::vector<std::string>> chartVersions(RegistryClient &client, const RegistryReference &repository, HelmVersion version)
{
    const Result<std::vector<std::string>> tags = client.tags(repository);
    if (!tags)
        return tl::unexpected(tags.error());
    std::vector<funcs::SemanticVersion> versions;
    for (std::string tag : *tags) {
        std::replace(tag.begin(), tag.end(), '_', '+');
        if (auto parsed = funcs::SemanticVersion::parseStrict(tag, releaseOf(version)))
            versions.push_back(std::move(*parsed));
    }
    std::stable_sort(versions.begin(), versions.end(), [](const auto &a, const auto &b) { return a.compare(b) > 0; });
    std::vector<std::string> out;
    for (const funcs::SemanticVersion &one : versions)
        out.push_back(one.toString());
    return out;
}

Result<std::string> matchingVersion(const std::vector<std::string> &versions, const std::string &wanted, HelmVersion version)
{
    if (!wanted.empty() && std::find(versions.begin(), versions.end(), wanted) != versions.end())
        return wanted;
    const Result<funcs::VersionConstraint> constraint = funcs::VersionConstraint::parse(wanted.empty() ? "*" : wanted, releaseOf(version));
    if (!constraint)
        return tl::unexpected(constraint.error());
    for (const std::string &candidate : versions) {
        const auto parsed = funcs::SemanticVersion::parse(candidate, releaseOf(version));
        if (parsed && constraint->check(*parsed))
            return candidate;
    }
    return fail(ErrorCode::NotFound,
        std::string(version == HelmVersion::V4 ? "could" : "Could") + " not locate a version matching provided version string " + wanted);
}

Result<ResolvedChart> resolveChart(RegistryClient &client, const std::string &reference, const std::string &version, HelmVersion helm)
{
    Result<RegistryReference> parsed = RegistryReference::parse(reference);
    if (!parsed)
        return tl::unexpected(parsed.error());
    ResolvedChart out;
    out.reference = std::move(*parsed);
    std::string wanted = version;
    std::string wantedTag = version;
    std::replace(wantedTag.begin(), wantedTag.end(), '+', '_');
    if (wanted.empty())
        wanted = out.reference.tag;
    else if (!out.reference.tag.empty() && out.reference.tag != wantedTag)
        return fail(ErrorCode::InvalidInput, "chart reference and version mismatch: " + version + " is not " + out.reference.tag);
    const std::string base = out.reference.registry + "/" + out.reference.repository;
    const std::string name(basePath(out.reference.repository));

    if (!out.reference.digest.empty()) {
        if (!wanted.empty()) {
            RegistryReference byTag = out.reference;
            byTag.digest.clear();
            byTag.tag = wanted;
            std::replace(byTag.tag.begin(), byTag.tag.end(), '+', '_');
            // What has a digest needs no tag: only one that says otherwise is an error.
            const auto found = client.digestOf(byTag);
            if (found && *found && **found != out.reference.digest)
                return fail(ErrorCode::Conflict, "chart reference digest mismatch: " + **found + " is not " + out.reference.digest);
        }
        out.reference.tag.clear();
        out.fileName = name + "@sha256-" + out.reference.digest.substr(std::string_view("sha256:").size()) + ".tgz";
        out.url = "oci://" + base + "@" + out.reference.digest;
        return out;
    }

    std::string tag = wanted;
    if (!funcs::SemanticVersion::parse(wanted, releaseOf(helm))) {
        const Result<std::vector<std::string>> versions = chartVersions(client, out.reference, helm);
        if (!versions)
            return tl::unexpected(versions.error());
        if (versions->empty())
            return fail(ErrorCode::NotFound,
                std::string(helm == HelmVersion::V4 ? "unable" : "Unable") + " to locate any tags in provided repository: " + reference);
        Result<std::string> found = matchingVersion(*versions, wanted, helm);
        if (!found)
            return tl::unexpected(found.error());
        tag = std::move(*found);
    }
    out.fileName = name + "-" + tag + ".tgz";
    out.url = "oci://" + base + ":" + tag;
    out.reference.tag = tag;
    std::replace(out.reference.tag.begin(), out.reference.tag.end(), '+', '_');
    return out;
}

Result<PulledChart> pullFromRegistry(
    RegistryClient &client, const RegistryReference &reference, PulledParts part, HelmVersion helm, const RegistryLog &log)
{
    const Result<RegistryClient::Manifest> fetched = client.manifest(reference);
    if (!fetched)
        return failed("FetchReference", "source", fetched.error(), helm);
    const Result<OciManifest> manifest = chartManifestOf(client, reference, fetched->text);
    if (!manifest)
        return failed("FetchReference", "source", manifest.error(), helm);
    const bool isChart = part == PulledParts::Chart;
    const OciDescriptor *found = nullptr;
    std::size_t known = 1 + (manifest->config.mediaType == media::chartConfig ? 1U : 0U); // Helm counts the manifest itself.
    for (const OciDescriptor &layer : manifest->layers) {
        const bool isOld = isChart && layer.mediaType == media::chartLayerOfOld;
        if (!isOld && layer.mediaType != (isChart ? media::chartLayer : media::provenanceLayer))
            continue;
        ++known;
        found = &layer;
        if (isOld && log)
            log("Warning: chart media type " + std::string(media::chartLayerOfOld) + " is deprecated");
    }
    if (known < 2)
        return fail(ErrorCode::InvalidInput, "manifest does not contain minimum number of descriptors (2), descriptors found: " + std::to_string(known));
    if (manifest->config.mediaType != media::chartConfig)
        return fail(ErrorCode::InvalidInput, "could not load config with mediatype " + std::string(media::chartConfig));
    if (found == nullptr)
        return fail(ErrorCode::InvalidInput,
            "manifest does not contain a layer with mediatype " + std::string(isChart ? media::chartLayer : media::provenanceLayer));
    Result<std::string> content = client.blob(reference, *found, isChart ? maxArchive : maxProvenance);
    if (!content)
        return failed("Fetch", "source", content.error(), helm);
    if (log) {
        log("Pulled: " + reference.toString());
        log("Digest: " + fetched->digest);
        if (reference.toString().find('_') != std::string::npos)
            sayUnderscore(log, reference.toString());
    }
    return PulledChart {std::move(*content), found->digest};
}

} // namespace fairway::chart
