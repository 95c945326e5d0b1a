#include "core/engine/chart_workshop.h"

#include "core/engine/chart_lint_run.h"
#include "core/engine/chart_threads.h"
#include "core/engine/chart_watcher.h"
#include "core/engine/text.h"
#include "core/value/utf8.h"

#include <QDir>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSaveFile>

#include <algorithm>
#include <tuple>
#include <utility>

namespace fairway::engine {
namespace {

constexpr int LintDelayMs = 350;
constexpr int PatienceMs = 700; ///< So long nothing new was seen: let a render end though its state is old.

QString releaseNameOf(const QString &chart)
{
    QString name = chart.toLower();
    name.replace(QRegularExpression(QStringLiteral("[^a-z0-9-]+")), QStringLiteral("-"));
    name = name.left(53);
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    while (name.startsWith(QLatin1Char('-')))
        name.remove(0, 1);
    return name.isEmpty() ? QStringLiteral("release-name") : name;
}

} // namespace

ChartWorkshop::ChartWorkshop(std::shared_ptr<GuiDispatcher::Poster> poster, std::string memoryFile)
    : m_poster(std::move(poster))
    , m_memoryFile(std::move(memoryFile))
{
    m_trail.output = std::make_shared<const ChartOutput>();
    m_lintDelay.setSingleShot(true);
    m_lintDelay.setInterval(LintDelayMs);
    connect(&m_lintDelay, &QTimer::timeout, this, &ChartWorkshop::startLint);
}

ChartWorkshop::~ChartWorkshop()
{
    m_cancel.cancel();
}

ChartWorkshop::Threads &ChartWorkshop::threads()
{
    if (!m_threads) {
        m_threads = std::make_unique<Threads>();
        m_watcher = std::make_unique<ChartWatcher>();
        connect(m_watcher.get(), &ChartWatcher::changed, this, [this] { readAgain(); });
    }
    return *m_threads;
}

void ChartWorkshop::setState(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    Q_EMIT stateChanged();
}

// --- what is remembered ------------------------------------------------------------------------------------------------------

void ChartWorkshop::readMemory()
{
    if (m_isMemoryRead || m_memoryFile.empty())
        return;
    m_isMemoryRead = true;
    threads().disk.post([this, file = m_memoryFile, poster = m_poster] {
        Result<ChartMemory> memory = ChartMemory::read(file);
        poster->post([this, memory = std::move(memory)]() mutable {
            if (!memory)
                return; // Nothing is remembered; the next chart that is opened begins anew.
            ChartMemory opened = std::move(m_memory); // What was opened before the answer came.
            m_memory = std::move(*memory);
            for (auto path = opened.recent.crbegin(); path != opened.recent.crend(); ++path)
                m_memory.noteOpened(*path);
            Q_EMIT stateChanged();
        });
    });
}

void ChartWorkshop::writeMemory()
{
    if (m_memoryFile.empty() || !m_isMemoryRead)
        return;
    if (m_state == State::Open)
        m_memory.inputs[m_path] = m_inputs;
    threads().disk.post([memory = m_memory, file = m_memoryFile] { (void)memory.write(file); });
}

void ChartWorkshop::saveProfile(const ClusterProfile &profile)
{
    QList<ClusterProfile> &list = m_memory.clusters;
    const auto at = std::lower_bound(list.begin(), list.end(), profile.name, [](const ClusterProfile &a, const QString &name) { return a.name < name; });
    if (at != list.end() && at->name == profile.name)
        *at = profile;
    else
        list.insert(at, profile);
    writeMemory();
    Q_EMIT inputsChanged();
}

void ChartWorkshop::removeProfile(const QString &name)
{
    m_memory.clusters.removeIf([&](const ClusterProfile &profile) { return profile.name == name; });
    writeMemory();
    Q_EMIT inputsChanged();
}

// --- opening -----------------------------------------------------------------------------------------------------------------

void ChartWorkshop::open(const QString &path)
{
    readMemory();
    close();
    m_path = QDir::cleanPath(path.startsWith(QLatin1Char('/')) ? path : QDir::currentPath() + QLatin1Char('/') + path);
    setState(State::Loading);
    threads().disk.post([this, opening = m_opening, file = toUtf8(m_path), poster = m_poster] {
        DiskState disk = readDisk(file, {});
        poster->post([this, opening, disk = std::move(disk)]() mutable {
            if (opening != m_opening)
                return;
            if (!disk.source) {
                setState(State::Failed, toQString(disk.source.error().message));
                return;
            }
            m_path = toQString((*disk.source)->path);
            m_source = std::move(*disk.source);
            ++m_filesVersion;
            drawAgain();
            describe();
            const auto remembered = m_memory.inputs.find(m_path);
            m_inputs = remembered == m_memory.inputs.end() ? ChartInputs() : remembered->second;
            if (remembered == m_memory.inputs.end())
                m_inputs.release = releaseNameOf(m_info.name);
            m_memory.noteOpened(m_path);
            setState(State::Open);
            writeMemory();
            Q_EMIT inputsChanged();
            watch();
            if (outsideFiles().empty())
                changed();
            else
                readAgain([this] { changed(); });
        });
    });
}

void ChartWorkshop::close()
{
    ++m_opening;
    ++m_generation;
    m_cancel.cancel();
    m_lintDelay.stop();
    auto files = std::make_tuple(std::exchange(m_source, {}), std::exchange(m_outside, {}), std::exchange(m_edits, std::make_shared<const TextEdits>()));
    m_conflicts.clear();
    m_saved.clear();
    m_info = {};
    m_inputs = {};
    auto results = std::make_tuple(std::exchange(m_trail, {}), std::exchange(m_extras, {}));
    m_trail.output = std::make_shared<const ChartOutput>();
    m_hasExtras = false;
    m_findings.clear();
    m_sinceOutput.invalidate();
    if (m_watcher)
        m_watcher->watch({});
    if (m_state != State::Closed)
        setState(State::Closed);
    // Only now: the page has let go of its share, or it would be the last that holds the texts.
    retire(std::move(files));
    retire(std::move(results));
}

void ChartWorkshop::describe()
{
    ChartInfo info;
    info.path = m_path;
    info.isArchive = m_source->isArchive;
    const ChartIndex index(*m_source, *m_edits, chart::HelmVersion::V4);
    for (const ChartNode &chart : index.charts()) {
        const chart::Metadata &metadata = chart.metadata;
        if (!chart.folder.empty()) {
            info.subcharts.append({toQString(chart.folder), toQString(metadata.name), toQString(metadata.version), chart.isPackaged});
            continue;
        }
        info.name = toQString(metadata.name);
        info.version = toQString(metadata.version);
        info.appVersion = toQString(metadata.appVersion);
        info.description = toQString(metadata.description);
        info.isLibrary = metadata.type == "library";
        for (const auto &dependency : metadata.dependencies) {
            const auto isIt = [&](const ChartNode &one) { return one.parent.empty() && !one.folder.empty() && one.metadata.name == dependency->name; };
            if (dependency && std::none_of(index.charts().begin(), index.charts().end(), isIt))
                info.missing.append(toQString(dependency->name));
        }
    }
    const auto add = [&](const chart::ChartFile &file, bool isPackaged) {
        const QString name = toQString(file.name);
        const bool isText = value::isUtf8(file.data) && file.data.find('\0') == std::string::npos;
        info.files.append({name, isText && !isPackaged && !m_source->isArchive, m_edits->contains(file.name), m_conflicts.contains(name)});
    };
    for (const chart::ChartFile &file : m_source->files)
        add(file, false);
    for (const chart::ChartFile &file : m_source->packed)
        add(file, true);
    std::sort(info.files.begin(), info.files.end(), [](const ChartFileRow &a, const ChartFileRow &b) { return a.path < b.path; });
    m_info = std::move(info);
}

void ChartWorkshop::setInputs(const ChartInputs &inputs)
{
    if (m_state != State::Open || inputs == m_inputs)
        return;
    const std::vector<std::string> before = outsideFiles();
    m_inputs = inputs;
    writeMemory();
    Q_EMIT inputsChanged();
    if (outsideFiles() == before) {
        changed();
        return;
    }
    watch();
    readAgain([this] { changed(); });
}

void ChartWorkshop::setOrder(ChartOrder order)
{
    if (m_order == order)
        return;
    m_order = order;
    if (m_state == State::Open)
        changed();
}

void ChartWorkshop::drawAgain()
{
    m_seed = QRandomGenerator::global()->generate64();
    m_seedTime = std::chrono::system_clock::now();
}

void ChartWorkshop::renderAgain()
{
    if (m_state != State::Open)
        return;
    drawAgain();
    changed();
}

// --- rendering ----------------------------------------------------------------------------------------------------------------

void ChartWorkshop::changed()
{
    ++m_generation;
    // A slow chart and a fast typist: now and then an older state is let through, or nothing would be seen until the typing stops.
    if (!m_sinceOutput.isValid() || m_sinceOutput.elapsed() < PatienceMs)
        m_cancel.cancel();
    m_lintDelay.stop();
    startRender();
}

RenderJob ChartWorkshop::makeJob() const
{
    RenderJob job;
    job.generation = m_generation;
    job.filesVersion = m_filesVersion;
    job.source = m_source;
    job.edits = m_edits;
    job.inputs = m_inputs;
    job.order = m_order;
    job.seed = m_seed;
    job.now = m_seedTime;
    for (const std::string &file : outsideFiles()) {
        if (const auto edit = m_edits->find(file); edit != m_edits->end())
            job.texts[file] = edit->second;
        else if (const auto found = m_outside.find(file); found != m_outside.end() && found->second)
            job.texts[file] = *found->second;
    }
    return job;
}

void ChartWorkshop::startRender()
{
    if (m_isInFlight || m_state != State::Open)
        return;
    m_isInFlight = true;
    m_cancel = CancelSource();
    if (!m_inputs.isPinned)
        drawAgain();
    RenderJob job = makeJob();
    job.cancel = m_cancel.token();
    Threads &own = threads();
    own.render.post([this, &renderer = own.renderer, job = std::move(job), poster = m_poster] {
        std::optional<RenderTrail> trail = renderer.render(job);
        const std::optional<RenderTrail> shown = trail;
        poster->post([this, generation = job.generation, trail = std::move(trail)]() mutable { takeTrail(generation, std::move(trail)); });
        if (!shown)
            return;
        std::optional<RenderExtras> extras = renderer.extras(job, *shown);
        poster->post([this, generation = job.generation, extras = std::move(extras)]() mutable { takeExtras(generation, std::move(extras)); });
    });
    Q_EMIT renderingChanged();
}

void ChartWorkshop::takeTrail(quint64 generation, std::optional<RenderTrail> trail)
{
    m_isInFlight = false;
    const bool isOfThisChart = m_state == State::Open && trail && generation > m_trail.output->generation;
    if (isOfThisChart) {
        std::swap(m_trail, *trail);
        m_hasExtras = false;
        m_sinceOutput.start();
    }
    // Before the page is told: what it does with an old output is not worth waiting for.
    const bool isOld = m_state == State::Open && generation < m_generation;
    if (isOld) {
        m_cancel.cancel();
        startRender();
    }
    if (isOfThisChart)
        Q_EMIT outputChanged();
    retire(std::move(trail)); // the one before, which the page showed until now
    if (!isOld)
        Q_EMIT renderingChanged();
}

void ChartWorkshop::takeExtras(quint64 generation, std::optional<RenderExtras> extras)
{
    if (m_state == State::Open && extras && generation == m_trail.output->generation) {
        std::swap(m_extras, *extras);
        m_hasExtras = true;
        Q_EMIT originsReady();
        m_lintDelay.start();
    }
    retire(std::move(extras));
}

void ChartWorkshop::startLint()
{
    if (m_state != State::Open)
        return;
    if (m_isLinting) {
        m_lintAgain = true;
        return;
    }
    m_isLinting = true;
    threads().lint.post([this, job = makeJob(), opening = m_opening, poster = m_poster] {
        QList<ChartProblem> found = lintState(job);
        poster->post([this, opening, found = std::move(found)] {
            m_isLinting = false;
            if (opening == m_opening && found != m_findings) {
                m_findings = found;
                Q_EMIT findingsChanged();
            }
            if (std::exchange(m_lintAgain, false))
                startLint();
        });
    });
}

// --- where it comes from --------------------------------------------------------------------------------------------------------

LineOrigin ChartWorkshop::originOf(int outputLine) const
{
    if (!m_hasExtras || !m_extras.origins)
        return {};
    LineOrigin origin = m_extras.origins->at(outputLine);
    origin.isRandom = std::binary_search(m_extras.randomLines.begin(), m_extras.randomLines.end(), outputLine);
    if (origin.place.line > 0)
        origin.placeText = text(origin.place.file).section(QLatin1Char('\n'), origin.place.line - 1, origin.place.line - 1).trimmed();
    return origin;
}

QList<int> ChartWorkshop::linesMadeBy(const ChartPlace &place) const
{
    return m_hasExtras && m_extras.origins ? m_extras.origins->linesMadeBy(place) : QList<int>();
}

QString ChartWorkshop::valueAt(const ChartPlace &place) const
{
    return m_extras.layers ? toQString(m_extras.layers->valueAt(toUtf8(place.file), place.line)) : QString();
}

QList<ValueLayer> ChartWorkshop::layersOf(const QString &valuePath) const
{
    return m_extras.layers ? m_extras.layers->layersOf(toUtf8(valuePath)) : QList<ValueLayer>();
}

// --- going out --------------------------------------------------------------------------------------------------------------------

void ChartWorkshop::exportManifests(const QString &file)
{
    if (m_state != State::Open)
        return;
    threads().render.post([this, &renderer = m_threads->renderer, job = makeJob(), file, poster = m_poster] {
        const Result<std::string> stream = renderer.manifests(job);
        QString problem;
        if (!stream) {
            problem = toQString(stream.error().message);
        } else if (QSaveFile out(file); !out.open(QIODevice::WriteOnly)
                   || out.write(stream->data(), static_cast<qint64>(stream->size())) < 0 || !out.commit()) {
            problem = out.errorString();
        }
        poster->post([this, file, problem] { Q_EMIT exported(file, problem); });
    });
}

} // namespace fairway::engine
