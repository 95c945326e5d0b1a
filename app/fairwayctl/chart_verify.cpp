#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/provenance.h"

namespace fairway::ctl {

int chartVerify(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    settings.addTo(flags);
    std::string keyring = chart::defaultKeyring();
    flags.text("keyring", keyring);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return helmFailed(positional.error().message);
    if (positional->size() != 1)
        return helmWantsArguments("verify", "1 argument", "verify PATH [flags]");
    const std::string &path = positional->front();
    const Result<chart::Verification> verified = chart::verifyChartFile(path, path + ".prov", keyring, settings.version);
    if (!verified)
        return helmFailed(verified.error().message);
    out(chart::toText(*verified));
    return exitOk;
}

} // namespace fairway::ctl
