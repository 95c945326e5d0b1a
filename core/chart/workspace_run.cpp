#include "core/chart/workspace_run.h"

#include "core/chart/lint.h"
#include "core/chart/messages.h"
#include "core/chart/paths.h"
#include "core/chart/value_options.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace fairway::chart {

namespace {

void countFindings(const Workspace &workspace, const WorkspaceCell &cell, const CellFiles &files, const MatrixOptions &options, CellOutcome &outcome)
{
    ValueOptions values;
    for (const auto &[path, text] : files.values)
        values.files.push_back(path);
    ValueSources sources;
    const Result<value::Value> merged = mergeValueOptions(values, options.cell.version, sources, [&files](std::string_view wanted) -> Result<std::string> {
        const auto found = std::find_if(files.values.begin(), files.values.end(), [&](const auto &file) { return file.first == wanted; });
        return found == files.values.end() ? Result<std::string>(fail(ErrorCode::NotFound, std::string(wanted))) : Result<std::string>(found->second);
    });
    if (!merged)
        return; // rendering says so already
    LintRequest request;
    request.userValues = *merged;
    request.nameSpace = options.cell.ns;
    const auto findings = lintChart(joinPath(workspace.root, workspace.charts[cell.chart]), request, Messages(options.cell.version));
    if (!findings)
        return;
    for (const LintMessage &finding : *findings) {
        outcome.lintErrors += finding.severity == LintSeverity::Error ? 1 : 0;
        outcome.lintWarnings += finding.severity == LintSeverity::Warning ? 1 : 0;
    }
}

void compare(const Workspace &workspace, const WorkspaceCell &cell, const CellRender &now, const MatrixOptions &options, CellOutcome &outcome)
{
    Result<CellFiles> files = options.against->readCell(workspace, cell, options.cell.cancel);
    if (!files && files.error().code == ErrorCode::NotFound) {
        outcome.isNew = true;
        outcome.isCompared = true;
        outcome.changes = changesBetween({}, now.objects);
        return;
    }
    if (!files) {
        outcome.baseProblem = files.error().message;
        return;
    }
    const CellRender base = renderCell(std::move(*files), options.cell);
    outcome.baseProblem = base.error;
    outcome.isCompared = base.error.empty();
    if (outcome.isCompared)
        outcome.changes = changesBetween(base.objects, now.objects);
}

void compareBump(const Workspace &workspace, const WorkspaceCell &cell, CellFiles files, const CellRender &now, const MatrixOptions &options,
    CellOutcome &outcome)
{
    const Result<std::string> put = options.bump->applyTo(files.chart, joinPath(workspace.root, workspace.charts[cell.chart]));
    if (put && put->empty())
        return;
    if (!put) {
        outcome.baseProblem = put.error().message;
        return;
    }
    const CellRender bumped = renderCell(std::move(files), options.cell);
    outcome.baseProblem = bumped.error;
    outcome.isCompared = bumped.error.empty();
    if (outcome.isCompared)
        outcome.changes = changesBetween(now.objects, bumped.objects);
}

} // namespace

CellOutcome evaluateCell(const Workspace &workspace, const WorkspaceCell &cell, const MatrixOptions &given)
{
    const auto start = std::chrono::steady_clock::now();
    CellOutcome outcome;
    ComparedDraws draws;
    MatrixOptions options = given;
    options.cell.draws = given.against != nullptr || given.bump != nullptr ? &draws : nullptr;
    const Result<CellFiles> files = readCell(workspace, cell, options.cell.version);
    if (files) {
        const CellRender now = renderCell(*files, options.cell);
        outcome.error = now.error;
        outcome.objects = now.objects.size();
        if (options.withLint && !options.cell.cancel.isCancelled())
            countFindings(workspace, cell, *files, options, outcome);
        if (options.against != nullptr && now.error.empty() && !options.cell.cancel.isCancelled())
            compare(workspace, cell, now, options, outcome);
        else if (options.bump != nullptr && now.error.empty() && !options.cell.cancel.isCancelled())
            compareBump(workspace, cell, *files, now, options, outcome);
    } else {
        outcome.error = files.error().message;
    }
    outcome.milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

void evaluateCells(const Workspace &workspace, std::span<const std::size_t> cells, const MatrixOptions &options,
    const std::function<void(std::size_t cell, CellOutcome outcome)> &done)
{
    std::atomic<std::size_t> next {0};
    std::mutex mutex;
    const auto work = [&] {
        for (std::size_t at = next++; at < cells.size() && !options.cell.cancel.isCancelled(); at = next++) {
            CellOutcome outcome = evaluateCell(workspace, workspace.cells[cells[at]], options);
            if (options.cell.cancel.isCancelled())
                return;
            const std::lock_guard lock(mutex);
            done(cells[at], std::move(outcome));
        }
    };
    std::vector<std::thread> threads;
    const std::size_t count = std::clamp<std::size_t>(options.threads, 1, std::max<std::size_t>(cells.size(), 1));
    for (std::size_t i = 1; i < count; ++i)
        threads.emplace_back(work);
    work();
    for (std::thread &thread : threads)
        thread.join();
}

std::vector<std::size_t> cellsTouchedBy(const Workspace &workspace, std::string_view path)
{
    std::vector<std::size_t> touched;
    for (std::size_t i = 0; i < workspace.cells.size(); ++i) {
        const WorkspaceCell &cell = workspace.cells[i];
        const std::string &folder = workspace.charts[cell.chart];
        const bool isInChart = folder == "." || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
        const bool isValues = std::find(cell.valuesFiles.begin(), cell.valuesFiles.end(), path) != cell.valuesFiles.end();
        // Values of other environments stand in the chart's folder too, and aren't this cell's business.
        const bool isOthers = std::any_of(workspace.cells.begin(), workspace.cells.end(), [&](const WorkspaceCell &other) {
            return other.chart == cell.chart && std::find(other.valuesFiles.begin(), other.valuesFiles.end(), path) != other.valuesFiles.end();
        });
        if (isValues || (isInChart && !isOthers))
            touched.push_back(i);
    }
    return touched;
}

} // namespace fairway::chart
