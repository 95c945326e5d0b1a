#pragma once

#include "core/base/cancellation.h"

#include <QObject>
#include <QString>

#include <memory>

namespace fairway::engine {

class TaskThread;

/// What `helm package` takes.
struct PackageRequest {
    QString chart;       ///< The chart's folder, absolute.
    QString destination; ///< Folder; made when missing.
    QString version;     ///< Instead of Chart.yaml's, when not empty.
    QString appVersion;  ///< The same.
    int helmVersion = 4;
    bool isOverwriting = false;
    bool isSigned = false;
    QString key;        ///< The identity, or a part of it.
    QString keyring;    ///< File with private keys.
    QString passphrase; ///< Empty: the key has none.
};

struct PackageOutcome {
    QString path;       ///< The archive. Also when it stands in the way.
    QString provenance; ///< The signature beside it; empty: not signed.
    bool isThere = false; ///< Nothing was written: a file of that name exists, and overwriting wasn't asked for.
    QString problem;      ///< Why nothing was written, in Helm's words; empty when something was.
};

/// Packs a chart's folder into NAME-VERSION.tgz, and signs it when asked to. What is packed is what the disk has.
///
/// Shape:   start() is answered by finished(), once. Archive and signature are made in a folder beside their place and appear there
///          together at the end: a failure or cancel() leaves nothing, and what was there before as it was.
/// Threads: GUI thread; the work happens on a thread of its own.
class ChartPackager final : public QObject {
    Q_OBJECT
public:
    explicit ChartPackager(QObject *parent = nullptr);
    ~ChartPackager() override;

    void start(const PackageRequest &request);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    /// Where gpg keeps the private keys it exports, by the environment.
    [[nodiscard]] static QString defaultKeyring();

Q_SIGNALS:
    void finished(const fairway::engine::PackageOutcome &outcome); ///< Not after cancel().

private:
    bool m_isRunning = false;
    quint64 m_generation = 0; ///< Of the start that counts.
    CancelSource m_cancel;
    std::unique_ptr<TaskThread> m_thread; ///< Last: stops before what its tasks report to.
};

} // namespace fairway::engine
