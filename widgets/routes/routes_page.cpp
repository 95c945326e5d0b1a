#include "widgets/routes/routes_page.h"

#include "core/engine/route_preview.h"
#include "widgets/common/banner.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/layout_parts.h"
#include "widgets/common/no_cluster.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/conflict_words.h"
#include "widgets/routes/export_dialog.h"
#include "widgets/routes/finding_target.h"
#include "widgets/routes/inspector.h"
#include "widgets/routes/mesh_dialog.h"
#include "widgets/routes/rehearsal_panel.h"
#include "widgets/routes/route_editing.h"
#include "widgets/routes/route_graph.h"
#include "widgets/routes/route_header.h"
#include "widgets/routes/route_list_panel.h"
#include "widgets/routes/routes_page_private.h"
#include "widgets/routes/split_panel.h"
#include "widgets/routes/truth_meter.h"
#include "widgets/routes/words.h"
#include "widgets/routes/xray_panel.h"
#include "widgets/theme/button_kind.h"
#include "widgets/theme/icons.h"

#include <QAction>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QScrollArea>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace fairway::ui {

RoutesPage::RoutesPage(engine::Engine &engine, Theme &theme, QWidget *parent)
    : Page(parent), m_d(std::make_unique<Private>(engine, this))
{
    Q_UNUSED(theme) // Controls ask for it themselves when they paint.
}

RoutesPage::~RoutesPage() = default;

void RoutesPage::openTarget(const QString &target)
{
    if (target.isEmpty()) {
        return;
    }
    const qsizetype hash = target.lastIndexOf(u'#');
    bool hasRule = false;
    const int rule = hash > 0 ? target.mid(hash + 1).toInt(&hasRule) : -1;
    m_d->showRoute(hasRule ? target.left(hash) : target, hasRule ? rule : -1);
}

bool RoutesPage::hasUnsavedWork(QString *reason) const
{
    const QString work = m_d->unsavedWork();
    if (reason != nullptr) {
        *reason = work;
    }
    return !work.isEmpty();
}

void RoutesPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    m_d->resize(event->size().width());
}

RoutesPage::Private::Private(engine::Engine &engine, RoutesPage *page)
    : m_engine(engine), m_page(page), m_flow(engine), m_context(engine.contexts().current().name)
{
    build();
    connectParts();
    addActions();
    onPreviewChanged();
    if (m_list->currentRoute().isEmpty()) {
        showNothing();
    } else {
        showRoute(m_list->currentRoute());
    }
}

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

void RoutesPage::Private::chooseRule(const QString &routeId, const QString &section, int index)
{
    if (routeId != m_routeId) {
        showRoute(routeId);
    }
    const auto found = std::find_if(m_detail.rules.begin(), m_detail.rules.end(),
        [&](const engine::Rule &each) { return each.section == section && each.index == index; });
    if (found != m_detail.rules.end()) {
        showRule(static_cast<int>(found - m_detail.rules.begin()));
    }
}

const engine::Rule *RoutesPage::Private::rule() const
{
    return m_rule >= 0 && m_rule < m_detail.rules.size() ? &m_detail.rules[m_rule] : nullptr;
}

DraftBook::Key RoutesPage::Private::key() const
{
    const engine::Rule *shown = rule();
    return shown != nullptr ? DraftBook::Key {m_routeId, shown->section, shown->index} : DraftBook::Key {m_routeId, {}, 0};
}

QString RoutesPage::Private::objectName() const
{
    return QStringLiteral("%1 %2/%3").arg(m_detail.row.kind, m_detail.row.ns, m_detail.row.name);
}

int RoutesPage::Private::firstRule(const engine::RouteDetail &detail)
{
    int best = 0;
    for (int i = 0; i < static_cast<int>(detail.rules.size()); ++i) {
        if (detail.rules[i].destinations.size() > 1) {
            return i;
        }
        best = detail.rules[i].isCatchAll ? i : best;
    }
    return best;
}

void RoutesPage::Private::showRoute(const QString &routeId, int wantedRule)
{
    const bool isOther = routeId != m_routeId;
    m_routeId = routeId;
    if (isOther) {
        m_detail = {};
        m_isGone = false;
        m_rule = -1;
        m_flow.clear();
    }
    if (m_list->currentRoute() != routeId) {
        m_list->setCurrentRoute(routeId); // Comes back here with the same route.
    }
    if (wantedRule >= 0) {
        m_rule = wantedRule;
    }
    refreshRoute();
}

void RoutesPage::Private::showRule(int position)
{
    m_rule = position;
    refreshRoute();
}

