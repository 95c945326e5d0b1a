#pragma once

#include "core/engine/engine.h"

#include <QAbstractTableModel>

#include <memory>

namespace fairway::ui {

/// The engine's table of one kind as a Qt model, for 100 000 rows: a cell's text is asked for when it is painted, sorting and
/// filtering happen in the engine. GUI thread only.
class ObjectTableModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum DataRole { KeyRole = Qt::UserRole }; ///< "namespace/name", whatever the column.

    using QAbstractTableModel::QAbstractTableModel;
    void setTable(std::unique_ptr<engine::ObjectTable> table);
    [[nodiscard]] engine::ObjectTable *table() const { return m_table.get(); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    /// Row of the key, or -1; looks at no more than `limit` rows.
    [[nodiscard]] int findKey(const QString &key, int limit = 20000) const;

Q_SIGNALS:
    void stateChanged(); ///< Loaded, problem or counts changed.

private:
    void refill();

    std::unique_ptr<engine::ObjectTable> m_table;
    QStringList m_columns;
    int m_rows = 0; ///< What the views know; the table may be one signal ahead.
};

} // namespace fairway::ui
