#include "core/engine/chart_renderer.h"

#include "core/chart/coalesce.h"
#include "core/chart/dependencies.h"
#include "core/chart/load_chart.h"
#include "core/chart/render_record.h"
#include "core/chart/value_options.h"
#include "core/chart/yaml_fault_place.h"
#include "core/engine/chart_listing.h"
#include "core/engine/chart_lookup.h"
#include "core/engine/chart_problems.h"
#include "core/engine/text.h"
#include "core/value/line_diff.h"
#include "core/value/yaml.h"

#include <chrono>

namespace fairway::engine {
namespace {

constexpr std::uint64_t MaxValuesBytes = std::uint64_t {32} << 20;
constexpr std::size_t MaxMessages = 200;

chart::HelmVersion versionOf(const RenderJob &job)
{
    return job.inputs.helmVersion == 3 ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
}

/// Later by an amount that changes every part of a date and a time.
constexpr std::chrono::seconds AnotherTime {37'789'589};

} // namespace

Result<chart::ReleaseRequest> releaseRequest(const RenderJob &job)
{
    const chart::HelmVersion version = versionOf(job);
    chart::ReleaseRequest request;
    request.capabilities = chart::defaultCapabilities(version);
    if (const std::string kube = toUtf8(job.inputs.cluster.kubeVersion); !kube.empty()) {
        Result<chart::KubeVersion> parsed = chart::parseKubeVersion(kube, version);
        if (!parsed)
            return failWith("invalid kube version '" + kube + "'", parsed.error());
        request.capabilities.kubeVersion = std::move(*parsed);
    }
    for (const QString &api : job.inputs.cluster.apiVersions)
        request.capabilities.apiVersions.push_back(toUtf8(api));
    request.release.name = toUtf8(job.inputs.release);
    request.release.nameSpace = toUtf8(job.inputs.ns);
    request.release.isUpgrade = job.inputs.isUpgrade;
    request.render.version = version;
    request.render.cancel = job.cancel;
    return request;
}

chart::ValueOptions valueOptions(const ChartInputs &inputs)
{
    chart::ValueOptions options;
    for (const ValuesFile &file : inputs.valuesFiles) {
        if (file.isOn)
            options.files.push_back(toUtf8(file.path));
    }
    for (const SetFlag &flag : inputs.sets) {
        if (!flag.isOn)
            continue;
        std::vector<std::string> &list = flag.kind == SetFlag::Kind::Set ? options.values
            : flag.kind == SetFlag::Kind::String                         ? options.stringValues
            : flag.kind == SetFlag::Kind::Json                           ? options.jsonValues
            : flag.kind == SetFlag::Kind::File                           ? options.fileValues
                                                                         : options.literalValues;
        list.push_back(toUtf8(flag.text));
    }
    return options;
}

void ChartRenderer::load(const RenderJob &job)
{
    if (!m_pinned || m_pinned->seed != job.seed)
        m_pinned.emplace(Pinned {job.seed, {job.seed, job.now}, {~job.seed, job.now + AnotherTime}});
    if (m_loaded.version == job.filesVersion && m_loaded.helmVersion == job.inputs.helmVersion)
        return;
    m_loaded = {};
    m_loaded.version = job.filesVersion;
    m_loaded.helmVersion = job.inputs.helmVersion;
    const chart::HelmVersion version = versionOf(job);
    m_loaded.index = std::make_shared<const ChartIndex>(*job.source, *job.edits, version);
    const chart::Messages messages(version, [this](std::string_view line) { m_loaded.messages.emplace_back(line); });
    std::vector<chart::ChartFile> files = editedFiles(*job.source, *job.edits);
    m_loaded.tree = chart::chartFromFiles(std::move(files), {version, messages, m_loaded.sources, {}});
}

Result<value::Value> ChartRenderer::userValues(const RenderJob &job, chart::ValueSources &sources) const
{
    return chart::mergeValueOptions(valueOptions(job.inputs), versionOf(job), sources, [&](std::string_view path) -> Result<std::string> {
        if (const auto text = job.texts.find(path); text != job.texts.end())
            return *text->second;
        return chart::readWholeFile(std::string(path), MaxValuesBytes);
    });
}

ChartRenderer::Outcome ChartRenderer::run(const RenderJob &job, Run &run) const
{
    const auto failed = [](const Error &error) { return tl::unexpected(chart::ReleaseFailure {error, std::nullopt}); };
    if (!m_loaded.tree)
        return failed(m_loaded.tree.error());
    if (const Result<void> good = chart::checkInstallable(m_loaded.tree->root()); !good)
        return failed(good.error());
    run.sources = m_loaded.sources;
    const Result<value::Value> values = userValues(job, run.sources);
    if (!values)
        return failed(values.error());
    Result<chart::ReleaseRequest> request = releaseRequest(job);
    if (!request)
        return failed(request.error());
    if (!job.inputs.lookupFile.isEmpty()) {
        const std::string file = toUtf8(job.inputs.lookupFile);
        const auto known = job.texts.find(file);
        const Result<std::string> text = known != job.texts.end() ? Result<std::string>(*known->second) : chart::readWholeFile(file, MaxValuesBytes);
        if (!text)
            return failed(text.error());
        const Result<LookupObjects> objects = LookupObjects::read(*text);
        if (!objects)
            return failed({objects.error().code, "failed to parse " + file + ": " + objects.error().message});
        request->render.lookup = objects->function();
    }
    request->skipSchema = run.skipSchema;
    request->render.record = run.record;
    request->render.pinned = run.isOther ? &m_pinned->other : &m_pinned->shown;
    chart::ChartTree tree = m_loaded.tree->clone();
    const chart::Messages messages(versionOf(job), [&run](std::string_view line) {
        if (run.messages.size() < MaxMessages)
            run.messages.emplace_back(line);
    });
    auto release = chart::renderRelease(tree, *values, *request, messages);
    run.usedRandom = request->render.pinned->wasUsed();
    return release;
}

std::optional<RenderTrail> ChartRenderer::render(const RenderJob &job)
{
    const auto begin = std::chrono::steady_clock::now();
    load(job);
    Run first;
    Outcome outcome = run(job, first);
    std::optional<chart::ReleaseFailure> schemaFailure;
    constexpr std::string_view SchemaStart = "values don't meet the specifications of the schema";
    if (!outcome && outcome.error().error.message.starts_with(SchemaStart)) {
        // Helm would stop here. Somebody who is typing wants to see what comes out all the same.
        schemaFailure = outcome.error();
        first = {};
            first.skipSchema = true;
        outcome = run(job, first);
    }
    const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - begin;
    if (job.cancel.isCancelled())
        return std::nullopt;

    RenderTrail trail;
    trail.index = m_loaded.index;
    trail.usedRandom = first.usedRandom;
    auto output = std::make_shared<ChartOutput>();
    output->generation = job.generation;
    output->order = job.order;
    output->milliseconds = taken.count();
    const ProblemPlacer placer(*trail.index, [&](std::string_view path) {
        if (!trail.layers)
            trail.layers = layersOf(job);
        const QList<ValueLayer> layers = trail.layers->layersOf(path);
        return layers.isEmpty() ? ChartPlace() : layers.last().place;
    });
    if (schemaFailure)
        output->problems += placer.ofError(schemaFailure->error.message);
    if (!outcome)
        output->problems += placer.ofError(outcome.error().error.message);
    if (!outcome && outcome.error().partialManifest && outcome.error().error.message.starts_with("YAML parse error on "))
        placeInTemplate(job, output->problems.last());
    for (const std::vector<std::string> *list : {&m_loaded.messages, &first.messages}) {
        for (const std::string &line : *list) {
            if (const ChartProblem problem = ProblemPlacer::ofMessage(line); !problem.message.isEmpty() && !output->problems.contains(problem))
                output->problems.append(problem);
        }
    }
    if (outcome) {
        output->isRendered = true;
        output->notes = toQString(outcome->notes);
        listRelease(*outcome, *trail.index, job.order, job.inputs.isUpgrade, *output);
    } else if (outcome.error().partialManifest) {
        output->text = toQString(*outcome.error().partialManifest);
        output->lineCount = static_cast<int>(output->text.count(QLatin1Char('\n')));
    }
    trail.output = std::move(output);
    return trail;
}

void ChartRenderer::placeInTemplate(const RenderJob &job, ChartProblem &problem) const
{
    chart::RenderRecord record;
    Run traced;
    traced.skipSchema = true;
    traced.record = &record;
    const Outcome outcome = run(job, traced);
    if (outcome)
        return;
    if (const auto fault = chart::placeOfYamlFault(record, outcome.error().error.message)) {
        problem.file = toQString(m_loaded.index->fileOfTemplate(fault->place.templateName));
        problem.line = static_cast<int>(fault->place.line);
    }
}

std::shared_ptr<const ChartLayers> ChartRenderer::layersOf(const RenderJob &job) const
{
    return std::make_shared<const ChartLayers>(*job.source, *job.edits, *m_loaded.index, job.inputs, job.texts);
}

Result<value::Value> ChartRenderer::mergedValues(const RenderJob &job) const
{
    if (!m_loaded.tree)
        return tl::unexpected(m_loaded.tree.error());
    chart::ValueSources sources = m_loaded.sources;
    const Result<value::Value> user = userValues(job, sources);
    if (!user)
        return user;
    chart::ChartTree tree = m_loaded.tree->clone();
    const chart::Messages silent(versionOf(job));
    if (const Result<void> done = chart::processDependencies(tree, *user, silent); !done)
        return tl::unexpected(done.error());
    return chart::coalesceValues(tree.root(), *user, chart::Nulls::Delete, silent);
}

std::shared_ptr<const ChartOrigins> ChartRenderer::trace(
    const RenderJob &job, const RenderTrail &trail, std::shared_ptr<const ChartLayers> layers) const
{
    const auto record = std::make_shared<chart::RenderRecord>();
    Run traced;
    traced.skipSchema = true;
    traced.record = record.get();
    const Outcome outcome = run(job, traced);
    if (!outcome || job.cancel.isCancelled())
        return nullptr;
    ChartOutput listed;
    const chart::ReleaseText text = listRelease(*outcome, *trail.index, job.order, job.inputs.isUpgrade, listed);
    return std::make_shared<const ChartOrigins>(chart::SourceMap(record, traced.sources, text), trail.index, std::move(layers));
}

std::optional<RenderExtras> ChartRenderer::extras(const RenderJob &job, const RenderTrail &trail)
{
    RenderExtras extras;
    extras.layers = trail.layers ? trail.layers : layersOf(job);
    if (const Result<value::Value> merged = mergedValues(job); merged)
        extras.merged = toQString(value::toYaml(*merged));
    extras.origins = trail.output->isRendered ? trace(job, trail, extras.layers) : nullptr;
    if (trail.usedRandom && trail.output->isRendered) {
        Run again;
        again.isOther = true;
        again.skipSchema = true;
        if (const Outcome other = run(job, again); other) {
            ChartOutput listed;
            listRelease(*other, *trail.index, job.order, job.inputs.isUpgrade, listed);
            for (const std::size_t line : value::changedLines(toUtf8(trail.output->text), toUtf8(listed.text)))
                extras.randomLines.append(static_cast<int>(line));
        }
    }
    if (job.cancel.isCancelled())
        return std::nullopt;
    return extras;
}

Result<std::string> ChartRenderer::manifests(const RenderJob &job)
{
    load(job);
    Run only;
    const Outcome release = run(job, only);
    if (!release)
        return tl::unexpected(release.error().error);
    chart::ReleaseTextOptions options;
    options.withCrds = true;
    Result<chart::ReleaseText> text = chart::releaseText(*release, options);
    if (!text)
        return tl::unexpected(text.error());
    return std::move(text->text);
}

} // namespace fairway::engine
