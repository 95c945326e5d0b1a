#include "widgets/charts/problems_panel.h"

#include "widgets/charts/problems_model.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {

constexpr int RowHeight = 28;
constexpr int MostRows = 4;

class ProblemDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &t = theme();
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, t.color(Token::Selection));
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, t.color(Token::Hover));
        painter->fillRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1, t.color(Token::Line));
        const auto severity = static_cast<engine::Severity>(index.data(ProblemsModel::ProblemSeverityRole).toInt());
        QRect body = option.rect.adjusted(8, 0, -8, 0);
        const QColor color = severity == engine::Severity::Info ? t.color(Token::Muted) : t.severityColor(severity);
        switch (index.column()) {
        case ProblemsModel::SeverityColumn:
            paintLineIcon(*painter, Theme::severityIcon(severity), color, QPointF(body.left() + 4, body.top() + (body.height() - 14) / 2.0), 14);
            body.adjust(28, 0, 0, 0);
            painter->setPen(color);
            painter->setFont(t.font(FontRole::Body));
            break;
        case ProblemsModel::PlaceColumn:
            painter->setPen(t.color(Token::Text));
            painter->setFont(t.font(FontRole::Mono));
            break;
        case ProblemsModel::SourceColumn:
            painter->setPen(t.color(Token::Muted));
            painter->setFont(t.font(FontRole::Small));
            break;
        default:
            painter->setPen(t.color(Token::Text));
            painter->setFont(t.font(FontRole::Body));
            break;
        }
        painter->drawText(body, Qt::AlignVCenter,
            painter->fontMetrics().elidedText(index.data().toString(), index.column() == ProblemsModel::PlaceColumn ? Qt::ElideMiddle : Qt::ElideRight, body.width()));
        painter->restore();
    }
};

} // namespace

ProblemsPanel::ProblemsPanel(QWidget *parent)
    : QWidget(parent)
    , m_model(new ProblemsModel(this))
    , m_table(new QTableView)
    , m_errors(new TextLabel({}, FontRole::Body, Token::Bad))
    , m_warnings(new TextLabel({}, FontRole::Body, Token::Warning))
    , m_notes(new TextLabel({}, FontRole::Body, Token::Muted))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ProblemDelegate(m_table));
    m_table->setAccessibleName(tr("Findings"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->horizontalHeader()->hide();
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(RowHeight);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setMouseTracking(true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setColumnWidth(ProblemsModel::SeverityColumn, 100);
    m_table->setColumnWidth(ProblemsModel::PlaceColumn, 230);
    m_table->setColumnWidth(ProblemsModel::SourceColumn, 90);
    m_table->horizontalHeader()->setMinimumSectionSize(40);
    m_table->horizontalHeader()->setSectionResizeMode(ProblemsModel::MessageColumn, QHeaderView::Stretch);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(12, 0, 12, 0);
    head->setSpacing(12);
    head->addWidget(new TextLabel(tr("Findings"), FontRole::Strong));
    head->addWidget(m_errors);
    head->addWidget(m_warnings);
    head->addWidget(m_notes);
    head->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 1, 0, 0);
    column->setSpacing(0);
    auto *top = new QWidget;
    top->setFixedHeight(32);
    top->setLayout(head);
    column->addWidget(top);
    column->addWidget(m_table);
    const auto choose = [this](const QModelIndex &index) {
        if (index.isValid())
            Q_EMIT chosen(m_model->problem(index.row()));
    };
    connect(m_table, &QTableView::clicked, this, choose);
    connect(m_table, &QTableView::activated, this, choose);
    setProblems({});
}

void ProblemsPanel::setProblems(const QList<engine::ChartProblem> &problems)
{
    m_model->setProblems(problems);
    const auto count = [&](engine::Severity severity) {
        return std::count_if(problems.begin(), problems.end(), [&](const engine::ChartProblem &one) { return one.severity == severity; });
    };
    const auto errors = count(engine::Severity::Error);
    const auto warnings = count(engine::Severity::Warning);
    const auto notes = qsizetype(problems.size()) - errors - warnings;
    m_errors->setText(errors == 1 ? tr("1 error") : tr("%1 errors").arg(errors));
    m_errors->setVisible(errors > 0);
    m_warnings->setText(warnings == 1 ? tr("1 warning") : tr("%1 warnings").arg(warnings));
    m_warnings->setVisible(warnings > 0);
    m_notes->setText(problems.isEmpty() ? tr("none") : notes == 1 ? tr("1 note") : tr("%1 notes").arg(notes));
    m_notes->setVisible(notes > 0 || problems.isEmpty());
    const int rows = std::min<int>(MostRows, int(problems.size()));
    m_table->setFixedHeight(rows * RowHeight);
    m_table->setVisible(rows > 0);
}

void ProblemsPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().color(Token::Surface));
    painter.fillRect(0, 0, width(), 1, theme().color(Token::Line));
}

} // namespace fairway::ui
