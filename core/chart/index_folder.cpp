#include "core/chart/index_folder.h"

#include "core/chart/chart.h"
#include "core/chart/chart_url.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/funcs/digest.h"

#include <algorithm>
#include <filesystem>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxArchiveBytes = std::uint64_t {256} << 20;

struct Found {
    std::string subfolder; ///< Empty: in the folder itself.
    std::string name;
};

void addArchives(const std::string &folder, const std::string &subfolder, std::vector<Found> &found)
{
    std::vector<std::string> names;
    std::error_code code;
    for (std::filesystem::directory_iterator it(joinPath(folder, subfolder), code), end; !code && it != end; it.increment(code)) {
        if (std::string name = it->path().filename().string(); name.ends_with(".tgz"))
            names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    for (std::string &name : names)
        found.push_back({subfolder, std::move(name)});
}

} // namespace

Result<RepositoryIndex> indexFolder(const std::string &folder, const std::string &url, const std::string &now, const Messages &messages)
{
    std::error_code missing;
    if (!std::filesystem::is_directory(folder, missing))
        return fail(ErrorCode::NotFound, "open " + joinPath(folder, "index.yaml") + ": no such file or directory");
    std::vector<Found> archives;
    addArchives(folder, {}, archives);
    std::vector<std::string> subfolders;
    std::error_code code;
    for (std::filesystem::directory_iterator it(folder, code), end; !code && it != end; it.increment(code)) {
        std::error_code ignored;
        if (it->is_directory(ignored))
            subfolders.push_back(it->path().filename().string());
    }
    std::sort(subfolders.begin(), subfolders.end());
    for (const std::string &subfolder : subfolders)
        addArchives(folder, subfolder, archives);

    RepositoryIndex index;
    index.generated = now;
    for (const Found &archive : archives) {
        const std::string path = joinPath(joinPath(folder, archive.subfolder), archive.name);
        ValueSources sources;
        const Result<ChartTree> tree = loadChart(path, {messages.version(), messages, sources});
        if (!tree)
            continue;
        const Result<std::string> bytes = readWholeFile(path, maxArchiveBytes);
        if (!bytes)
            return tl::unexpected(bytes.error());
        ChartVersion version;
        version.metadata = tree->root().metadata;
        const std::string base = joinUrl(url, archive.subfolder);
        version.urls.push_back(base.empty() ? archive.name : joinUrl(base, archive.name));
        version.digest = funcs::hexadecimal(funcs::sha256(*bytes));
        version.created = now;
        index.entries[version.metadata.name].push_back(std::move(version));
    }
    return index;
}

} // namespace fairway::chart
