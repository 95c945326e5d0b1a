#include "widgets/explorer/object_table_model.h"

#include "widgets/theme/theme.h"

#include <algorithm>

namespace fairway::ui {
namespace {

/// Words that the server's printer columns use for trouble.
bool isTrouble(const QString &cell)
{
    static const QStringList words {QStringLiteral("Error"), QStringLiteral("CrashLoopBackOff"), QStringLiteral("Failed"),
        QStringLiteral("ImagePullBackOff"), QStringLiteral("ErrImagePull"), QStringLiteral("OOMKilled"),
        QStringLiteral("NotReady"), QStringLiteral("Evicted"), QStringLiteral("Unknown")};
    return words.contains(cell);
}

} // namespace

void ObjectTableModel::setTable(std::unique_ptr<engine::ObjectTable> table)
{
    beginResetModel();
    m_table = std::move(table);
    m_columns = m_table ? m_table->columns() : QStringList();
    m_rows = m_table ? m_table->rowCount() : 0;
    endResetModel();
    if (!m_table)
        return;
    engine::ObjectTable *source = m_table.get();
    connect(source, &engine::ObjectTable::reset, this, &ObjectTableModel::refill);
    connect(source, &engine::ObjectTable::rowsChanged, this, [this](int first, int last) {
        last = std::min(last, m_rows - 1);
        if (first <= last)
            Q_EMIT dataChanged(index(first, 0), index(last, std::max(0, int(m_columns.size()) - 1)));
    });
    connect(source, &engine::ObjectTable::rowsInserted, this, [this](int first, int last) {
        beginInsertRows({}, first, last);
        m_rows += last - first + 1;
        endInsertRows();
        Q_EMIT stateChanged();
    });
    connect(source, &engine::ObjectTable::rowsRemoved, this, [this](int first, int last) {
        beginRemoveRows({}, first, last);
        m_rows -= last - first + 1;
        endRemoveRows();
        Q_EMIT stateChanged();
    });
    connect(source, &engine::ObjectTable::stateChanged, this, &ObjectTableModel::stateChanged);
    Q_EMIT stateChanged();
}

void ObjectTableModel::refill()
{
    beginResetModel();
    m_columns = m_table->columns();
    m_rows = m_table->rowCount();
    endResetModel();
    Q_EMIT stateChanged();
}

int ObjectTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int ObjectTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant ObjectTableModel::data(const QModelIndex &index, int role) const
{
    if (!m_table || !index.isValid() || index.row() >= m_table->rowCount() || index.column() >= m_columns.size())
        return {};
    switch (role) {
    case Qt::DisplayRole: return m_table->cell(index.row(), index.column());
    case Qt::ToolTipRole: {
        const QString text = m_table->cell(index.row(), index.column());
        return text.size() > 24 ? QVariant(text) : QVariant();
    }
    case Qt::ForegroundRole:
        if (isTrouble(m_table->cell(index.row(), index.column())))
            return theme().color(Token::Bad);
        return {};
    case KeyRole: return m_table->rowKey(index.row());
    default: return {};
    }
}

QVariant ObjectTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section >= 0 && section < m_columns.size()) {
        if (role == Qt::DisplayRole)
            return m_columns[section];
        if (role == Qt::TextAlignmentRole)
            return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    return {};
}

void ObjectTableModel::sort(int column, Qt::SortOrder order)
{
    if (m_table && column >= 0)
        m_table->sortBy(column, order == Qt::AscendingOrder);
}

int ObjectTableModel::findKey(const QString &key, int limit) const
{
    const int rows = m_table ? std::min({m_rows, limit, m_table->rowCount()}) : 0;
    for (int row = 0; row < rows; ++row) {
        if (m_table->rowKey(row) == key)
            return row;
    }
    return -1;
}

} // namespace fairway::ui
