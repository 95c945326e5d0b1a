#pragma once

#include "core/chart/registry_charts.h"
#include "core/chart/remote.h"

namespace fairway::chart {

/// The OciSource that asks registries, with the credentials Helm and Docker share.
///
/// Threads: any; each call has a client of its own.
class RegistrySource final : public OciSource {
public:
    /// `log` gets what Helm prints on standard error. Borrows nothing.
    RegistrySource(HelmPaths paths, HelmVersion version, RegistryLog log = {}, HttpClientOptions http = {});

    [[nodiscard]] Result<OciChart> pull(const std::string &reference, const std::string &version, const RemoteAccess &access, bool withProvenance,
        const CancelToken &cancel) override;
    [[nodiscard]] Result<std::vector<std::string>> versions(
        const std::string &reference, const RemoteAccess &access, const CancelToken &cancel) override;

    /// How a registry is reached, for what else it can do. `registry`: host and port, or a reference there.
    [[nodiscard]] RegistryAccess accessTo(std::string_view registry, const RemoteAccess &access, const CancelToken &cancel = {}) const;

    /// Called with each URL and how far it is, in the thread that fetches. Set before use.
    std::function<void(const std::string &what, const HttpProgress &progress)> onProgress;

private:
    HelmPaths m_paths;
    HelmVersion m_version;
    RegistryLog m_log;
    HttpClientOptions m_http;
};

/// `registry login`: asks the registry, and keeps the credentials when they are good.
/// Errors: `authenticating to "host": …` (4); RegistryClient's, CredentialStore's; InvalidInput for what is no registry's name.
[[nodiscard]] Result<void> loginToRegistry(RegistryAccess access, const std::string &registry);

} // namespace fairway::chart
