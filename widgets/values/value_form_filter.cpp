#include "widgets/values/value_form_filter.h"

#include "widgets/values/value_form_model.h"

namespace fairway::ui {

ValueFormFilter::ValueFormFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void ValueFormFilter::setSearch(const QString &text)
{
    m_search = text.trimmed();
    invalidateFilter();
}

void ValueFormFilter::setOnlyChanged(bool isOn)
{
    m_isOnlyChanged = isOn;
    invalidateFilter();
}

bool ValueFormFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (m_isOnlyChanged && !index.data(ValueFormModel::IsChangedRole).toBool())
        return false;
    return m_search.isEmpty() || index.data(ValueFormModel::SearchRole).toString().contains(m_search, Qt::CaseInsensitive);
}

} // namespace fairway::ui
