#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/cli.h"
#include "core/chart/go_text.h"

#include <CLI/CLI.hpp>

namespace fairway::ctl {

namespace {

constexpr std::string_view usage = R"(Chart repositories, shared with helm: repositories.yaml and the cache of indexes are its own.

Usage:  fairwayctl repo add NAME URL          add a repository (its --help tells of passwords, certificates, mirrors)
        fairwayctl repo list                  list those that were added
        fairwayctl repo update [NAME...]      fetch their indexes anew
        fairwayctl repo remove NAME...        forget some
        fairwayctl repo index FOLDER          write index.yaml for a folder of packaged charts
        fairwayctl search repo [KEYWORD]      find charts in their indexes
)";

} // namespace

void addRepoCommands(CLI::App &app, int &)
{
    app.add_subcommand("repo", "chart repositories as helm has them: add, list, update, remove, index")->prefix_command();
    app.add_subcommand("search", "find charts in the repositories: search repo KEYWORD")->prefix_command();
}

int runRepoCommand(std::span<const std::string> arguments)
{
    const std::string command = arguments.empty() ? std::string() : arguments.front();
    const std::span<const std::string> rest = arguments.subspan(arguments.empty() ? 0 : 1);
    if (command == "add")
        return repoAdd(rest);
    if (command == "index")
        return repoIndex(rest);
    if (command == "list" || command == "ls")
        return repoList(rest);
    if (command == "remove" || command == "rm")
        return repoRemove(rest);
    if (command == "update" || command == "up")
        return repoUpdate(rest);
    if (command == "--help" || command == "-h") {
        out(usage);
        return exitOk;
    }
    return badUsage((command.empty() ? "repo needs a command" : "unknown command " + chart::goQuoted(command))
        + "; one of: add, index, list, remove, update");
}

int runSearchCommand(std::span<const std::string> arguments)
{
    if (!arguments.empty() && arguments.front() == "repo")
        return searchRepo(arguments.subspan(1));
    if (!arguments.empty() && (arguments.front() == "--help" || arguments.front() == "-h")) {
        out(usage);
        return exitOk;
    }
    if (!arguments.empty() && arguments.front() == "hub")
        return badUsage("search hub asks artifacthub.io, a service outside; add the repositories you mean, and search those: search repo [KEYWORD]");
    return badUsage("search needs where to search: search repo [KEYWORD]");
}

} // namespace fairway::ctl
