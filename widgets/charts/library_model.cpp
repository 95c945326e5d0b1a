#include "widgets/charts/library_model.h"

#include <algorithm>

namespace fairway::ui {

void LibraryModel::setCharts(const QList<engine::LibraryChart> &charts)
{
    if (charts == m_charts)
        return;
    beginResetModel();
    m_charts = charts;
    endResetModel();
}

const engine::LibraryChart *LibraryModel::chart(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_charts.size() ? &m_charts[index.row()] : nullptr;
}

int LibraryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_charts.size());
}

int LibraryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LibraryModel::data(const QModelIndex &index, int role) const
{
    const engine::LibraryChart *one = chart(index);
    if (one == nullptr)
        return {};
    if (role == Qt::ToolTipRole)
        return one->isDeprecated ? tr("Deprecated: %1").arg(one->description) : one->description;
    if (role == Qt::AccessibleTextRole && index.column() == NameColumn)
        return QStringLiteral("%1 %2").arg(one->name, one->versions.value(0));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case NameColumn: return one->name;
    case VersionColumn: return one->versions.value(0);
    case AppVersionColumn: return one->appVersion;
    case DescriptionColumn: return one->isDeprecated ? tr("Deprecated: %1").arg(one->description) : one->description;
    default: return {};
    }
}

QVariant LibraryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn: return tr("Chart");
    case VersionColumn: return tr("Newest");
    case AppVersionColumn: return tr("App");
    case DescriptionColumn: return tr("What it is");
    default: return {};
    }
}

void LibraryFilter::setText(const QString &text)
{
    m_words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateFilter();
}

bool LibraryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString all = sourceModel()->index(row, LibraryModel::NameColumn, parent).data().toString() + QLatin1Char(' ')
        + sourceModel()->index(row, LibraryModel::DescriptionColumn, parent).data().toString();
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) { return all.contains(word, Qt::CaseInsensitive); });
}

} // namespace fairway::ui
