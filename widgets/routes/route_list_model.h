#pragma once

#include "core/engine/types.h"

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QHash>

namespace fairway::ui {

/// Routes below their hosts: two levels, one column. Updated in place, so that a view keeps selection and scroll.
///
/// Shape:   top rows are hosts in the order they first appear; below them the routes in the order given.
/// Changes: update() gives the smallest set of signals a list allows (removals, moves, insertions, dataChanged); a changed
///          route remembers when, for the flash (FlashRole).
class RouteListModel final : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        RowRole = Qt::UserRole, ///< engine::RouteRow; invalid for a host.
        IdRole,                 ///< QString: the route's id; empty for a host.
        IsHostRole,             ///< bool
        FlashRole               ///< int: milliseconds since the row last changed; -1 when it never did.
    };
    enum class Filter { All, InFlight, Problem, Mine };

    explicit RouteListModel(QObject *parent = nullptr);

    void update(const QList<engine::RouteRow> &rows);
    [[nodiscard]] QModelIndex indexOf(const QString &routeId) const;
    [[nodiscard]] int routeCount() const;
    [[nodiscard]] int count(Filter filter) const;
    [[nodiscard]] static bool matches(const engine::RouteRow &row, Filter filter);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Entry {
        engine::RouteRow row;
        qint64 changedAt = -1;
    };
    struct Group {
        quintptr uid = 0; ///< Stays the same while the group lives: what child indexes carry.
        QString host;
        QList<Entry> entries;
    };

    void syncGroups(const QStringList &hosts);
    void syncEntries(qsizetype group, const QList<engine::RouteRow> &rows);
    [[nodiscard]] qsizetype groupByUid(quintptr uid) const;
    [[nodiscard]] static QString accessibleText(const engine::RouteRow &row);

    QList<Group> m_groups;
    quintptr m_nextUid = 1;
    QElapsedTimer m_clock;
};

} // namespace fairway::ui
