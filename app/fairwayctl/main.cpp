#include "app/fairwayctl/chart_commands.h"
#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/get_command.h"
#include "app/fairwayctl/guard_commands.h"
#include "app/fairwayctl/info_commands.h"
#include "app/fairwayctl/lab_commands.h"
#include "app/fairwayctl/proxy_commands.h"
#include "app/fairwayctl/registry_commands.h"
#include "app/fairwayctl/rehearse_commands.h"
#include "app/fairwayctl/repo_commands.h"
#include "app/fairwayctl/route_commands.h"
#include "app/fairwayctl/write_commands.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <csignal>
#include <exception>
#include <malloc.h>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace {

using namespace fairway;

void addGlobals(CLI::App &app, ctl::GlobalOptions &globals)
{
    app.add_option("--kubeconfig", globals.kubeconfig, "kubeconfig file; default: KUBECONFIG, then ~/.kube/config");
    app.add_option("--context", globals.context, "context of the kubeconfig; default: the current one");
    app.add_option("-n,--namespace", globals.ns, "namespace; default: the context's");
    app.add_option("--request-timeout", globals.requestTimeoutSeconds, "seconds for one request")->check(CLI::Range(1, 3600));
}

using AddCommands = void (*)(CLI::App &, const ctl::GlobalOptions &, int &);

/// One shape for those that ask for the global options and those that don't.
template <auto Add>
void adding(CLI::App &app, const ctl::GlobalOptions &globals, int &exitCode)
{
    if constexpr (std::is_invocable_v<decltype(Add), CLI::App &, const ctl::GlobalOptions &, int &>)
        Add(app, globals, exitCode);
    else
        Add(app, exitCode);
}

struct CommandGroup {
    std::array<std::string_view, 2> names; ///< Of its commands at the top level.
    AddCommands add;
};

/// Commands that read their flags themselves, as helm does. Charts are rendered many times a minute by editors and scripts.
struct HelmGroup {
    std::string_view name;
    int (*run)(std::span<const std::string> arguments);
};

constexpr HelmGroup helmGroups[] = {
    {"chart", ctl::runChartCommand},
    {"registry", ctl::runRegistryCommand},
    {"repo", ctl::runRepoCommand},
    {"search", ctl::runSearchCommand},
};

/// In the order of --help.
constexpr CommandGroup groups[] = {
    {{"get", "watch"}, adding<ctl::addGetCommands>},
    {{"describe"}, adding<ctl::addDescribeCommand>},
    {{"apply"}, adding<ctl::addApplyCommand>},
    {{"diff"}, adding<ctl::addDiffCommand>},
    {{"delete"}, adding<ctl::addDeleteCommand>},
    {{"api-resources"}, adding<ctl::addApiResourcesCommand>},
    {{"logs"}, adding<ctl::addLogsCommand>},
    {{"context"}, adding<ctl::addContextCommands>},
    {{"journal", "undo"}, adding<ctl::addJournalCommands>},
    {{"route"}, adding<ctl::addRouteCommands>},
    {{"rehearse"}, adding<ctl::addRehearseCommands>},
    {{"proxy"}, adding<ctl::addProxyCommands>},
    {{"chart"}, adding<ctl::addChartCommands>},
    {{"registry"}, adding<ctl::addRegistryCommands>},
    {{"repo", "search"}, adding<ctl::addRepoCommands>},
    {{"lab"}, adding<ctl::addLabCommands>},
};

/// Adds the group whose command is asked for: making them all takes half the time of a cold start. Where it can't be told by the
/// first argument, or they will be listed, it is all of them.
void addCommands(CLI::App &app, std::string_view firstArgument, const ctl::GlobalOptions &globals, int &exitCode)
{
    if (firstArgument == "--version")
        return;
    for (const CommandGroup &group : groups) {
        if (std::find(group.names.begin(), group.names.end(), firstArgument) != group.names.end() && !firstArgument.empty())
            return group.add(app, globals, exitCode);
    }
    for (const CommandGroup &group : groups)
        group.add(app, globals, exitCode);
}

/// CLI11's own wording, as one line.
int usageError(const CLI::ParseError &error)
{
    std::string text = error.what();
    for (char &c : text)
        c = c == '\n' ? ' ' : c;
    return ctl::badUsage(text + " (fairwayctl --help)");
}

/// For a process that lives for milliseconds: memory is taken in large steps and given back at the end. By default each text above 128 KiB
/// is a mapping of its own, whose pages come anew each time; the few that are much larger should be, for the holes they leave aren't filled.
void keepMemory()
{
#ifdef __GLIBC__
    mallopt(M_TOP_PAD, 1 << 20);
    mallopt(M_MMAP_THRESHOLD, 512 << 10);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

int run(int argc, char **argv)
{
    for (const HelmGroup &group : helmGroups) {
        if (argc > 1 && group.name == argv[1]) {
            keepMemory();
            const std::vector<std::string> arguments(argv + 2, argv + argc);
            return group.run(arguments);
        }
    }
    CLI::App app("Fairway's engine without a window: sees, rehearses and steers the traffic of a Kubernetes cluster", "fairwayctl");
    app.set_version_flag("--version", "fairwayctl " FAIRWAY_VERSION);
    app.require_subcommand(1);
    ctl::GlobalOptions globals;
    int exitCode = ctl::exitOk;
    addGlobals(app, globals);
    addCommands(app, argc > 1 ? argv[1] : "", globals, exitCode);
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success &asked) { // --help, --version
        std::ostringstream text;
        app.exit(asked, text, text);
        ctl::out(text.str());
        return ctl::exitOk;
    } catch (const CLI::ParseError &error) {
        return usageError(error);
    }
    return exitCode;
}

} // namespace

int main(int argc, char **argv)
{
    // A reader that goes (`| head`) ends the output, not with a signal in the middle of a write to a cluster.
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run(argc, argv);
    } catch (const std::exception &error) {
        return fairway::ctl::failed(std::string("unexpected: ") + error.what());
    }
}
