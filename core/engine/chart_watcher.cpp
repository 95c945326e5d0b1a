#include "core/engine/chart_watcher.h"

#include <QFileSystemWatcher>
#include <QSet>
#include <QTimer>

namespace fairway::engine {
namespace {
constexpr int MaxPaths = 4000;
constexpr int SettleMs = 40; ///< An editor writes, renames and sets times: one change, not three.
} // namespace

ChartWatcher::ChartWatcher(QObject *parent)
    : QObject(parent)
    , m_watcher(new QFileSystemWatcher)
    , m_settle(new QTimer(this))
{
    m_thread.setObjectName(QStringLiteral("chart-watch"));
    m_watcher->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_watcher, &QObject::deleteLater);
    m_settle->setSingleShot(true);
    m_settle->setInterval(SettleMs);
    connect(m_settle, &QTimer::timeout, this, &ChartWatcher::changed);
    const auto start = [this] { m_settle->start(); };
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, start);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, start);
    m_thread.start(QThread::LowPriority);
}

ChartWatcher::~ChartWatcher()
{
    m_thread.quit();
    m_thread.wait();
}

void ChartWatcher::watch(const QStringList &paths)
{
    QFileSystemWatcher *watcher = m_watcher;
    QMetaObject::invokeMethod(watcher, [this, watcher, wanted = paths.mid(0, MaxPaths)] {
        const QStringList watched = watcher->files() + watcher->directories();
        const QSet<QString> now(watched.begin(), watched.end());
        const QSet<QString> next(wanted.begin(), wanted.end());
        if (const QSet<QString> old = now - next; !old.isEmpty())
            watcher->removePaths(old.values());
        const QSet<QString> fresh = next - now;
        if (fresh.isEmpty())
            return;
        watcher->addPaths(fresh.values());
        // What changed between the reading that named these paths and this moment was seen by nobody.
        QMetaObject::invokeMethod(m_settle, qOverload<>(&QTimer::start), Qt::QueuedConnection);
    });
}

} // namespace fairway::engine
