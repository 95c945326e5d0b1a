#include "widgets/workspace/matrix_model.h"

#include <algorithm>

namespace fairway::ui {

namespace {

QString firstLine(const std::string &text)
{
    return QString::fromStdString(text.substr(0, std::min<std::size_t>(text.find('\n'), 400)));
}

} // namespace

MatrixModel::MatrixModel(engine::ChartMatrix &matrix, QObject *parent)
    : QAbstractTableModel(parent)
    , m_matrix(matrix)
{
    connect(&matrix, &engine::ChartMatrix::workspaceChanged, this, &MatrixModel::rebuild);
    connect(&matrix, &engine::ChartMatrix::cellChanged, this, [this](int cell) {
        if (cell >= m_places.size())
            return;
        const auto [row, column] = m_places[cell];
        Q_EMIT dataChanged(index(row, column), index(row, column));
        Q_EMIT dataChanged(index(row, 0), index(row, 0));
    });
    rebuild();
}

void MatrixModel::rebuild()
{
    beginResetModel();
    const chart::Workspace &workspace = m_matrix.workspace();
    const auto rows = static_cast<qsizetype>(workspace.charts.size());
    m_cells = QList<QList<int>>(rows, QList<int>(static_cast<qsizetype>(workspace.environments.size()), -1));
    m_places.clear();
    for (const chart::WorkspaceCell &cell : workspace.cells) {
        m_cells[static_cast<qsizetype>(cell.chart)][static_cast<qsizetype>(cell.environment)] = static_cast<int>(m_places.size());
        m_places.append({static_cast<int>(cell.chart), static_cast<int>(cell.environment) + 1});
    }
    endResetModel();
}

int MatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cells.size());
}

int MatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_cells.isEmpty() ? 0 : static_cast<int>(m_cells.first().size()) + 1;
}

int MatrixModel::cellAt(int row, int column) const
{
    return column < 1 ? -1 : m_cells[row][column - 1];
}

MatrixModel::State MatrixModel::stateOf(int cell) const
{
    if (cell < 0)
        return State::None;
    const chart::CellOutcome *outcome = m_matrix.outcome(cell);
    if (outcome == nullptr)
        return m_matrix.isStopped() ? State::Stopped : State::Waiting;
    if (!outcome->error.empty() || outcome->lintErrors > 0)
        return State::Bad;
    return outcome->lintWarnings > 0 || !outcome->baseProblem.empty() ? State::Warning : State::Good;
}

QString MatrixModel::titleOf(int cell) const
{
    const chart::CellOutcome *outcome = m_matrix.outcome(cell);
    if (cell < 0)
        return {};
    if (outcome == nullptr)
        return m_matrix.isStopped() ? tr("not rendered") : tr("rendering");
    if (!outcome->error.empty())
        return tr("fails");
    QString text = outcome->objects == 1 ? tr("1 object") : tr("%1 objects").arg(outcome->objects);
    const std::size_t findings = outcome->lintErrors + outcome->lintWarnings;
    if (findings > 0)
        text += QStringLiteral(", ") + (findings == 1 ? tr("1 finding") : tr("%1 findings").arg(findings));
    return text;
}

QString MatrixModel::detailOf(int cell) const
{
    const chart::CellOutcome *outcome = m_matrix.outcome(cell);
    if (outcome == nullptr)
        return {};
    if (!outcome->error.empty())
        return firstLine(outcome->error);
    const bool isBump = m_matrix.comparison() == engine::ChartMatrix::Comparison::Bump;
    if (!outcome->baseProblem.empty())
        return (isBump ? tr("with it, it fails: %1") : tr("the base fails: %1")).arg(firstLine(outcome->baseProblem));
    if (!outcome->isCompared)
        return isBump ? tr("doesn't use it") : QString();
    if (outcome->isNew)
        return tr("new chart");
    return outcome->changes.empty() ? tr("unchanged") : outcome->changes.size() == 1 ? tr("1 object differs") : tr("%1 objects differ").arg(outcome->changes.size());
}

QVariant MatrixModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int cell = cellAt(index.row(), index.column());
    const QString chart = QString::fromStdString(m_matrix.workspace().charts[static_cast<std::size_t>(index.row())]);
    const auto any = [&](auto &&test) {
        const QList<int> &row = m_cells[index.row()];
        return index.column() == 0 ? std::any_of(row.begin(), row.end(), test) : test(cell);
    };
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == 0)
            return chart == QLatin1String(".") ? m_matrix.folder().section(QLatin1Char('/'), -1) : chart;
        return titleOf(cell);
    case Qt::ToolTipRole: {
        const chart::CellOutcome *outcome = m_matrix.outcome(cell);
        return outcome != nullptr && !outcome->error.empty() ? QString::fromStdString(outcome->error.substr(0, 4000)) : detailOf(cell);
    }
    case Qt::AccessibleTextRole:
        if (index.column() == 0)
            return chart;
        return cell < 0 ? tr("%1 has no %2").arg(chart, headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString())
                        : tr("%1 in %2: %3 %4").arg(chart, headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString(), titleOf(cell), detailOf(cell));
    case StateRole: return static_cast<int>(stateOf(cell));
    case DetailRole: return detailOf(cell);
    case FailsRole: {
        const chart::CellOutcome *outcome = m_matrix.outcome(cell);
        return outcome != nullptr && !outcome->error.empty();
    }
    case PendingRole: return m_matrix.isPending(cell);
    case CellRole: return cell;
    case IsProblemRole: return any([this](int each) { return stateOf(each) == State::Bad || stateOf(each) == State::Warning; });
    case IsChangedRole:
        return any([this](int each) {
            const chart::CellOutcome *outcome = m_matrix.outcome(each);
            return outcome != nullptr && !outcome->changes.empty();
        });
    default: return {};
    }
}

QVariant MatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    if (section == 0)
        return tr("Chart");
    const auto &environments = m_matrix.workspace().environments;
    const auto at = static_cast<std::size_t>(section) - 1;
    if (at >= environments.size())
        return {};
    return at == 0 ? tr("values.yaml alone") : QString::fromStdString(environments[at]);
}

void MatrixFilter::setFilter(const QString &text, bool onlyProblems, bool onlyChanged)
{
    m_text = text.trimmed();
    m_onlyProblems = onlyProblems;
    m_onlyChanged = onlyChanged;
    invalidateFilter();
}

bool MatrixFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    return (m_text.isEmpty() || index.data().toString().contains(m_text, Qt::CaseInsensitive))
        && (!m_onlyProblems || index.data(MatrixModel::IsProblemRole).toBool()) && (!m_onlyChanged || index.data(MatrixModel::IsChangedRole).toBool());
}

} // namespace fairway::ui
