#include "widgets/routes/routes_page_private.h"

#include "core/engine/route_preview.h"
#include "widgets/common/banner.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/no_cluster.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/inspector.h"
#include "widgets/routes/mesh_dialog.h"
#include "widgets/routes/rehearsal_panel.h"
#include "widgets/routes/route_editing.h"
#include "widgets/routes/route_graph.h"
#include "widgets/routes/route_header.h"
#include "widgets/routes/route_list_panel.h"
#include "widgets/routes/split_panel.h"
#include "widgets/routes/truth_meter.h"
#include "widgets/routes/xray_panel.h"
#include "widgets/theme/button_kind.h"

#include <QAction>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>


/// How the Routes page is put together: its parts, what they tell each other, its keys.
namespace fairway::ui {

void RoutesPage::Private::build()
{
    m_list = new RouteListPanel(m_engine.routes(), m_engine.contexts());
    m_header = new RouteHeader;
    m_graph = new RouteGraph;
    m_split = new SplitPanel;
    m_truth = new TruthMeter;
    m_rehearsal = new RehearsalPanel(m_engine.rehearsal(), m_engine.contexts());
    m_inspector = new Inspector(m_flow, m_engine);
    m_empty = new EmptyState;
    m_xray = new XrayPanel(m_engine.xray());
    m_xray->hide();
    m_xrayButton = new QToolButton;
    m_xrayButton->setText(tr("X-ray"));
    m_xrayButton->setToolTip(tr("Which rule does a request hit? (X)"));
    m_xrayButton->setAccessibleName(tr("X-ray a request"));
    m_xrayButton->setCheckable(true);
    setCompact(m_xrayButton);
    auto *mesh = new QToolButton;
    mesh->setText(tr("Mesh"));
    mesh->setToolTip(tr("All routes as one picture (M)"));
    mesh->setAccessibleName(tr("The mesh as one picture"));
    setCompact(mesh);
    connect(mesh, &QToolButton::clicked, this, &Private::showMesh);
    m_header->addWidget(mesh);
    m_editing = new RouteEditing(m_engine, m_page);
    m_header->addWidget(m_editing->button());
    m_header->addWidget(m_xrayButton);

    m_work = new QWidget;
    auto *work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(0);
    work->addWidget(m_split);
    work->addWidget(new Hairline);
    work->addWidget(m_truth);
    work->addWidget(new Hairline);
    work->addWidget(m_rehearsal, 1);
    auto *content = new QWidget;
    auto *sections = new QVBoxLayout(content);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(0);
    sections->addWidget(m_graph);
    sections->addWidget(new Hairline);
    sections->addWidget(m_work, 1);
    sections->addWidget(m_xray, 1);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_stack = new QStackedWidget;
    m_stack->addWidget(scroll);
    m_stack->addWidget(m_empty);

    auto *main = new QWidget;
    auto *mainColumn = new QVBoxLayout(main);
    mainColumn->setContentsMargins(0, 0, 0, 0);
    mainColumn->setSpacing(0);
    m_previewBanner = new Banner;
    m_previewBanner->hide();
    mainColumn->addWidget(m_previewBanner);
    mainColumn->addWidget(m_header);
    mainColumn->addWidget(m_stack, 1);

    const auto frame = [](QWidget *inside, Qt::Edges line) {
        auto *panel = new Panel(Token::Surface, line);
        auto *box = new QVBoxLayout(panel);
        box->setContentsMargins(0, 0, line.testFlag(Qt::RightEdge) ? 1 : 0, 0);
        box->addWidget(inside);
        return panel;
    };
    m_listFrame = frame(m_list, Qt::RightEdge);
    m_inspectorFrame = frame(m_inspector, Qt::LeftEdge);
    auto *row = new QHBoxLayout(m_page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_listFrame);
    row->addWidget(main, 1);
    row->addWidget(m_inspectorFrame);
    resize(1272);
}

void RoutesPage::Private::resize(int width)
{
    const bool isNarrow = width < 1260;
    const bool isWide = width > 1560;
    m_listFrame->setFixedWidth(isNarrow ? 208 : isWide ? 264 : 224);
    m_inspectorFrame->setFixedWidth(isNarrow ? 264 : isWide ? 384 : 320);
    m_list->setNarrow(isNarrow);
    m_inspector->actions().setNarrow(isNarrow);
    m_split->setNarrow(isNarrow);
    m_truth->setNarrow(isNarrow);
    m_rehearsal->setNarrow(isNarrow);
    m_xray->setNarrow(isNarrow);
}

void RoutesPage::Private::connectParts()
{
    connect(m_list, &RouteListPanel::routeChosen, this, [this](const QString &id) { showRoute(id); });
    connect(m_list, &RouteListPanel::exploreRequested, this, [this] { Q_EMIT m_page->navigate(QStringLiteral("explorer:")); });
    connect(m_graph, &RouteGraph::ruleChosen, this, &Private::showRule);
    connect(m_graph, &RouteGraph::podChosen, this, [this](const engine::Destination &destination) {
        if (!destination.pods.isEmpty()) { // Ready ones come first: the last one is the one to look at.
            const QString ns = destination.service.section(u'/', 0, 0);
            Q_EMIT m_page->navigate(QStringLiteral("explorer:v1/pods/%1/%2").arg(ns.isEmpty() ? m_detail.row.ns : ns, destination.pods.last()));
        }
    });
    connect(m_split, &SplitPanel::edited, this, [this] {
        m_drafts.noteEdited(key());
        refreshDraft();
    });
    connect(m_rehearsal, &RehearsalPanel::ruleChosen, this, [this](const QString &section, int index) { chooseRule(m_routeId, section, index); });
    connect(m_rehearsal, &RehearsalPanel::statusChanged, this, [this] {
        if (const engine::Rule *shown = rule()) {
            const engine::RouteDraft draft = m_drafts.weightDraft(key());
            m_truth->setTruth(Truth::tell(m_detail, *shown, draft.weights, m_drafts.isChanged(key()), m_rehearsal->status()));
        }
    });
    connect(m_inspector, &Inspector::findingActivated, this, &Private::follow);
    connect(m_inspector, &Inspector::ruleChosen, this, &Private::chooseRule);
    connect(m_inspector, &Inspector::xrayRequested, this, [this](const QString &request) {
        showXray(true);
        m_xray->follow(request);
    });
    connect(m_inspector, &Inspector::mendRequested, this, [this](const engine::Finding &finding) { m_editing->mend(finding); });
    connect(m_xrayButton, &QToolButton::toggled, this, &Private::showXray);
    connect(m_xray, &XrayPanel::closed, this, [this] { showXray(false); });
    connect(m_xray, &XrayPanel::ruleChosen, this, &Private::chooseRule);
    connect(m_xray, &XrayPanel::podChosen, this, [this](const QString &pod) { Q_EMIT m_page->navigate(QStringLiteral("explorer:v1/pods/") + pod); });
    connect(&m_inspector->actions(), &ActionBox::exportRequested, this, &Private::exportDraft);
    connect(&m_inspector->actions(), &ActionBox::discardRequested, this, &Private::discardDraft);
    connect(&m_flow, &ApplyFlow::written, this, [this](const engine::RouteDraft &draft) {
        if (draft.kind == engine::DraftKind::Weights) {
            m_drafts.written(draft);
        }
        refreshRoute();
    });
    connect(&m_flow, &ApplyFlow::refreshed, this, [this](const engine::RouteDraft &draft) {
        m_drafts.take(draft);
        refreshRoute();
    });
    connect(&m_flow, &ApplyFlow::layOverRequested, this, [this] {
        m_drafts.layOver(key());
        refreshRoute();
    });
    connect(m_empty, &EmptyState::activated, this, [this] {
        if (m_isGone) {
            exportDraft();
        } else if (m_nextStep == NoRoute::Next::Retry) {
            m_engine.contexts().retry();
        } else if (m_nextStep == NoRoute::Next::Practice) {
            Q_EMIT m_page->navigate(practiceTarget(m_engine.contexts()));
        } else {
            Q_EMIT m_page->navigate(QStringLiteral("explorer:"));
        }
    });
    connect(m_empty, &EmptyState::secondActivated, this, [this] { Q_EMIT m_page->navigate(chooseContextTarget()); });
    connect(&m_inspector->actions(), &ActionBox::sourceRequested, this, [this] { Q_EMIT m_page->navigate(QStringLiteral("charts:")); });
    connect(m_previewBanner, &Banner::activated, this, [this] { m_engine.routes().closePreview(); });
    engine::RouteService &routes = m_engine.routes();
    connect(&routes, &engine::RouteService::previewChanged, this, &Private::onPreviewChanged);
    connect(&routes, &engine::RouteService::detailChanged, this, [this](const QString &id) {
        if (id == m_routeId) {
            refreshRoute();
        }
    });
    connect(&routes, &engine::RouteService::rowsChanged, this, [this] {
        if (!m_routeId.isEmpty()) {
            refreshRoute(); // Gone, or back again.
        } else if (m_list->currentRoute().isEmpty()) {
            showNothing();
        }
    });
    engine::ContextService &contexts = m_engine.contexts();
    connect(&contexts, &engine::ContextService::currentChanged, this, &Private::onContextChanged);
    connect(&contexts, &engine::ContextService::connectionChanged, this, [this] {
        if (m_routeId.isEmpty()) {
            showNothing();
        }
    });
}

void RoutesPage::Private::addAction(const QString &text, const QKeySequence &key, std::function<void()> run)
{
    auto *action = new QAction(text, m_page);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, std::move(run));
    m_page->addAction(action);
}

