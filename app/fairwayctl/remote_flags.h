#pragma once

#include "app/fairwayctl/chart_commands.h"
#include "app/fairwayctl/helm_flags.h"
#include "core/chart/pull_chart.h"
#include "core/chart/remote.h"

#include <string>
#include <string_view>

namespace fairway::ctl {

/// Helm's flags for charts that may come from the network.
struct RemoteFlags {
    chart::RemoteAccess access;
    std::string version;
    std::string repo;
    std::string keyring;
    bool devel = false;
    bool verify = false;

    RemoteFlags();
    /// --username, --password, --cert-file and the like.
    void addAccessTo(HelmFlags &flags);
    /// Those, --version, --repo, --devel, --verify, --keyring.
    void addTo(HelmFlags &flags);
    /// `reference` with what the flags say of it.
    [[nodiscard]] chart::ChartSource source(std::string_view reference, const HelmSettings &settings) const;
};

/// How --help tells about addAccessTo()'s flags.
inline constexpr std::string_view accessFlagsHelp =
    "      --username, --password TEXT  who asks\n"
    "      --cert-file, --key-file FILE the client's certificate and its key, PEM\n"
    "      --ca-file FILE               authorities to trust instead of the system's, PEM\n"
    "      --insecure-skip-tls-verify   don't look at the server's certificate\n"
    "      --plain-http                 HTTP instead of HTTPS, for registries\n";
/// The same for addTo()'s others.
inline constexpr std::string_view chartFlagsHelp =
    "      --version RANGE              a version or a range of them; the newest stable one otherwise\n"
    "      --devel                      prereleases, too\n"
    "      --repo URL                   a repository that wasn't added\n"
    "      --verify                     refuse it without a good signature\n"
    "      --keyring FILE               public keys for --verify\n"
    "      --pass-credentials           send user and password to whatever host the index names\n";
inline constexpr std::string_view valueFlagsHelp =
    "  -f, --values FILE                values files, \"-\" is standard input; more than once, the last wins\n"
    "      --set, --set-string, --set-json, --set-literal KEY=VALUE, --set-file KEY=FILE\n"
    "                                   single values, over those of files\n";
inline constexpr std::string_view globalFlagsHelp =
    "      --repository-config FILE     Helm's repositories.yaml\n"
    "      --repository-cache FOLDER    Helm's cache of indexes\n"
    "      --mirror FROM=TO             read what lies under the URL FROM from TO; more than once;\n"
    "                                   for all commands: mirrors.yaml in ~/.config/fairway, or FAIRWAY_MIRRORS\n"
    "      --helm-version 3|4           whose words and ways (default 4)\n";

/// Holds an archive against its provenance file by a keyring, for ChartSource::verifier.
[[nodiscard]] std::function<Result<std::string>(const std::string &, const std::string &)> provenanceVerifier(
    std::string keyring, chart::HelmVersion version);

/// What the commands fetch with: Helm's folders, mirrors, messages on standard error. Errors: InvalidInput for a bad mirror.
[[nodiscard]] Result<chart::RemoteContext> remoteContext(const HelmSettings &settings);

/// The absolute path of a chart the user names: a file, or one fetched into the cache. Errors: in Helm's words.
[[nodiscard]] Result<std::string> locateChart(std::string_view name, const RemoteFlags &remote, const HelmSettings &settings);

} // namespace fairway::ctl
