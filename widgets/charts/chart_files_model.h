#pragma once

#include "core/engine/chart_types.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace fairway::ui {

/// The files of a chart as a tree: its top row is the chart, subcharts are rows of their own with their version. Marks (edited, conflict,
/// problems) change in place; only other files make it new.
/// Threads: GUI thread only.
class ChartFilesModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { PathRole = Qt::UserRole, IsFileRole, IconRole, NoteRole, SeverityRole, IsEditedRole };

    explicit ChartFilesModel(QObject *parent = nullptr);
    ~ChartFilesModel() override;

    void setChart(const engine::ChartInfo &info);
    /// The worst problem of each file.
    void setProblems(const QList<engine::ChartProblem> &problems);
    [[nodiscard]] QModelIndex indexOf(const QString &path) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Node;
    [[nodiscard]] Node *node(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const Node *node) const;
    Node *folder(const QString &path);
    void touch(const Node *node);

    std::unique_ptr<Node> m_root; ///< Not shown; its only child is the chart.
    engine::ChartInfo m_info;
};

} // namespace fairway::ui