void RoutesPage::Private::addActions()
{
    ActionBox &box = m_inspector->actions();
    addAction(tr("Rehearse or stop"), QKeySequence(Qt::Key_R), [this] { m_rehearsal->toggle(); });
    addAction(tr("Dry run"), QKeySequence(Qt::Key_D), [&box] { box.triggerDryRun(); });
    addAction(tr("Apply the draft"), QKeySequence(Qt::CTRL | Qt::Key_Return), [&box] { box.triggerApply(); });
    addAction(tr("Export patch"), QKeySequence(Qt::CTRL | Qt::Key_E), [&box] { box.triggerExport(); });
    addAction(tr("Unlock the context"), QKeySequence(Qt::Key_U), [&box] { box.triggerUnlock(); });
    addAction(tr("Undo the last draft edit"), QKeySequence::Undo, [this] { m_split->undo(); });
    addAction(tr("Redo the draft edit"), QKeySequence::Redo, [this] { m_split->redo(); });
    addAction(tr("Reset the draft to live"), QKeySequence(Qt::CTRL | Qt::Key_R), [this] { m_split->resetToLive(); });
    addAction(tr("Normalise the weights to 100"), QKeySequence(Qt::Key_N), [this] { m_split->normalise(); });
    addAction(tr("Draft: everything to stable"), QKeySequence(Qt::SHIFT | Qt::Key_S), [this] { m_split->giveAllToStable(); });
    addAction(tr("Go to the split bar"), QKeySequence(Qt::Key_B), [this] { m_split->focusBar(); });
    addAction(tr("Go to the route graph"), QKeySequence(Qt::Key_G), [this] { m_graph->setFocus(Qt::ShortcutFocusReason); });
    addAction(tr("Go to the list of routes"), QKeySequence(Qt::Key_L), [this] { m_list->focusList(); });
    addAction(tr("From rendered routes back to the cluster's"), QKeySequence(Qt::Key_C), [this] { m_engine.routes().closePreview(); });
    addAction(tr("Filter routes"), QKeySequence::Find, [this] { m_list->focusFilter(); });
    addAction(tr("Previous rule"), QKeySequence(Qt::ALT | Qt::Key_Up), [this] { m_graph->step(-1); });
    addAction(tr("Next rule"), QKeySequence(Qt::ALT | Qt::Key_Down), [this] { m_graph->step(1); });
    addAction(tr("The mesh as one picture"), QKeySequence(Qt::Key_M), [this] { showMesh(); });
    addAction(tr("Edit the rule"), QKeySequence(Qt::Key_E), [this] { m_editing->editRule(); });
    addAction(tr("Canary for some senders"), QKeySequence(Qt::SHIFT | Qt::Key_E), [this] { m_editing->addCanary(); });
    addAction(tr("Keep gateways at HTTP/1.1"), QKeySequence(Qt::Key_H), [this] { m_editing->forceHttp1(); });
    addAction(tr("Compare the route with another context"), QKeySequence(Qt::SHIFT | Qt::Key_C), [this] { m_editing->compare(); });
    addAction(tr("Follow a request (X-ray)"), QKeySequence(Qt::Key_X), [this] { showXray(m_detail.source.isEmpty()); });
    addAction(tr("Copy the X-ray as text"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), [this] { m_xray->copy(); });
    const QString tabs[] = {tr("Show details"), tr("Show the diff"), tr("Show YAML"), tr("Show history")};
    for (int tab = 0; tab < Inspector::TabCount; ++tab) {
        addAction(tabs[tab], QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_1 + tab)), [this, tab] { m_inspector->setTab(tab); });
    }
}

void RoutesPage::Private::showMesh()
{
    auto *dialog = new MeshDialog(m_engine.routes(), m_page->window());
    connect(dialog, &MeshDialog::routeChosen, this, [this](const QString &id) { showRoute(id); });
    dialog->open();
}

void RoutesPage::Private::showXray(bool isShown)
{
    isShown = isShown && m_stack->currentIndex() == 0; // no routes, no way to follow
    const QSignalBlocker blocker(m_xrayButton);
    m_xrayButton->setChecked(isShown);
    if (isShown) {
        m_inspector->setQuickXray(false); // before the X-ray: whoever hides last ends the watch
    }
    m_work->setVisible(!isShown);
    m_xray->setVisible(isShown);
    if (isShown) {
        m_xray->focusRequest();
    } else {
        m_inspector->setQuickXray(true);
        m_graph->setFocus(Qt::ShortcutFocusReason);
    }
}

} // namespace fairway::ui
