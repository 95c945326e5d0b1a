#pragma once

#include <QSortFilterProxyModel>

namespace fairway::ui {

/// The fields that match a search, are changed, or have faults; with the sections they stand in.
class ValueFormFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit ValueFormFilter(QObject *parent = nullptr);
    void setSearch(const QString &text);
    void setOnlyChanged(bool isOn);
    [[nodiscard]] bool isFiltering() const { return !m_search.isEmpty() || m_isOnlyChanged; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_search;
    bool m_isOnlyChanged = false;
};

} // namespace fairway::ui
