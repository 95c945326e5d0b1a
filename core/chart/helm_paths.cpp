#include "core/chart/helm_paths.h"

#include "core/chart/paths.h"

#include <cstdlib>

namespace fairway::chart {

namespace {

std::string variable(const char *name)
{
    const char *const value = std::getenv(name);
    return value ? value : "";
}

/// `home` of ours or XDG's or below the user's.
std::string base(const char *own, const char *xdg, std::string_view belowHome)
{
    if (std::string folder = variable(own); !folder.empty())
        return folder;
    if (const std::string folder = variable(xdg); !folder.empty())
        return joinPath(folder, "helm");
    return joinPath(joinPath(variable("HOME"), belowHome), "helm");
}

/// Helm takes an empty variable as set.
std::string orElse(const char *name, std::string path)
{
    const char *const value = std::getenv(name);
    return value ? value : std::move(path);
}

} // namespace

HelmPaths HelmPaths::ofProcess()
{
    const std::string config = base("HELM_CONFIG_HOME", "XDG_CONFIG_HOME", ".config");
    const std::string cache = base("HELM_CACHE_HOME", "XDG_CACHE_HOME", ".cache");
    const std::string data = base("HELM_DATA_HOME", "XDG_DATA_HOME", ".local/share");
    HelmPaths paths;
    paths.repositoryConfig = orElse("HELM_REPOSITORY_CONFIG", joinPath(config, "repositories.yaml"));
    paths.repositoryCache = orElse("HELM_REPOSITORY_CACHE", joinPath(cache, "repository"));
    paths.contentCache = orElse("HELM_CONTENT_CACHE", joinPath(cache, "content"));
    paths.registryConfig = orElse("HELM_REGISTRY_CONFIG", joinPath(config, "registry/config.json"));
    paths.starters = joinPath(data, "starters");
    return paths;
}

} // namespace fairway::chart
