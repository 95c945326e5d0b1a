#include "widgets/routes/route_list_model.h"

#include <QSet>

#include <algorithm>

namespace fairway::ui {

RouteListModel::RouteListModel(QObject *parent)
    : QAbstractItemModel(parent)
{
    m_clock.start();
}

bool RouteListModel::matches(const engine::RouteRow &row, Filter filter)
{
    switch (filter) {
    case Filter::All:
        return true;
    case Filter::InFlight:
        return row.isInFlight;
    case Filter::Problem:
        return row.severity == engine::Severity::Warning || row.severity == engine::Severity::Error;
    case Filter::Mine:
        return row.isMine;
    }
    return true;
}

int RouteListModel::routeCount() const
{
    qsizetype count = 0;
    for (const Group &group : m_groups) {
        count += group.entries.size();
    }
    return static_cast<int>(count);
}

int RouteListModel::count(Filter filter) const
{
    int count = 0;
    for (const Group &group : m_groups) {
        for (const Entry &entry : group.entries) {
            count += matches(entry.row, filter) ? 1 : 0;
        }
    }
    return count;
}

void RouteListModel::update(const QList<engine::RouteRow> &rows)
{
    QStringList hosts;
    QHash<QString, QList<engine::RouteRow>> byHost;
    QSet<QString> seen; // An id twice would break every lookup by id: the first one stays.
    for (const engine::RouteRow &row : rows) {
        if (seen.contains(row.id)) {
            continue;
        }
        seen.insert(row.id);
        if (!byHost.contains(row.host)) {
            hosts.append(row.host);
        }
        byHost[row.host].append(row);
    }
    syncGroups(hosts);
    for (qsizetype g = 0; g < m_groups.size(); ++g) {
        syncEntries(g, byHost.value(m_groups[g].host));
    }
}

void RouteListModel::syncGroups(const QStringList &hosts)
{
    const QSet<QString> wanted(hosts.begin(), hosts.end());
    for (int g = static_cast<int>(m_groups.size()) - 1; g >= 0; --g) {
        if (!wanted.contains(m_groups[g].host)) {
            beginRemoveRows({}, g, g);
            m_groups.removeAt(g);
            endRemoveRows();
        }
    }
    for (int at = 0; at < static_cast<int>(hosts.size()); ++at) {
        if (at < m_groups.size() && m_groups[at].host == hosts[at]) {
            continue;
        }
        const auto found = std::find_if(m_groups.begin() + std::min<qsizetype>(at, m_groups.size()), m_groups.end(),
            [&](const Group &group) { return group.host == hosts[at]; });
        if (found != m_groups.end()) {
            const int from = static_cast<int>(found - m_groups.begin());
            beginMoveRows({}, from, from, {}, at);
            m_groups.move(from, at);
            endMoveRows();
        } else {
            beginInsertRows({}, at, at);
            m_groups.insert(at, Group {m_nextUid++, hosts[at], {}});
            endInsertRows();
        }
    }
}

void RouteListModel::syncEntries(qsizetype groupAt, const QList<engine::RouteRow> &rows)
{
    QList<Entry> &entries = m_groups[groupAt].entries;
    const QModelIndex parentIndex = index(static_cast<int>(groupAt), 0);
    QSet<QString> wanted;
    for (const engine::RouteRow &row : rows) {
        wanted.insert(row.id);
    }
    for (int e = static_cast<int>(entries.size()) - 1; e >= 0; --e) {
        if (!wanted.contains(entries[e].row.id)) {
            beginRemoveRows(parentIndex, e, e);
            entries.removeAt(e);
            endRemoveRows();
        }
    }
    if (entries.isEmpty() && !rows.isEmpty()) { // The first fill in one go.
        beginInsertRows(parentIndex, 0, static_cast<int>(rows.size()) - 1);
        for (const engine::RouteRow &row : rows) {
            entries.append(Entry {row, -1});
        }
        endInsertRows();
        return;
    }
    for (int at = 0; at < static_cast<int>(rows.size()); ++at) {
        if (at >= entries.size() || entries[at].row.id != rows[at].id) {
            const auto found = std::find_if(entries.begin() + std::min<qsizetype>(at, entries.size()), entries.end(),
                [&](const Entry &entry) { return entry.row.id == rows[at].id; });
            if (found == entries.end()) {
                beginInsertRows(parentIndex, at, at);
                entries.insert(at, Entry {rows[at], m_clock.elapsed()});
                endInsertRows();
                continue;
            }
            const int from = static_cast<int>(found - entries.begin());
            beginMoveRows(parentIndex, from, from, parentIndex, at);
            entries.move(from, at);
            endMoveRows();
        }
        if (entries[at].row != rows[at]) {
            entries[at] = Entry {rows[at], m_clock.elapsed()};
            const QModelIndex changed = index(at, 0, parentIndex);
            Q_EMIT dataChanged(changed, changed);
        }
    }
}

qsizetype RouteListModel::groupByUid(quintptr uid) const
{
    const auto found = std::find_if(m_groups.begin(), m_groups.end(), [&](const Group &group) { return group.uid == uid; });
    return found == m_groups.end() ? -1 : found - m_groups.begin();
}

QModelIndex RouteListModel::indexOf(const QString &routeId) const
{
    for (qsizetype g = 0; g < m_groups.size(); ++g) {
        const QList<Entry> &entries = m_groups[g].entries;
        for (qsizetype e = 0; e < entries.size(); ++e) {
            if (entries[e].row.id == routeId) {
                return createIndex(static_cast<int>(e), 0, m_groups[g].uid);
            }
        }
    }
    return {};
}

QModelIndex RouteListModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column != 0 || row >= rowCount(parent)) {
        return {};
    }
    return createIndex(row, column, parent.isValid() ? m_groups[parent.row()].uid : quintptr {0});
}

