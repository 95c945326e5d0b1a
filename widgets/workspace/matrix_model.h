#pragma once

#include "core/engine/chart_matrix.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace fairway::ui {

/// Charts down, environments across; what each cell renders to. Borrows the matrix.
class MatrixModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class State { None, Waiting, Stopped, Good, Warning, Bad }; ///< None: the chart has no values files for the environment.
    enum Role {
        StateRole = Qt::UserRole, ///< int of State
        DetailRole,               ///< QString: the second line of a cell.
        FailsRole,                ///< bool: it can't be rendered; the detail says why.
        PendingRole,              ///< bool: a newer answer is on its way.
        CellRole,                 ///< int: index in Workspace::cells; -1.
        IsProblemRole,            ///< bool; of the first column: any cell of the row.
        IsChangedRole,            ///< bool, likewise.
    };

    explicit MatrixModel(engine::ChartMatrix &matrix, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void rebuild();
    [[nodiscard]] int cellAt(int row, int column) const;
    [[nodiscard]] State stateOf(int cell) const;
    [[nodiscard]] QString titleOf(int cell) const;
    [[nodiscard]] QString detailOf(int cell) const;

    engine::ChartMatrix &m_matrix;
    QList<QList<int>> m_cells; ///< By row and environment.
    QList<QPair<int, int>> m_places; ///< By cell: row and column.
};

/// The charts whose name matches, or that have problems, or changes.
class MatrixFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setFilter(const QString &text, bool onlyProblems, bool onlyChanged);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_text;
    bool m_onlyProblems = false;
    bool m_onlyChanged = false;
};

} // namespace fairway::ui
