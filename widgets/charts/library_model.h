#pragma once

#include "core/engine/chart_library.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

namespace fairway::ui {

/// Charts of the user's repositories, a row each.
class LibraryModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { NameColumn, VersionColumn, AppVersionColumn, DescriptionColumn, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;

    void setCharts(const QList<engine::LibraryChart> &charts);
    /// Null for what is no row.
    [[nodiscard]] const engine::LibraryChart *chart(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<engine::LibraryChart> m_charts;
};

/// Those whose name or description has every word.
class LibraryFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setText(const QString &text);

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_words;
};

} // namespace fairway::ui
