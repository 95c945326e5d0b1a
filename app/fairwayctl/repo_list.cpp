#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/chart_commands.h"
#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/helm_table.h"
#include "core/chart/repository_file.h"

namespace fairway::ctl {

namespace {

constexpr std::string_view usage = R"(Lists the chart repositories that were added.

Usage:  fairwayctl repo list [flags]

      --no-headers                 without the names of columns
  -o, --output table|json|yaml     (default table)
)";

} // namespace

int repoList(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    HelmOutput output = HelmOutput::Table;
    bool hasNoHeaders = false;
    settings.addTo(flags);
    flags.help(std::string(usage));
    addOutputFlag(flags, output);
    flags.boolean("no-headers", hasNoHeaders);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (!positional->empty())
        return helmRefusesArguments("repo", "list", "accepts no arguments", "list [flags]");
    // As helm: a file that can't be read holds no repositories.
    const chart::RepositoryFile file = chart::readRepositoryFile(settings.paths.repositoryConfig).value_or(chart::RepositoryFile {});
    if (file.repositories.empty() && output == HelmOutput::Table) {
        if (settings.version == chart::HelmVersion::V3)
            return helmFailed("no repositories to show");
        note("no repositories to show");
        return exitOk;
    }
    HelmTable table;
    std::vector<OutputItem> items;
    if (!hasNoHeaders)
        table.add({"NAME", "URL"});
    for (const chart::RepositoryEntry &entry : file.repositories) {
        table.add({entry.name, entry.url});
        items.push_back({{"name", entry.name}, {"url", entry.url}});
    }
    out(output == HelmOutput::Table ? table.text() : listText(items, output));
    return exitOk;
}

} // namespace fairway::ctl
