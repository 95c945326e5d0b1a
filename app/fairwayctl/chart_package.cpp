#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "app/fairwayctl/signing_flags.h"
#include "core/chart/go_text.h"
#include "core/chart/package_chart.h"
#include "core/chart/update_dependencies.h"

#include <cstdlib>
#include <filesystem>
#include <sys/stat.h>

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Packs charts into NAME-VERSION.tgz, the same bytes for the same files and times of files.

Usage:  fairwayctl chart package FOLDER... [flags]

      --version TEXT               the chart's version instead of Chart.yaml's
      --app-version TEXT           the same of appVersion
  -d, --destination FOLDER         where the archives go (default ".")
  -u, --dependency-update          update charts/ by Chart.yaml first
      --sign                       write a provenance file beside the archive
      --key TEXT                   the signing key's identity or a part of it
      --keyring FILE               where the private key is (default ~/.gnupg/pubring.gpg)
      --passphrase-file FILE       the key's passphrase is its first line; "-" is standard input
)") + std::string(accessFlagsHelp) + std::string(globalFlagsHelp)
    + "\nSOURCE_DATE_EPOCH (seconds since 1970) bounds the times in the archive, so that a fresh checkout gives the same bytes.\n";
}

Result<std::optional<std::int64_t>> latestTime()
{
    const char *const text = std::getenv("SOURCE_DATE_EPOCH");
    std::int64_t seconds = 0;
    if (text == nullptr || *text == '\0')
        return std::nullopt;
    if (!chart::parseGoInt(text, seconds) || seconds < 0)
        return fail(ErrorCode::InvalidInput, "SOURCE_DATE_EPOCH is no number of seconds");
    return seconds;
}

} // namespace

int chartPackage(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    RemoteFlags remote;
    chart::PackageOptions options;
    bool updatesDependencies = false;
    settings.addTo(flags);
    remote.addAccessTo(flags);
    flags.help(usage());
    flags.text("version", options.version);
    flags.text("app-version", options.appVersion);
    flags.text("destination", options.destination, 'd');
    flags.boolean("dependency-update", updatesDependencies, 'u');
    SigningFlags signing;
    signing.addTo(flags);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->empty())
        return helmFailed("need at least one argument, the path to the chart");
    if (const Result<void> good = signing.check(); !good)
        return helmFailed(good.error().message);
    const Result<std::optional<std::int64_t>> latest = latestTime();
    if (!latest)
        return helmFailed(latest.error().message);
    options.latestSeconds = *latest;

    const chart::Messages messages = standardErrorMessages(settings.version);
    for (const std::string &path : *positional) {
        struct stat status {};
        if (::stat(path.c_str(), &status) != 0)
            return helmFailed("stat " + path + ": no such file or directory");
        std::error_code code;
        std::string folder = std::filesystem::absolute(path, code).lexically_normal().string();
        while (folder.size() > 1 && folder.ends_with('/'))
            folder.pop_back();
        if (updatesDependencies) {
            const Result<chart::RemoteContext> context = remoteContext(settings);
            if (!context)
                return helmFailed(context.error().message);
            chart::DependencyOptions dependencies;
            dependencies.chart = folder;
            dependencies.access = remote.access;
            if (const Result<void> updated = chart::updateDependencies(dependencies, *context); !updated)
                return helmFailed(updated.error().message);
        }
        chart::ValueSources sources;
        const Result<std::string> archive = chart::packageChart(folder, options, {settings.version, messages, sources});
        if (!archive)
            return helmFailed(archive.error().message);
        if (const Result<void> done = signing.sign(*archive, {settings.version, messages, sources}); !done)
            return helmFailed(done.error().message);
        out("Successfully packaged chart and saved it to: " + *archive + "\n");
    }
    return exitOk;
}

} // namespace fairway::ctl
