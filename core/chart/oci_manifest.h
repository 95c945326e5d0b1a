#pragma once

#include "core/base/result.h"
#include "core/chart/metadata.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

/// How a chart lies in a registry: a manifest that names a configuration (Chart.yaml) and layers (the archive, its provenance file).
/// Source: the OCI image specification 1.1; Helm's "registries" pages and what Helm writes.
namespace fairway::chart {

namespace media {
inline constexpr std::string_view chartConfig = "application/vnd.cncf.helm.config.v1+json";
inline constexpr std::string_view chartLayer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
inline constexpr std::string_view chartLayerOfOld = "application/tar+gzip";
inline constexpr std::string_view provenanceLayer = "application/vnd.cncf.helm.chart.provenance.v1.prov";
inline constexpr std::string_view imageManifest = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view imageIndex = "application/vnd.oci.image.index.v1+json";
} // namespace media

/// One blob or manifest that another names.
struct OciDescriptor {
    std::string mediaType;
    std::string digest; ///< "sha256:…"
    std::uint64_t size = 0;
};

struct OciManifest {
    OciDescriptor config;
    std::vector<OciDescriptor> layers;
    std::map<std::string, std::string> annotations;

    /// The bytes as Helm writes them: what is pushed, and what its digest is of.
    [[nodiscard]] std::string toJson() const;
};

/// A manifest, or an index of manifests, as a registry gave it.
struct OciContent {
    OciManifest manifest;                 ///< Empty for an index.
    std::vector<OciDescriptor> manifests; ///< Of an index.
};
/// Errors: InvalidInput; LimitExceeded (more than 1000 layers or manifests).
[[nodiscard]] Result<OciContent> parseOciContent(std::string_view text);

[[nodiscard]] OciDescriptor describe(std::string_view mediaType, std::string_view bytes);

/// Chart.yaml as JSON, the fields in the order of Helm's struct: the blob that a manifest's `config` names.
[[nodiscard]] std::string chartConfigJson(const Metadata &metadata);

/// What of Chart.yaml is repeated as annotations. `created`: RFC 3339.
[[nodiscard]] std::map<std::string, std::string> chartAnnotations(const Metadata &metadata, std::string_view created);

/// The manifest for an archive and, when not empty, its provenance file.
[[nodiscard]] OciManifest chartManifest(
    const Metadata &metadata, std::string_view archive, std::string_view provenance, std::string_view created);

} // namespace fairway::chart
