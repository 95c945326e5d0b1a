#include "widgets/routes/apply_flow.h"

#include <QTimer>

namespace fairway::ui {

ApplyFlow::ApplyFlow(engine::Engine &engine, QObject *parent)
    : QObject(parent), m_engine(engine), m_gateTimer(new QTimer(this))
{
    // Rights need the server: ask when a divider rests, not for every step of it.
    m_gateTimer->setSingleShot(true);
    m_gateTimer->setInterval(150);
    connect(m_gateTimer, &QTimer::timeout, this, [this] {
        if (m_source.isEmpty())
            m_engine.writes().checkGate(m_draft);
    });
    connect(&engine.writes(), &engine::WriteService::gateChecked, this, &ApplyFlow::onGate);
    connect(&engine.writes(), &engine::WriteService::finished, this, &ApplyFlow::onFinished);
    connect(&engine.writes(), &engine::WriteService::draftRefreshed, this, &ApplyFlow::onRefreshed);
    connect(&engine.writes(), &engine::WriteService::undone, this, &ApplyFlow::onUndone);
    const auto contextChanged = [this] {
        m_hasGate = false;
        m_isDryRunPassed = false;
        if (m_isChanged) {
            m_gateTimer->start();
        }
        Q_EMIT changed();
    };
    connect(&engine.contexts(), &engine::ContextService::currentChanged, this, contextChanged);
    connect(&engine.contexts(), &engine::ContextService::contextsChanged, this, contextChanged);
    connect(&engine.contexts(), &engine::ContextService::connectionChanged, this, &ApplyFlow::changed);
}

bool ApplyFlow::isLocked() const
{
    return m_source.isEmpty() && m_engine.contexts().current().isLocked;
}

bool ApplyFlow::isStale() const
{
    return m_source.isEmpty() && m_engine.contexts().connection().state == engine::Connection::Stale;
}

bool ApplyFlow::isCurrent(const engine::RouteDraft &draft) const
{
    return draft.isAboutSame(m_draft) && draft.saysSame(m_draft);
}

void ApplyFlow::setDraft(const engine::RouteDraft &draft, bool isChanged, bool isGone, Overtaken overtaken)
{
    const bool isOtherRule = !draft.isAboutSame(m_draft);
    const bool isOtherDraft = isOtherRule || !draft.saysSame(m_draft) || draft.resourceVersion != m_draft.resourceVersion;
    if (!isOtherDraft && isChanged == m_isChanged && isGone == m_isGone && overtaken == m_overtaken) {
        return;
    }
    m_draft = draft;
    m_isChanged = isChanged;
    m_isGone = isGone;
    m_overtaken = overtaken;
    if (isOtherRule) {
        m_isConflict = false;
        m_hasOutcome = false;
        m_note.clear();
        m_step = Step::Idle;
        m_appliesAfter = false;
        m_hasGate = false;
    }
    if (isOtherDraft) {
        m_isDryRunPassed = false;
        m_allowsUnready = false;
        // A refusal belongs to the weights it was given for; a success stays, with its Undo.
        if (m_hasOutcome && !m_outcome.isOk && isChanged && !m_isConflict && m_step == Step::Idle) {
            m_hasOutcome = false;
        }
        if (m_hasOutcome && m_outcome.isOk && m_outcome.stage == engine::WriteStage::DryRun) {
            m_hasOutcome = false;
        }
    }
    if (!isChanged) {
        m_isConflict = false;
        m_note.clear();
        m_gateTimer->stop();
        m_hasGate = false;
    } else if (overtaken == Overtaken::Rule) {
        m_gateTimer->stop();
        m_hasGate = false;
    } else if (!isGone) {
        m_gateTimer->start();
    }
    Q_EMIT changed();
}

void ApplyFlow::setSource(const QString &source)
{
    if (m_source == source) {
        return;
    }
    m_source = source;
    m_hasGate = false;
    Q_EMIT changed();
}

void ApplyFlow::clear()
{
    m_source.clear();
    m_gateTimer->stop();
    m_draft = {};
    m_isChanged = m_isGone = m_hasGate = m_isConflict = m_hasOutcome = m_isDryRunPassed = m_appliesAfter = m_allowsUnready = false;
    m_overtaken = Overtaken::No;
    m_note.clear();
    m_step = Step::Idle;
    Q_EMIT changed();
}

void ApplyFlow::setAllowsUnready(bool isAllowed)
{
    if (m_allowsUnready != isAllowed) {
        m_allowsUnready = isAllowed;
        Q_EMIT changed();
    }
}

QString ApplyFlow::commonBlocker() const
{
    if (m_isGone) {
        return tr("The object no longer exists.");
    }
    if (!m_source.isEmpty()) {
        return tr("This route is only rendered by %1: there is no object to write to.").arg(m_source);
    }
    if (isRuleGone()) {
        return tr("The draft's rule is not there any more as it was. Export the draft or discard it.");
    }
    if (isDisplaced()) {
        return tr("The rule leads elsewhere by now. Lay the draft over it or discard it.");
    }
    if (!m_isChanged) {
        return tr("Nothing to write: the draft is what is live.");
    }
    if (isLocked()) {
        return tr("%1 is locked.").arg(m_engine.contexts().current().name);
    }
    if (m_step != Step::Idle) {
        return tr("A request is under way.");
    }
    if (isConflict()) {
        return tr("The object changed in the cluster. Lay the draft over it or discard it.");
    }
    if (m_hasGate && !m_gate.mayWrite) {
        return m_gate.denied.isEmpty() ? tr("You may not write this object.") : m_gate.denied;
    }
    return {};
}

QString ApplyFlow::dryRunBlocker() const
{
    return commonBlocker();
}

QString ApplyFlow::applyBlocker() const
{
    const QString common = commonBlocker();
    if (!common.isEmpty()) {
        return common;
    }
    if (!m_hasGate) {
        return tr("Checking rights…");
    }
    if (!m_gate.unreadyDestinations.isEmpty() && !m_allowsUnready) {
        return tr("%1 has no ready pod. Tick the box to send traffic there all the same.").arg(m_gate.unreadyDestinations.join(QStringLiteral(", ")));
    }
    return {};
}

void ApplyFlow::onGate(const engine::RouteDraft &draft, const engine::WriteGate &gate)
{
    if (!isCurrent(draft)) {
        return; // For a draft of a moment ago.
    }
    m_gate = gate;
    m_hasGate = true;
    Q_EMIT changed();
}

void ApplyFlow::dryRun()
{
    if (!dryRunBlocker().isEmpty()) {
        return;
    }
    m_consent = {};
    m_consent.allowUnready = m_allowsUnready;
    m_appliesAfter = false;
    m_hasOutcome = false;
    m_step = Step::DryRunning;
    Q_EMIT changed();
    m_engine.writes().dryRun(m_draft, m_consent);
}

void ApplyFlow::apply(const engine::WriteConsent &consent)
{
    if (!applyBlocker().isEmpty()) {
        return;
    }
    m_consent = consent;
    m_consent.allowUnready = m_allowsUnready;
    m_hasOutcome = false;
    m_note.clear();
    if (isStale()) {
        m_appliesAfter = true;
        m_step = Step::Refreshing;
        Q_EMIT changed();
        m_engine.writes().refreshDraft(m_draft);
        return;
    }
    send();
}

void ApplyFlow::send()
{
    if (isLocked()) { // Locked in the meantime, by another window or by hand.
        m_step = Step::Idle;
        m_appliesAfter = false;
        Q_EMIT changed();
        return;
    }
    const engine::RouteDraft draft = m_draft;
    if (!m_isDryRunPassed) {
        m_appliesAfter = true;
        m_step = Step::DryRunning;
        Q_EMIT changed();
        m_engine.writes().dryRun(draft, m_consent);
        return;
    }
    m_appliesAfter = false;
    m_step = Step::Applying;
    Q_EMIT changed();
    m_engine.writes().apply(draft, m_consent);
}

void ApplyFlow::onFinished(const engine::RouteDraft &draft, const engine::WriteOutcome &outcome)
{
    if (outcome.stage == engine::WriteStage::Apply && outcome.isOk) {
        Q_EMIT written(draft); // Also for a rule that is no longer shown.
    }
    if (!draft.isAboutSame(m_draft)) {
        return;
    }
    const bool goesOn = m_appliesAfter && outcome.stage == engine::WriteStage::DryRun && outcome.isOk && isCurrent(draft);
    m_step = Step::Idle;
    m_appliesAfter = false;
    m_hasOutcome = true;
    m_outcome = outcome;
    m_isConflict = !outcome.isOk && outcome.isConflict;
    if (outcome.stage == engine::WriteStage::DryRun) {
        m_isDryRunPassed = outcome.isOk && isCurrent(draft);
    } else {
        m_isDryRunPassed = false;
    }
    if (goesOn) {
        send();
        return;
    }
    Q_EMIT changed();
}

void ApplyFlow::layDraftOver()
{
    if (m_step != Step::Idle || m_isGone || isRuleGone()) {
        return;
    }
    if (isDisplaced()) {
        Q_EMIT layOverRequested();
        return;
    }
    m_step = Step::Refreshing;
    m_appliesAfter = false;
    Q_EMIT changed();
    m_engine.writes().refreshDraft(m_draft);
}

void ApplyFlow::onRefreshed(const engine::RouteDraft &draft, const QString &note)
{
    if (!draft.isAboutSame(m_draft) || m_step != Step::Refreshing) {
        return;
    }
    const bool isSame = draft.saysSame(m_draft) && draft.resourceVersion == m_draft.resourceVersion;
    const bool goesOn = m_appliesAfter && isSame;
    m_step = Step::Idle;
    m_isConflict = m_isConflict && draft.resourceVersion == m_draft.resourceVersion; // Nothing was laid over anything.
    m_hasOutcome = false;
    m_note = note;
    if (m_appliesAfter && !isSame) {
        m_note = tr("The object changed while the connection was stale. Look at the diff, then apply again. %1").arg(note);
    }
    m_appliesAfter = false;
    m_draft = draft;
    Q_EMIT refreshed(draft);
    if (goesOn) {
        send();
        return;
    }
    m_gateTimer->start();
    Q_EMIT changed();
}

void ApplyFlow::undo(const engine::WriteConsent &consent)
{
    if (m_hasOutcome && m_outcome.journalId != 0 && m_step == Step::Idle && !isLocked()) {
        m_step = Step::Undoing;
        Q_EMIT changed();
        m_engine.writes().undo(m_outcome.journalId, consent);
    }
}

void ApplyFlow::onUndone(qint64 journalId, const engine::WriteOutcome &outcome)
{
    // Also when the activity strip undid it: the box must not offer it again.
    if (m_step == Step::Undoing || (m_hasOutcome && m_outcome.journalId == journalId)) {
        m_step = Step::Idle;
        m_hasOutcome = true;
        m_outcome = outcome;
        m_outcome.stage = engine::WriteStage::Undo;
        m_outcome.journalId = outcome.isOk ? 0 : journalId;
        Q_EMIT changed();
    }
}

void ApplyFlow::dismissOutcome()
{
    m_hasOutcome = false;
    m_note.clear();
    Q_EMIT changed();
}

} // namespace fairway::ui
