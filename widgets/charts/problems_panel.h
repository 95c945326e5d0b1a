#pragma once

#include "core/engine/chart_types.h"

#include <QWidget>

class QTableView;

namespace fairway::ui {

class ProblemsModel;
class TextLabel;

/// Findings below the editors: counts, then a row each; a click goes there.
class ProblemsPanel final : public QWidget {
    Q_OBJECT
public:
    explicit ProblemsPanel(QWidget *parent = nullptr);
    void setProblems(const QList<engine::ChartProblem> &problems);

Q_SIGNALS:
    void chosen(const fairway::engine::ChartProblem &problem);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ProblemsModel *m_model;
    QTableView *m_table;
    TextLabel *m_errors;
    TextLabel *m_warnings;
    TextLabel *m_notes;
};

} // namespace fairway::ui
