#include "widgets/routes/route_list_panel.h"

#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/text_label.h"
#include "widgets/routes/route_delegate.h"
#include "widgets/routes/route_filter.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace fairway::ui {

namespace {
using Filter = RouteListModel::Filter;

/// Closed branches would hide routes, so none can be closed; Left and Right must not jump to a host either.
class RouteView final : public QTreeView {
public:
    using QTreeView::QTreeView;

protected:
    void drawBranches(QPainter *, const QRect &, const QModelIndex &) const override {}
    void drawRow(QPainter *painter, const QStyleOptionViewItem &options, const QModelIndex &index) const override
    {
        // The base class fills the selection over the full row in its own way; the delegate paints all of it.
        QStyleOptionViewItem plain = options;
        plain.showDecorationSelected = false;
        QTreeView::drawRow(painter, plain, index);
    }
};
} // namespace

RouteListPanel::RouteListPanel(engine::RouteService &routes, engine::ContextService &contexts, QWidget *parent)
    : QWidget(parent)
    , m_routes(routes)
    , m_contexts(contexts)
    , m_model(new RouteListModel(this))
    , m_filter(new RouteFilter(this))
    , m_count(new TextLabel({}, FontRole::Body, Token::Muted))
    , m_filterButton(new QToolButton)
    , m_text(new QLineEdit)
    , m_view(new RouteView)
    , m_empty(new EmptyState)
    , m_flash(new QTimer(this))
{
    m_filter->setSourceModel(m_model);

    auto *header = new PageHeader(tr("Routes"));
    header->addLead(m_count);
    m_filterButton->setIcon(lineIcon(QStringLiteral("filter"), Token::Muted, Token::Accent));
    m_filterButton->setCheckable(true);
    m_filterButton->setAutoRaise(true);
    m_filterButton->setToolTip(tr("Filter by name, host or namespace (Ctrl+F)"));
    m_filterButton->setAccessibleName(tr("Filter routes"));
    setButtonKind(m_filterButton, ButtonKind::Flat);
    header->addWidget(m_filterButton);

    m_text->setPlaceholderText(tr("Name, host or namespace"));
    m_text->setAccessibleName(tr("Text filter of routes"));
    m_text->setClearButtonEnabled(true);
    setCompact(m_text);
    m_text->hide();
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setText(text);
        refreshState();
        showCurrent();
    });
    connect(m_filterButton, &QToolButton::toggled, this, [this](bool isOn) {
        m_text->setVisible(isOn);
        if (isOn) {
            m_text->setFocus();
        } else {
            m_text->clear();
        }
    });

    auto *chips = new QHBoxLayout;
    chips->setContentsMargins(8, 8, 8, 8);
    chips->setSpacing(4);
    for (const Filter filter : {Filter::InFlight, Filter::Problem, Filter::Mine}) {
        auto *chip = new QPushButton;
        chip->setCheckable(true);
        setButtonKind(chip, ButtonKind::Chip);
        setCompact(chip);
        chip->setMinimumWidth(1);
        connect(chip, &QPushButton::clicked, this, [this, filter](bool isOn) {
            m_filter->setFilter(isOn ? filter : Filter::All);
            refreshChips();
            refreshState();
            showCurrent();
        });
        m_chips.insert(static_cast<int>(filter), chip);
        chips->addWidget(chip);
    }
    chips->addStretch();

    m_view->setModel(m_filter);
    m_view->setItemDelegate(new RouteDelegate(m_view));
    m_view->setHeaderHidden(true);
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setIndentation(0);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMouseTracking(true);
    m_view->setUniformRowHeights(false);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAccessibleName(tr("Routes by host"));
    m_view->viewport()->setAutoFillBackground(false);
    m_view->setAutoFillBackground(false);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex &index) { onCurrentChanged(index); });
    // Rows that come back through the filter come back closed.
    connect(m_filter, &QAbstractItemModel::rowsInserted, m_view, [this] { m_view->expandAll(); });

    m_flash->setInterval(60);
    connect(m_flash, &QTimer::timeout, this, [this] { m_view->viewport()->update(); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        m_flash->start();
        QTimer::singleShot(RouteDelegate::flashMilliseconds + 100, m_flash, &QTimer::stop);
    });

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header);
    column->addLayout(chips);
    auto *textRow = new QHBoxLayout;
    textRow->setContentsMargins(12, 0, 12, 0);
    textRow->addWidget(m_text);
    column->addLayout(textRow);
    column->addWidget(new Hairline);
    column->addSpacing(4);
    column->addWidget(m_view, 1);
    column->addWidget(m_empty, 1);

    connect(m_empty, &EmptyState::activated, this, [this] {
        if (!m_routes.problem().isEmpty()) {
            m_contexts.retry();
        } else if (m_model->routeCount() > 0) {
            m_filter->setFilter(Filter::All);
            m_filterButton->setChecked(false);
            m_text->clear();
            refreshChips();
            refreshState();
        } else if (!m_contexts.currentNamespace().isEmpty()) {
            m_contexts.setNamespace({});
        } else {
            Q_EMIT exploreRequested();
        }
    });
    connect(&m_routes, &engine::RouteService::rowsChanged, this, &RouteListPanel::refresh);
    connect(&m_contexts, &engine::ContextService::connectionChanged, this, &RouteListPanel::refreshState);
    refresh();
}

