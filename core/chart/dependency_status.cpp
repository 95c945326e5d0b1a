#include "core/chart/dependency_status.h"

#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/funcs/semver.h"
#include "core/funcs/version_constraint.h"

#include <algorithm>
#include <dirent.h>
#include <filesystem>

namespace fairway::chart {

namespace {

using funcs::SemanticVersion;

constexpr std::string_view archiveEnding = ".tgz";

/// The names in a folder, sorted, as filepath.Glob gives them.
std::vector<std::string> namesIn(const std::string &folder)
{
    std::vector<std::string> names;
    std::error_code code;
    for (std::filesystem::directory_iterator it(folder, code), end; !code && it != end; it.increment(code))
        names.push_back(it->path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// Empty: it fits.
std::string versionFault(const std::string &version, const std::string &wanted, HelmVersion helm)
{
    if (version == wanted)
        return {};
    const auto release = helm == HelmVersion::V4 ? funcs::SemverRelease::V34 : funcs::SemverRelease::V33;
    const auto range = funcs::VersionConstraint::parse(wanted, release);
    const auto number = SemanticVersion::parse(version, release);
    if (!range || !number)
        return "invalid version";
    return range->check(*number) ? "" : "wrong version";
}

std::string archiveStatus(const std::string &path, const Dependency &dependency, const LoadContext &context)
{
    const Result<ChartTree> tree = loadChart(path, context);
    if (!tree)
        return "corrupt";
    if (tree->root().name() != dependency.name)
        return "misnamed";
    const std::string fault = versionFault(tree->root().metadata.version, dependency.version, context.version);
    return fault.empty() ? "ok" : fault;
}

std::string statusOf(const std::string &path, const Dependency &dependency, const Chart &chart, const LoadContext &context)
{
    const std::string folder = joinPath(path, "charts");
    std::vector<std::string> archives;
    std::vector<std::string> versioned;
    for (const std::string &name : namesIn(folder)) {
        if (!matchesPath(dependency.name + "-*.tgz", name).value_or(false))
            continue;
        archives.push_back(name);
        const std::size_t prefix = dependency.name.size() + 1;
        const std::string version = name.substr(std::min(prefix, name.size()), name.size() - std::min(name.size(), prefix + archiveEnding.size()));
        if (SemanticVersion::parseStrict(version))
            versioned.push_back(name);
    }
    if (archives.size() == 1)
        return archiveStatus(joinPath(folder, archives.front()), dependency, context);
    if (archives.size() > 1 && versioned.size() == 1)
        return archiveStatus(joinPath(folder, versioned.front()), dependency, context);
    if (versioned.size() > 1)
        return "too many matches";

    const Chart *found = nullptr;
    for (const Chart *const subchart : chart.dependencies) {
        if (subchart->name() == dependency.name)
            found = subchart;
    }
    if (found == nullptr)
        return "missing";
    const std::string fault = versionFault(found->metadata.version, dependency.version, context.version);
    return fault.empty() ? "unpacked" : fault;
}

} // namespace

std::vector<DependencyStatus> dependencyStatus(const std::string &path, const Chart &chart, const LoadContext &context)
{
    std::vector<DependencyStatus> statuses;
    for (const std::optional<Dependency> &dependency : chart.metadata.dependencies) {
        if (dependency) {
            statuses.push_back({dependency->name, dependency->version, dependency->repository, statusOf(path, *dependency, chart, context)});
        }
    }
    return statuses;
}

std::vector<std::string> strangersInCharts(const std::string &path, const Chart &chart, const LoadContext &context)
{
    std::vector<std::string> lines;
    for (const std::string &name : namesIn(joinPath(path, "charts"))) {
        const std::string file = joinPath(joinPath(path, "charts"), name);
        std::error_code code;
        if (!std::filesystem::is_directory(file, code) && extensionOf(name) != archiveEnding)
            continue;
        const Result<ChartTree> tree = loadChart(file, context);
        if (!tree) {
            lines.push_back("WARNING: " + goQuoted(file) + " is not a chart.");
            continue;
        }
        const auto &wanted = chart.metadata.dependencies;
        const bool isWanted = std::any_of(wanted.begin(), wanted.end(),
            [&](const std::optional<Dependency> &dependency) { return dependency && dependency->name == tree->root().name(); });
        if (!isWanted)
            lines.push_back("WARNING: " + goQuoted(file) + " is not in Chart.yaml.");
    }
    return lines;
}

} // namespace fairway::chart
