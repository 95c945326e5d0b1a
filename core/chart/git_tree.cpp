#include "core/chart/git_tree.h"

#include "core/base/process.h"
#include "core/chart/dependencies.h"
#include "core/chart/helmignore.h"
#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/tar_reader.h"

#include <algorithm>
#include <set>

namespace fairway::chart {

namespace {

constexpr std::size_t maxArchiveBytes = std::size_t {64} << 20;
constexpr std::uint64_t maxTreeBytes = std::uint64_t {256} << 20;
constexpr std::size_t maxTreeFiles = 20'000;
constexpr std::size_t maxAnswer = 65536;
constexpr std::string_view chartsFolder = "charts/";

Result<ProcessOutput> run(const std::string &folder, const std::vector<std::string> &args, std::size_t maxOutput, const CancelToken &cancel)
{
    ProcessSpec spec;
    spec.command = "git";
    spec.args = {"-C", folder};
    spec.args.insert(spec.args.end(), args.begin(), args.end());
    spec.env = {{"GIT_TERMINAL_PROMPT", "0"}, {"GIT_OPTIONAL_LOCKS", "0"}};
    spec.maxOutput = maxOutput;
    Result<ProcessOutput> output = runProcess(spec, cancel);
    if (!output)
        return failWith("git", output.error());
    return output;
}

Result<std::string> git(const std::string &folder, const std::vector<std::string> &args, std::size_t maxOutput, const CancelToken &cancel)
{
    Result<ProcessOutput> output = run(folder, args, maxOutput, cancel);
    if (!output)
        return tl::unexpected(output.error());
    if (output->exitCode != 0)
        return fail(ErrorCode::NotFound, "git: " + output->lastErrorLine);
    return std::move(output->out);
}

std::string literalPath(const std::string &path)
{
    return ":(literal)" + path;
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

/// "charts/redis" of "charts/redis/values.yaml"; empty outside charts/.
std::string_view subchartOf(std::string_view name)
{
    return name.starts_with(chartsFolder) ? name.substr(0, name.find('/', chartsFolder.size())) : std::string_view();
}

/// Packages in charts/ are seldom committed: without them all their objects would look new.
void addMissingDependencies(std::vector<ChartFile> &files, const std::string &folder)
{
    const Messages messages(HelmVersion::V4);
    ValueSources sources;
    const LoadContext context {HelmVersion::V4, messages, sources};
    const Result<ChartTree> tree = chartFromFiles(files, context);
    if (!tree || checkDependencies(tree->root()))
        return;
    Result<std::vector<ChartFile>> onDisk = readChartFolder(folder, context);
    if (!onDisk)
        return;
    std::set<std::string, std::less<>> known;
    for (const ChartFile &file : files)
        known.emplace(subchartOf(file.name));
    for (ChartFile &file : *onDisk) {
        const std::string_view subchart = subchartOf(file.name);
        if (!subchart.empty() && !known.contains(subchart))
            files.push_back(std::move(file));
    }
}

} // namespace

Result<GitTree> GitTree::find(const std::string &folder, const std::string &ref, const CancelToken &cancel)
{
    const bool isOdd = ref.empty() || ref.size() > 300 || std::any_of(ref.begin(), ref.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
    if (isOdd)
        return fail(ErrorCode::InvalidInput, "no name of a git commit: " + ref.substr(0, 100));
    Result<std::string> commit = git(folder, {"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"}, maxAnswer, cancel);
    if (!commit)
        return fail(commit.error().code, "git knows no commit " + ref + " in " + folder + (commit.error().message == "git: " ? "" : " (" + commit.error().message + ")"));
    while (!commit->empty() && commit->back() == '\n')
        commit->pop_back();
    GitTree tree;
    tree.m_folder = folder;
    tree.m_commit = std::move(*commit);
    return tree;
}

Result<std::string> GitTree::repositoryOf(const std::string &folder, const CancelToken &cancel)
{
    Result<std::string> top = git(folder, {"rev-parse", "--show-toplevel"}, maxAnswer, cancel);
    if (!top)
        return fail(top.error().code, folder + " is in no git repository (" + top.error().message + ")");
    if (top->ends_with('\n'))
        top->pop_back();
    return top;
}

Result<std::optional<std::string>> GitTree::file(const std::string &path, const CancelToken &cancel) const
{
    Result<std::vector<ChartFile>> files = archive(path, cancel);
    if (!files && files.error().code == ErrorCode::NotFound)
        return std::nullopt;
    if (!files)
        return tl::unexpected(files.error());
    for (ChartFile &file : *files) {
        if (file.name == path)
            return std::move(file.data);
    }
    return std::nullopt;
}

Result<bool> GitTree::isChanged(const std::string &path, const CancelToken &cancel) const
{
    const Result<ProcessOutput> changed = run(m_folder, {"diff", "--quiet", m_commit, "--", literalPath(path)}, maxAnswer, cancel);
    if (!changed)
        return tl::unexpected(changed.error());
    if (changed->exitCode != 0)
        return true;
    // Of the names of unknown files one is enough: the bound is no fault here.
    const Result<ProcessOutput> added = run(m_folder, {"ls-files", "--others", "--exclude-standard", "--", literalPath(path)}, maxAnswer, cancel);
    if (!added && added.error().code != ErrorCode::LimitExceeded)
        return tl::unexpected(added.error());
    return !added || !added->out.empty();
}

Result<std::vector<ChartFile>> GitTree::archive(const std::string &path, const CancelToken &cancel) const
{
    // Paths are given and come back relative to our folder, wherever it stands in the repository.
    const Result<std::string> packed = git(m_folder, {"archive", "--format=tar.gz", m_commit, "--", literalPath(path)}, maxArchiveBytes, cancel);
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

Result<std::vector<ChartFile>> GitTree::readChart(const std::string &folder, const CancelToken &cancel) const
{
    Result<std::vector<ChartFile>> all = archive(folder, cancel);
    if (!all)
        return tl::unexpected(all.error());
    const std::string prefix = folder == "." ? std::string() : folder + "/";
    std::vector<ChartFile> files;
    for (ChartFile &file : *all) {
        if (!file.name.starts_with(prefix))
            continue;
        file.name.erase(0, prefix.size());
        files.push_back(std::move(file));
    }
    if (Result<void> done = applyIgnoreRules(files); !done)
        return tl::unexpected(done.error());
    const bool hasChart = std::any_of(files.begin(), files.end(), [](const ChartFile &file) { return file.name == "Chart.yaml"; });
    if (!hasChart)
        return fail(ErrorCode::NotFound, folder + " is no chart at this commit");
    addMissingDependencies(files, joinPath(m_folder, folder));
    return files;
}

Result<CellFiles> GitTree::readCell(const Workspace &workspace, const WorkspaceCell &cell, const CancelToken &cancel) const
{
    Result<std::vector<ChartFile>> chart = readChart(workspace.charts[cell.chart], cancel);
    if (!chart)
        return tl::unexpected(chart.error());
    CellFiles files {std::move(*chart), {}};
    for (const std::string &path : cell.valuesFiles) {
        Result<std::optional<std::string>> text = file(path, cancel);
        if (!text)
            return tl::unexpected(text.error());
        if (*text)
            files.values.emplace_back(path, std::move(**text));
    }
    return files;
}

} // namespace fairway::chart
