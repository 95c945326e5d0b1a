#include "core/engine/chart_packager.h"

#include "core/chart/package_chart.h"
#include "core/chart/paths.h"
#include "core/chart/provenance.h"
#include "core/chart/temporary_folder.h"
#include "core/engine/task_thread.h"
#include "core/engine/text.h"

#include <QMetaObject>

#include <filesystem>
#include <system_error>

namespace fairway::engine {
namespace {

namespace fs = std::filesystem;

Result<void> move(const std::string &from, const std::string &to)
{
    std::error_code code;
    fs::rename(from, to, code);
    if (code)
        return fail(ErrorCode::Io, to + ": " + code.message());
    return {};
}

Result<PackageOutcome> package(const PackageRequest &request, const CancelToken &cancel)
{
    const std::string destination = toUtf8(request.destination);
    std::error_code code;
    fs::create_directories(destination, code);
    if (code)
        return fail(ErrorCode::Io, destination + ": " + code.message());
    // Beside its place: what is moved from there appears in one step.
    const chart::TemporaryFolder workplace(".fairway-package-", destination);
    if (!workplace.isMade())
        return fail(ErrorCode::Io, destination + ": no file can be written there");

    const chart::HelmVersion helm = request.helmVersion == 3 ? chart::HelmVersion::V3 : chart::HelmVersion::V4;
    const chart::Messages silent(helm);
    chart::ValueSources sources;
    chart::PackageOptions options;
    options.version = toUtf8(request.version);
    options.appVersion = toUtf8(request.appVersion);
    options.destination = workplace.path();
    const Result<std::string> made = chart::packageChart(toUtf8(request.chart), options, {helm, silent, sources}, cancel);
    if (!made)
        return tl::unexpected(made.error());

    const std::string path = chart::joinPath(destination, fs::path(*made).filename().string());
    PackageOutcome outcome;
    outcome.path = toQString(path);
    if (!request.isOverwriting && fs::exists(path, code)) {
        outcome.isThere = true;
        return outcome;
    }
    if (request.isSigned) {
        chart::SignOptions signing;
        signing.keyring = toUtf8(request.keyring);
        signing.key = toUtf8(request.key);
        signing.passphrase = [passphrase = toUtf8(request.passphrase)](const std::string &) -> Result<std::string> { return passphrase; };
        signing.cancel = cancel;
        chart::ValueSources unused;
        if (const Result<void> done = chart::signChartFile(*made, signing, {helm, silent, unused}); !done)
            return tl::unexpected(done.error());
    }
    if (cancel.isCancelled())
        return fail(ErrorCode::Cancelled, "cancelled");
    const std::string provenance = path + ".prov";
    if (request.isSigned) {
        if (const Result<void> moved = move(*made + ".prov", provenance); !moved)
            return tl::unexpected(moved.error());
        outcome.provenance = toQString(provenance);
    } else {
        fs::remove(provenance, code); // It spoke of the archive that is replaced now.
    }
    if (const Result<void> moved = move(*made, path); !moved)
        return tl::unexpected(moved.error());
    return outcome;
}

} // namespace

ChartPackager::ChartPackager(QObject *parent)
    : QObject(parent)
    , m_thread(std::make_unique<TaskThread>())
{
}

ChartPackager::~ChartPackager()
{
    m_cancel.cancel();
    m_thread->stop();
}

QString ChartPackager::defaultKeyring()
{
    QString file = toQString(chart::defaultKeyring());
    return file.replace(QLatin1String("pubring.gpg"), QLatin1String("secring.gpg"));
}

void ChartPackager::start(const PackageRequest &request)
{
    cancel();
    m_isRunning = true;
    m_cancel = CancelSource();
    m_thread->post([this, request, token = m_cancel.token(), generation = ++m_generation] {
        const Result<PackageOutcome> done = package(request, token);
        PackageOutcome outcome;
        if (done)
            outcome = *done;
        else
            outcome.problem = inWords(done.error());
        QMetaObject::invokeMethod(this, [this, generation, outcome] {
            if (generation != m_generation || !m_isRunning)
                return;
            m_isRunning = false;
            Q_EMIT finished(outcome);
        }, Qt::QueuedConnection);
    });
}

void ChartPackager::cancel()
{
    m_isRunning = false;
    m_cancel.cancel();
}

} // namespace fairway::engine
