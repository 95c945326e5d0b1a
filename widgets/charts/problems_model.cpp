#include "widgets/charts/problems_model.h"

#include <QCoreApplication>

#include <algorithm>

namespace fairway::ui {

QString placeText(const QString &file, int line)
{
    // Of a values file its name says enough; the tool tip has the path.
    const QString name = file.startsWith(QLatin1Char('/')) ? file.section(QLatin1Char('/'), -1) : file;
    return line > 0 ? QStringLiteral("%1:%2").arg(name).arg(line) : name;
}

QString severityWord(engine::Severity severity)
{
    switch (severity) {
    case engine::Severity::Error: return QCoreApplication::translate("Problems", "error");
    case engine::Severity::Warning: return QCoreApplication::translate("Problems", "warning");
    default: return QCoreApplication::translate("Problems", "note");
    }
}

void ProblemsModel::setProblems(const QList<engine::ChartProblem> &problems)
{
    QList<engine::ChartProblem> sorted = problems;
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.severity > b.severity; });
    if (sorted == m_problems)
        return;
    const int before = int(m_problems.size());
    const int after = int(sorted.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_problems.resize(after);
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_problems = m_problems + sorted.mid(before);
        endInsertRows();
    }
    m_problems = std::move(sorted);
    if (after > 0)
        Q_EMIT dataChanged(index(0, 0), index(after - 1, ColumnCount - 1));
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

int ProblemsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const engine::ChartProblem &one = m_problems[index.row()];
    if (role == ProblemSeverityRole)
        return int(one.severity);
    if (role == Qt::ToolTipRole)
        return index.column() == PlaceColumn && !one.file.isEmpty() ? one.file : one.detail;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case SeverityColumn: return severityWord(one.severity);
    case PlaceColumn: return placeText(one.file, one.line);
    case MessageColumn: return one.message;
    case SourceColumn: return one.source == QLatin1String("schema") ? tr("schema")
            : one.source == QLatin1String("lint")                   ? tr("lint")
            : one.source == QLatin1String("extra")                  ? tr("extra lint")
            : one.source == QLatin1String("values")                 ? tr("values")
            : one.source == QLatin1String("chart")                  ? tr("chart")
                                                                    : tr("render");
    default: return {};
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    switch (section) {
    case SeverityColumn: return tr("Severity");
    case PlaceColumn: return tr("Place");
    case MessageColumn: return tr("Message");
    case SourceColumn: return tr("Found by");
    default: return {};
    }
}

} // namespace fairway::ui
