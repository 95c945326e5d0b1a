#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/go_text.h"
#include "core/chart/repositories.h"

namespace fairway::ctl {

namespace {

constexpr std::string_view usage = R"(Forgets chart repositories.

Usage:  fairwayctl repo remove NAME...
)";

} // namespace

int repoRemove(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    settings.addTo(flags);
    flags.help(std::string(usage));
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->empty())
        return helmRefusesArguments("repo", "remove", "requires at least 1 argument", "remove [REPO1 [REPO2 ...]] [flags]");
    const Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return helmFailed(context.error().message);
    for (const std::string &name : *positional) {
        if (const Result<void> removed = chart::removeRepository(*context, name); !removed)
            return helmFailed(removed.error().message);
        out(chart::goQuoted(name) + " has been removed from your repositories\n");
    }
    return exitOk;
}

} // namespace fairway::ctl
