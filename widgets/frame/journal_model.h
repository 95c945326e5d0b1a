#pragma once

#include "core/engine/types.h"

#include <QAbstractListModel>

namespace fairway::ui {

/// The journal, newest first. setEntries() keeps selection and scroll: new entries are inserted at the top, changed ones
/// updated in place.
class JournalModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum DataRole { IdRole = Qt::UserRole, SearchRole };

    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] const engine::JournalEntry &entry(int row) const { return m_entries[row]; }
    void setEntries(const QList<engine::JournalEntry> &entries);

private:
    QList<engine::JournalEntry> m_entries;
};

} // namespace fairway::ui
