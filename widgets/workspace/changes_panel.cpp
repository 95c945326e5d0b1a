#include "widgets/workspace/changes_panel.h"

#include "widgets/common/diff_widget.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace fairway::ui {

ChangesPanel::ChangesPanel(QWidget *parent)
    : QWidget(parent)
    , m_header(new SectionHeader(QString()))
    , m_open(new QPushButton(tr("Open chart")))
    , m_words(new TextLabel({}, FontRole::Body, Token::Muted))
    , m_body(new QWidget)
    , m_objects(new QListWidget)
    , m_diff(new DiffWidget)
{
    setCompact(m_open);
    m_open->setToolTip(tr("Open this chart with the values files of the environment"));
    m_header->addWidget(m_open);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_objects->setAccessibleName(tr("Objects that differ"));
    m_objects->setFrameShape(QFrame::NoFrame);
    m_objects->setMaximumWidth(320);
    m_diff->setAccessibleName(tr("Lines that differ"));
    m_diff->setMaximumLines(1000);
    auto *body = new QHBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    body->addWidget(m_objects);
    body->addWidget(new Hairline(Qt::Vertical));
    body->addWidget(m_diff, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(6);
    column->addWidget(m_header);
    column->addWidget(m_words);
    column->addWidget(m_body, 1);
    column->addStretch(0);
    connect(m_objects, &QListWidget::currentRowChanged, this, &ChangesPanel::showChange);
    connect(m_open, &QPushButton::clicked, this, &ChangesPanel::openRequested);
}

void ChangesPanel::show(const QString &title, const chart::CellOutcome *outcome, const engine::ChartMatrix &matrix)
{
    using Comparison = engine::ChartMatrix::Comparison;
    setVisible(outcome != nullptr);
    if (outcome == nullptr)
        return;
    m_header->setTitle(title);
    const QListWidgetItem *current = m_objects->currentItem();
    const QString kept = current != nullptr ? current->text() : QString();
    m_changes = outcome->changes;
    const bool isBump = matrix.comparison() == Comparison::Bump;
    const QString other = QStringLiteral("%1 %2").arg(matrix.bumpName(), matrix.bumpWanted());
    const QString baseProblem = QString::fromStdString(outcome->baseProblem.substr(0, 4000));
    QString words;
    if (!outcome->error.empty())
        words = QString::fromStdString(outcome->error.substr(0, 4000));
    else if (!baseProblem.isEmpty())
        words = isBump ? tr("With %1 it can't be rendered: %2").arg(other, baseProblem) : tr("The commit's chart can't be compared: %1").arg(baseProblem);
    else if (!outcome->isCompared && isBump)
        words = tr("The chart doesn't depend on %1.").arg(matrix.bumpName());
    else if (!outcome->isCompared)
        words = tr("Name a git commit above, or another version of a dependency, to see what differs from it.");
    else if (m_changes.empty())
        words = isBump ? tr("Renders to the same objects with %1.").arg(other) : tr("Renders to the same objects as at the commit.");
    m_words->setText(words);
    m_words->setVisible(!words.isEmpty());
    m_objects->clear();
    int row = 0;
    for (const chart::ObjectChange &change : m_changes) {
        const bool isRemoved = change.kind == chart::ObjectChange::Kind::Removed;
        const chart::CellObject &object = isRemoved ? change.before : change.after;
        const QString word = isRemoved ? tr("removed") : change.kind == chart::ObjectChange::Kind::Added ? tr("added") : tr("changed");
        auto *item = new QListWidgetItem(QStringLiteral("%1 %2, %3").arg(QString::fromStdString(object.kind), QString::fromStdString(object.name), word));
        item->setIcon(lineIcon(isRemoved ? QStringLiteral("minus") : change.kind == chart::ObjectChange::Kind::Added ? QStringLiteral("plus") : QStringLiteral("diff")));
        m_objects->addItem(item);
        if (item->text() == kept)
            row = m_objects->count() - 1;
    }
    m_body->setVisible(!m_changes.empty());
    m_objects->setCurrentRow(m_changes.empty() ? -1 : row);
}

void ChangesPanel::showChange(int row)
{
    const bool hasChange = row >= 0 && static_cast<std::size_t>(row) < m_changes.size();
    m_diff->setLines(hasChange ? engine::ChartMatrix::diffOf(m_changes[static_cast<std::size_t>(row)]) : QList<engine::DiffLine>());
}

} // namespace fairway::ui
