#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/provenance.h"

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Checks a packaged chart against its provenance file PATH.prov.

Usage:  fairwayctl chart verify PATH [flags]

      --keyring FILE               public keys (default ~/.gnupg/pubring.gpg)
      --helm-version 3|4           whose words (default 4)
)");
}

} // namespace

int chartVerify(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    settings.addTo(flags);
    std::string keyring = chart::defaultKeyring();
    flags.text("keyring", keyring);
    flags.help(usage());
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
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
