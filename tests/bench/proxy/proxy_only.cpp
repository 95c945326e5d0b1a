// `proxy run` alone, so that the comparison starts no more than it measures.
#include "app/fairwayctl/proxy_commands.h"

#include <CLI/CLI.hpp>

int main(int argc, char **argv)
{
    CLI::App app("fairway-proxy");
    app.require_subcommand(1);
    int exitCode = 0;
    fairway::ctl::addProxyCommands(app, exitCode);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    return exitCode;
}
