#pragma once

#include "core/base/result.h"
#include "core/chart/remote.h"

#include <cstdint>
#include <functional>
#include <string>

namespace fairway::chart {

/// What is done about a chart's provenance file.
enum class VerifyMode : std::uint8_t {
    Never,
    IfPossible, ///< A missing file is told about; a bad one is an error.
    Always,
    Later,      ///< The file is fetched, not looked at.
};

/// Where a chart comes from and how.
struct ChartSource {
    std::string reference; ///< REPOSITORY/CHART, a URL, oci://…, or with `repositoryUrl` the chart's name.
    std::string version;   ///< A version, a range, or empty for the newest stable one.
    std::string repositoryUrl; ///< --repo: a repository that wasn't added.
    /// When the reference is a URL and its repository is known: that one's URL. Otherwise the indexes of all added repositories are asked.
    std::string owner;
    RemoteAccess access;
    VerifyMode verify = VerifyMode::Never;
    /// Holds an archive against its provenance file, and says what helm would print about it. For VerifyMode::Always and IfPossible.
    std::function<Result<std::string>(const std::string &archivePath, const std::string &provenancePath)> verifier;
};

struct FetchedChart {
    std::string path;   ///< The archive.
    std::string report; ///< What helm prints of it: warnings, who signed it. Lines with line breaks; may be empty.
};

/// Fetches a chart into a folder that is there, under the name it has in its URL (provenance: NAME.prov).
/// Helm 4's cache of charts is asked first where the index names a digest.
/// Errors: in Helm's words; NotFound (`repo x not found`, `chart "x" matching 1.0 not found in y index. …`), fetchFile()'s, Io.
[[nodiscard]] Result<FetchedChart> downloadChart(const ChartSource &source, const std::string &folder, const RemoteContext &context);

/// Fetches a chart to be used at once: into the cache (Helm 4: content/ab/abcd….chart; Helm 3: the repository cache), or takes it from there.
[[nodiscard]] Result<FetchedChart> downloadChartToCache(const ChartSource &source, const RemoteContext &context);

/// Whether `reference` speaks of the network, once it is known not to be a file.
[[nodiscard]] bool isRemoteReference(std::string_view reference);

struct PullOptions {
    ChartSource source;
    std::string destination = ".";
    bool unpacks = false;
    std::string unpackFolder = "."; ///< Below `destination` unless absolute.
};

/// `helm pull`: downloads a chart into a folder, or unpacks it there. Blocks; progress and cancellation by `context`.
/// Errors: downloadChart()'s, unpackChart()'s, AlreadyExists ("failed to untar: a file or directory with the name … already exists").
[[nodiscard]] Result<FetchedChart> pullChart(const PullOptions &options, const RemoteContext &context);

} // namespace fairway::chart
