#include "app/fairwayctl/chart_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/helm_table.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/dependency_status.h"
#include "core/chart/go_text.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/update_dependencies.h"

#include <filesystem>

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(What a chart depends on.

Usage:  fairwayctl chart dependency list [CHART] [--max-col-width N]
        fairwayctl chart dependency update [FOLDER] [flags]
        fairwayctl chart dependency build [FOLDER] [flags]

update chooses versions by Chart.yaml, fetches them into charts/ and writes Chart.lock; build fetches what Chart.lock says.

      --skip-refresh               the cached indexes of repositories are good enough
      --recursive                  charts named by file:// get their own dependencies first (helm doesn't do that)
      --verify                     refuse charts without a good signature
      --keyring FILE               public keys for --verify
)") + std::string(accessFlagsHelp) + std::string(globalFlagsHelp);
}

int list(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    std::size_t width = 80;
    settings.addTo(flags);
    flags.help(usage());
    flags.number("max-col-width", width);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->size() > 1)
        return helmRefusesArguments("chart dependency", "list", "accepts at most 1 argument", "list CHART [flags]");
    const std::string path = positional->empty() ? "." : chart::cleanPath(positional->front());
    const chart::Messages messages = standardErrorMessages(settings.version);
    chart::ValueSources sources;
    const chart::LoadContext context {settings.version, messages, sources};
    const Result<chart::ChartTree> tree = chart::loadChart(path, context);
    if (!tree)
        return helmFailed(tree.error().message);
    if (!tree->root().metadata.hasDependencies) {
        out("WARNING: no dependencies at " + chart::joinPath(path, "charts") + "\n");
        return exitOk;
    }
    HelmTable table(width);
    table.add({"NAME", "VERSION", "REPOSITORY", "STATUS"});
    for (const chart::DependencyStatus &row : chart::dependencyStatus(path, tree->root(), context))
        table.add({row.name, row.version, row.repository, row.status});
    std::string text = table.text() + "\n";
    for (const std::string &line : chart::strangersInCharts(path, tree->root(), context))
        text += line + "\n";
    out(text);
    return exitOk;
}

int bringUp(std::span<const std::string> arguments, bool byLock)
{
    const std::string name = byLock ? "build" : "update";
    HelmFlags flags;
    HelmSettings settings;
    RemoteFlags remote;
    chart::DependencyOptions options;
    settings.addTo(flags);
    flags.help(usage());
    remote.addAccessTo(flags);
    flags.boolean("skip-refresh", options.skipsRefresh);
    flags.boolean("recursive", options.isRecursive);
    flags.boolean("verify", remote.verify);
    flags.text("keyring", remote.keyring);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->size() > 1)
        return helmRefusesArguments("chart dependency", name, "accepts at most 1 argument", name + " CHART [flags]");
    Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return helmFailed(context.error().message);
    context->print = out;
    options.chart = positional->empty() ? "." : chart::cleanPath(positional->front());
    options.access = remote.access;
    options.verifier = provenanceVerifier(remote.keyring, settings.version);
    if (remote.verify)
        options.verify = byLock ? chart::VerifyMode::IfPossible : chart::VerifyMode::Always;
    const Result<void> done = byLock ? chart::buildDependencies(options, *context) : chart::updateDependencies(options, *context);
    return done ? exitOk : helmFailed(done.error().message);
}

} // namespace

int chartDependency(std::span<const std::string> arguments)
{
    const std::string command = arguments.empty() ? std::string() : arguments.front();
    if (command == "list" || command == "ls")
        return list(arguments.subspan(1));
    if (command == "update" || command == "up")
        return bringUp(arguments.subspan(1), false);
    if (command == "build")
        return bringUp(arguments.subspan(1), true);
    if (command == "--help" || command == "-h") {
        out(usage());
        return exitOk;
    }
    return badUsage("chart dependency needs a command; one of: build, list, update");
}

} // namespace fairway::ctl