void RoutesPage::Private::refreshRoute()
{
    engine::RouteDetail fresh;
    if (!m_engine.routes().detail(m_routeId, &fresh)) {
        if (!m_engine.routes().isLoaded() && !m_detail.row.id.isEmpty()) {
            return; // Being read again after a break: not there yet is not gone.
        }
        if (m_detail.row.id.isEmpty()) {
            showNothing();
        } else {
            showGone();
        }
        return;
    }
    // Keep the rule by what it is, not by where it stands: somebody may have put a rule before it.
    const engine::Rule *before = rule();
    const QString section = before != nullptr ? before->section : QString();
    const int index = before != nullptr ? before->index : -1;
    m_isGone = false;
    m_detail = fresh;
    m_xray->setRoute(m_routeId);
    if (before != nullptr) {
        const auto same = std::find_if(m_detail.rules.begin(), m_detail.rules.end(),
            [&](const engine::Rule &r) { return r.section == section && r.index == index; });
        m_rule = same != m_detail.rules.end() ? static_cast<int>(same - m_detail.rules.begin()) : -1;
    }
    if (m_rule < 0 || m_rule >= m_detail.rules.size()) {
        m_rule = firstRule(m_detail);
    }
    for (const engine::Rule &each : m_detail.rules) {
        if (m_drafts.find({m_routeId, each.section, each.index}) != nullptr) {
            m_drafts.open(m_detail, each);
        }
    }
    m_stack->setCurrentIndex(0);
    m_editing->setRule(m_detail, rule());
    const bool isRendered = !m_detail.source.isEmpty();
    m_xrayButton->setEnabled(!isRendered);
    m_xrayButton->setToolTip(isRendered ? tr("Requests are followed through a cluster's objects; these routes are only rendered") : tr("Which rule does a request hit? (X)"));
    if (isRendered && m_xrayButton->isChecked()) {
        showXray(false);
    }
    if (const engine::Rule *shown = rule()) {
        m_split->setRule(m_detail.row, *shown, m_drafts.open(m_detail, *shown));
    } else {
        m_split->setRule(m_detail.row, {}, nullptr);
    }
    refreshDraft();
}

QList<engine::Finding> RoutesPage::Private::findings(const engine::RouteDraft &draft, bool isChanged) const
{
    QList<engine::Finding> all;
    if (isChanged) {
        all = m_engine.routes().draftFindings(draft);
    }
    all += m_detail.findings;
    std::stable_sort(all.begin(), all.end(), [](const engine::Finding &a, const engine::Finding &b) {
        return static_cast<int>(a.severity) > static_cast<int>(b.severity);
    });
    return all;
}

void RoutesPage::Private::refreshDraft()
{
    GraphInput input;
    input.detail = m_detail;
    input.selected = m_rule;
    for (const engine::Rule &each : m_detail.rules) {
        const DraftBook::Key at {m_routeId, each.section, each.index};
        const bool isDraft = m_drafts.isChanged(at);
        input.weights.append(isDraft ? m_drafts.weightDraft(at).weights : weightsOf(each));
        input.isDraft.append(isDraft);
    }
    m_graph->setInput(input);
    refreshHeader();
    const engine::Rule *shown = rule();
    m_split->setVisible(shown != nullptr);
    m_truth->setVisible(shown != nullptr);
    if (shown == nullptr) {
        m_rehearsal->clearRule();
        m_flow.clear();
        m_inspector->setRoute(m_detail, {}, m_detail.findings);
        m_inspector->actions().setSubject(objectName(), 0, m_detail.owner, {});
        return;
    }
    const engine::RouteDraft draft = m_drafts.weightDraft(key());
    const bool isChanged = m_drafts.isChanged(key());
    const DraftBook::Displaced *aside = m_drafts.displaced(key());
    m_flow.setSource(m_detail.source);
    m_flow.setDraft(draft, isChanged, false,
        aside != nullptr                   ? ApplyFlow::Overtaken::Destinations
            : m_drafts.isOvertaken(key()) ? ApplyFlow::Overtaken::Weights
                                          : ApplyFlow::Overtaken::No);
    const engine::DiffView diff = isChanged ? m_engine.writes().diff(draft) : engine::DiffView {};
    m_inspector->setRoute(m_detail, diff, findings(draft, isChanged));
    m_inspector->actions().setSubject(objectName(), diff.changedFields, m_detail.owner,
        conflictRows(*shown, draft.weights, aside), aside != nullptr ? displacedText(*aside) : QString());
    m_rehearsal->setRule(m_detail, *shown, draft.weights);
    m_truth->setTruth(Truth::tell(m_detail, *shown, draft.weights, isChanged, m_rehearsal->status()));
}

void RoutesPage::Private::refreshHeader()
{
    m_header->setRoute(m_detail, static_cast<int>(m_drafts.changedOf(m_routeId).size()), static_cast<int>(m_drafts.changed().size()));
}

