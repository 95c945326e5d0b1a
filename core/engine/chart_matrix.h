#pragma once

#include "core/chart/workspace_dependencies.h"
#include "core/chart/workspace_run.h"
#include "core/engine/types.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fairway::engine {

class ChartWatcher;
class TaskThread;

/// A folder of charts in all their environments, rendered and held against a git commit or another version of a dependency.
///
/// Shape:   open() scans the folder and renders every cell, first come first served; outcome() is null until a cell's first answer and
///          stays the last one while a newer is on its way (isPending()). A change of files renders only the cells it may touch.
///          stop() ends what is on its way; cells keep their last answer, renderAgain() goes on.
/// Errors:  problem(): the folder can't be read, the workspace file is wrong, git doesn't know the commit. Cells have their own.
/// Threads: GUI thread; scanning, git and rendering happen on threads of its own, two cells at a time.
class ChartMatrix final : public QObject {
    Q_OBJECT
public:
    enum class Comparison { None, Commit, Bump };

    explicit ChartMatrix(QObject *parent = nullptr);
    ~ChartMatrix() override;

    void open(const QString &folder);
    void close();
    /// Compare with this commit, branch or tag from now on; empty: with nothing. Ends a bump.
    void setAgainst(const QString &ref);
    /// Say from now on what this version (or range, or path of a chart) of a dependency would change; empty: nothing. Ends the comparison
    /// with a commit. What has to be fetched is fetched once; fetchProgressed() tells.
    void setBump(const QString &dependency, const QString &wanted);
    void renderAgain(); ///< All of it; a bump is fetched anew.
    void stop();

    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString against() const { return m_against; }
    [[nodiscard]] QString bumpName() const { return m_bumpName; } ///< Empty: none.
    [[nodiscard]] QString bumpWanted() const { return m_bumpWanted; }
    [[nodiscard]] Comparison comparison() const
    {
        return !m_bumpName.isEmpty() ? Comparison::Bump : m_against.isEmpty() ? Comparison::None : Comparison::Commit;
    }
    [[nodiscard]] bool isStopped() const { return m_isStopped; } ///< Some cells have no answer to the present state.
    [[nodiscard]] const chart::WorkspaceDependencies &dependencies() const { return m_dependencies; }
    [[nodiscard]] bool isOpening() const { return m_isOpening; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] const chart::Workspace &workspace() const { return m_workspace; }
    [[nodiscard]] const chart::CellOutcome *outcome(int cell) const;
    [[nodiscard]] bool isPending(int cell) const;
    [[nodiscard]] int pendingCount() const { return m_pendingCount; }

    /// What changed in an object, line by line.
    [[nodiscard]] static QList<DiffLine> diffOf(const chart::ObjectChange &change);

Q_SIGNALS:
    void stateChanged();     ///< isOpening(), problem(), pendingCount(), dependencies().
    void workspaceChanged(); ///< Charts, environments, cells: everything is new.
    void cellChanged(int cell);
    void fetchProgressed(const QString &what, qint64 received, qint64 total); ///< Of a bump. `total` is -1 while not known.

private:
    using Stamps = std::map<std::string, std::string>;
    struct Scan;
    void scan(bool isFresh); ///< Fresh: everything renders again; else only what changed on the disk.
    void takeScan(const std::shared_ptr<Scan> &scan);
    void render(const std::vector<std::size_t> &cells);

    QString m_folder;
    QString m_against;
    QString m_bumpName;
    QString m_bumpWanted;
    QString m_problem;
    chart::Workspace m_workspace;
    chart::WorkspaceDependencies m_dependencies;
    std::shared_ptr<const chart::GitTree> m_base;
    std::shared_ptr<chart::DependencyBump> m_bump; ///< Null: to be made.
    CancelSource m_bumpCancel; ///< A bump outlives the looks at the disk that begin while it is fetched.
    bool m_isStopped = false;
    std::vector<std::shared_ptr<const chart::CellOutcome>> m_outcomes; ///< As the cells.
    std::vector<char> m_pending;
    int m_pendingCount = 0;
    Stamps m_stamps; ///< Files below the folder and when they changed.
    quint64 m_generation = 0; ///< Of what was asked last: answers of older ones are dropped.
    bool m_isOpening = false;
    bool m_isFreshDue = false; ///< A fresh look was asked for and none has come to its end: a change on the disk meanwhile must not replace it by less.
    ChartWatcher *m_watcher;
    CancelSource m_cancel; ///< Of the rendering that runs.
    std::unique_ptr<TaskThread> m_thread; ///< Last: stops before what its tasks report to.
};

} // namespace fairway::engine
