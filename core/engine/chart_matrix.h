#pragma once

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

/// A folder of charts in all their environments, rendered and held against a git commit.
///
/// Shape:   open() scans the folder and renders every cell, first come first served; outcome() is null until a cell's first answer and
///          stays the last one while a newer is on its way (isPending()). A change of files renders only the cells it may touch.
/// Errors:  problem(): the folder can't be read, the workspace file is wrong, git doesn't know the commit. Cells have their own.
/// Threads: GUI thread; scanning, git and rendering happen on threads of its own, two cells at a time.
class ChartMatrix final : public QObject {
    Q_OBJECT
public:
    explicit ChartMatrix(QObject *parent = nullptr);
    ~ChartMatrix() override;

    void open(const QString &folder);
    void close();
    /// Compare with this commit, branch or tag from now on; empty: with nothing.
    void setAgainst(const QString &ref);
    void renderAgain(); ///< All of it.

    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString against() const { return m_against; }
    [[nodiscard]] bool isOpening() const { return m_isOpening; }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] const chart::Workspace &workspace() const { return m_workspace; }
    [[nodiscard]] const chart::CellOutcome *outcome(int cell) const;
    [[nodiscard]] bool isPending(int cell) const;
    [[nodiscard]] int pendingCount() const { return m_pendingCount; }

    /// What changed in an object, line by line.
    [[nodiscard]] static QList<DiffLine> diffOf(const chart::ObjectChange &change);

Q_SIGNALS:
    void stateChanged();     ///< isOpening(), problem(), pendingCount().
    void workspaceChanged(); ///< Charts, environments, cells: everything is new.
    void cellChanged(int cell);

private:
    using Stamps = std::map<std::string, std::string>;
    struct Scan;
    void scan(bool isFresh);
    void takeScan(const std::shared_ptr<Scan> &scan);
    void render(const std::vector<std::size_t> &cells);

    QString m_folder;
    QString m_against;
    QString m_problem;
    chart::Workspace m_workspace;
    std::shared_ptr<const chart::GitTree> m_base;
    std::vector<std::shared_ptr<const chart::CellOutcome>> m_outcomes; ///< As the cells.
    std::vector<char> m_pending;
    int m_pendingCount = 0;
    Stamps m_stamps; ///< Files below the folder and when they changed.
    quint64 m_generation = 0; ///< Of what was asked last: answers of older ones are dropped.
    bool m_isOpening = false;
    ChartWatcher *m_watcher;
    CancelSource m_cancel; ///< Of the rendering that runs.
    std::unique_ptr<TaskThread> m_thread; ///< Last: stops before what its tasks report to.
};

} // namespace fairway::engine
