#pragma once

#include "core/engine/chart_types.h"

#include <QAbstractTableModel>

namespace fairway::ui {

/// Problems and findings as rows: what, where, says who. Replaced as a whole, told in as few signals as it takes.
class ProblemsModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { SeverityColumn, PlaceColumn, MessageColumn, SourceColumn, ColumnCount };
    enum Role { ProblemSeverityRole = Qt::UserRole };
    using QAbstractTableModel::QAbstractTableModel;

    void setProblems(const QList<engine::ChartProblem> &problems);
    [[nodiscard]] const engine::ChartProblem &problem(int row) const { return m_problems[row]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<engine::ChartProblem> m_problems;
};

/// "templates/a.yaml:12", "prod.yaml:3"
[[nodiscard]] QString placeText(const QString &file, int line);
/// "error", "warning", "note"
[[nodiscard]] QString severityWord(engine::Severity severity);

} // namespace fairway::ui
