#include "widgets/home/home_page.h"

#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/no_cluster.h"
#include "widgets/common/segmented_control.h"
#include "widgets/home/concern_card.h"
#include "widgets/home/context_card.h"
#include "widgets/home/in_line_panel.h"

#include <QAction>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {
namespace {
constexpr qsizetype MostContexts = 4;
constexpr int CardWidth = 280; ///< Wanted at least; decides the number of columns.
} // namespace

HomePage::HomePage(engine::Engine &engine, QWidget *parent)
    : Page(parent)
    , m_engine(engine)
    , m_header(new PageHeader(tr("Home")))
    , m_attention(new QPushButton)
    , m_everything(new QPushButton(tr("Everything")))
    , m_contextRow(new QHBoxLayout)
    , m_scroll(new QScrollArea)
    , m_grid(new QGridLayout)
    , m_state(new EmptyState)
{
    setFocusPolicy(Qt::StrongFocus);
    m_header->addWidget(new SegmentedControl({m_attention, m_everything}));
    for (const QPushButton *button : {m_attention, m_everything})
        connect(button, &QPushButton::clicked, this, &HomePage::refreshConcerns);
    m_everything->setAccessibleName(tr("Show everything"));
    m_attention->setChecked(true);
    m_contextRow->setSpacing(12);
    m_contextRow->addStretch(1); // Few cards stay narrow, at the left.
    m_grid->setSpacing(12);
    m_grid->setContentsMargins(0, 0, 0, 0);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addLayout(m_contextRow);
    column->addLayout(m_grid);
    column->addWidget(m_state, 4);
    column->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Concern cards"));
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->installEventFilter(this);

    auto *panel = new InLinePanel(engine);
    auto *left = new QVBoxLayout;
    left->setSpacing(0);
    left->addWidget(m_header);
    left->addWidget(m_scroll, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addLayout(left, 1);
    row->addWidget(panel);

    connect(panel, &InLinePanel::navigate, this, &Page::navigate);
    connect(m_state, &EmptyState::activated, this, [this] {
        const auto state = m_engine.contexts().connection().state;
        if (state == engine::Connection::Live)
            Q_EMIT navigate(QStringLiteral("routes:"));
        else if (state == engine::Connection::None)
            Q_EMIT navigate(practiceTarget(m_engine.contexts()));
        else
            m_engine.contexts().retry();
    });
    connect(m_state, &EmptyState::secondActivated, this, [this] { Q_EMIT navigate(chooseContextTarget()); });
    connect(&engine.overview(), &engine::OverviewService::concernsChanged, this, &HomePage::refreshConcerns);
    connect(&engine.contexts(), &engine::ContextService::contextsChanged, this, &HomePage::refreshContexts);
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, &HomePage::refreshContexts);
    connect(&engine.contexts(), &engine::ContextService::connectionChanged, this, &HomePage::refreshContexts);

    auto *first = new QAction(tr("Open the first concern"), this);
    first->setShortcut(QKeySequence(QStringLiteral("Ctrl+Return")));
    first->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(first, &QAction::triggered, this, [this] {
        if (!m_order.isEmpty())
            Q_EMIT navigate(m_order.first()->concern().target);
    });
    addAction(first);
    refreshContexts();
    refreshConcerns();
}

void HomePage::refreshContexts()
{
    QList<engine::ContextInfo> contexts = m_engine.contexts().contexts();
    const QString current = m_engine.contexts().current().name;
    // The current one must be among those shown, however long the kubeconfig is.
    std::stable_partition(contexts.begin(), contexts.end(), [&](const auto &c) { return c.name == current; });
    const qsizetype fitting = std::max(1, (m_scroll->viewport()->width() - 20) / 200);
    const qsizetype shown = std::min({MostContexts, contexts.size(), fitting});
    while (m_contextCards.size() < shown) {
        auto *card = new ContextCard;
        connect(card, &QAbstractButton::clicked, this, [this, card] {
            if (card->context().name != m_engine.contexts().current().name)
                Q_EMIT navigate(QStringLiteral("context:") + card->context().name);
        });
        card->setMaximumWidth(360);
        m_contextRow->insertWidget(int(m_contextCards.size()), card, 1000);
        m_contextCards << card;
    }
    for (qsizetype i = 0; i < m_contextCards.size(); ++i) {
        m_contextCards[i]->setVisible(i < shown);
        if (i < shown)
            m_contextCards[i]->setContext(contexts[i], contexts[i].name == current, m_engine.contexts().connection(),
                int(m_engine.overview().concerns().size()));
    }
    showState();
}

