#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/create_chart.h"
#include "core/chart/paths.h"

namespace fairway::ctl {

namespace {

constexpr std::string_view usage = R"(Makes a new chart: a web application with a Deployment and a Service; Ingress, HTTPRoute and autoscaling can be switched on.

Usage:  fairwayctl chart create NAME [flags]

  -p, --starter NAME|FOLDER        make it of another chart, whose <CHARTNAME> becomes the name; a NAME is looked for in
                                   Helm's folder of starters
)";

} // namespace

int chartCreate(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    std::string starter;
    settings.addTo(flags);
    flags.help(std::string(usage));
    flags.text("starter", starter, 'p');
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->size() != 1)
        return helmWantsArguments("create", "1 argument", "create NAME [flags]");
    const std::string &path = positional->front();
    out("Creating " + path + "\n");
    const std::string name(chart::basePath(path));
    const std::string clean = chart::cleanPath(path);
    const std::size_t slash = clean.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : clean.substr(0, slash);
    if (!starter.empty()) {
        const chart::Messages messages = standardErrorMessages(settings.version);
        chart::ValueSources sources;
        const std::string from = starter.starts_with('/') ? starter : chart::joinPath(settings.paths.starters, starter);
        if (const Result<void> made = chart::createFromStarter(folder, name, from, {settings.version, messages, sources}); !made)
            return helmFailed(made.error().message);
        return exitOk;
    }
    const Result<std::string> made = chart::createChart(folder, name, [](std::string_view line) { out(std::string(line) + "\n"); });
    return made ? exitOk : helmFailed(made.error().message);
}

} // namespace fairway::ctl