void RouteListPanel::refresh()
{
    m_isShowing = true; // Removals move the view's current row: that is not the user's choice.
    const int scroll = m_view->verticalScrollBar()->value();
    m_model->update(m_routes.rows());
    m_view->expandAll();
    m_view->verticalScrollBar()->setValue(scroll);
    m_isShowing = false;
    m_count->setText(QString::number(m_model->routeCount()));
    refreshChips();
    refreshState();
    showCurrent();
    if (m_current.isEmpty()) {
        chooseFirst();
    }
}

void RouteListPanel::chooseFirst()
{
    if (!m_routes.isLoaded() || m_model->routeCount() == 0) {
        return;
    }
    // Somebody who opens the page wants to see a split: the first one in flight, else the first route.
    const QList<engine::RouteRow> rows = m_routes.rows();
    QString first = rows.first().id;
    for (const engine::RouteRow &row : rows) {
        if (row.isInFlight) {
            first = row.id;
            break;
        }
    }
    setCurrentRoute(first);
}

void RouteListPanel::setNarrow(bool isNarrow)
{
    if (m_isNarrow != isNarrow) {
        m_isNarrow = isNarrow;
        refreshChips();
    }
}

void RouteListPanel::refreshChips()
{
    const struct {
        Filter filter;
        QString word;
        QString name;
    } texts[] = {{Filter::InFlight, tr("In flight"), tr("Only routes with a split in flight")},
        {Filter::Problem, tr("Problem"), tr("Only routes with a problem")},
        {Filter::Mine, tr("Mine"), tr("Only routes I wrote last")}};
    for (const auto &text : texts) {
        QPushButton *chip = m_chips.value(static_cast<int>(text.filter));
        const QString counted = QStringLiteral("%1 %2").arg(text.word).arg(m_model->count(text.filter));
        chip->setText(m_isNarrow ? text.word : counted);
        chip->setToolTip(m_isNarrow ? QStringLiteral("%1: %2").arg(counted, text.name) : text.name);
        chip->setChecked(m_filter->filter() == text.filter);
    }
}

void RouteListPanel::refreshState()
{
    const bool isFilled = m_filter->rowCount() > 0;
    m_view->setVisible(isFilled);
    m_empty->setVisible(!isFilled);
    if (isFilled) {
        return;
    }
    if (!m_routes.previewSource().isEmpty() && m_model->routeCount() == 0) {
        m_empty->show(EmptyState::Kind::Empty, tr("No routes"), m_routes.problem());
    } else if (!m_routes.problem().isEmpty()) {
        m_empty->show(EmptyState::Kind::Denied, tr("No routes to show"), m_routes.problem(), tr("Retry"));
    } else if (const engine::Connection state = m_contexts.connection().state; m_routes.previewSource().isEmpty() && (state == engine::Connection::None || state == engine::Connection::Failed)) {
        m_empty->show(EmptyState::Kind::Empty, state == engine::Connection::None ? tr("No cluster") : tr("No connection"), {});
    } else if (!m_routes.isLoaded()) {
        m_empty->show(EmptyState::Kind::Loading, tr("Reading routes"), tr("The first list is on its way."));
    } else if (m_model->routeCount() > 0) {
        m_empty->show(EmptyState::Kind::Empty, tr("No match"), tr("No route passes the filter."), tr("Show all routes"));
    } else if (!m_contexts.currentNamespace().isEmpty()) {
        m_empty->show(EmptyState::Kind::Empty, tr("No routes in %1").arg(m_contexts.currentNamespace()),
            tr("Another namespace may have some."), tr("Show all namespaces"));
    } else {
        m_empty->show(EmptyState::Kind::Empty, tr("No routes yet"),
            tr("Fairway shows VirtualServices, routes of the Gateway API and canary Ingresses."), tr("Open Explorer"));
    }
}

void RouteListPanel::onCurrentChanged(const QModelIndex &index)
{
    if (m_isShowing || !index.isValid()) {
        return;
    }
    const QString id = index.data(RouteListModel::IdRole).toString();
    if (!id.isEmpty() && id != m_current) {
        m_current = id;
        Q_EMIT routeChosen(id);
    }
}

void RouteListPanel::showCurrent()
{
    m_isShowing = true;
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(m_current));
    if (index.isValid() && index != m_view->currentIndex()) {
        m_view->setCurrentIndex(index);
    } else if (!index.isValid()) {
        m_view->selectionModel()->clear();
    }
    m_isShowing = false;
}

void RouteListPanel::setCurrentRoute(const QString &routeId)
{
    const bool isNew = routeId != m_current;
    m_current = routeId;
    const QModelIndex source = m_model->indexOf(routeId);
    if (source.isValid() && !m_filter->mapFromSource(source).isValid()) {
        m_filter->setFilter(Filter::All);
        m_text->clear();
        refreshChips();
        refreshState();
    }
    showCurrent();
    if (isNew) {
        Q_EMIT routeChosen(routeId);
    }
}

void RouteListPanel::focusFilter()
{
    m_filterButton->setChecked(true);
    m_text->setFocus();
    m_text->selectAll();
}

void RouteListPanel::focusList()
{
    m_view->setFocus(Qt::ShortcutFocusReason);
}

} // namespace fairway::ui
