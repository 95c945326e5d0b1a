#include "widgets/explorer/kind_list_model.h"

#include "widgets/theme/theme.h"

#include <algorithm>

namespace fairway::ui {

void KindListModel::setKinds(QList<engine::KindInfo> kinds)
{
    const auto isSame = [](const engine::KindInfo &a, const engine::KindInfo &b) {
        return a.id == b.id && a.kind == b.kind && a.canList == b.canList;
    };
    // What people look for first stands first: the core group, then by name.
    std::sort(kinds.begin(), kinds.end(), [](const engine::KindInfo &a, const engine::KindInfo &b) {
        if (a.kind != b.kind)
            return a.kind < b.kind;
        return a.group < b.group;
    });
    if (std::equal(kinds.begin(), kinds.end(), m_kinds.begin(), m_kinds.end(), isSame))
        return;
    beginResetModel();
    m_kinds = std::move(kinds);
    endResetModel();
}

int KindListModel::rowOf(const QString &id) const
{
    for (qsizetype i = 0; i < m_kinds.size(); ++i) {
        if (m_kinds[i].id == id)
            return int(i);
    }
    return -1;
}

int KindListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_kinds.size());
}

QVariant KindListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const engine::KindInfo &kind = m_kinds[index.row()];
    switch (role) {
    case Qt::DisplayRole: return kind.kind;
    case Qt::ToolTipRole: return kind.canList ? kind.id : tr("No right to list %1").arg(kind.id);
    case Qt::ForegroundRole: return kind.canList ? QVariant() : QVariant(theme().color(Token::Muted));
    case IdRole: return kind.id;
    case GroupRole: return kind.group;
    case CanListRole: return kind.canList;
    default: return {};
    }
}

} // namespace fairway::ui
