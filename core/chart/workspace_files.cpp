#include "core/chart/workspace_files.h"

#include "core/base/process.h"
#include "core/chart/helmignore.h"
#include "core/chart/load_chart.h"
#include "core/chart/messages.h"
#include "core/chart/paths.h"
#include "core/chart/tar_reader.h"
#include "core/chart/value_sources.h"

#include <algorithm>

namespace fairway::chart {

namespace {

constexpr std::uint64_t maxValuesBytes = std::uint64_t {16} << 20;
constexpr std::size_t maxArchiveBytes = std::size_t {64} << 20;
constexpr std::uint64_t maxTreeBytes = std::uint64_t {256} << 20;
constexpr std::size_t maxTreeFiles = 20'000;

Result<std::string> git(const std::string &folder, std::vector<std::string> args, std::size_t maxOutput, const CancelToken &cancel)
{
    ProcessSpec spec;
    spec.command = "git";
    spec.args = {"-C", folder};
    spec.args.insert(spec.args.end(), args.begin(), args.end());
    spec.env = {{"GIT_TERMINAL_PROMPT", "0"}, {"GIT_OPTIONAL_LOCKS", "0"}};
    spec.maxOutput = maxOutput;
    const Result<ProcessOutput> output = runProcess(spec, cancel);
    if (!output)
        return failWith("git", output.error());
    if (output->exitCode != 0)
        return fail(ErrorCode::NotFound, "git: " + output->lastErrorLine);
    return output->out;
}

/// As in a folder: what .helmignore names is no part of the chart.
Result<void> applyIgnoreRules(std::vector<ChartFile> &files)
{
    const auto rulesFile = std::find_if(files.begin(), files.end(), [](const ChartFile &file) { return file.name == ".helmignore"; });
    IgnoreRules rules;
    if (rulesFile != files.end()) {
        Result<IgnoreRules> read = IgnoreRules::parse(rulesFile->data);
        if (!read)
            return tl::unexpected(read.error());
        rules = std::move(*read);
    }
    std::erase_if(files, [&](const ChartFile &file) {
        for (std::size_t at = file.name.find('/'); at != std::string::npos; at = file.name.find('/', at + 1)) {
            if (rules.ignores(std::string_view(file.name).substr(0, at), true))
                return true;
        }
        return rules.ignores(file.name, false);
    });
    return {};
}

} // namespace

Result<CellFiles> readCell(const Workspace &workspace, const WorkspaceCell &cell, HelmVersion version)
{
    const Messages messages(version);
    ValueSources sources;
    Result<std::vector<ChartFile>> chart = readChartFolder(joinPath(workspace.root, workspace.charts[cell.chart]), {version, messages, sources});
    if (!chart)
        return tl::unexpected(chart.error());
    CellFiles files;
    files.chart = std::move(*chart);
    for (const std::string &path : cell.valuesFiles) {
        Result<std::string> text = readWholeFile(joinPath(workspace.root, path), maxValuesBytes);
        if (!text)
            return tl::unexpected(text.error());
        files.values.emplace_back(path, std::move(*text));
    }
    return files;
}

Result<GitTree> GitTree::find(const std::string &folder, const std::string &ref, const CancelToken &cancel)
{
    const bool isOdd = ref.empty() || ref.size() > 300 || std::any_of(ref.begin(), ref.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
    if (isOdd)
        return fail(ErrorCode::InvalidInput, "no name of a git commit: " + ref.substr(0, 100));
    Result<std::string> commit = git(folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"}, 4096, cancel);
    if (!commit)
        return fail(commit.error().code, "git knows no commit " + ref + " in " + folder + (commit.error().message == "git: " ? "" : " (" + commit.error().message + ")"));
    while (!commit->empty() && commit->back() == '\n')
        commit->pop_back();
    GitTree tree;
    tree.m_folder = folder;
    tree.m_commit = std::move(*commit);
    return tree;
}

Result<std::vector<ChartFile>> GitTree::archive(const std::string &path, const CancelToken &cancel) const
{
    // Paths are given and come back relative to the workspace, wherever it stands in the repository.
    const Result<std::string> packed = git(m_folder, {"archive", "--format=tar.gz", m_commit, "--", ":(literal)" + path}, maxArchiveBytes, cancel);
    if (!packed)
        return tl::unexpected(packed.error());
    std::vector<ChartFile> files;
    std::uint64_t bytes = 0;
    TarReader reader(*packed);
    for (;;) {
        Result<std::optional<TarEntry>> entry = reader.next();
        if (!entry)
            return failWith("git archive", entry.error());
        if (!*entry)
            return files;
        if ((*entry)->type != '0' && (*entry)->type != '\0')
            continue;
        bytes += (*entry)->size;
        if (bytes > maxTreeBytes || files.size() >= maxTreeFiles)
            return fail(ErrorCode::LimitExceeded, path + " is too large at this commit");
        Result<std::string> data = reader.readData();
        if (!data)
            return failWith("git archive", data.error());
        files.push_back({(*entry)->name, std::move(*data), 0});
    }
}

Result<CellFiles> GitTree::readCell(const Workspace &workspace, const WorkspaceCell &cell, const CancelToken &cancel) const
{
    const std::string &folder = workspace.charts[cell.chart];
    Result<std::vector<ChartFile>> chart = archive(folder, cancel);
    if (!chart)
        return tl::unexpected(chart.error());
    CellFiles files;
    for (const std::string &path : cell.valuesFiles) {
        const auto inside = std::find_if(chart->begin(), chart->end(), [&](const ChartFile &file) { return file.name == path; });
        if (inside != chart->end()) {
            files.values.emplace_back(path, inside->data);
            continue;
        }
        Result<std::vector<ChartFile>> other = archive(path, cancel);
        if (other && !other->empty())
            files.values.emplace_back(path, std::move(other->front().data));
        else if (!other && other.error().code != ErrorCode::NotFound)
            return tl::unexpected(other.error());
    }
    const std::string prefix = folder == "." ? std::string() : folder + "/";
    for (ChartFile &file : *chart) {
        if (!file.name.starts_with(prefix))
            continue;
        file.name.erase(0, prefix.size());
        files.chart.push_back(std::move(file));
    }
    if (Result<void> done = applyIgnoreRules(files.chart); !done)
        return tl::unexpected(done.error());
    const bool hasChart = std::any_of(files.chart.begin(), files.chart.end(), [](const ChartFile &file) { return file.name == "Chart.yaml"; });
    if (!hasChart)
        return fail(ErrorCode::NotFound, folder + " is no chart at this commit");
    return files;
}

} // namespace fairway::chart
