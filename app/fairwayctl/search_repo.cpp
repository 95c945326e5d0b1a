#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/helm_table.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/chart_search.h"
#include "core/chart/repositories.h"

#include <deque>

namespace fairway::ctl {

namespace {

std::string usage()
{
    return std::string(R"(Finds charts in the indexes of the repositories that were added.

Usage:  fairwayctl search repo [KEYWORD...] [flags]

  -r, --regexp                     the keyword is a regular expression
      --version RANGE              versions in this range only
      --devel                      prereleases, too
  -l, --versions                   every version on a line of its own
      --max-col-width N            cut longer texts in the table (default 50)
      --fail-on-no-result          exit 1 when nothing is found
  -o, --output table|json|yaml     (default table)
)") + std::string(globalFlagsHelp);
}

} // namespace

int searchRepo(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    chart::SearchOptions options;
    HelmOutput output = HelmOutput::Table;
    std::size_t width = 50;
    bool devel = false;
    bool failsWithout = false;
    settings.addTo(flags);
    flags.help(usage());
    flags.boolean("regexp", options.isPattern, 'r');
    flags.boolean("versions", options.allVersions, 'l');
    flags.boolean("devel", devel);
    flags.text("version", options.versionRange);
    flags.number("max-col-width", width);
    flags.boolean("fail-on-no-result", failsWithout);
    addOutputFlag(flags, output);
    const Result<std::vector<std::string>> keywords = flags.parse(arguments);
    if (!keywords)
        return flagsFailed(flags, keywords.error());
    options.keyword = joined(*keywords, " ");
    if (options.versionRange.empty() && devel)
        options.versionRange = ">0.0.0-0";
    const Result<chart::RemoteContext> context = remoteContext(settings);
    if (!context)
        return helmFailed(context.error().message);
    const Result<chart::RepositoryFile> file = chart::readRepositoryFile(settings.paths.repositoryConfig);
    if (!file || file->repositories.empty())
        return helmFailed("no repositories configured");

    std::deque<chart::RepositoryIndex> indexes; // Stable addresses.
    std::vector<chart::SearchedRepository> searched;
    for (const chart::RepositoryEntry &entry : file->repositories) {
        Result<chart::RepositoryIndex> index = chart::loadCachedIndex(*context, entry.name, chart::IndexDetail::ForSearch);
        if (!index) {
            context->messages().structured("WARN", "repo is corrupt or missing", {{"repo", entry.name}, {"error", index.error().message}});
            if (settings.version == chart::HelmVersion::V3) {
                note("WARNING: Repo \"" + entry.name + "\" is corrupt or missing. Try 'helm repo update'.");
                note("WARNING: " + index.error().message);
            }
            continue;
        }
        indexes.push_back(std::move(*index));
        searched.push_back({entry.name, &indexes.back()});
    }
    const Result<std::vector<chart::FoundChart>> found = chart::searchCharts(searched, options, settings.version);
    if (!found)
        return helmFailed(found.error().message);
    if (found->empty() && failsWithout)
        return helmFailed("no results found");
    if (found->empty() && output == HelmOutput::Table) {
        out("No results found\n");
        return exitOk;
    }
    HelmTable table(width);
    std::vector<OutputItem> items;
    table.add({"NAME", "CHART VERSION", "APP VERSION", "DESCRIPTION"});
    for (const chart::FoundChart &row : *found) {
        const chart::Metadata &data = row.chart->metadata;
        table.add({row.name, data.version, data.appVersion, data.description});
        items.push_back({{"name", row.name}, {"version", data.version}, {"app_version", data.appVersion}, {"description", data.description}});
    }
    out(output == HelmOutput::Table ? table.text() : listText(items, output));
    return exitOk;
}

} // namespace fairway::ctl
