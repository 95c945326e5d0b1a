#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "app/fairwayctl/terminal_input.h"
#include "core/chart/go_text.h"
#include "core/chart/repositories.h"

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Adds a chart repository.

Usage:  fairwayctl repo add NAME URL [flags]

      --force-update               replace a repository of the same name
      --password-stdin             read the password from standard input
      --pass-credentials           send user and password to whatever host the index names
      --allow-deprecated-repos     Helm's own repositories of old, too
      --timeout DURATION           for the index (default 2m0s)
)") + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

/// Helm's own, which are gone.
constexpr std::pair<std::string_view, std::string_view> goneRepositories[] = {
    {"//kubernetes-charts.storage.googleapis.com", "https://charts.helm.sh/stable"},
    {"//kubernetes-charts-incubator.storage.googleapis.com", "https://charts.helm.sh/incubator"},
};

Result<std::string> password(bool fromInput)
{
    if (fromInput)
        return readStandardInputSecret();
    Result<std::string> typed = readTerminalSecret("Password: ");
    if (!typed)
        out("\n"); // ends the line of the question
    return typed;
}

} // namespace

int repoAdd(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    RemoteFlags remote;
    std::chrono::milliseconds timeout {120'000};
    bool isForced = false;
    bool asksInput = false;
    bool allowsGone = false;
    settings.addTo(flags);
    flags.help(usage());
    remote.addAccessTo(flags);
    flags.boolean("pass-credentials", remote.access.passCredentials);
    flags.boolean("password-stdin", asksInput);
    flags.boolean("force-update", isForced);
    flags.boolean("allow-deprecated-repos", allowsGone);
    flags.ignoredBoolean("no-update");
    flags.duration("timeout", timeout);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->size() != 2)
        return helmRefusesArguments("repo", "add", "requires 2 arguments", "add [NAME] [URL] [flags]");
    chart::RepositoryEntry entry;
    entry.name = (*positional)[0];
    entry.url = (*positional)[1];
    for (const auto &[gone, now] : goneRepositories) {
        if (!allowsGone && entry.url.find(gone) != std::string::npos)
            return helmFailed("repo " + chart::goQuoted(entry.url) + " is no longer available; try " + chart::goQuoted(now) + " instead");
    }
    chart::RemoteAccess &access = remote.access;
    if (!access.username.empty() && access.password.empty()) {
        Result<std::string> read = password(asksInput);
        if (!read)
            return helmFailed(read.error().message);
        access.password = std::move(*read);
    }
    chart::setAccess(entry, access);

    Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return helmFailed(context.error().message);
    context->timeout = timeout;
    const Result<chart::RepositoryAdded> added = chart::addRepository(*context, entry, isForced);
    if (!added)
        return helmFailed(added.error().message);
    const bool isNew = *added == chart::RepositoryAdded::Added;
    out(chart::goQuoted(entry.name)
        + (isNew ? " has been added to your repositories\n" : " already exists with the same configuration, skipping\n"));
    return exitOk;
}

} // namespace fairway::ctl
