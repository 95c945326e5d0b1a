#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/go_text.h"
#include "core/chart/registry_source.h"

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Uploads a packaged chart, and its provenance file when there is one, to an OCI registry.

Usage:  fairwayctl chart push PACKAGE oci://HOST/PATH [flags]

)") + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

} // namespace

int chartPush(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    RemoteFlags access;
    settings.addTo(flags);
    access.addAccessTo(flags);
    flags.help(usage());
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->size() < 2)
        return helmWantsArguments("push", "at least 2 arguments", "push [chart] [remote] [flags]");
    const std::string &path = positional->front();
    const std::string &remote = (*positional)[1];
    const std::size_t scheme = remote.find("://");
    if (scheme == std::string::npos)
        return helmFailed("scheme prefix missing from remote (e.g. \"oci://\")");
    if (!chart::isOciReference(remote))
        return helmFailed("scheme " + chart::goQuoted(remote.substr(0, scheme)) + " not supported");

    const chart::Messages messages = standardErrorMessages(settings.version);
    chart::ValueSources sources;
    const chart::RegistrySource source(settings.paths, settings.version);
    chart::RegistryClient client(source.accessTo(remote, access.access));
    const auto pushed = chart::pushChart(client, path, remote, {settings.version, messages, sources, {}}, noteLines);
    if (!pushed)
        return helmFailed(pushed.error().message);
    return exitOk;
}

} // namespace fairway::ctl
