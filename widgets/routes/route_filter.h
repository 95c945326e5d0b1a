#pragma once

#include "widgets/routes/route_list_model.h"

#include <QSortFilterProxyModel>

namespace fairway::ui {

/// Keeps the routes that match the chip and the text; a host stays while one of its routes does.
class RouteFilter final : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit RouteFilter(QObject *parent = nullptr);
    void setFilter(RouteListModel::Filter filter);
    /// Words, all of which must occur in name, namespace, host or kind; case does not matter.
    void setText(const QString &text);
    [[nodiscard]] RouteListModel::Filter filter() const { return m_filter; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;

private:
    RouteListModel::Filter m_filter = RouteListModel::Filter::All;
    QStringList m_words;
};

} // namespace fairway::ui
