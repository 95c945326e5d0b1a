#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/registry_config.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// The credentials of registries that Helm and Docker share with us: Helm's registry/config.json first, then Docker's config.json, each with
/// the helpers it names. Where Helm's file names nobody and the system's own helper is installed, that one is used, as Helm does.
///
/// What is put or erased goes to Helm's file (or its helper) only. The file is replaced in one step, with mode 0600; a symbolic link stays one.
///
/// Errors:  CredentialHelper's; `failed to decode config file at PATH: …`: a file of Helm's that can't be read. Docker's is left out then.
///          No error holds a secret.
/// Threads: any; nothing is kept between calls. Blocks.
class CredentialStore {
public:
    CredentialStore(std::string helmConfig, std::string dockerConfig)
        : m_helmConfig(std::move(helmConfig))
        , m_dockerConfig(std::move(dockerConfig))
    {
    }

    /// `server` as serverAddress() has it. Empty when there is none.
    [[nodiscard]] Result<RegistryCredential> find(std::string_view server, const CancelToken &cancel = {}) const;
    [[nodiscard]] Result<void> put(std::string_view server, const RegistryCredential &credential, const CancelToken &cancel = {}) const;
    /// Whether there was one; with a helper: always.
    [[nodiscard]] Result<bool> erase(std::string_view server, const CancelToken &cancel = {}) const;

    /// DOCKER_CONFIG/config.json or ~/.docker/config.json; empty without a home.
    [[nodiscard]] static std::string dockerConfigPath();
    /// The name under which a registry's credentials are kept: Docker Hub's is a URL.
    [[nodiscard]] static std::string serverAddress(std::string_view registry);

private:
    [[nodiscard]] static Result<RegistryConfig> load(const std::string &path);
    [[nodiscard]] Result<void> save(const RegistryConfig &config) const;

    std::string m_helmConfig;
    std::string m_dockerConfig;
};

} // namespace fairway::chart
