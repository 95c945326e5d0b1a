#pragma once

#include "core/base/result.h"
#include "core/chart/messages.h"
#include "core/chart/metadata.h"
#include "core/value/value.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// One version of a chart in a repository.
struct ChartVersion {
    Metadata metadata;
    std::vector<std::string> urls; ///< Absolute, or below the repository. The first counts.
    std::string created;           ///< As Go writes times; empty: none.
    bool isRemoved = false;
    std::string digest;            ///< SHA-256 of the archive in hexadecimal digits, perhaps with "sha256:" before it.
    /// What Helm 2 wrote: checksum, engine, tillerVersion, url. Kept for who rewrites the index.
    std::map<std::string, std::string> deprecated;
};

/// A repository's index.yaml.
struct RepositoryIndex {
    std::string apiVersion = "v1";
    std::string generated;
    std::map<std::string, std::vector<ChartVersion>> entries; ///< By chart; the newest version first.
    std::vector<std::string> publicKeys;
    std::map<std::string, std::string> annotations;
    value::Value serverInfo; ///< Null, or a map that means nothing to Helm.

    /// The version that a user's wish means: the exact one, else the newest in its range; of no wish the newest stable one.
    /// `version` may be empty. `messages`: Helm 4 says when it isn't exact.
    /// Errors: NotFound in Helm's words ("no chart name found"), InvalidInput for a bad range.
    [[nodiscard]] Result<const ChartVersion *> find(const std::string &name, const std::string &version, const Messages &messages) const;

    /// Newest first, those that are no version last.
    void sort(HelmVersion helm);
    /// Takes over what isn't here yet, by name and version; versions that differ in build metadata only are the same.
    void merge(const RepositoryIndex &other, HelmVersion helm);
};

/// Bounds of what is read. Public indexes of 60,000 versions have some 20 MiB.
struct IndexLimits {
    std::size_t maxBytes = std::size_t {96} << 20;
    std::size_t maxNodes = 4'000'000; ///< What aliases stand for included.
};

/// What stays of each version.
enum class IndexDetail : std::uint8_t {
    Everything,
    ForSearch, ///< What searchCharts() looks at and its results show. The rest is held against Helm's rules and let go at once.
};

/// Reads an index: YAML, where Helm refuses unknown and repeated fields, or JSON, where it doesn't. `source` is named in messages.
/// Versions that are no charts (bad version, name missing or with a slash) are left out, each told to `messages`.
/// Errors: InvalidInput in Helm's words ("empty index.yaml file", "no API version specified"), LimitExceeded.
[[nodiscard]] Result<RepositoryIndex> parseIndex(
    std::string_view text, std::string_view source, const Messages &messages, const IndexLimits &limits = {}, IndexDetail detail = IndexDetail::Everything);

/// As `helm repo index` writes it.
[[nodiscard]] std::string toYaml(const RepositoryIndex &index);
/// As `helm repo index --json` writes it: fields in the order of Helm's types.
[[nodiscard]] std::string toJson(const RepositoryIndex &index);

} // namespace fairway::chart