void HomePage::refreshConcerns()
{
    const QList<engine::Concern> worries = m_engine.overview().concerns();
    QList<engine::Concern> shown = worries;
    if (m_everything->isChecked()) {
        for (engine::Concern fine : m_engine.overview().inLine()) {
            fine.key += QStringLiteral("/fine");
            fine.news = fine.value;
            fine.value = tr("in line");
            shown << fine;
        }
    }
    m_attention->setText(tr("Needs attention %1").arg(worries.size()));
    m_attention->setAccessibleName(tr("Show what needs attention"));
    m_header->setNote(worries.isEmpty() ? QString()
            : worries.size() == 1         ? tr("1 concern in %1").arg(m_engine.contexts().current().name)
                                          : tr("%1 concerns in %2").arg(worries.size()).arg(m_engine.contexts().current().name));
    QHash<QString, ConcernCard *> kept;
    QList<ConcernCard *> order;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const QString key = shown[i].key + QLatin1Char('#') + QString::number(std::count_if(shown.begin(), shown.begin() + i,
                                [&](const engine::Concern &c) { return c.key == shown[i].key; }));
        ConcernCard *card = m_cards.take(key);
        if (!card) {
            card = new ConcernCard;
            connect(card, &ConcernCard::navigate, this, &Page::navigate);
        }
        card->setConcern(shown[i], m_engine.contexts().current(), i == 0);
        kept.insert(key, card);
        order << card;
    }
    for (ConcernCard *gone : std::as_const(m_cards)) {
        gone->hide();
        gone->deleteLater();
    }
    m_cards = kept;
    if (order != m_order) {
        m_order = order;
        m_columns = 0;
        arrange();
    }
    refreshContexts();
}

void HomePage::arrange()
{
    const int room = std::max(1, m_scroll->viewport()->width() - 32);
    const int columns = std::clamp((room + 12) / (CardWidth + 12), 1, 4);
    if (columns == m_columns)
        return;
    for (int c = 0; c < m_grid->columnCount(); ++c)
        m_grid->setColumnStretch(c, 0);
    m_columns = columns;
    for (qsizetype i = 0; i < m_order.size(); ++i)
        m_grid->addWidget(m_order[i], int(i) / columns, int(i) % columns);
    for (int c = 0; c < columns; ++c)
        m_grid->setColumnStretch(c, 1);
}

void HomePage::showState()
{
    using engine::Connection;
    const engine::ConnectionState state = m_engine.contexts().connection();
    if (!m_order.isEmpty()) {
        m_state->hide();
        return;
    }
    switch (state.state) {
    case Connection::Live:
        m_state->show(EmptyState::Kind::Empty, tr("Nothing needs attention"),
            tr("Routes, releases, pods and autoscalers of %1 are in line.").arg(state.context), tr("Open the routes"));
        m_state->setIcon(QStringLiteral("check-circle"));
        break;
    case Connection::Failed:
    case Connection::Stale:
        m_state->show(EmptyState::Kind::Failed, tr("Can't tell: %1 can't be reached").arg(state.context),
            tr("Why, and what helps, stands above. What needs attention appears here as soon as it answers."), tr("Retry"));
        break;
    case Connection::None:
        showNoCluster(*m_state);
        break;
    case Connection::Connecting:
    case Connection::CatchingUp:
        m_state->show(EmptyState::Kind::Loading, tr("Reading %1").arg(state.context),
            state.reason.isEmpty() ? tr("What needs attention appears here as soon as it is known.") : state.reason);
        break;
    }
}

bool HomePage::eventFilter(QObject *watched, QEvent *event)
{
    // The viewport, not the page: a panel beside the page takes room too.
    if (watched == m_scroll->viewport() && event->type() == QEvent::Resize) {
        arrange();
        refreshContexts();
    }
    return Page::eventFilter(watched, event);
}

} // namespace fairway::ui
