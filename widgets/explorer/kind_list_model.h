#pragma once

#include "core/engine/types.h"

#include <QAbstractListModel>

namespace fairway::ui {

/// The kinds the server knows, by name. Those that may not be listed are greyed.
class KindListModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum DataRole { IdRole = Qt::UserRole, GroupRole, CanListRole };

    using QAbstractListModel::QAbstractListModel;
    void setKinds(QList<engine::KindInfo> kinds);
    [[nodiscard]] const QList<engine::KindInfo> &kinds() const { return m_kinds; }
    [[nodiscard]] int rowOf(const QString &id) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<engine::KindInfo> m_kinds;
};

} // namespace fairway::ui
