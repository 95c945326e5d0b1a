#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/go_text.h"
#include "core/chart/json_path.h"
#include "core/chart/load_chart.h"
#include "core/chart/release.h"
#include "core/value/yaml.h"

#include <algorithm>
#include <optional>

namespace fairway::ctl {

namespace {

struct Parts {
    bool chart = false;
    bool values = false;
    bool readme = false;
    bool crds = false;
    bool isAll = false; ///< Then marks stand between them.
    std::optional<chart::JsonPath> filter; ///< Of the values.
};

bool isReadme(std::string_view name)
{
    if (name.size() < 6 || !chart::equalsFolded(name.substr(0, 6), "readme"))
        return false;
    const std::string_view rest = name.substr(6);
    return rest.empty() || (rest[0] == '.' && (chart::equalsFolded(rest.substr(1), "md") || chart::equalsFolded(rest.substr(1), "txt")));
}

std::string shown(const chart::Chart &chart, const Parts &parts, chart::HelmVersion version)
{
    std::string text;
    if (parts.chart)
        text += value::toYaml(chart::toValue(chart.metadata)) + "\n";
    if (parts.values && chart.values.isMap()) {
        text += parts.isAll ? "---\n" : "";
        // As in Helm, a path that finds nothing is no error.
        if (parts.filter)
            text += parts.filter->print(chart.values).value_or("");
        else if (const chart::ChartFile *const values = chart.content->find("values.yaml"))
            text += values->data + "\n";
    }
    if (parts.readme) {
        for (const std::uint32_t index : chart.content->others) {
            const chart::ChartFile &file = chart.content->files[index];
            if (!isReadme(file.name))
                continue;
            text += (parts.isAll ? "---\n" : "") + file.data + "\n";
            break;
        }
    }
    if (parts.crds) {
        // Helm 4 sets a mark before each; Helm 3 only between what `all` shows and them.
        bool wantsMark = version == chart::HelmVersion::V4 || parts.isAll;
        for (const chart::CrdFile &crd : chart::crdFiles(chart)) {
            text += (!wantsMark || crd.text.starts_with("---") ? "" : "---\n") + crd.text + "\n";
            wantsMark = version == chart::HelmVersion::V4;
        }
    }
    return text;
}

std::string usage()
{
    return std::string(R"(Prints what is in a chart.

Usage:  fairwayctl chart show all|chart|crds|readme|values CHART [flags]

CHART is a folder, a package, REPOSITORY/NAME, a URL, oci://HOST/PATH, or with --repo a name.

      --jsonpath TEMPLATE          of values: only what this finds, as "{.image.tag}"
)") + std::string(chartFlagsHelp) + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

} // namespace

int chartShow(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    settings.addTo(flags);
    RemoteFlags remote;
    remote.addTo(flags);
    std::string jsonPath;
    const auto subject = std::find_if(arguments.begin(), arguments.end(), [](const std::string &argument) { return !argument.starts_with('-'); });
    if (subject != arguments.end() && *subject == "values")
        flags.text("jsonpath", jsonPath);
    flags.help(usage());
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    Parts parts;
    const std::string what = positional->empty() ? std::string() : positional->front();
    parts.isAll = what == "all";
    parts.chart = parts.isAll || what == "chart";
    parts.values = parts.isAll || what == "values";
    parts.readme = parts.isAll || what == "readme";
    parts.crds = parts.isAll || what == "crds";
    if (!parts.chart && !parts.values && !parts.readme && !parts.crds)
        return badUsage("chart show needs what to show: all, chart, crds, readme or values");
    if (positional->size() != 2)
        return helmWantsArguments("show " + what, "1 argument", "show " + what + " [CHART] [flags]");

    const chart::Messages messages = standardErrorMessages(settings.version);
    const Result<std::string> path = locateChart((*positional)[1], remote, settings);
    if (!path)
        return helmFailed(path.error().message);
    chart::ValueSources sources;
    const Result<chart::ChartTree> tree = chart::loadChart(*path, {settings.version, messages, sources, {}});
    if (!tree)
        return helmFailed(tree.error().message);
    if (!jsonPath.empty()) {
        Result<chart::JsonPath> filter = chart::JsonPath::parse(jsonPath);
        if (!filter)
            return helmFailed("error parsing jsonpath " + jsonPath + ": " + filter.error().message);
        parts.filter = std::move(*filter);
    }
    out(shown(tree->root(), parts, settings.version));
    return exitOk;
}

} // namespace fairway::ctl
