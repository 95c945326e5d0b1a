#include "widgets/workspace/workspace_view.h"

#include "widgets/common/banner.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"
#include "widgets/workspace/bump_dialog.h"
#include "widgets/workspace/changes_panel.h"
#include "widgets/workspace/matrix_delegate.h"
#include "widgets/workspace/matrix_model.h"
#include "widgets/workspace/offline_dialog.h"

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace fairway::ui {

WorkspaceView::WorkspaceView(QWidget *parent)
    : QWidget(parent)
    , m_header(new PageHeader(tr("Workspace")))
    , m_filterText(new QLineEdit)
    , m_against(new QLineEdit)
    , m_onlyProblems(new QPushButton(tr("Problems")))
    , m_onlyChanged(new QPushButton(tr("Changed")))
    , m_bump(new QPushButton)
    , m_endBump(new QToolButton)
    , m_offline(new QPushButton(tr("Make available offline")))
    , m_again(new QPushButton(tr("Render again")))
    , m_stop(new QPushButton(tr("Stop")))
    , m_progress(new QProgressBar)
    , m_banner(new Banner)
    , m_empty(new EmptyState)
    , m_table(new QTableView)
    , m_changes(new ChangesPanel)
    , m_model(new MatrixModel(m_matrix, this))
    , m_filter(new MatrixFilter(this))
{
    m_filterText->setPlaceholderText(tr("Filter charts"));
    m_filterText->setAccessibleName(tr("Filter charts"));
    m_filterText->setClearButtonEnabled(true);
    m_against->setPlaceholderText(tr("Compare with a commit: main, v1.2.0, HEAD~3"));
    m_against->setAccessibleName(tr("Commit to compare with"));
    m_against->setClearButtonEnabled(true);
    for (QPushButton *chip : {m_onlyProblems, m_onlyChanged}) {
        chip->setCheckable(true);
        setButtonKind(chip, ButtonKind::Chip);
        connect(chip, &QPushButton::toggled, this, &WorkspaceView::applyFilter);
    }
    buildHeader();
    m_filter->setSourceModel(m_model);
    m_filter->setDynamicSortFilter(true);
    m_table->setModel(m_filter);
    m_table->setItemDelegate(new MatrixDelegate(this));
    m_table->setAccessibleName(tr("Charts and environments"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(48);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setDefaultSectionSize(190);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);

    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(16, 8, 16, 8);
    tools->setSpacing(8);
    tools->addWidget(m_filterText, 1);
    tools->addWidget(m_onlyProblems);
    tools->addWidget(m_onlyChanged);
    tools->addWidget(m_against, 1);
    tools->addWidget(m_bump);
    tools->addWidget(m_endBump);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_progress);
    column->addLayout(tools);
    column->addWidget(m_banner);
    column->addWidget(m_empty, 1);
    column->addWidget(m_table, 3);
    column->addWidget(new Hairline);
    column->addWidget(m_changes, 2);
    m_banner->hide();

    connect(m_filterText, &QLineEdit::textChanged, this, &WorkspaceView::applyFilter);
    connect(m_against, &QLineEdit::editingFinished, this, [this] { m_matrix.setAgainst(m_against->text()); });
    connect(m_bump, &QPushButton::clicked, this, &WorkspaceView::askBump);
    connect(m_endBump, &QToolButton::clicked, this, [this] { m_matrix.setBump({}, {}); });
    connect(&m_matrix, &engine::ChartMatrix::stateChanged, this, &WorkspaceView::showState);
    connect(&m_matrix, &engine::ChartMatrix::fetchProgressed, this, [this](const QString &what, qint64 received, qint64 total) {
        const QLocale locale;
        m_fetching = total > 0 ? tr("fetching %1: %2 of %3").arg(what, locale.formattedDataSize(received), locale.formattedDataSize(total))
                               : tr("fetching %1: %2").arg(what, locale.formattedDataSize(received));
        showState();
    });
    connect(&m_matrix, &engine::ChartMatrix::workspaceChanged, this, [this] {
        fitColumns();
        if (!m_table->currentIndex().isValid() && m_filter->rowCount() > 0)
            m_table->setCurrentIndex(m_filter->index(0, 1));
        showState();
        // While it was being looked for, there was nothing to take the keyboard.
        const QWidget *focused = window()->focusWidget();
        if (isVisible() && m_filter->rowCount() > 0 && (focused == nullptr || !focused->isVisible() || focused == m_empty || focused == this))
            m_table->setFocus();
        showCell();
    });
    connect(&m_matrix, &engine::ChartMatrix::cellChanged, this, [this](int cell) {
        if (cell == currentCell())
            showCell();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &WorkspaceView::showCell);
    connect(m_table, &QTableView::activated, this, &WorkspaceView::openCell);
    connect(m_changes, &ChangesPanel::openRequested, this, &WorkspaceView::openCell);
    setFocusProxy(m_table);
    showState();
    showCell();
}

void WorkspaceView::buildHeader()
{
    const auto add = [this](QPushButton *button, const char *icon, const QString &tip) {
        button->setIcon(lineIcon(QString::fromLatin1(icon)));
        button->setToolTip(tip);
        m_header->addWidget(button);
    };
    auto *leave = new QPushButton(tr("Close"));
    add(m_offline, "package", tr("Fetch the dependencies that charts of the workspace lack (Ctrl+Shift+M)"));
    add(m_again, "refresh", tr("Read and render all of it anew (Ctrl+Shift+G)"));
    add(m_stop, "stop", tr("Stop rendering and fetching; what is there stays"));
    add(leave, "close", tr("Leave the workspace"));
    m_bump->setIcon(lineIcon(QStringLiteral("package")));
    m_endBump->setIcon(lineIcon(QStringLiteral("close")));
    m_endBump->setToolTip(tr("End the comparison with the other version"));
    m_endBump->setAccessibleName(m_endBump->toolTip());
    setButtonKind(m_endBump, ButtonKind::Flat);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(3);
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true); // nothing jumps when it comes and goes
    m_progress->setSizePolicy(policy);
    m_progress->setAccessibleName(tr("Progress"));
    connect(m_offline, &QPushButton::clicked, this, &WorkspaceView::askOffline);
    connect(m_again, &QPushButton::clicked, this, [this] { m_matrix.renderAgain(); });
    connect(m_stop, &QPushButton::clicked, this, [this] { m_matrix.stop(); });
    connect(leave, &QPushButton::clicked, this, &WorkspaceView::closeRequested);
}

void WorkspaceView::askBump()
{
    if (m_matrix.dependencies().all.empty())
        return;
    auto *dialog = new BumpDialog(m_matrix, this);
    connect(dialog, &BumpDialog::chosen, this, [this](const QString &dependency, const QString &wanted) { m_matrix.setBump(dependency, wanted); });
    dialog->open();
}

void WorkspaceView::askOffline()
{
    QStringList charts;
    for (const std::size_t chart : m_matrix.dependencies().incomplete)
        charts.append(QString::fromStdString(m_matrix.workspace().charts[chart]));
    if (!charts.isEmpty())
        (new OfflineDialog(QString::fromStdString(m_matrix.workspace().root), charts, this))->open();
}

void WorkspaceView::open(const QString &folder)
{
    m_against->clear();
    m_matrix.open(folder);
}

void WorkspaceView::focusFilter()
{
    m_filterText->setFocus(Qt::ShortcutFocusReason);
    m_filterText->selectAll();
}

void WorkspaceView::close()
{
    m_matrix.close();
}

void WorkspaceView::fitColumns()
{
    m_table->setColumnWidth(0, 220);
}

void WorkspaceView::showState()
{
    const bool hasCharts = m_model->rowCount() > 0;
    const QString problem = m_matrix.problem();
    m_table->setVisible(hasCharts);
    m_empty->setVisible(!hasCharts);
    if (!hasCharts && m_matrix.isOpening())
        m_empty->show(EmptyState::Kind::Loading, tr("Looking for charts"), m_matrix.folder());
    else if (!hasCharts && !problem.isEmpty())
        m_empty->show(EmptyState::Kind::Failed, tr("The folder can't be read"), problem);
    else if (!hasCharts)
        m_empty->show(EmptyState::Kind::Empty, tr("No charts here"), tr("A chart is a folder with a Chart.yaml; none stands in %1.").arg(m_matrix.folder()));
    m_banner->hide();
    if (hasCharts && !problem.isEmpty())
        m_banner->show(Tone::Bad, problem);
    else if (m_matrix.workspace().isCut)
        m_banner->show(Tone::Warning, tr("The folder holds more than is shown here."));
    showTools();
}

void WorkspaceView::showTools()
{
    const bool hasCharts = m_model->rowCount() > 0;
    const int all = static_cast<int>(m_matrix.workspace().cells.size());
    const int pending = m_matrix.pendingCount();
    const bool isBusy = pending > 0 || m_matrix.isOpening();
    if (!isBusy)
        m_fetching.clear();
    const QString counts = tr("Charts: %1, environments: %2").arg(m_matrix.workspace().charts.size()).arg(m_matrix.workspace().environments.size());
    QString note = counts;
    if (pending > 0)
        note = tr("%1, %2 of %3 rendered").arg(counts).arg(all - pending).arg(all);
    else if (m_matrix.isStopped())
        note = tr("%1, stopped").arg(counts);
    m_header->setNote(!hasCharts ? QString() : m_fetching.isEmpty() ? note : tr("%1, %2").arg(note, m_fetching));
    m_progress->setVisible(isBusy && hasCharts);
    m_progress->setRange(0, pending > 0 ? all : 0);
    m_progress->setValue(all - pending);
    m_stop->setVisible(isBusy);
    m_again->setVisible(!isBusy && hasCharts);
    const std::size_t incomplete = m_matrix.dependencies().incomplete.size();
    m_offline->setVisible(incomplete > 0);

    const bool isBump = m_matrix.comparison() == engine::ChartMatrix::Comparison::Bump;
    m_bump->setText(isBump ? tr("%1 with %2").arg(m_matrix.bumpName(), m_matrix.bumpWanted().section(QLatin1Char('/'), -1)) : tr("Bump a dependency"));
    setButtonKind(m_bump, isBump ? ButtonKind::Primary : ButtonKind::Normal);
    m_bump->setIcon(lineIcon(QStringLiteral("package"), isBump ? Token::AccentInk : Token::Muted));
    m_endBump->setVisible(isBump);
    const bool canBump = !m_matrix.dependencies().all.empty();
    m_bump->setEnabled(canBump);
    m_bump->setToolTip(!canBump ? tr("No chart here depends on another one")
            : isBump            ? tr("Compared with %1 %2 in its place. Try another one (Ctrl+Shift+B)").arg(m_matrix.bumpName(), m_matrix.bumpWanted())
                                : tr("See what another version of a dependency would change (Ctrl+Shift+B)"));
    if (m_against->text().trimmed() != m_matrix.against() && !m_against->hasFocus())
        m_against->setText(m_matrix.against());
}

int WorkspaceView::currentCell() const
{
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? index.data(MatrixModel::CellRole).toInt() : -1;
}

void WorkspaceView::showCell()
{
    const int cell = currentCell();
    const chart::CellOutcome *outcome = m_matrix.outcome(cell);
    QString title;
    if (outcome != nullptr) {
        const chart::WorkspaceCell &place = m_matrix.workspace().cells[static_cast<std::size_t>(cell)];
        title = tr("%1 in %2").arg(QString::fromStdString(m_matrix.workspace().charts[place.chart]),
            QString::fromStdString(m_matrix.workspace().environments[place.environment]));
    }
    m_changes->show(title, outcome, m_matrix);
}

void WorkspaceView::applyFilter()
{
    m_filter->setFilter(m_filterText->text(), m_onlyProblems->isChecked(), m_onlyChanged->isChecked());
}

void WorkspaceView::openCell()
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    const chart::Workspace &workspace = m_matrix.workspace();
    const QDir root(QString::fromStdString(workspace.root));
    const auto row = static_cast<std::size_t>(m_filter->mapToSource(index).row());
    QStringList files;
    if (const int cell = currentCell(); cell >= 0) {
        for (const std::string &file : workspace.cells[static_cast<std::size_t>(cell)].valuesFiles)
            files.append(root.absoluteFilePath(QString::fromStdString(file)));
    }
    Q_EMIT chartRequested(QDir::cleanPath(root.absoluteFilePath(QString::fromStdString(workspace.charts[row]))), files);
}

} // namespace fairway::ui