void RoutesPage::Private::showGone()
{
    m_isGone = true;
    const bool hasDraft = m_drafts.isChanged(key());
    const engine::RouteDraft draft = m_drafts.weightDraft(key());
    refreshHeader();
    m_rehearsal->clearRule();
    m_flow.setDraft(draft, hasDraft, true);
    m_inspector->setGone(m_detail.row.name);
    m_inspector->actions().setSubject(objectName(), 0, {}, {});
    m_empty->show(EmptyState::Kind::Failed, tr("%1 no longer exists").arg(m_detail.row.name),
        hasDraft ? tr("It was deleted in the cluster while you edited it. Your draft %1 is kept and can be exported.").arg(splitText(draft.weights))
                 : tr("It was deleted in the cluster. Choose another route at the left."),
        hasDraft ? tr("Export my draft") : QString());
    m_stack->setCurrentIndex(1);
    m_editing->setRule({}, nullptr);
    m_xrayButton->setEnabled(false);
}

void RoutesPage::Private::showNothing()
{
    m_detail = {};
    m_isGone = false;
    m_split->setRule({}, {}, nullptr);
    m_rehearsal->clearRule();
    m_flow.clear();
    m_inspector->clear();
    m_inspector->actions().setSubject({}, 0, {}, {});
    refreshHeader();
    m_header->setTitle(tr("Routes"));
    const NoRoute words = wordsWithoutRoute(m_engine, m_routeId);
    if (words.next == NoRoute::Next::Practice) {
        showNoCluster(*m_empty);
    } else {
        m_empty->show(words.kind, words.title, words.text, words.action);
    }
    m_nextStep = words.next;
    m_stack->setCurrentIndex(1);
    m_editing->setRule({}, nullptr);
    m_xrayButton->setEnabled(false);
}

/// Rendered routes stand in the place of the cluster's, or go again.
void RoutesPage::Private::onPreviewChanged()
{
    const QString source = m_engine.routes().previewSource();
    m_previewBanner->hide();
    if (!source.isEmpty()) {
        m_previewBanner->show(Tone::Accent, tr("Routes of %1 as it renders now, against its own objects. They can be rehearsed; nothing can be applied.").arg(source),
            tr("Back to the cluster"));
        return;
    }
    const bool wasShown = !m_detail.source.isEmpty();
    for (const DraftBook::Key &key : m_drafts.changed()) {
        if (engine::isPreviewId(key.routeId)) {
            m_drafts.discard(key); // nobody could go on with it
        }
    }
    if (!wasShown) {
        refreshHeader();
        return;
    }
    m_routeId.clear();
    m_list->setCurrentRoute({});
    showNothing();
    m_list->chooseFirst();
}

void RoutesPage::Private::onContextChanged()
{
    const QString now = m_engine.contexts().current().name;
    if (now != m_context) {
        // Another cluster: neither drafts nor the choice carry over. What was asked for before the first one was known waits for it.
        const QString asked = m_context.isEmpty() ? m_routeId : QString();
        m_context = now;
        m_split->setRule({}, {}, nullptr);
        m_drafts.clear();
        m_routeId = asked;
        m_list->setCurrentRoute(asked);
        showNothing();
    }
}

void RoutesPage::Private::follow(const engine::Finding &finding)
{
    const FindingTarget target = targetOf(finding, m_detail.rules);
    if (target.rule >= 0) {
        showRule(target.rule);
        if (finding.code == QLatin1String("FW0004")) { // Its next step is to normalise that rule.
            m_split->normalise();
        }
    } else if (target.page.isEmpty()) {
        m_inspector->setTab(Inspector::Yaml); // "Show the field": where it stands.
        m_inspector->showField(finding.path);
        return;
    } else {
        Q_EMIT m_page->navigate(target.page);
    }
    m_inspector->showField(finding.path); // Whoever looks at the YAML then is there already.
}

void RoutesPage::Private::exportDraft()
{
    const engine::RouteDraft draft = m_drafts.weightDraft(key());
    QString patch = m_engine.writes().exportPatch(draft);
    if (patch.isEmpty()) { // The object is gone: the draft itself is what can be saved.
        QStringList weights;
        for (const qint64 weight : draft.weights) {
            weights.append(QString::number(weight));
        }
        patch = QStringLiteral("# %1, %2[%3]\nweights: [%4]\n").arg(objectName(), draft.section).arg(draft.rule).arg(weights.join(QStringLiteral(", ")));
    }
    openExportDialog(m_page->window(), objectName(), m_detail.row.name + QStringLiteral("-weights.yaml"), patch);
}

void RoutesPage::Private::discardDraft()
{
    m_drafts.discard(key());
    m_flow.dismissOutcome();
    if (m_isGone) {
        m_routeId.clear();
        m_list->setCurrentRoute({});
        showNothing();
    } else {
        refreshRoute();
    }
}

QString RoutesPage::Private::unsavedWork() const
{
    const auto drafts = static_cast<int>(m_drafts.changed().size());
    return drafts > 0 ? RouteHeader::draftsText(drafts) : QString();
}

} // namespace fairway::ui
