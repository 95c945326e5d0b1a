#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Downloads charts.

Usage:  fairwayctl chart pull CHART... [flags]

CHART is REPOSITORY/NAME, a URL, oci://HOST/PATH, or with --repo a name.

  -d, --destination FOLDER         where it goes (default ".")
      --untar                      unpack it
      --untardir FOLDER            below the destination (default ".")
      --prov                       fetch the provenance file, too, without looking at it
)") + std::string(chartFlagsHelp) + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

} // namespace

int chartPull(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    RemoteFlags remote;
    chart::PullOptions options;
    bool wantsProvenance = false;
    settings.addTo(flags);
    remote.addTo(flags);
    flags.help(usage());
    flags.boolean("untar", options.unpacks);
    flags.text("untardir", options.unpackFolder);
    flags.text("destination", options.destination, 'd');
    flags.boolean("prov", wantsProvenance);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->empty())
        return helmWantsArguments("pull", "at least 1 argument", "pull [chart URL | repo/chartname] [...] [flags]");
    const Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return helmFailed(context.error().message);
    for (const std::string &reference : *positional) {
        options.source = remote.source(reference, settings);
        if (wantsProvenance && !remote.verify)
            options.source.verify = chart::VerifyMode::Later;
        const Result<chart::FetchedChart> pulled = chart::pullChart(options, *context);
        if (!pulled)
            return helmFailed(pulled.error().message);
        out(pulled->report);
    }
    return exitOk;
}

} // namespace fairway::ctl
