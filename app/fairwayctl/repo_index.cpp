#include "app/fairwayctl/repo_commands.h"

#include "app/fairwayctl/cli.h"
#include "app/fairwayctl/remote_flags.h"
#include "core/chart/go_timestamp.h"
#include "core/chart/index_folder.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/replaced_file.h"

#include <chrono>
#include <filesystem>

namespace fairway::ctl {

namespace {

constexpr std::string_view usage = R"(Writes index.yaml for a folder of packaged charts and the folders directly in it.

Usage:  fairwayctl repo index FOLDER [flags]

      --url URL                    where the charts will be, for absolute addresses
      --merge FILE                 take over what this index has and the folder hasn't
      --json                       JSON instead of YAML
)";

} // namespace

int repoIndex(std::span<const std::string> arguments)
{
    HelmFlags flags;
    HelmSettings settings;
    std::string url;
    std::string mergeWith;
    bool isJson = false;
    settings.addTo(flags);
    flags.help(std::string(usage));
    flags.text("url", url);
    flags.text("merge", mergeWith);
    flags.boolean("json", isJson);
    const Result<std::vector<std::string>> positional = flags.parse(arguments);
    if (!positional)
        return flagsFailed(flags, positional.error());
    if (positional->size() != 1)
        return helmRefusesArguments("repo", "index", "requires 1 argument", "index [DIR] [flags]");
    std::error_code code;
    const std::string folder = chart::cleanPath(std::filesystem::absolute(positional->front(), code).string());
    const chart::Messages messages = standardErrorMessages(settings.version);
    const std::string now = chart::goTimestamp(std::chrono::system_clock::now());
    const auto text = [isJson](const chart::RepositoryIndex &index) { return isJson ? toJson(index) : toYaml(index); };

    Result<chart::RepositoryIndex> index = chart::indexFolder(folder, url, now, messages);
    if (!index)
        return helmFailed(index.error().message);
    if (!mergeWith.empty()) {
        chart::RepositoryIndex other;
        other.generated = now;
        const Result<std::string> old = chart::readWholeFile(mergeWith, chart::maxIndexDownload);
        if (!old && old.error().code == ErrorCode::NotFound) {
            (void)chart::replaceFile(mergeWith, text(other)); // Helm makes an empty one, and doesn't mind when it can't.
        } else {
            Result<chart::RepositoryIndex> read = old ? chart::parseIndex(*old, mergeWith, messages) : tl::unexpected(old.error());
            if (!read)
                return helmFailed("merge failed: " + (old ? "error loading " + mergeWith + ": " : std::string()) + read.error().message);
            other = std::move(*read);
        }
        index->merge(other, settings.version);
    }
    index->sort(settings.version);
    const Result<void> written = chart::replaceFile(chart::joinPath(folder, "index.yaml"), text(*index));
    return written ? exitOk : helmFailed(written.error().message);
}

} // namespace fairway::ctl
