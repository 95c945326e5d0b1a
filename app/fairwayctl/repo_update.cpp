#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/go_text.h"
#include "core/chart/repositories.h"

#include <algorithm>

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Fetches the indexes of chart repositories anew, several at a time.

Usage:  fairwayctl repo update [NAME...] [flags]

      --timeout DURATION           for each index (default 2m0s)
      --fail-on-repo-update-fail   with --helm-version 3: exit 1 when one can't be had, which Helm 4 always does
)") + std::string(globalFlagsHelp);
}

} // namespace

int repoUpdate(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    std::chrono::milliseconds timeout {120'000};
    bool fails = false;
    settings.addTo(flags);
    flags.help(usage());
    flags.duration("timeout", timeout);
    flags.boolean("fail-on-repo-update-fail", fails);
    const Result<std::vector<std::string>> names = flags.parse(arguments);
    if (!names)
        return flagsFailed(flags, names.error());
    Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return helmFailed(context.error().message);
    context->timeout = timeout;
    const std::string &path = settings.paths.repositoryConfig;
    const Result<chart::RepositoryFile> file = chart::readRepositoryFile(path);
    if (!file && file.error().code != ErrorCode::NotFound)
        return helmFailed("failed loading file: " + path + ": " + file.error().message);
    if (!file || file->repositories.empty())
        return helmFailed("no repositories found. You must add one before updating");
    std::vector<chart::RepositoryEntry> wanted;
    for (const std::string &name : *names) {
        if (file->find(name) == nullptr)
            return helmFailed("no repositories found matching '" + name + "'.  Nothing will be updated");
    }
    for (const chart::RepositoryEntry &entry : file->repositories) {
        if (names->empty() || std::find(names->begin(), names->end(), entry.name) != names->end())
            wanted.push_back(entry);
    }
    for (const chart::RepositoryEntry &entry : wanted) {
        if (const Result<void> good = chart::checkRepositoryUrl(entry.url); !good)
            return helmFailed(good.error().message);
    }

    out("Hang tight while we grab the latest from your chart repositories...\n");
    std::string failed;
    for (const chart::UpdatedRepository &updated : chart::updateRepositories(*context, wanted)) {
        const std::string url = chart::withoutPassword(updated.entry.url);
        if (!updated.error) {
            out("...Successfully got an update from the " + chart::goQuoted(updated.entry.name) + " chart repository\n");
            continue;
        }
        out("...Unable to get an update from the " + chart::goQuoted(updated.entry.name) + " chart repository (" + url + "):\n\t"
            + updated.error->message + "\n");
        failed += (failed.empty() ? "" : " ") + url;
    }
    if (!failed.empty() && settings.version == chart::HelmVersion::V4)
        return helmFailed("failed to update the following repositories: [" + failed + "]");
    if (!failed.empty() && fails)
        return helmFailed("Failed to update the following repositories: [" + failed + "]");
    out("Update Complete. ⎈Happy Helming!⎈\n");
    return exitOk;
}

} // namespace fairway::ctl
