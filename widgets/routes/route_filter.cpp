#include "widgets/routes/route_filter.h"

#include <algorithm>

namespace fairway::ui {

RouteFilter::RouteFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setRecursiveFilteringEnabled(true);
}

void RouteFilter::setFilter(RouteListModel::Filter filter)
{
    if (m_filter != filter) {
        m_filter = filter;
        invalidateFilter();
    }
}

void RouteFilter::setText(const QString &text)
{
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    if (m_words != words) {
        m_words = words;
        invalidateFilter();
    }
}

bool RouteFilter::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QModelIndex index = sourceModel()->index(sourceRow, 0, sourceParent);
    const QVariant value = index.data(RouteListModel::RowRole);
    if (!value.isValid()) {
        return false; // A host: recursive filtering keeps it for its routes.
    }
    const auto row = value.value<engine::RouteRow>();
    if (!RouteListModel::matches(row, m_filter)) {
        return false;
    }
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return row.name.contains(word, Qt::CaseInsensitive) || row.ns.contains(word, Qt::CaseInsensitive)
            || row.host.contains(word, Qt::CaseInsensitive) || row.kind.contains(word, Qt::CaseInsensitive)
            || row.badge.compare(word, Qt::CaseInsensitive) == 0;
    });
}

} // namespace fairway::ui
