#include "widgets/routes/routes_page.h"

#include "core/engine/route_preview.h"
#include "core/engine/rule_identity.h"
#include "widgets/common/banner.h"
#include "widgets/common/empty_state.h"
#include "widgets/common/no_cluster.h"
#include "widgets/routes/action_box.h"
#include "widgets/routes/conflict_words.h"
#include "widgets/routes/export_dialog.h"
#include "widgets/routes/finding_target.h"
#include "widgets/routes/inspector.h"
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

#include <QResizeEvent>
#include <QStackedWidget>
#include <QToolButton>

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
    QString missed; // The rule that was shown and is not there any more.
    if (before != nullptr) {
        const engine::FoundRule found = engine::findRule(fresh, {before->section, before->index, before->identity});
        missed = found.position < 0 ? before->title : QString();
        m_rule = static_cast<int>(found.position);
    }
    m_isGone = false;
    m_detail = fresh;
    m_drafts.follow(m_detail);
    m_xray->setRoute(m_routeId);
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
        m_split->setRule(m_detail.row, *shown, ruleNumber(m_detail, *shown), m_drafts.open(m_detail, *shown));
        if (!missed.isEmpty()) {
            m_split->say(tr("“%1”, which was shown here, is not there any more as it was. This is another rule.").arg(missed));
        }
    } else {
        m_split->setRule(m_detail.row, {}, 1, nullptr);
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
        m_inspector->actions().setSubject(objectName(), 0, {});
        tellLost();
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
    m_inspector->actions().setSubject(objectName(), diff.changedFields,
        conflictRows(*shown, draft.weights, aside), aside != nullptr ? displacedText(*aside) : QString());
    tellLost();
    m_rehearsal->setRule(m_detail, *shown, draft.weights);
    m_truth->setTruth(Truth::tell(m_detail, *shown, draft.weights, isChanged, m_rehearsal->status()));
}

/// A draft whose rule is gone is decided about before any other of its route.
void RoutesPage::Private::tellLost()
{
    const auto lost = m_drafts.lost(m_routeId);
    if (!lost) {
        return;
    }
    m_flow.setSource(m_detail.source);
    m_flow.setDraft(lost->draft, true, false, ApplyFlow::Overtaken::Rule);
    m_inspector->setRoute(m_detail, {}, m_detail.findings);
    m_inspector->actions().setSubject(objectName(), 0, lostRows(*lost), lostText(*lost));
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
    m_inspector->actions().setSubject(objectName(), 0, {});
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
    m_split->setRule({}, {}, 1, nullptr);
    m_rehearsal->clearRule();
    m_flow.clear();
    m_inspector->clear();
    m_inspector->actions().setSubject({}, 0, {});
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
            m_drafts.discardLost(key.routeId);
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
        m_split->setRule({}, {}, 1, nullptr);
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
    const auto lost = m_drafts.lost(m_routeId);
    const engine::RouteDraft draft = lost ? lost->draft : m_drafts.weightDraft(key());
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
    if (m_drafts.lost(m_routeId)) {
        m_drafts.discardLost(m_routeId);
    } else {
        m_drafts.discard(key());
    }
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