QModelIndex RouteListModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0) {
        return {};
    }
    const qsizetype group = groupByUid(child.internalId());
    return group < 0 ? QModelIndex() : createIndex(static_cast<int>(group), 0, quintptr {0});
}

int RouteListModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid()) {
        return static_cast<int>(m_groups.size());
    }
    return parent.internalId() == 0 && parent.row() < m_groups.size()
        ? static_cast<int>(m_groups[parent.row()].entries.size()) : 0;
}

int RouteListModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QString RouteListModel::accessibleText(const engine::RouteRow &row)
{
    QString text = tr("%1, %2 in %3, split %4").arg(row.name, row.kind, row.ns, row.summary);
    if (row.problems > 0) {
        text += row.problems == 1 ? tr(", 1 problem") : tr(", %1 problems").arg(row.problems);
    }
    return text;
}

QVariant RouteListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    if (index.internalId() == 0) {
        const Group &group = m_groups[index.row()];
        return role == Qt::DisplayRole ? QVariant(group.host) : role == IsHostRole ? QVariant(true) : QVariant();
    }
    const Entry &entry = m_groups[groupByUid(index.internalId())].entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return entry.row.name;
    case Qt::ToolTipRole:
        return QStringLiteral("%1 %2/%3").arg(entry.row.kind, entry.row.ns, entry.row.name);
    case Qt::AccessibleTextRole:
        return accessibleText(entry.row);
    case RowRole:
        return QVariant::fromValue(entry.row);
    case IdRole:
        return entry.row.id;
    case IsHostRole:
        return false;
    case FlashRole:
        return entry.changedAt < 0 ? -1 : static_cast<int>(std::min<qint64>(m_clock.elapsed() - entry.changedAt, 1 << 20));
    default:
        return {};
    }
}

Qt::ItemFlags RouteListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid()) {
        return Qt::NoItemFlags;
    }
    return index.internalId() == 0 ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace fairway::ui
