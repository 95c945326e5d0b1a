#pragma once

#include "app/fairwayctl/helm_flags.h"
#include "core/chart/capabilities.h"
#include "core/chart/chart.h"
#include "core/chart/helm_paths.h"
#include "core/chart/messages.h"
#include "core/chart/value_options.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

/// fairwayctl chart …: helm's commands on charts, with helm's flags, output and exit codes, and without helm.
namespace fairway::ctl {

/// Shows the group in `fairwayctl --help`. The commands themselves are run by runChartCommand(), before CLI11 is set up.
void addChartCommands(CLI::App &app, int &exitCode);

/// Runs `fairwayctl chart ARGUMENTS…` and returns the exit code.
[[nodiscard]] int runChartCommand(std::span<const std::string> arguments);

/// What helm's global flags say, and the version of helm to be.
struct HelmSettings {
    chart::HelmVersion version = chart::HelmVersion::V4;
    bool debug = false;
    std::string nameSpace;
    std::string kubeconfig;
    std::string kubeContext;
    chart::HelmPaths paths = chart::HelmPaths::ofProcess();
    std::vector<std::string> mirrors; ///< FROM=TO

    HelmSettings();
    void addTo(HelmFlags &flags);
    /// What --helm-version says, for flags that mean something else in each.
    [[nodiscard]] static chart::HelmVersion versionIn(std::span<const std::string> arguments);
    /// --namespace, HELM_NAMESPACE, the kubeconfig's, or "default".
    [[nodiscard]] std::string effectiveNamespace() const;
};

/// Each prints on standard output and returns the exit code.
[[nodiscard]] int chartDiff(std::span<const std::string> arguments);
[[nodiscard]] int chartExplain(std::span<const std::string> arguments);
[[nodiscard]] int chartTemplate(std::span<const std::string> arguments);
[[nodiscard]] int chartLint(std::span<const std::string> arguments);
[[nodiscard]] int chartMatrix(std::span<const std::string> arguments);
[[nodiscard]] int chartShow(std::span<const std::string> arguments);
[[nodiscard]] int chartPackage(std::span<const std::string> arguments);
[[nodiscard]] int chartCreate(std::span<const std::string> arguments);
[[nodiscard]] int chartPush(std::span<const std::string> arguments);
[[nodiscard]] int chartPull(std::span<const std::string> arguments);
[[nodiscard]] int chartDependency(std::span<const std::string> arguments);
[[nodiscard]] int chartVerify(std::span<const std::string> arguments);

/// "Error: …" on standard error, as helm has it: the text may have several lines. Returns exit code 1.
int helmFailed(std::string_view message);
/// Helm's refusal of a wrong number of arguments. `usage` is the command with its arguments.
int helmWantsArguments(std::string_view command, std::string_view wanted, std::string_view usage);

/// The same for a command of another group than chart. `wanted` is the whole of it: "requires 2 arguments".
int helmRefusesArguments(std::string_view group, std::string_view command, std::string_view wanted, std::string_view usage);
/// After HelmFlags::parse() refused: prints the help that was asked for (exit code 0), or the refusal.
int flagsFailed(const HelmFlags &flags, const Error &error);

/// -f, --set and the like.
void addValueFlags(HelmFlags &flags, chart::ValueOptions &options);
/// A file the user names: "-" is standard input.
[[nodiscard]] Result<std::string> readUserFile(std::string_view path);
/// Messages on standard error.
[[nodiscard]] chart::Messages standardErrorMessages(chart::HelmVersion version);


} // namespace fairway::ctl
