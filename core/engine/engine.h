#pragma once

#include "core/engine/charts.h"
#include "core/engine/types.h"
#include "core/engine/xray.h"

#include <QObject>

#include <functional>
#include <memory>

/// The façade the window talks to. All of it lives in the GUI thread: calls return at once, work happens on the
/// engine's own threads, answers come back as signals in the GUI thread. Streams are merged and sent at most every 60
/// ms, answers to a user's action at once. Nothing here blocks.
namespace fairway::engine {

struct EngineOptions {
    QString kubeconfig;     ///< Path given by the user; empty: KUBECONFIG, then ~/.kube/config.
    QString initialContext; ///< Empty: the kubeconfig's current-context.
    bool startLab = false;  ///< Open on the practice cluster.
    QString stateFolder;    ///< Settings and journal; empty: the desktop's folder for the application.
    QString labKubeconfig;  ///< Where to leave the practice cluster's kubeconfig for other programs; empty: nowhere.
    int labPods = 0;        ///< Extra generated pods in the practice cluster.
    int labChurn = 0;       ///< Changes per second among them.
};

/// Contexts, the lock, the production mark and the connection.
class ContextService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QList<ContextInfo> contexts() const = 0;
    [[nodiscard]] virtual ContextInfo current() const = 0;
    [[nodiscard]] virtual ConnectionState connection() const = 0;
    [[nodiscard]] virtual QStringList namespaces() const = 0;
    [[nodiscard]] virtual QString currentNamespace() const = 0; ///< Empty: all.
    virtual void switchTo(const QString &context) = 0;
    virtual void setNamespace(const QString &ns) = 0;
    virtual void setLocked(bool isLocked) = 0; ///< Of the current context; remembered.
    virtual void setProduction(const QString &context, bool isProduction) = 0;
    virtual void retry() = 0;
    virtual void reloadKubeconfig() = 0;
    /// Why the kubeconfig could not be read; empty when it could. The practice cluster is always offered.
    [[nodiscard]] virtual QString kubeconfigProblem() const = 0;
    /// The sign-in command the current context waits for an answer about (see core/engine/plugin_approvals.h). Until then the
    /// connection is Failed; retry() asks again.
    [[nodiscard]] virtual PluginQuestion pluginQuestion() const = 0;
    /// Lets that command run, now or from now on, and connects. Not answering is the answer "no".
    virtual void allowPlugin(bool isRemembered) = 0;
Q_SIGNALS:
    void pluginAsked(); ///< pluginQuestion() has one.
    void contextsChanged();
    void currentChanged();
    void connectionChanged();
    void namespacesChanged();
};

/// The routes of the current context, kept live, filtered by the current namespace.
class RouteService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QList<RouteRow> rows() const = 0;
    /// The latest picture of one route; false when it is gone.
    [[nodiscard]] virtual bool detail(const QString &routeId, RouteDetail *out) const = 0;
    /// Findings for weights not yet written, in addition to the route's own. Local and quick.
    [[nodiscard]] virtual QList<Finding> draftFindings(const RouteDraft &draft) const = 0;
    [[nodiscard]] virtual bool isLoaded() const = 0; ///< The first lists are in.
    [[nodiscard]] virtual QString
    problem() const = 0; ///< Why there is nothing to show ("no right to list virtualservices").
    /// Shows the routes of rendered objects in the place of the cluster's, until closePreview(): rows() are theirs, with ids that begin with
    /// "preview:"; they can be rehearsed, never written. Answered by previewChanged(); called again, it follows a newer rendering.
    virtual void showPreview(const RoutePreview &preview) = 0;
    virtual void closePreview() = 0;
    [[nodiscard]] virtual QString previewSource() const = 0; ///< Empty: the cluster's routes are shown.
    /// Draws the routes shown as one picture. Answered by meshDrawn(), once for the last of several calls.
    virtual void drawMesh(const MeshRequest &request) = 0;
    /// Holds the route, as it is known now, beside the one of the same name in another context. Answered by compared(), once for the last of
    /// several calls.
    virtual void compare(const QString &routeId, const QString &context) = 0;
    virtual void cancelComparing() = 0; ///< No answer comes.
Q_SIGNALS:
    void compared(const fairway::engine::RouteComparison &comparison);
    void meshDrawn(const fairway::engine::MeshPicture &picture);
    void previewChanged(); ///< previewSource(), or what is rendered.
    void rowsChanged(); ///< Ask rows() again: update in place.
    void detailChanged(const QString &routeId);
};

/// The one write path: local diff, dry run, apply, journal, undo.
class WriteService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    /// The form of what a draft is about (not of weights), as its object is now. Local and quick.
    [[nodiscard]] virtual EditForm editForm(const RouteDraft &draft) const = 0;
    /// Local: nothing is sent. Works in a locked context.
    [[nodiscard]] virtual DiffView diff(const RouteDraft &draft) const = 0;
    /// Answered by gateChecked() (rights need the server; all else is local).
    virtual void checkGate(const RouteDraft &draft) = 0;
    virtual void dryRun(const RouteDraft &draft, const WriteConsent &consent) = 0;
    virtual void apply(const RouteDraft &draft, const WriteConsent &consent) = 0;
    virtual void undo(qint64 journalId, const WriteConsent &consent) = 0;
    /// Re-reads the object and lays the draft's weights over what is there now, where both can stand.
    virtual void refreshDraft(const RouteDraft &draft) = 0;
    [[nodiscard]] virtual QList<JournalEntry> journal() const = 0; ///< Newest first, at most 500.
    /// The draft's object as YAML or JSON with the new weights, for Write to file / Export patch.
    [[nodiscard]] virtual QString exportPatch(const RouteDraft &draft) const = 0;
