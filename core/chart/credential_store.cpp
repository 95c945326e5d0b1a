#include "core/chart/credential_store.h"

#include "core/chart/credential_helper.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"

#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxConfig = std::uint64_t {8} << 20;

/// The helper that answers for a server, or empty: the file does.
std::string helperOf(const RegistryConfig &config, std::string_view server)
{
    const std::string named = config.helperOf(server);
    return named.empty() && !config.isConfigured() ? CredentialHelper::systemDefault() : named;
}

} // namespace

Result<RegistryConfig> CredentialStore::load(const std::string &path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return RegistryConfig();
    const Result<std::string> text = readWholeFile(path, maxConfig);
    if (!text)
        return failWith("failed to open config file at " + path, text.error());
    Result<RegistryConfig> config = RegistryConfig::parse(*text);
    if (!config)
        return failWith("failed to decode config file at " + path + ": invalid config format", config.error());
    return config;
}

Result<void> CredentialStore::save(const RegistryConfig &config) const
{
    std::error_code error;
    std::filesystem::path path = m_helmConfig;
    if (std::filesystem::is_symlink(path, error)) {
        const std::filesystem::path target = std::filesystem::weakly_canonical(path, error);
        if (!error)
            path = target;
    }
    const std::filesystem::path folder = path.parent_path();
    if (!folder.empty() && !std::filesystem::exists(folder, error) && std::filesystem::create_directories(folder, error))
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    return replaceFile(path.string(), config.toText(), 0600);
}

Result<RegistryCredential> CredentialStore::find(std::string_view server, const CancelToken &cancel) const
{
    for (const std::string &path : {m_helmConfig, m_dockerConfig}) {
        if (path.empty())
            continue;
        const Result<RegistryConfig> config = load(path);
        if (!config && path == m_helmConfig)
            return tl::unexpected(config.error());
        if (!config)
            continue;
        if (const std::string helper = helperOf(*config, server); !helper.empty()) {
            Result<RegistryCredential> kept = CredentialHelper(helper).get(server, cancel);
            if (!kept || !kept->isEmpty())
                return kept;
            continue;
        }
        const auto kept = config->find(server);
        if (!kept)
            return failWith(path, kept.error());
        if (*kept && !(*kept)->isEmpty())
            return **kept;
    }
    return RegistryCredential();
}

Result<void> CredentialStore::put(std::string_view server, const RegistryCredential &credential, const CancelToken &cancel) const
{
    Result<RegistryConfig> config = load(m_helmConfig);
    if (!config)
        return tl::unexpected(config.error());
    if (const std::string helper = helperOf(*config, server); !helper.empty()) {
        const bool isDetected = !config->isConfigured();
        if (const Result<void> stored = CredentialHelper(helper).store(server, credential, cancel); !stored || !isDetected)
            return stored;
        config->setDefaultHelper(helper);
        return save(*config);
    }
    config->set(server, credential);
    return save(*config);
}

Result<bool> CredentialStore::erase(std::string_view server, const CancelToken &cancel) const
{
    Result<RegistryConfig> config = load(m_helmConfig);
    if (!config)
        return tl::unexpected(config.error());
    if (const std::string helper = helperOf(*config, server); !helper.empty()) {
        if (const Result<void> erased = CredentialHelper(helper).erase(server, cancel); !erased)
            return tl::unexpected(erased.error());
        return true;
    }
    if (!config->remove(server))
        return false;
    if (const Result<void> saved = save(*config); !saved)
        return tl::unexpected(saved.error());
    return true;
}

std::string CredentialStore::dockerConfigPath()
{
    if (const char *const folder = std::getenv("DOCKER_CONFIG"); folder != nullptr && *folder != '\0')
        return joinPath(folder, "config.json");
    const char *const home = std::getenv("HOME");
    return home != nullptr && *home != '\0' ? joinPath(home, ".docker/config.json") : std::string();
}

std::string CredentialStore::serverAddress(std::string_view registry)
{
    return registry == "docker.io" || registry == "registry-1.docker.io" ? "https://index.docker.io/v1/" : std::string(registry);
}

} // namespace fairway::chart
