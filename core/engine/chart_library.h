#pragma once

#include "core/base/cancellation.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace fairway::engine {

class TaskThread;

/// A chart of one of the repositories the user added.
struct LibraryChart {
    QString name; ///< "REPOSITORY/CHART"
    QString description;
    QString appVersion;   ///< Of the newest version.
    QStringList versions; ///< The newest first.
    bool isDeprecated = false;
    friend bool operator==(const LibraryChart &, const LibraryChart &) = default;
};

/// What the cached indexes say.
struct LibraryListing {
    QList<LibraryChart> charts; ///< By name; at most 20,000.
    int repositories = 0;
    QStringList problems; ///< Repositories whose index can't be read, each with the reason in Helm's words.
    bool isCut = false;
};

/// Where charts come from that are not on this computer yet: the repositories of Helm's own repositories.yaml, and OCI registries with the
/// credentials Helm and Docker share. What was fetched once is read from the cache again, with no network.
///
/// Shape:   each call is answered by its signal, once; one thing at a time, a newer call ends the one before. cancel() ends it without one.
/// Errors:  in Helm's words.
/// Threads: GUI thread; disk and network on a thread of its own.
class ChartLibrary final : public QObject {
    Q_OBJECT
public:
    explicit ChartLibrary(QObject *parent = nullptr);
    ~ChartLibrary() override;

    void list();    ///< From the cached indexes. Answered by listed().
    void refresh(); ///< Fetches all indexes anew, then as list(). Answered by listed().
    /// Registries are asked without TLS from now on, as those for trying out want it.
    void setPlainHttp(bool isPlain) { m_isPlainHttp = isPlain; }
    /// What versions oci://HOST/PATH has. Answered by versionsFound().
    void findVersions(const QString &reference);
    /// What versions there are of a chart's dependency: of a repository the cached index, or the repository itself when `isFresh`; `folder` is the
    /// chart's own, absolute. Answered by versionsFound().
    void findDependencyVersions(const QString &name, const QString &repository, const QString &folder, bool isFresh);
    /// Fetches a chart (REPOSITORY/NAME, a URL or oci://…) into the cache folder of this program, or unpacks it below `unpackInto`, where
    /// no folder of its name may stand yet. Answered by fetched() with the archive or the chart's folder.
    void fetch(const QString &reference, const QString &version, const QString &unpackInto = {});
    /// Fetches what Chart.yaml of a chart's folder (absolute) names into its charts/, by its lock where it has one. Answered by fetched() with
    /// the folder.
    void fetchDependencies(const QString &chart);
    /// Uploads an archive, and the .prov beside it where there is one, to oci://HOST/FOLDERS with helm's and docker's credentials. Answered by
    /// pushed().
    void push(const QString &archive, const QString &remote);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void listed(const fairway::engine::LibraryListing &listing);
    void versionsFound(const QStringList &versions, const QString &problem);
    void fetched(const QString &path, const QString &problem); ///< Problem empty: it is there.
    void pushed(const QString &reference, const QString &digest, const QString &problem); ///< Problem empty: the registry has it.
    /// While something is fetched. `total` is -1 while not known.
    void progressed(const QString &what, qint64 received, qint64 total);

private:
    struct Job;
    void start(const std::function<void(Job &)> &work);

    bool m_isBusy = false;
    bool m_isPlainHttp = false;
    quint64 m_generation = 0;
    CancelSource m_cancel;
    std::unique_ptr<TaskThread> m_thread; ///< Last: stops before what its tasks report to.
};

} // namespace fairway::engine