Q_SIGNALS:
    void gateChecked(const fairway::engine::RouteDraft &draft, const fairway::engine::WriteGate &gate);
    void finished(const fairway::engine::RouteDraft &draft, const fairway::engine::WriteOutcome &outcome);
    void undone(qint64 journalId, const fairway::engine::WriteOutcome &outcome);
    void draftRefreshed(const fairway::engine::RouteDraft &draft, const QString &note);
    void journalChanged();
};

/// Istio's Gateways, listed when somebody asks, and which protocol their servers agree on.
class GatewayService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void list() = 0; ///< Anew. Answered by listed().
    [[nodiscard]] virtual QList<GatewayInfo> gateways() const = 0; ///< As last listed.
    [[nodiscard]] virtual QString problem() const = 0; ///< Why there are none; empty when there are, or none exist.
    /// Shakes hands with each of the "host:port" and sends no request. `address`: where to connect to ("203.0.113.7", with or without a port);
    /// empty: the hosts' own. Answered by probed() for each, until the next call or cancelProbe().
    virtual void probe(const QStringList &hosts, const QString &address) = 0;
    virtual void cancelProbe() = 0;
Q_SIGNALS:
    void listed();
    void probed(const fairway::engine::AlpnAnswer &answer);
};

/// Routes run in the built-in proxy with real HTTP over loopback.
class RehearsalService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start(const RehearsalRequest &request) = 0;
    virtual void stop() = 0;
    virtual void setRate(int requestsPerSecond) = 0;   ///< While running.
    virtual void setDial(const StandInDial &dial) = 0; ///< While running.
    virtual void setWeights(const QList<qint64> &weights)
        = 0; ///< While running: swaps the snapshot, restarts the count.
    [[nodiscard]] virtual RehearsalStatus status() const = 0;
Q_SIGNALS:
    void statusChanged(); ///< At most every 100 ms while running.
};

/// A table of objects of one kind, as Explorer shows it: the server's printer columns, sorted and filtered in the
/// engine, fetched by the cell. Owned by the caller; stops its watch when destroyed.
class ObjectTable : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QStringList columns() const = 0;
    [[nodiscard]] virtual int rowCount() const = 0; ///< After the filter.
    [[nodiscard]] virtual int totalCount() const = 0;
    [[nodiscard]] virtual QString cell(int row, int column) const = 0;
    [[nodiscard]] virtual QString rowKey(int row) const = 0; ///< "namespace/name"
    [[nodiscard]] virtual bool isLoaded() const = 0;
    [[nodiscard]] virtual QString problem() const = 0;
    virtual void setFilter(const QString &text) = 0;
    virtual void sortBy(int column, bool isAscending) = 0;
Q_SIGNALS:
    void reset();                           ///< Columns or order changed: everything is new.
    void rowsChanged(int first, int last);  ///< Cells changed in place, inclusive.
    void rowsInserted(int first, int last); ///< Already inserted.
    void rowsRemoved(int first, int last);  ///< Already removed; positions before the removal.
    void stateChanged();                    ///< isLoaded() or problem() changed.
};

/// Objects of any kind, and the search behind the palette.
class ObjectService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QList<KindInfo> kinds() const = 0;
    [[nodiscard]] virtual std::unique_ptr<ObjectTable> openTable(const QString &kindId) = 0;
    /// Answered by yamlReady().
    virtual void fetchYaml(const QString &kindId, const QString &ns, const QString &name) = 0;
    /// Objects known to the engine's caches whose name contains the text; at most `limit`, best first. Local and quick.
    [[nodiscard]] virtual QList<SearchHit> search(const QString &text, int limit) const = 0;
Q_SIGNALS:
    void kindsChanged();
    void yamlReady(
        const QString &kindId, const QString &ns, const QString &name, const QString &yaml, const QString &problem);
};

/// What Home shows and what the activity strip tells.
class OverviewService : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] virtual QList<Concern> concerns() const = 0; ///< Those that need attention, worst first.
    [[nodiscard]] virtual QList<Concern> inLine() const = 0;   ///< What was checked and is fine.
    [[nodiscard]] virtual QList<Activity> activities() const = 0;
    virtual void cancel(quint64 activityId) = 0;
Q_SIGNALS:
    void concernsChanged();
    void activitiesChanged();
};

/// Owner of the services; the window gets a reference. Tests may stand in their own.
class Engine {
public:
    virtual ~Engine() = default;
    [[nodiscard]] virtual ContextService &contexts() = 0;
    [[nodiscard]] virtual RouteService &routes() = 0;
    [[nodiscard]] virtual WriteService &writes() = 0;
    [[nodiscard]] virtual GatewayService &gateways() = 0;
    [[nodiscard]] virtual RehearsalService &rehearsal() = 0;
    [[nodiscard]] virtual ObjectService &objects() = 0;
    [[nodiscard]] virtual OverviewService &overview() = 0;
    [[nodiscard]] virtual ChartService &charts() = 0;
    [[nodiscard]] virtual XrayService &xray() = 0;
};

/// The real engine: kubeconfig, cluster, proxy, journal.
[[nodiscard]] std::unique_ptr<Engine> createEngine(const EngineOptions &options);

} // namespace fairway::engine
