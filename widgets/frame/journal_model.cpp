#include "widgets/frame/journal_model.h"

#include "widgets/common/format.h"

namespace fairway::ui {

int JournalModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant JournalModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const engine::JournalEntry &e = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1: %2, %3, %4").arg(e.object, e.summary, e.context, e.state);
    case Qt::ToolTipRole: {
        QStringList lines {exactTime(e.when), e.who};
        if (!e.reason.isEmpty())
            lines << tr("Reason: %1").arg(e.reason);
        lines << e.undoNote;
        lines.removeAll(QString());
        return lines.join(QLatin1Char('\n'));
    }
    case IdRole: return e.id;
    case SearchRole:
        return QStringList {e.object, e.summary, e.context, e.who, e.reason, e.state}.join(QLatin1Char(' '));
    default: return {};
    }
}

void JournalModel::setEntries(const QList<engine::JournalEntry> &entries)
{
    qsizetype added = -1;
    if (!m_entries.isEmpty()) {
        for (qsizetype i = 0; i < entries.size(); ++i) {
            if (entries[i].id == m_entries.first().id) {
                added = i;
                break;
            }
        }
    }
    const qsizetype kept = added < 0 ? 0 : std::min(m_entries.size(), entries.size() - added);
    bool isContinuation = added >= 0;
    for (qsizetype i = 0; isContinuation && i < kept; ++i)
        isContinuation = entries[i + added].id == m_entries[i].id;
    // Anything but "some new on top, some old dropped at the end" is another journal.
    if (!isContinuation || entries.size() - added != kept) {
        beginResetModel();
        m_entries = entries;
        endResetModel();
        return;
    }
    if (m_entries.size() > kept) {
        beginRemoveRows({}, int(kept), int(m_entries.size()) - 1);
        m_entries.resize(kept);
        endRemoveRows();
    }
    if (added > 0) {
        beginInsertRows({}, 0, int(added) - 1);
        m_entries = entries;
        endInsertRows();
    } else {
        m_entries = entries;
    }
    if (kept > 0)
        Q_EMIT dataChanged(index(int(added)), index(int(added + kept) - 1));
}

} // namespace fairway::ui
