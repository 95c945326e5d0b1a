#pragma once

#include "core/engine/chart_types.h"

#include <QWidget>

class QTreeView;

namespace fairway::ui {

class ChartFilesModel;

/// The tree of the chart's files. What was open stays open when files come and go.
class FilesPanel final : public QWidget {
    Q_OBJECT
public:
    explicit FilesPanel(QWidget *parent = nullptr);
    void setChart(const engine::ChartInfo &info);
    void setProblems(const QList<engine::ChartProblem> &problems);
    void select(const QString &path); ///< Without telling.

Q_SIGNALS:
    void chosen(const QString &path);

private:
    void openFolders();

    ChartFilesModel *m_model;
    QTreeView *m_tree;
    QString m_chart;
    bool m_isSelecting = false;
};

} // namespace fairway::ui
