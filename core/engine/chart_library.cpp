#include "core/engine/chart_library.h"

#include "core/chart/load_chart.h"
#include "core/chart/paths.h"
#include "core/chart/pull_chart.h"
#include "core/chart/registry_source.h"
#include "core/chart/repositories.h"
#include "core/chart/temporary_folder.h"
#include "core/chart/unpack_chart.h"
#include "core/chart/update_dependencies.h"
#include "core/chart/workspace_dependencies.h"
#include "core/engine/chart_remote.h"
#include "core/engine/task_thread.h"
#include "core/engine/text.h"

#include <QMetaObject>
#include <QStandardPaths>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace fairway::engine {
namespace {

namespace fs = std::filesystem;

constexpr qsizetype MaxCharts = 20'000;
constexpr qsizetype MaxVersions = 500; ///< Of one chart: what a list can be read down to.

/// Where fetched charts are kept, by the place they came from: "~/.cache/fairway/charts/bitnami".
Result<std::string> folderFor(const std::string &reference)
{
    QString place = toQString(reference);
    if (const qsizetype scheme = place.indexOf(QLatin1String("://")); scheme >= 0)
        place = place.mid(scheme + 3);
    place = place.section(QLatin1Char('/'), 0, -2);
    for (QChar &letter : place) {
        if (!letter.isLetterOrNumber() && letter != QLatin1Char('-') && letter != QLatin1Char('.'))
            letter = QLatin1Char('_');
    }
    while (place.startsWith(QLatin1Char('.')))
        place.remove(0, 1);
    const std::string folder = toUtf8(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/fairway/charts/")
        + (place.isEmpty() ? QStringLiteral("other") : place.left(120)));
    std::error_code code;
    fs::create_directories(folder, code);
    if (code)
        return fail(ErrorCode::Io, folder + ": " + code.message());
    return folder;
}

/// Into PARENT/NAME, by way of a folder beside it: all of it or nothing.
Result<std::string> unpack(const std::string &archive, const std::string &parent)
{
    const Result<std::string> bytes = chart::readWholeFile(archive, chart::maxChartDownload);
    if (!bytes)
        return bytes;
    const chart::TemporaryFolder workplace(".fairway-unpack-", parent);
    if (!workplace.isMade())
        return fail(ErrorCode::Io, parent + ": no file can be written there");
    const Result<std::string> made = chart::unpackChart(*bytes, workplace.path(), chart::HelmVersion::V4);
    if (!made)
        return made;
    const std::string place = chart::joinPath(parent, fs::path(*made).filename().string());
    std::error_code code;
    if (fs::exists(place, code))
        return fail(ErrorCode::AlreadyExists, place + ": a folder of this name is there already");
    fs::rename(*made, place, code);
    if (code)
        return fail(ErrorCode::Io, place + ": " + code.message());
    return place;
}

LibraryListing listCharts(const chart::RemoteContext &context, const CancelToken &cancel)
{
    LibraryListing out;
    const Result<chart::RepositoryFile> file = chart::readRepositoryFile(context.paths.repositoryConfig);
    if (!file) {
        if (file.error().code != ErrorCode::NotFound)
            out.problems.append(inWords(file.error()));
        return out;
    }
    for (const chart::RepositoryEntry &entry : file->repositories) {
        if (cancel.isCancelled())
            return out;
        ++out.repositories;
        const Result<chart::RepositoryIndex> index = chart::loadCachedIndex(context, entry.name);
        if (!index) {
            out.problems.append(QStringLiteral("%1: %2").arg(toQString(entry.name), inWords(index.error())));
            continue;
        }
        for (const auto &[name, versions] : index->entries) {
            if (versions.empty())
                continue;
            if (out.charts.size() >= MaxCharts) {
                out.isCut = true;
                break;
            }
            const chart::Metadata &newest = versions.front().metadata;
            LibraryChart row;
            row.name = toQString(entry.name + "/" + name);
            row.description = toQString(newest.description);
            row.appVersion = toQString(newest.appVersion);
            row.isDeprecated = newest.deprecated;
            for (const chart::ChartVersion &version : versions) {
                if (row.versions.size() == MaxVersions)
                    break;
                row.versions.append(toQString(version.metadata.version));
            }
            out.charts.append(std::move(row));
        }
    }
    std::sort(out.charts.begin(), out.charts.end(), [](const LibraryChart &a, const LibraryChart &b) { return a.name < b.name; });
    return out;
}

} // namespace

/// One call on its way: what it works with, and the way back.
struct ChartLibrary::Job {
    ChartLibrary *library;
    quint64 generation;
    CancelToken cancel;
    chart::RemoteAccess access {};
    Result<chart::RemoteContext> context {};

    template <typename Tell>
    void answer(Tell tell) const
    {
        QMetaObject::invokeMethod(library, [library = library, generation = generation, tell] {
            if (generation != library->m_generation || !library->m_isBusy)
                return;
            library->m_isBusy = false;
            tell(*library);
        }, Qt::QueuedConnection);
    }
    void answerFetched(const std::string &path, const Error *problem) const
    {
        const QString why = problem == nullptr ? QString() : inWords(*problem);
        answer([path = toQString(path), why](ChartLibrary &to) { Q_EMIT to.fetched(path, why); });
    }
};

ChartLibrary::ChartLibrary(QObject *parent)
    : QObject(parent)
    , m_thread(std::make_unique<TaskThread>())
{
}

ChartLibrary::~ChartLibrary()
{
    m_cancel.cancel();
    m_thread->stop();
}

void ChartLibrary::cancel()
{
    m_isBusy = false;
    m_cancel.cancel();
}

