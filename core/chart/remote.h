#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/helm_paths.h"
#include "core/chart/helm_version.h"
#include "core/chart/http_client.h"
#include "core/chart/messages.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

/// How the user identifies to a repository or registry, and what is believed of its certificate.
struct RemoteAccess {
    std::string username;
    std::string password;
    HttpTls tls;
    bool passCredentials = false; ///< To hosts other than the repository's, too.
    bool plainHttp = false;       ///< For registries.
};

/// A chart out of a registry.
struct OciChart {
    std::string fileName; ///< "demo-1.0.0.tgz"
    std::string archive;
    std::string provenance; ///< Empty when there is none, or it wasn't asked for.
    std::string provenanceFault; ///< Why there is none, when it was asked for.
    std::string digest;     ///< Of the archive: "sha256:…"; may be empty.
};

/// Fetches charts from OCI registries, for those parts of this module that meet an `oci://` address.
/// Threads: may be called from several at once.
class OciSource {
public:
    virtual ~OciSource() = default;
    /// `reference`: oci://HOST/PATH, perhaps with :TAG or @DIGEST; `version`: a version, a range or empty for the newest.
    [[nodiscard]] virtual Result<OciChart> pull(const std::string &reference, const std::string &version, const RemoteAccess &access,
        bool withProvenance, const CancelToken &cancel)
        = 0;
    /// The versions there are of oci://HOST/PATH, the newest first.
    [[nodiscard]] virtual Result<std::vector<std::string>> versions(
        const std::string &reference, const RemoteAccess &access, const CancelToken &cancel)
        = 0;
};

/// What every command that fetches works with.
struct RemoteContext {
    HelmPaths paths;
    HelmVersion version = HelmVersion::V4;
    HttpClientOptions http;
    std::chrono::milliseconds timeout {120'000}; ///< For one file.
    bool isDebug = false;
    std::function<void(std::string_view)> print; ///< What Helm says on standard output on the way, with line breaks. May be empty.
    std::function<void(std::string_view)> log;   ///< Lines for standard error. May be empty.
    /// `what` is a URL without credentials. Called in the thread that fetches; several may.
    std::function<void(std::string_view what, const HttpProgress &progress)> onProgress;
    CancelToken cancel;
    std::shared_ptr<OciSource> oci; ///< Without it oci:// is refused.

    void say(std::string_view text) const
    {
        if (print)
            print(text);
    }
    [[nodiscard]] Messages messages() const { return Messages(version, log); }
};

/// One file over HTTP, whole. `owner` is the URL of the repository the credentials belong to: they go along to the same scheme, host and
/// port only, unless RemoteAccess::passCredentials.
/// Errors: HttpClient's; `failed to fetch URL : 404 Not Found` (NotFound, Unauthorized, Forbidden, Unavailable); Unsupported
///         (`scheme "ftp" not supported`); LimitExceeded.
[[nodiscard]] Result<std::string> fetchFile(HttpClient &client, const RemoteContext &context, const std::string &url, const std::string &owner,
    const RemoteAccess &access, std::uint64_t maxBytes, std::string_view accept = {});

/// Bounds of what is fetched.
inline constexpr std::uint64_t maxIndexDownload = std::uint64_t {96} << 20;
inline constexpr std::uint64_t maxChartDownload = std::uint64_t {256} << 20;
inline constexpr std::uint64_t maxProvenanceDownload = std::uint64_t {4} << 20;

} // namespace fairway::chart
