#pragma once

#include <QObject>
#include <QStringList>
#include <QThread>

class QFileSystemWatcher;
class QTimer;

namespace fairway::engine {

/// Tells when files or folders change. Watching and asking the disk happens in a thread of its own: a slow file system must not
/// hold up the window.
///
/// Bounds:  4,000 paths; what is beyond them is not watched.
/// Threads: GUI thread only; changed() comes there.
class ChartWatcher final : public QObject {
    Q_OBJECT
public:
    explicit ChartWatcher(QObject *parent = nullptr);
    ~ChartWatcher() override;
    /// What to watch from now on. Call it again after a change: a file that was replaced is another one.
    void watch(const QStringList &paths);

Q_SIGNALS:
    void changed(); ///< Something of it did; once for changes that come together.

private:
    QThread m_thread;
    QFileSystemWatcher *m_watcher; ///< Lives in m_thread.
    QTimer *m_settle;
};

} // namespace fairway::engine
