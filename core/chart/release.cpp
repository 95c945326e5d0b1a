#include "core/chart/release.h"

#include "core/chart/coalesce.h"
#include "core/chart/dependencies.h"
#include "core/chart/go_text.h"
#include "core/chart/paths.h"
#include "core/chart/release_text.h"
#include "core/chart/schema.h"

#include <algorithm>

namespace fairway::chart {

using value::Value;

namespace {

constexpr std::string_view notesFile = "NOTES.txt";
constexpr std::size_t maxReleaseName = 53;

tl::unexpected<ReleaseFailure> failed(Error error)
{
    return tl::unexpected(ReleaseFailure {std::move(error), std::nullopt});
}

tl::unexpected<ReleaseFailure> failedWhileRendering(Error error, std::string manifest = {})
{
    return tl::unexpected(ReleaseFailure {std::move(error), std::move(manifest)});
}

bool hasManifestExtension(std::string_view name)
{
    const std::string_view extension = extensionOf(name);
    const std::string_view word = extension.substr(extension.empty() ? 0 : 1);
    return equalsFolded(word, "yaml") || equalsFolded(word, "yml") || equalsFolded(word, "json");
}

void collectCrds(const Chart &chart, std::vector<CrdFile> &crds)
{
    const std::string path = chart.fullPath();
    for (const std::uint32_t index : chart.content->others) {
        const ChartFile &file = chart.content->files[index];
        if (file.name.starts_with("crds/") && hasManifestExtension(file.name))
            crds.push_back({joinPath(path, file.name), file.data});
    }
    for (const Chart *const sub : chart.dependencies)
        collectCrds(*sub, crds);
}

/// Takes the notes out of the outputs: the chart's own or, when asked, all of them.
void takeNotes(std::map<std::string, std::string> &files, const Chart &chart, bool withSubNotes, RenderedRelease &release)
{
    const std::string own = chart.name() + "/templates/" + std::string(notesFile);
    for (auto it = files.begin(); it != files.end();) {
        if (!it->first.ends_with(notesFile)) {
            ++it;
            continue;
        }
        if (withSubNotes || it->first == own) {
            std::string &notes = release.notes;
            notes += notes.empty() ? "" : "\n";
            release.notesParts.push_back({it->first, notes.size(), it->second.size()});
            notes += it->second;
        }
        it = files.erase(it);
    }
}

/// Helm 4's way: the templates' documents as one stream to the post-renderer and back into files.
Result<void> postRenderFiles(std::map<std::string, std::string> &files, const PostRender &render)
{
    Result<std::string> merged = mergedForPostRender(files);
    if (!merged)
        return failWith("error merging manifests", merged.error());
    const Result<std::string> changed = render(std::move(*merged));
    if (!changed)
        return failWith("error while running post render on files", changed.error());
    Result<std::map<std::string, std::string>> split = splitAfterPostRender(*changed);
    if (!split)
        return failWith("error while parsing post rendered output", split.error());
    files = std::move(*split);
    return {};
}

/// What Helm 3 gives to a post-renderer.
std::string manifestsText(const RenderedRelease &release, bool withCrds)
{
    std::string text;
    if (withCrds) {
        for (const CrdFile &crd : release.crds)
            appendManifest(text, crd.path, crd.text);
    }
    for (const Manifest &manifest : release.manifests)
        appendManifest(text, manifest.path, manifest.text);
    return text;
}

Result<void> checkKubeVersion(const Chart &chart, const Capabilities &capabilities, HelmVersion version)
{
    const std::string &range = chart.metadata.kubeVersion;
    if (range.empty() || isCompatibleRange(range, capabilities.kubeVersion.normalized, version))
        return {};
    return fail(ErrorCode::Unsupported,
        "chart requires kubeVersion: " + range + " which is incompatible with Kubernetes " + capabilities.kubeVersion.version);
}

} // namespace

std::vector<CrdFile> crdFiles(const Chart &chart)
{
    std::vector<CrdFile> crds;
    collectCrds(chart, crds);
    return crds;
}

Result<void> checkReleaseName(std::string_view name)
{
    if (name.empty())
        return fail(ErrorCode::InvalidInput, "no name provided");
    const auto isOuter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    bool isGood = name.size() <= maxReleaseName;
    for (std::string_view rest = name; isGood;) {
        const std::size_t dot = rest.find('.');
        const std::string_view part = rest.substr(0, dot);
        isGood = !part.empty() && isOuter(part.front()) && isOuter(part.back())
            && std::all_of(part.begin(), part.end(), [&](char c) { return isOuter(c) || c == '-'; });
        if (dot == std::string_view::npos)
            break;
        rest.remove_prefix(dot + 1);
    }
    if (isGood)
        return {};
    return fail(ErrorCode::InvalidInput,
        "invalid release name, must match regex ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$ and the length must not be "
        "longer than 53");
}

Result<void> checkInstallable(const Chart &chart)
{
    const std::string &type = chart.metadata.type;
    if (type.empty() || type == "application")
        return {};
    return fail(ErrorCode::InvalidInput, type + " charts are not installable");
}

tl::expected<RenderedRelease, ReleaseFailure> renderRelease(
    ChartTree &tree, const Value &userValues, const ReleaseRequest &request, const Messages &messages)
{
    const HelmVersion version = messages.version();
    if (const Result<void> good = checkReleaseName(request.release.name); !good) {
        const std::string why = "release name " + goQuoted(request.release.name) + ": " + good.error().message;
        messages.structured("ERROR", "release name check failed", {{"error", why}});
        return failed({good.error().code, (version == HelmVersion::V4 ? "release name check failed: " : "") + why});
    }
    if (const Result<void> done = processDependencies(tree, userValues, messages); !done) {
        messages.structured("ERROR", "chart dependencies processing failed", {{"error", done.error().message}});
        return failed({done.error().code, (version == HelmVersion::V4 ? "chart dependencies processing failed: " : "") + done.error().message});
    }
    const Chart &chart = tree.root();
    const Result<Value> values = coalesceValues(chart, userValues, Nulls::Delete, messages);
    if (!values)
        return failed(values.error());
    if (!request.skipSchema) {
        if (const Result<void> valid = validateAgainstSchemas(chart, *values, version, &messages); !valid)
            return failed({valid.error().code,
                "values don't meet the specifications of the schema(s) in the following chart(s):\n" + valid.error().message});
    }
    if (const Result<void> good = checkKubeVersion(chart, request.capabilities, version); !good)
        return failedWhileRendering(good.error());

    RenderOptions options = request.render;
    options.parsed = tree.parsedTemplates();
    Result<std::map<std::string, std::string>> files = renderTemplates(chart, *values, request.capabilities, request.release, options);
    if (!files)
        return failedWhileRendering(files.error());
    RenderedRelease result;
    takeNotes(*files, chart, request.withSubNotes, result);
    if (request.postRender && version == HelmVersion::V4) {
        if (const Result<void> done = postRenderFiles(*files, request.postRender); !done)
            return failedWhileRendering(done.error());
    }
    Result<SortedManifests> sorted = sortManifests(*files, messages);
    if (!sorted) {
        std::string all;
        for (const auto &[path, text] : *files) {
            if (!trimSpace(text).empty())
                appendManifest(all, path, text);
        }
        return failedWhileRendering(sorted.error(), std::move(all));
    }
    result.crds = crdFiles(chart);
    result.manifests = std::move(sorted->manifests);
    result.hooks = std::move(sorted->hooks);
    if (request.postRender && version == HelmVersion::V3) {
        Result<std::string> changed = request.postRender(manifestsText(result, request.postRendersCrds));
        if (!changed)
            return failedWhileRendering({changed.error().code, "error while running post render on files: " + changed.error().message});
        result.postRendered = std::move(*changed);
    }
    return result;
}

} // namespace fairway::chart
