#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/get_command.h"
#include "app/fairwayctl/guard_commands.h"
#include "app/fairwayctl/info_commands.h"
#include "app/fairwayctl/lab_commands.h"
#include "app/fairwayctl/proxy_commands.h"
#include "app/fairwayctl/rehearse_commands.h"
#include "app/fairwayctl/route_commands.h"
#include "app/fairwayctl/write_commands.h"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <sstream>

namespace {

using namespace fairway;

void addGlobals(CLI::App &app, ctl::GlobalOptions &globals)
{
    app.add_option("--kubeconfig", globals.kubeconfig, "kubeconfig file; default: KUBECONFIG, then ~/.kube/config");
    app.add_option("--context", globals.context, "context of the kubeconfig; default: the current one");
    app.add_option("-n,--namespace", globals.ns, "namespace; default: the context's");
    app.add_option("--request-timeout", globals.requestTimeoutSeconds, "seconds for one request")->check(CLI::Range(1, 3600));
}

/// CLI11's own wording, as one line.
int usageError(const CLI::ParseError &error)
{
    std::string text = error.what();
    for (char &c : text)
        c = c == '\n' ? ' ' : c;
    return ctl::badUsage(text + " (fairwayctl --help)");
}

int run(int argc, char **argv)
{
    CLI::App app("Fairway's engine without a window: sees, rehearses and steers the traffic of a Kubernetes cluster", "fairwayctl");
    app.set_version_flag("--version", "fairwayctl " FAIRWAY_VERSION);
    app.require_subcommand(1);
    ctl::GlobalOptions globals;
    int exitCode = ctl::exitOk;
    addGlobals(app, globals);
    ctl::addGetCommands(app, globals, exitCode);
    ctl::addDescribeCommand(app, globals, exitCode);
    ctl::addApplyCommand(app, globals, exitCode);
    ctl::addDiffCommand(app, globals, exitCode);
    ctl::addDeleteCommand(app, globals, exitCode);
    ctl::addApiResourcesCommand(app, globals, exitCode);
    ctl::addLogsCommand(app, globals, exitCode);
    ctl::addContextCommands(app, globals, exitCode);
    ctl::addJournalCommands(app, globals, exitCode);
    ctl::addRouteCommands(app, exitCode);
    ctl::addRehearseCommands(app, exitCode);
    ctl::addProxyCommands(app, exitCode);
    ctl::addLabCommands(app, exitCode);
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
