#include "widgets/charts/chart_files_model.h"

#include <QHash>

#include <algorithm>

namespace fairway::ui {

struct ChartFilesModel::Node {
    QString name;
    QString path;
    QString note; ///< Version of a chart.
    Node *parent = nullptr;
    std::vector<std::unique_ptr<Node>> children;
    int row = 0;
    bool isFile = false;
    bool isChart = false;
    bool isEdited = false;
    bool isConflict = false;
    engine::Severity severity = engine::Severity::Good;
};

ChartFilesModel::ChartFilesModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

ChartFilesModel::~ChartFilesModel() = default;

ChartFilesModel::Node *ChartFilesModel::node(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

QModelIndex ChartFilesModel::indexOf(const Node *node) const
{
    return !node || node == m_root.get() ? QModelIndex() : createIndex(node->row, 0, node);
}

ChartFilesModel::Node *ChartFilesModel::folder(const QString &path)
{
    Node *at = m_root->children.front().get();
    const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    QString whole;
    for (const QString &part : parts) {
        whole += (whole.isEmpty() ? QString() : QStringLiteral("/")) + part;
        const auto found = std::find_if(at->children.begin(), at->children.end(), [&](const auto &child) { return child->name == part && !child->isFile; });
        if (found != at->children.end()) {
            at = found->get();
            continue;
        }
        auto fresh = std::make_unique<Node>();
        fresh->name = part;
        fresh->path = whole;
        fresh->parent = at;
        at->children.push_back(std::move(fresh));
        at = at->children.back().get();
    }
    return at;
}

void ChartFilesModel::setChart(const engine::ChartInfo &info)
{
    const bool isSameTree = info.path == m_info.path && info.name == m_info.name && info.version == m_info.version && info.subcharts == m_info.subcharts
        && std::equal(info.files.begin(), info.files.end(), m_info.files.begin(), m_info.files.end(),
            [](const engine::ChartFileRow &a, const engine::ChartFileRow &b) { return a.path == b.path; });
    m_info = info;
    if (isSameTree) {
        for (const engine::ChartFileRow &file : info.files) {
            const QModelIndex at = indexOf(file.path);
            if (Node *one = at.isValid() ? node(at) : nullptr; one && (one->isEdited != file.isEdited || one->isConflict != file.isConflict)) {
                one->isEdited = file.isEdited;
                one->isConflict = file.isConflict;
                touch(one);
            }
        }
        return;
    }
    beginResetModel();
    m_root = std::make_unique<Node>();
    if (!info.path.isEmpty()) {
        auto top = std::make_unique<Node>();
        top->name = info.name.isEmpty() ? info.path.section(QLatin1Char('/'), -1) : info.name;
        top->note = info.version;
        top->isChart = true;
        top->parent = m_root.get();
        m_root->children.push_back(std::move(top));
        QHash<QString, const engine::SubchartRow *> subcharts;
        for (const engine::SubchartRow &subchart : info.subcharts) {
            Node *chart = folder(subchart.folder);
            chart->isChart = true;
            chart->note = subchart.version;
            subcharts.insert(subchart.folder, &subchart);
        }
        for (const engine::ChartFileRow &file : info.files) {
            if (subcharts.contains(file.path))
                continue; // The archive itself: shown as the chart it holds.
            Node *above = folder(file.path.section(QLatin1Char('/'), 0, -2));
            auto one = std::make_unique<Node>();
            one->name = file.path.section(QLatin1Char('/'), -1);
            one->path = file.path;
            one->parent = above;
            one->isFile = true;
            one->isEdited = file.isEdited;
            one->isConflict = file.isConflict;
            above->children.push_back(std::move(one));
        }
        // As people look for them: Chart.yaml, values, templates; subcharts last.
        const auto rank = [](const Node &one) {
            const QStringList order {QStringLiteral("Chart.yaml"), QStringLiteral("values.yaml"), QStringLiteral("values.schema.json")};
            const qsizetype place = order.indexOf(one.name);
            return place >= 0 ? int(place) : !one.isFile && one.name == QLatin1String("templates") ? 5 : !one.isFile && one.name == QLatin1String("charts") ? 9 : one.isFile ? 4 : 6;
        };
        const auto arrange = [&](auto &&self, Node &one) -> void {
            std::stable_sort(one.children.begin(), one.children.end(), [&](const auto &a, const auto &b) {
                const int rankA = rank(*a);
                const int rankB = rank(*b);
                return rankA != rankB ? rankA < rankB : a->name < b->name;
            });
            int row = 0;
            for (const auto &child : one.children) {
                child->row = row++;
                self(self, *child);
            }
        };
        arrange(arrange, *m_root);
    }
    endResetModel();
}

void ChartFilesModel::setProblems(const QList<engine::ChartProblem> &problems)
{
    QHash<QString, engine::Severity> worst;
    for (const engine::ChartProblem &problem : problems) {
        engine::Severity &severity = worst[problem.file];
        severity = std::max(severity, problem.severity);
    }
    const auto visit = [&](auto &&self, Node &one) -> void {
        const engine::Severity severity = one.isFile ? worst.value(one.path, engine::Severity::Good) : engine::Severity::Good;
        if (one.severity != severity) {
            one.severity = severity;
            touch(&one);
        }
        for (const auto &child : one.children)
            self(self, *child);
    };
    visit(visit, *m_root);
}

void ChartFilesModel::touch(const Node *node)
{
    const QModelIndex at = indexOf(node);
    Q_EMIT dataChanged(at, at);
}

QModelIndex ChartFilesModel::indexOf(const QString &path) const
{
    const Node *at = m_root->children.empty() ? nullptr : m_root->children.front().get();
    while (at && at->path != path) {
        const auto found = std::find_if(at->children.begin(), at->children.end(),
            [&](const auto &child) { return child->path == path || path.startsWith(child->path + QLatin1Char('/')); });
        at = found == at->children.end() ? nullptr : found->get();
    }
    return indexOf(at);
}

QModelIndex ChartFilesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, node(parent)->children[static_cast<std::size_t>(row)].get());
}

QModelIndex ChartFilesModel::parent(const QModelIndex &index) const
{
    return index.isValid() ? indexOf(node(index)->parent) : QModelIndex();
}

int ChartFilesModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(node(parent)->children.size());
}

int ChartFilesModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ChartFilesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Node &one = *node(index);
    switch (role) {
    case Qt::DisplayRole: return one.name;
    case Qt::ToolTipRole:
        return one.isConflict ? tr("%1: edited here, and changed on the disk").arg(one.path) : one.isEdited ? tr("%1: not saved").arg(one.path) : one.path;
    case Qt::AccessibleTextRole: {
        QStringList words {one.name};
        if (!one.note.isEmpty())
            words << one.note;
        if (one.isEdited)
            words << tr("not saved");
        if (one.severity == engine::Severity::Error)
            words << tr("has an error");
        else if (one.severity == engine::Severity::Warning)
            words << tr("has a warning");
        return words.join(QStringLiteral(", "));
    }
    case PathRole: return one.path;
    case IsFileRole: return one.isFile;
    case IconRole: return one.isChart ? QStringLiteral("package") : one.isFile ? QStringLiteral("file") : QStringLiteral("folder");
    case NoteRole: return one.note;
    case SeverityRole: return int(one.isConflict ? engine::Severity::Error : one.severity);
    case IsEditedRole: return one.isEdited;
    default: return {};
    }
}

} // namespace fairway::ui
