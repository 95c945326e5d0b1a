#include "core/engine/chart_lint_run.h"

#include "core/chart/extra_lint.h"
#include "core/chart/lint.h"
#include "core/chart/load_chart.h"
#include "core/chart/value_options.h"
#include "core/engine/chart_problems.h"
#include "core/engine/text.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <memory>

namespace fairway::engine {
namespace {

constexpr std::uint64_t MaxValuesBytes = std::uint64_t {32} << 20;

/// The state's files in a folder; empty when they can't be written.
std::unique_ptr<QTemporaryDir> layOut(const RenderJob &job)
{
    auto folder = std::make_unique<QTemporaryDir>(QDir::tempPath() + QStringLiteral("/fairway-lint-XXXXXX"));
    if (!folder->isValid())
        return nullptr;
    for (const chart::ChartFile &file : editedFiles(*job.source, *job.edits)) {
        const QString path = folder->filePath(toQString(file.name));
        QFile out(path);
        if (!QDir().mkpath(path.section(QLatin1Char('/'), 0, -2)) || !out.open(QIODevice::WriteOnly)
            || out.write(file.data.data(), static_cast<qint64>(file.data.size())) < 0)
            return nullptr;
    }
    return folder;
}

Result<value::Value> userValues(const RenderJob &job, chart::HelmVersion version, chart::ValueSources &sources)
{
    return chart::mergeValueOptions(valueOptions(job.inputs), version, sources, [&](std::string_view path) -> Result<std::string> {
        if (const auto text = job.texts.find(path); text != job.texts.end())
            return *text->second;
        return chart::readWholeFile(std::string(path), MaxValuesBytes);
    });
}

Severity severityOf(chart::LintSeverity severity)
{
    return severity == chart::LintSeverity::Error ? Severity::Error : severity == chart::LintSeverity::Warning ? Severity::Warning : Severity::Info;
}

/// What Helm's lint does not see.
void addExtra(const RenderJob &job, chart::HelmVersion version, const ChartIndex &index, QList<ChartProblem> &problems)
{
    chart::ValueSources sources;
    const chart::Messages silent(version);
    const Result<chart::ChartTree> tree = chart::chartFromFiles(editedFiles(*job.source, *job.edits), {version, silent, sources, {}});
    const Result<value::Value> values = userValues(job, version, sources);
    const Result<chart::ReleaseRequest> request = releaseRequest(job);
    if (!tree || !values || !request)
        return; // The render says so.
    for (const chart::ExtraFinding &finding : chart::extraLint(*tree, *values, sources, *request)) {
        ChartProblem problem;
        problem.severity = severityOf(finding.severity);
        problem.source = QStringLiteral("extra");
        problem.message = inWords(finding.message);
        problem.detail = problem.message;
        problem.file = toQString(finding.file.starts_with('/') ? finding.file : index.fileOfTemplate(finding.file));
        problem.line = static_cast<int>(finding.line);
        problems.append(problem);
    }
}

} // namespace

QList<ChartProblem> lintState(const RenderJob &job)
{
    const chart::HelmVersion version = job.inputs.helmVersion == 3 ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
    chart::ValueSources sources;
    Result<value::Value> values = userValues(job, version, sources);
    if (!values)
        return {}; // The render says so.
    const bool isOnDisk = !job.source->isArchive && job.edits->empty();
    const std::unique_ptr<QTemporaryDir> folder = isOnDisk ? nullptr : layOut(job);
    if (!isOnDisk && !folder)
        return {};
    chart::LintRequest request;
    request.userValues = std::move(*values);
    request.nameSpace = toUtf8(job.inputs.ns);
    if (!job.inputs.cluster.kubeVersion.isEmpty()) {
        if (Result<chart::KubeVersion> kube = chart::parseKubeVersion(toUtf8(job.inputs.cluster.kubeVersion), version); kube)
            request.kubeVersion = std::move(*kube);
    }
    const chart::Messages silent(version);
    const std::string path = folder ? toUtf8(folder->path()) : job.source->path;
    const Result<std::vector<chart::LintMessage>> found = chart::lintChart(path, request, silent);
    if (!found)
        return {};
    const ChartIndex index(*job.source, *job.edits, version);
    const ProblemPlacer placer(index, [](std::string_view) { return ChartPlace(); });
    QList<ChartProblem> problems;
    for (const chart::LintMessage &message : *found)
        problems.append(placer.ofLint(message));
    addExtra(job, version, index, problems);
    return problems;
}

} // namespace fairway::engine
