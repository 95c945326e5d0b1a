#pragma once

#include "core/base/result.h"
#include "core/chart/chart.h"
#include "core/chart/registry_client.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Charts in OCI registries, as `helm push` and `helm pull oci://…` treat them.
namespace fairway::chart {

/// Lines that Helm prints on standard error while it works ("Pulled: …"). May be empty.
using RegistryLog = std::function<void(std::string_view line)>;

struct PushedChart {
    std::string reference; ///< "host/charts/demo:0.1.0", plus signs as underscores.
    std::string digest;    ///< Of the manifest.
};

/// Uploads the archive at `path`, and PATH.prov where there is one, to `remote` (oci://HOST/FOLDERS) under its own name and version.
/// Errors: in Helm's words: NotFound ("PATH: no such file"), InvalidInput (a folder, no chart, a reference that is none); RegistryClient's.
[[nodiscard]] Result<PushedChart> pushChart(
    RegistryClient &client, const std::string &path, std::string_view remote, const LoadContext &context, const RegistryLog &log = {});

/// The versions of a chart in a registry, the newest first: tags that are semantic versions, with their plus signs.
[[nodiscard]] Result<std::vector<std::string>> chartVersions(RegistryClient &client, const RegistryReference &repository, HelmVersion version);

/// The first of `versions` that is `wanted` or in the range that `wanted` says; empty: the first that is no prerelease.
/// Errors: NotFound ("could not locate a version matching provided version string x"), InvalidInput for what is no range.
[[nodiscard]] Result<std::string> matchingVersion(const std::vector<std::string> &versions, const std::string &wanted, HelmVersion version);

struct ResolvedChart {
    RegistryReference reference; ///< With a tag or with a digest.
    std::string fileName;        ///< "demo-0.1.0.tgz"
    std::string url;             ///< "oci://host/charts/demo:0.1.0", as Helm names it in errors.
};

/// What `reference` (oci://…, perhaps with a tag or a digest) in `version` (a version, a range, or empty) means, asking for tags when it must.
/// Where both a tag and a digest are given, the tag must stand for that digest.
/// Errors: InvalidInput ("chart reference and version mismatch: …"), Conflict ("chart reference digest mismatch: …"), NotFound; RegistryClient's.
[[nodiscard]] Result<ResolvedChart> resolveChart(
    RegistryClient &client, const std::string &reference, const std::string &version, HelmVersion helm);

enum class PulledParts { Chart, Provenance };

struct PulledChart {
    std::string content; ///< The archive, or the provenance file.
    std::string digest;  ///< Of `content`.
};

/// Fetches one part of what resolveChart() found.
/// Errors: InvalidInput: it is no chart ("could not load config with mediatype …"), or has no such part ("manifest does not contain a layer
///         with mediatype …"); RegistryClient's.
[[nodiscard]] Result<PulledChart> pullFromRegistry(
    RegistryClient &client, const RegistryReference &reference, PulledParts part, HelmVersion helm, const RegistryLog &log = {});

} // namespace fairway::chart
