#include "widgets/explorer/explorer_page.h"

#include "widgets/common/empty_state.h"
#include "widgets/common/format.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_cell_delegate.h"
#include "widgets/explorer/kind_panel.h"
#include "widgets/explorer/object_panel.h"
#include "widgets/explorer/object_table_model.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSplitter>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

ExplorerPage::ExplorerPage(engine::Engine &engine, QWidget *parent)
    : Page(parent)
    , m_engine(engine)
    , m_kinds(new KindPanel(engine.objects()))
    , m_header(new PageHeader({}))
    , m_filter(new QLineEdit)
    , m_table(new QTableView)
    , m_state(new EmptyState)
    , m_object(new ObjectPanel(engine.objects()))
    , m_model(new ObjectTableModel(this))
    , m_filterDelay(new QTimer(this))
    , m_refetch(new QTimer(this))
{
    m_filter->setPlaceholderText(tr("Filter by name (Ctrl+F)"));
    m_filter->setAccessibleName(tr("Object filter"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setFixedWidth(240);
    m_header->addWidget(m_filter);

    m_table->setModel(m_model);
    m_table->setItemDelegate(new TextCellDelegate(m_table));
    m_table->setAccessibleName(tr("Objects"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setWordWrap(false);
    m_table->setCornerButtonEnabled(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSortingEnabled(true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    // Fixed heights: measuring 100 000 rows would freeze the window.
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(28);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);

    auto *centre = new QWidget;
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_table, 1);
    column->addWidget(m_state, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(centre);
    splitter->addWidget(m_object);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_kinds);
    row->addWidget(splitter, 1);
    setFocusProxy(m_table);

    m_filterDelay->setSingleShot(true);
    m_filterDelay->setInterval(120);
    m_refetch->setSingleShot(true);
    m_refetch->setInterval(500);
    connect(m_filter, &QLineEdit::textChanged, m_filterDelay, qOverload<>(&QTimer::start));
    connect(m_filterDelay, &QTimer::timeout, this, [this] {
        if (m_model->table())
            m_model->table()->setFilter(m_filter->text().trimmed());
    });
    connect(m_refetch, &QTimer::timeout, m_object, &ObjectPanel::fetchAgain);
    connect(m_kinds, &KindPanel::chosen, this, &ExplorerPage::openKind);
    connect(m_kinds, &KindPanel::kindsChanged, this, &ExplorerPage::applyTarget);
    connect(m_model, &ObjectTableModel::stateChanged, this, &ExplorerPage::showCounts);
    connect(m_model, &QAbstractItemModel::modelReset, this, &ExplorerPage::keepSelection);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first, const QModelIndex &last) {
        const int current = m_table->currentIndex().row();
        if (current >= first.row() && current <= last.row() && !m_refetch->isActive())
            m_refetch->start();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ExplorerPage::onCurrentRow);
    connect(m_object, &ObjectPanel::navigate, this, &Page::navigate);
    connect(m_state, &EmptyState::activated, this, [this] {
        if (!m_filter->text().isEmpty())
            m_filter->clear();
        else if (m_model->table() && m_model->table()->problem().isEmpty() && !m_engine.contexts().currentNamespace().isEmpty())
            m_engine.contexts().setNamespace({});
        else
            reopen();
    });
    connect(&engine.contexts(), &engine::ContextService::namespacesChanged, this, &ExplorerPage::reopen);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &ExplorerPage::reopen);
    addKeys();
    showCounts();
    m_target = QStringLiteral("v1/pods");
    applyTarget();
}

void ExplorerPage::addKeys()
{
    const auto add = [this](const QString &text, const QKeySequence &keys, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, run);
        addAction(action);
    };
    add(tr("Filter objects by name"), QKeySequence::Find, [this] { m_filter->setFocus(); });
    add(tr("Filter kinds"), QKeySequence(QStringLiteral("Ctrl+Shift+F")), [this] { m_kinds->filter()->setFocus(); });
    add(tr("Copy the YAML of the chosen object"), QKeySequence(QStringLiteral("Ctrl+Shift+Y")), [this] { m_object->copyYaml(); });
    add(tr("Copy the name of the chosen object"), QKeySequence(QStringLiteral("Ctrl+Shift+X")),
        [this] { QGuiApplication::clipboard()->setText(m_selectedKey.section(QLatin1Char('/'), -1)); });
}

void ExplorerPage::openTarget(const QString &target)
{
    m_target = target;
    applyTarget();
}

void ExplorerPage::applyTarget()
{
    if (m_target.isEmpty())
        return;
    // The longest id that starts the target; what follows is [namespace/]name.
    const engine::KindInfo *found = nullptr;
    for (const engine::KindInfo &kind : m_kinds->kinds()) {
        const bool isPrefix = m_target == kind.id || m_target.startsWith(kind.id + QLatin1Char('/'));
        if (isPrefix && (!found || kind.id.size() > found->id.size()))
            found = &kind;
    }
    if (!found)
        return; // Asked again when the kinds are known.
    const engine::KindInfo kind = *found;
    const QString rest = m_target.mid(kind.id.size() + 1);
    m_target.clear();
    m_kinds->select(kind.id);
    if (m_kind.id != kind.id)
        openKind(kind.id);
    if (rest.isEmpty())
        return;
    const QString name = rest.section(QLatin1Char('/'), -1);
    m_selectedKey = kind.isNamespaced ? rest : name;
    m_filter->setText(name);
    m_filterDelay->stop();
    if (m_model->table())
        m_model->table()->setFilter(name);
    keepSelection();
}

void ExplorerPage::openKind(const QString &kindId)
{
    for (const engine::KindInfo &kind : m_kinds->kinds()) {
        if (kind.id == kindId)
            m_kind = kind;
    }
    m_selectedKey.clear();
    m_filter->clear();
    m_filterDelay->stop();
    m_object->clear();
    m_areColumnsFitted = false;
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_header->setTitle(m_kind.kind);
    m_model->setTable(m_engine.objects().openTable(kindId));
}

void ExplorerPage::reopen()
{
    if (m_kind.id.isEmpty())
        return;
    const QString key = m_selectedKey;
    const QString filter = m_filter->text();
    m_areColumnsFitted = false;
    m_selectedKey = key;
    m_model->setTable(m_engine.objects().openTable(m_kind.id));
    if (!filter.isEmpty() && m_model->table())
        m_model->table()->setFilter(filter.trimmed());
}

void ExplorerPage::showCounts()
{
    const engine::ObjectTable *table = m_model->table();
    if (!table) {
        m_table->hide();
        m_state->show(EmptyState::Kind::Loading, tr("Reading the kinds"), tr("The server tells which kinds it knows."));
        return;
    }
    const int shown = table->rowCount();
    const int total = table->totalCount();
    const QString ns = m_engine.contexts().currentNamespace();
    const QString place = m_kind.isNamespaced && !ns.isEmpty() ? tr("in %1").arg(ns) : QString();
    const QString count = shown == total ? groupedNumber(total) : tr("%1 of %2").arg(groupedNumber(shown), groupedNumber(total));
    m_header->setNote(table->isLoaded() || total > 0 ? QStringLiteral("%1 %2").arg(count, place).trimmed() : QString());
    const bool hasRows = shown > 0;
    m_table->setVisible(hasRows);
    m_state->setVisible(!hasRows);
    if (hasRows) {
        if (!m_areColumnsFitted)
            fitColumns();
        return;
    }
    if (!table->problem().isEmpty()) {
        const bool isDenied = !m_kind.canList || table->problem().contains(QLatin1String("no right"));
        m_state->show(isDenied ? EmptyState::Kind::Denied : EmptyState::Kind::Failed,
            isDenied ? tr("No right to list %1").arg(m_kind.kind) : tr("%1 can't be listed").arg(m_kind.kind),
            table->problem(), tr("Try again"));
    } else if (!table->isLoaded()) {
        m_state->show(EmptyState::Kind::Loading, tr("Reading %1").arg(m_kind.kind), {});
    } else if (total > 0) {
        m_state->show(EmptyState::Kind::Empty, tr("No name contains “%1”").arg(m_filter->text()),
            tr("%1 objects are hidden by the filter.").arg(groupedNumber(total)), tr("Clear the filter"));
    } else {
        m_state->show(EmptyState::Kind::Empty, place.isEmpty() ? tr("No %1").arg(m_kind.kind) : tr("No %1 %2").arg(m_kind.kind, place),
            tr("They appear here as soon as there are some."),
            place.isEmpty() ? QString() : tr("Show all namespaces"));
    }
}

void ExplorerPage::fitColumns()
{
    m_areColumnsFitted = true;
    const QFontMetrics metrics(m_table->font());
    const int sample = std::min(40, m_model->rowCount());
    for (int column = 0; column < m_model->columnCount(); ++column) {
        int width = metrics.horizontalAdvance(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) + 24;
        for (int row = 0; row < sample; ++row)
            width = std::max(width, metrics.horizontalAdvance(m_model->index(row, column).data().toString()) + 16);
        m_table->setColumnWidth(column, std::clamp(width + 8, 56, 380));
    }
}

void ExplorerPage::onCurrentRow()
{
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid())
        return;
    m_selectedKey = current.data(ObjectTableModel::KeyRole).toString();
    const bool hasNamespace = m_selectedKey.contains(QLatin1Char('/'));
    m_object->showObject(m_kind, hasNamespace ? m_selectedKey.section(QLatin1Char('/'), 0, 0) : QString(),
        m_selectedKey.section(QLatin1Char('/'), -1));
}

void ExplorerPage::keepSelection()
{
    if (m_selectedKey.isEmpty())
        return;
    const int row = m_model->findKey(m_selectedKey);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, 0));
}

} // namespace fairway::ui