void ChartLibrary::start(const std::function<void(Job &)> &work)
{
    cancel();
    m_isBusy = true;
    m_cancel = CancelSource();
    m_thread->post([this, work, isPlainHttp = m_isPlainHttp, token = m_cancel.token(), generation = ++m_generation] {
        Job job {this, generation, token};
        job.access.plainHttp = isPlainHttp;
        job.context = remoteContext(token, [this, generation](const std::string &what, qint64 received, qint64 total) {
            QMetaObject::invokeMethod(this, [this, generation, what = toQString(what), received, total] {
                if (generation == m_generation && m_isBusy)
                    Q_EMIT progressed(what, received, total);
            }, Qt::QueuedConnection);
        });
        work(job);
    });
}

void ChartLibrary::list()
{
    start([](Job &job) {
        LibraryListing listing;
        if (job.context)
            listing = listCharts(*job.context, job.cancel);
        else
            listing.problems.append(inWords(job.context.error()));
        job.answer([listing](ChartLibrary &to) { Q_EMIT to.listed(listing); });
    });
}

void ChartLibrary::refresh()
{
    start([](Job &job) {
        LibraryListing listing;
        if (job.context) {
            QStringList problems;
            if (const auto file = chart::readRepositoryFile(job.context->paths.repositoryConfig)) {
                for (const chart::UpdatedRepository &updated : chart::updateRepositories(*job.context, file->repositories)) {
                    if (updated.error)
                        problems.append(QStringLiteral("%1: %2").arg(toQString(updated.entry.name), inWords(*updated.error)));
                }
            }
            listing = listCharts(*job.context, job.cancel);
            listing.problems = problems + listing.problems;
        } else {
            listing.problems.append(inWords(job.context.error()));
        }
        job.answer([listing](ChartLibrary &to) { Q_EMIT to.listed(listing); });
    });
}

void ChartLibrary::findVersions(const QString &reference)
{
    start([reference = toUtf8(reference)](Job &job) {
        Result<std::vector<std::string>> found = job.context ? job.context->oci->versions(reference, job.access, job.cancel) : tl::unexpected(job.context.error());
        QStringList versions;
        QString problem;
        if (!found)
            problem = inWords(found.error());
        else {
            for (const std::string &version : *found) {
                if (versions.size() < MaxVersions)
                    versions.append(toQString(version));
            }
        }
        job.answer([versions, problem](ChartLibrary &to) { Q_EMIT to.versionsFound(versions, problem); });
    });
}

void ChartLibrary::findDependencyVersions(const QString &name, const QString &repository, const QString &folder, bool isFresh)
{
    start([name = toUtf8(name), repository = toUtf8(repository), folder = toUtf8(folder), isFresh](Job &job) {
        const Result<std::vector<std::string>> found
            = job.context ? chart::dependencyVersions(name, repository, folder, *job.context, isFresh) : tl::unexpected(job.context.error());
        QStringList versions;
        for (const std::string &version : found ? *found : std::vector<std::string>())
            versions.append(toQString(version));
        const QString problem = found ? QString() : inWords(found.error());
        job.answer([versions, problem](ChartLibrary &to) { Q_EMIT to.versionsFound(versions, problem); });
    });
}

void ChartLibrary::fetch(const QString &reference, const QString &version, const QString &unpackInto)
{
    start([reference = toUtf8(reference), version = toUtf8(version), parent = toUtf8(unpackInto)](Job &job) {
        if (!job.context)
            return job.answerFetched({}, &job.context.error());
        const Result<std::string> folder = folderFor(reference);
        if (!folder)
            return job.answerFetched({}, &folder.error());
        chart::ChartSource source;
        source.reference = reference;
        source.version = version;
        source.access = job.access;
        const Result<chart::FetchedChart> done = chart::downloadChart(source, *folder, *job.context);
        if (!done || parent.empty())
            return job.answerFetched(done ? done->path : std::string(), done ? nullptr : &done.error());
        const Result<std::string> unpacked = unpack(done->path, parent);
        job.answerFetched(unpacked ? *unpacked : std::string(), unpacked ? nullptr : &unpacked.error());
    });
}

void ChartLibrary::fetchDependencies(const QString &chart)
{
    start([folder = toUtf8(chart)](Job &job) {
        if (!job.context)
            return job.answerFetched(folder, &job.context.error());
        chart::DependencyOptions options;
        options.chart = folder;
        options.isRecursive = true;
        options.access = job.access;
        Result<void> done = chart::buildDependencies(options, *job.context);
        // A lock that is older than Chart.yaml is made anew, as the one who asks for the dependencies would do next.
        if (!done && done.error().code == ErrorCode::Conflict)
            done = chart::updateDependencies(options, *job.context);
        job.answerFetched(folder, done ? nullptr : &done.error());
    });
}

void ChartLibrary::push(const QString &archive, const QString &remote)
{
    start([archive = toUtf8(archive), remote = toUtf8(remote)](Job &job) {
        const auto tell = [&job](const std::string &reference, const std::string &digest, const Error *problem) {
            const QString why = problem == nullptr ? QString() : inWords(*problem);
            job.answer([reference = toQString(reference), digest = toQString(digest), why](ChartLibrary &to) { Q_EMIT to.pushed(reference, digest, why); });
        };
        if (!job.context)
            return tell({}, {}, &job.context.error());
        const chart::RegistrySource registries(job.context->paths, job.context->version, chart::RegistryLog(), job.context->http);
        chart::RegistryClient client(registries.accessTo(remote, job.access, job.cancel));
        const chart::Messages messages = job.context->messages();
        chart::ValueSources sources;
        const Result<chart::PushedChart> done = chart::pushChart(client, archive, remote, {job.context->version, messages, sources, {}});
        tell(done ? done->reference : std::string(), done ? done->digest : std::string(), done ? nullptr : &done.error());
    });
}

} // namespace fairway::engine
