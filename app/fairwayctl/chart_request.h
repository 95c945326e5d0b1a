#pragma once

#include "app/fairwayctl/chart_commands.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/release.h"
#include "core/chart/release_text.h"
#include "core/chart/value_options.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::ctl {

/// The flags of `chart template` and of the commands that look at the same rendering.
struct TemplateFlags {
    chart::ValueOptions values;
    std::vector<std::string> apiVersions;
    std::vector<std::string> showOnly;
    std::string kubeVersion;
    std::string nameTemplate;
    std::string outputDir;
    std::string dryRun = "client";
    RemoteFlags remote;
    bool generateName = false;
    bool includeCrds = false;
    bool skipTests = false;
    bool isUpgrade = false;
    bool noHooks = false;
    bool validate = false;
    bool releaseName = false;
    bool skipSchema = false;
    bool subNotes = false;
    bool enableDns = false;
    std::string postRenderer; ///< A program (3) or a plugin's name (4).
    std::vector<std::string> postRendererArguments;
    bool dependencyUpdate = false;

    void addTo(HelmFlags &flags, chart::HelmVersion version);
    [[nodiscard]] chart::ReleaseTextOptions shown() const;
};

/// What renderRelease() needs, read as `helm template` reads it.
struct ReleaseInput {
    chart::ChartTree tree;
    value::Value values;
    chart::ValueSources sources;
    chart::ReleaseRequest request;
};

/// Where a chart and the values files come from when not from the path the user names.
struct ChartOrigin {
    std::function<Result<chart::ChartTree>(const std::string &chart, const chart::LoadContext &context)> loadChart;
    std::function<Result<std::string>(std::string_view path)> readFile;
};

/// `arguments` are [NAME] CHART. Errors: in Helm's words, naming the flag, file or chart.
[[nodiscard]] Result<ReleaseInput> readReleaseInput(const std::vector<std::string> &arguments, const HelmSettings &settings,
    const TemplateFlags &flags, const chart::Messages &messages, const ChartOrigin *origin = nullptr);

/// Prints why there is no release, as helm does. Returns the exit code.
int renderingFailed(const chart::ReleaseFailure &failure, bool debug);

} // namespace fairway::ctl
