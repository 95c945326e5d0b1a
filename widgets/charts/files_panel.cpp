#include "widgets/charts/files_panel.h"

#include "widgets/charts/chart_files_model.h"
#include "widgets/common/layout_parts.h"
#include "widgets/theme/icons.h"

#include <QHeaderView>
#include <QPainter>
#include <QSet>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace fairway::ui {
namespace {

class FileDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &t = theme();
        painter->save();
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const auto severity = static_cast<engine::Severity>(index.data(ChartFilesModel::SeverityRole).toInt());
        const QRect row = option.rect;
        paintLineIcon(*painter, index.data(ChartFilesModel::IconRole).toString(), t.color(isSelected ? Token::Accent : Token::Muted),
            QPointF(row.left() + 2, row.top() + (row.height() - 14) / 2.0), 14);
        QRect body = row.adjusted(22, 0, -10, 0);
        if (severity >= engine::Severity::Warning) {
            paintLineIcon(*painter, Theme::severityIcon(severity), t.severityColor(severity), QPointF(body.right() - 14, row.top() + (row.height() - 14) / 2.0), 14);
            body.adjust(0, 0, -20, 0);
        }
        if (index.data(ChartFilesModel::IsEditedRole).toBool()) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(t.color(Token::Accent));
            painter->drawEllipse(QPointF(body.right() - 4, row.center().y() + 0.5), 3, 3);
            body.adjust(0, 0, -14, 0);
        }
        painter->setFont(t.font(FontRole::Body));
        painter->setPen(t.color(Token::Text));
        const QString name = painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, body.width());
        painter->drawText(body, Qt::AlignVCenter, name);
        const QString note = index.data(ChartFilesModel::NoteRole).toString();
        body.adjust(painter->fontMetrics().horizontalAdvance(name) + 6, 0, 0, 0);
        if (!note.isEmpty() && body.width() > 20) {
            painter->setFont(t.font(FontRole::Small));
            painter->setPen(t.color(Token::Muted));
            painter->drawText(body, Qt::AlignVCenter, painter->fontMetrics().elidedText(note, Qt::ElideRight, body.width()));
        }
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {120, 26}; }
};

/// Selection and chevrons in the theme's way over the whole row.
class FileTree final : public QTreeView {
public:
    using QTreeView::QTreeView;

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &t = theme();
        const bool isSelected = selectionModel() && selectionModel()->isSelected(index);
        if (isSelected)
            painter->fillRect(option.rect, t.color(Token::Selection));
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, t.color(Token::Hover));
        QTreeView::drawRow(painter, option, index);
    }
    void drawBranches(QPainter *painter, const QRect &rect, const QModelIndex &index) const override
    {
        if (model()->rowCount(index) > 0)
            paintLineIcon(*painter, isExpanded(index) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), theme().color(Token::Muted),
                QPointF(rect.right() - 15, rect.top() + (rect.height() - 14) / 2.0), 14);
    }
};

} // namespace

FilesPanel::FilesPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ChartFilesModel(this))
    , m_tree(new FileTree)
{
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new FileDelegate(m_tree));
    m_tree->setAccessibleName(tr("Files of the chart"));
    m_tree->setHeaderHidden(true);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setMouseTracking(true);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *header = new PageHeader(tr("Files"));
    header->setFixedHeight(36);
    column->addWidget(header);
    column->addWidget(m_tree, 1);
    setFocusProxy(m_tree);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        if (!m_isSelecting && current.data(ChartFilesModel::IsFileRole).toBool())
            Q_EMIT chosen(current.data(ChartFilesModel::PathRole).toString());
    });
    connect(m_tree, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (!index.data(ChartFilesModel::IsFileRole).toBool())
            m_tree->setExpanded(index, !m_tree->isExpanded(index));
        else
            Q_EMIT chosen(index.data(ChartFilesModel::PathRole).toString());
    });
}

void FilesPanel::setChart(const engine::ChartInfo &info)
{
    QSet<QString> open;
    QSet<QString> known;
    const auto note = [&](auto &&self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex child = m_model->index(row, 0, parent);
            if (child.data(ChartFilesModel::IsFileRole).toBool())
                continue;
            known.insert(child.data(ChartFilesModel::PathRole).toString());
            if (m_tree->isExpanded(child))
                open.insert(child.data(ChartFilesModel::PathRole).toString());
            self(self, child);
        }
    };
    const bool isSameChart = m_chart == info.path;
    if (isSameChart)
        note(note, {});
    m_chart = info.path;
    const QString current = m_tree->currentIndex().data(ChartFilesModel::PathRole).toString();
    m_isSelecting = true;
    m_model->setChart(info);
    const auto restore = [&](auto &&self, const QModelIndex &parent) -> void {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex child = m_model->index(row, 0, parent);
            if (child.data(ChartFilesModel::IsFileRole).toBool())
                continue;
            const QString path = child.data(ChartFilesModel::PathRole).toString();
            // At first the chart's own templates are what one wants to see.
            const bool isFirst = path.isEmpty() || path == QLatin1String("templates") || path == QLatin1String("charts");
            m_tree->setExpanded(child, known.contains(path) ? open.contains(path) : isFirst);
            self(self, child);
        }
    };
    restore(restore, {});
    if (isSameChart && !current.isEmpty())
        m_tree->setCurrentIndex(m_model->indexOf(current));
    m_isSelecting = false;
}

void FilesPanel::setProblems(const QList<engine::ChartProblem> &problems)
{
    m_model->setProblems(problems);
}

void FilesPanel::select(const QString &path)
{
    const QModelIndex at = m_model->indexOf(path);
    m_isSelecting = true;
    if (at.isValid()) {
        m_tree->setCurrentIndex(at);
        m_tree->scrollTo(at);
    } else {
        m_tree->clearSelection();
    }
    m_isSelecting = false;
}

} // namespace fairway::ui
