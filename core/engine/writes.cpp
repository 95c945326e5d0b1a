#include "core/engine/writes.h"

#include "core/engine/draft_change.h"
#include "core/engine/route_preview.h"
#include "core/engine/text.h"
#include "core/engine/write_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

    constexpr std::size_t JournalShown = 500;
    constexpr std::chrono::seconds PodsTimeout {5};
    constexpr std::int64_t PodsAsked = 500;

    operate::WriteConsent toConsent(const WriteConsent &consent)
    {
        return {toUtf8(consent.typedContext), toUtf8(consent.reason), consent.allowUnready};
    }

    /// The object with managedFields when the server still holds the version the draft began from: only with them can
    /// owners be named. Else the change as it is; the Writer deals with what changed meanwhile.
    operate::Change withManagers(operate::Change change, const Result<value::Value> &live)
    {
        if (live && (*live)["metadata"]["resourceVersion"] == change.base["metadata"]["resourceVersion"]) {
            change.base = value::deepCopy(change.base);
            change.desired = value::deepCopy(change.desired);
            change.base.asMap().get("metadata")->set("managedFields", (*live)["metadata"]["managedFields"]);
            change.desired.asMap().get("metadata")->set("managedFields", (*live)["metadata"]["managedFields"]);
        }
        return change;
    }

    /// What stands in the way of one object stands in the way of the step.
    void addTo(WriteGate &gate, const operate::Gate &found)
    {
        gate.isLocked = gate.isLocked || found.isLocked;
        gate.needsTypedName = gate.needsTypedName || found.needsTypedName;
        if (gate.mayWrite) {
            gate.mayWrite = found.mayWrite;
            gate.denied = inWords(found.denied.empty() ? found.problem : found.denied);
        }
        for (const std::string &destination : found.unreadyDestinations)
            gate.unreadyDestinations.append(toQString(destination));
        if (!found.owners.empty() && gate.ownedBy.isEmpty())
            gate.ownedBy = toQString(found.owners.front().name);
        for (const operate::Owner &owner : found.owners)
            gate.owners.append(toQString(owner.name + ": " + owner.why));
    }

    /// Controllers that say in their own objects that they steer the split: nothing of the route's own object may tell of them.
    void addClaims(WriteGate &gate, const QList<OwnerClaim> &claims)
    {
        for (const OwnerClaim &claim : claims) {
            const bool isNamed = std::any_of(gate.owners.begin(), gate.owners.end(), [&](const QString &owner) { return owner.startsWith(claim.controller + QLatin1Char(':')); });
            if (isNamed)
                continue;
            if (gate.ownedBy.isEmpty()) {
                gate.ownedBy = claim.controller;
                gate.ownerGoesOn = !claim.revertsEdits;
            }
            gate.owners.append(claim.controller + QLatin1String(": ")
                + (claim.revertsEdits ? Writes::tr("%1 writes the share of %2").arg(claim.object, claim.label)
                                      : Writes::tr("%1 goes on from the share of %2 that is written").arg(claim.object, claim.label)));
        }
    }

    /// Asks whether a pod is ready where requests would arrive for the first time. What can't be asked is not held against the change.
    void noteUnready(PlannedChanges &planned, kube::Client &client, const CancelToken &cancel)
    {
        if (!planned.arrival || planned.changes.empty())
            return;
        const Arrival &arrival = *planned.arrival;
        kube::ListOptions options;
        options.call.cancel = cancel;
        options.call.timeout = PodsTimeout;
        options.ns = arrival.ns;
        options.limit = PodsAsked;
        const auto service = client.get({"", "v1", "services"}, arrival.ns, arrival.service, options.call);
        const auto parsed = service ? service->parse() : tl::unexpected(service.error());
        if (!parsed || !(*parsed)["spec"]["selector"].isMap())
            return;
        const auto select = [&](std::string_view key, std::string_view text) {
            options.labelSelector += (options.labelSelector.empty() ? "" : ",") + std::string(key) + "=" + std::string(text);
        };
        for (const auto &[key, text] : (*parsed)["spec"]["selector"].asMap())
            select(key, text.stringOr());
        for (const auto &[key, text] : arrival.labels)
            select(key, text);
        const auto pods = client.list({"", "v1", "pods"}, options);
        if (!pods)
            return;
        for (const value::ObjectView &view : pods->items) {
            const auto pod = view.parse();
            const value::Value conditions = pod ? (*pod)["status"]["conditions"] : value::Value();
            for (std::size_t i = 0; i < conditions.size(); ++i) {
                if (conditions[i]["type"].stringOr() == "Ready" && conditions[i]["status"].stringOr() == "True" && !view.isDeleting())
                    return;
            }
        }
        planned.changes.back().unreadyDestinations.push_back(arrival.label);
    }

    /// What is created can be taken back only as a step of its own.
    operate::WriteOutcome written(operate::Writer &writer, const std::vector<operate::Change> &changes, const operate::WriteConsent &consent,
        WriteStage stage, const CancelToken &cancel)
    {
        const bool isStep = changes.size() > 1 || changes.front().verb == operate::WriteVerb::Create;
        if (stage == WriteStage::DryRun)
            return isStep ? writer.dryRunTogether(changes, consent, cancel) : writer.dryRun(changes.front(), consent, cancel);
        return isStep ? writer.applyTogether(changes, consent, cancel) : writer.apply(changes.front(), consent, cancel);
    }

} // namespace

struct Writes::Desk {
    std::shared_ptr<ClusterSession> session;
    std::shared_ptr<operate::Journal> journal;
    std::unique_ptr<operate::ObjectApi> api;
    std::unique_ptr<operate::Writer> writer;
};

Writes::Writes(Contexts &contexts, Overview &overview, std::shared_ptr<GuiDispatcher::Poster> poster,
    TaskThread &worker, operate::ContextSettings &settings, const Gateways &gateways, std::string journalPath)
    : m_contexts(contexts)
    , m_overview(overview)
    , m_poster(std::move(poster))
    , m_worker(worker)
    , m_settings(settings)
    , m_gateways(gateways)
    , m_journalPath(std::move(journalPath))
{
}

void Writes::begin()
{
    m_worker.post([this] {
        auto opened = operate::Journal::open(m_journalPath);
        const QString problem = opened ? toQString((*opened)->notice()) : inWords(opened.error());
        std::shared_ptr<operate::Journal> journal = opened ? std::move(*opened) : nullptr;
        m_poster->post([this, journal, problem] {
            m_journal = journal;
            if (!journal)
                m_journalProblem = problem;
            if (!problem.isEmpty())
                Q_EMIT noticed(problem);
            if (journal)
                journal->onChange([this] { m_poster->post([this] { reloadJournal(); }); });
            reloadJournal();
            takeSession();
        });
    });
}

void Writes::takePicture(const std::shared_ptr<const RoutePicture> &picture)
{
    m_picture = picture;
}

void Writes::takePreview(const std::shared_ptr<const RoutePicture> &preview)
{
    m_preview = preview;
    // A rendering has no versions: drafts stand on the newest.
    m_bases.removeIf([](const auto &base) { return isPreviewId(base.key()); });
}

QString Writes::whyNothingIsSent(const RouteDraft &draft)
{
    return isPreviewId(draft.routeId) ? tr("This route is only rendered: there is no object to write to.") : QString();
}

void Writes::takeSession()
{
    m_bases.clear();
    const auto atDesk = desk();
    if (!atDesk)
        return;
    m_worker.post([atDesk, token = atDesk->session->token()] {
        // What can't be settled now stays in the journal as intended and is tried again with the next connection.
        [[maybe_unused]] const auto settled = atDesk->writer->reconcile(token);
    });
}

void Writes::reloadJournal()
{
    if (!m_journal)
        return;
    m_worker.post([this, journal = m_journal] {
        const auto latest = journal->latest(JournalShown);
        if (!latest)
            return;
        QList<JournalEntry> entries;
        for (const operate::JournalEntry &entry : *latest)
            entries.append(toEntry(entry));
        m_poster->post([this, entries = std::move(entries)] {
            m_entries = entries;
            m_overview.takeJournal(m_entries);
            Q_EMIT journalChanged();
        });
    });
}

bool Writes::isMine(const QString &object) const
{
    const QString context = m_contexts.current().name;
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const JournalEntry &entry) {
        return entry.object.split(QLatin1String(", ")).contains(object) && entry.context == context && entry.state == QLatin1String("applied");
    });
}

std::shared_ptr<Writes::Desk> Writes::desk() const
{
    if (!m_contexts.session() || !m_journal)
        return nullptr;
    auto atDesk = std::make_shared<Desk>();
    atDesk->session = m_contexts.session();
    atDesk->journal = m_journal;
    atDesk->api = operate::makeObjectApi(atDesk->session->client());
    operate::Writer::Parts parts;
    parts.context = m_contexts.currentKey();
    parts.api = atDesk->api.get();
    parts.journal = m_journal.get();
    parts.settings = &m_settings;
    atDesk->writer = std::make_unique<operate::Writer>(parts);
    return atDesk;
}

void Writes::checkGate(const RouteDraft &draft)
{
    const QString refusal = whyNothingIsSent(draft);
    auto planned = changesOf(draft);
    const auto atDesk = desk();
    if (!planned || !atDesk || !refusal.isEmpty()) {
        WriteGate gate;
        gate.mayWrite = false;
        gate.denied = !refusal.isEmpty() ? refusal : !planned ? inWords(planned.error()) : m_journal ? tr("Not connected.") : m_journalProblem;
        m_poster->post([this, draft, gate] { Q_EMIT gateChecked(draft, gate); });
        return;
    }
    m_worker.post([this, atDesk, draft, planned = std::move(*planned), claims = claimsOn(draft), token = atDesk->session->token()]() mutable {
        noteUnready(planned, *atDesk->session->client(), token);
        WriteGate gate;
        for (operate::Change &change : planned.changes) {
            const bool isNew = change.verb == operate::WriteVerb::Create;
            const auto live = isNew ? Result<value::Value>(value::Value()) : atDesk->writer->read(change.object, token);
            addTo(gate, atDesk->writer->gate(isNew ? change : withManagers(change, live), token));
        }
        addClaims(gate, claims);
        if (token.isCancelled())
            return;
        m_poster->post([this, draft, gate] { Q_EMIT gateChecked(draft, gate); });
    });
}

void Writes::dryRun(const RouteDraft &draft, const WriteConsent &consent)
{
    run(draft, consent, WriteStage::DryRun);
}

void Writes::apply(const RouteDraft &draft, const WriteConsent &consent)
{
    run(draft, consent, WriteStage::Apply);
}

WriteOutcome Writes::outcomeOf(const operate::WriteOutcome &outcome, WriteStage stage)
{
    WriteOutcome out;
    out.stage = stage;
    out.isOk = outcome.isOk();
    out.isConflict = outcome.conflict.has_value();
    // What the server or a file says comes as an error; what went well only as a text.
    out.message = outcome.error ? inWords(*outcome.error) : outcome.text.empty() ? toQString(outcome.message) : inWords(outcome.text);
    if (outcome.conflict)
        out.conflictDetail = inWords(outcome.conflict->detail);
    for (const Text &warning : outcome.warnings)
        out.warnings.append(inWords(warning));
    out.journalId = outcome.journalId;
    return out;
}

void Writes::run(const RouteDraft &draft, const WriteConsent &consent, WriteStage stage)
{
    const QString refusal = whyNothingIsSent(draft);
    auto planned = changesOf(draft);
    const auto atDesk = desk();
    if (!planned || planned->changes.empty() || !atDesk || !refusal.isEmpty()) {
        WriteOutcome outcome;
        outcome.stage = stage;
        outcome.message = !refusal.isEmpty() ? refusal
            : !planned            ? inWords(planned.error())
            : m_journal           ? tr("Not connected.")
                                  : m_journalProblem;
        if (refusal.isEmpty() && !planned && planned.error().code == ErrorCode::Conflict) {
            outcome.isConflict = true;
            outcome.conflictDetail = outcome.message;
        }
        m_poster->post([this, draft, outcome] { Q_EMIT finished(draft, outcome); });
        return;
    }
    QStringList objects;
    for (const operate::Change &change : planned->changes)
        objects.append(toQString(change.object.display()));
    const QString object = objects.join(QLatin1String(", "));
    const quint64 activity = m_overview.begin(
        stage == WriteStage::DryRun ? tr("Dry run of %1").arg(object) : tr("Applying %1").arg(object));
    m_worker.post([this, atDesk, draft, planned = std::move(*planned), consent = toConsent(consent), stage, activity,
                      token = m_worker.token()]() mutable {
        noteUnready(planned, *atDesk->session->client(), token);
        const operate::WriteOutcome result = written(*atDesk->writer, planned.changes, consent, stage, token);
        m_poster->post([this, draft, outcome = outcomeOf(result, stage), activity] {
            m_overview.end(activity);
            Q_EMIT finished(draft, outcome);
        });
    });
}

void Writes::undo(qint64 journalId, const WriteConsent &consent)
{
    const auto atDesk = desk();
    if (!atDesk) {
        WriteOutcome outcome;
        outcome.stage = WriteStage::Undo;
        outcome.message = tr("Not connected.");
        m_poster->post([this, journalId, outcome] { Q_EMIT undone(journalId, outcome); });
        return;
    }
    const quint64 activity = m_overview.begin(tr("Undoing write %1").arg(journalId));
    m_worker.post([this, atDesk, journalId, consent = toConsent(consent), activity, token = m_worker.token()] {
        const operate::WriteOutcome result = atDesk->writer->undo(journalId, consent, token);
        m_poster->post([this, journalId, outcome = outcomeOf(result, WriteStage::Undo), activity] {
            m_overview.end(activity);
            Q_EMIT undone(journalId, outcome);
        });
    });
}

void Writes::refreshDraft(const RouteDraft &draft)
{
    if (const QString refusal = whyNothingIsSent(draft); !refusal.isEmpty()) {
        m_poster->post([this, draft, refusal] { Q_EMIT draftRefreshed(draft, refusal); });
        return;
    }
    if (draft.kind == DraftKind::Http1) { // What is only created can't lie over anybody's change.
        m_poster->post([this, draft] { Q_EMIT draftRefreshed(draft, tr("Your changes now stand on the newest objects.")); });
        return;
    }
    const auto planned = changesOf(draft);
    const auto newest = objectOf(draft);
    if (!newest) {
        m_poster->post(
            [this, draft] { Q_EMIT draftRefreshed(draft, tr("The object was deleted; the draft is kept.")); });
        return;
    }
    unpin(draft);
    RouteDraft renewed = draft;
    QString note = planned && planned->changes.size() > 1 ? tr("Your changes now stand on the newest objects.") : tr("The object did not change.");
    const QString version = toQString(newest->resourceVersion());
    if (version != draft.resourceVersion) {
        const auto theirs = newest->parse();
        const operate::Merge merge
            = planned && theirs ? operate::merge3(planned->changes.back().base, planned->changes.back().desired, *theirs) : operate::Merge {};
        const auto laid = laidOver(draft, *newest, merge);
        const bool fits = laid.has_value();
        if (fits)
            renewed = *laid;
        if (fits && merge.isClean)
            note = draft.kind == DraftKind::Weights ? tr("Your weights now stand on the newer object.") : tr("Your changes now stand on the newer object.");
        else if (fits)
            note = draft.kind == DraftKind::Weights ? tr("The same weights were changed meanwhile: compare the diff before you apply.")
                                                    : tr("The same fields were changed meanwhile: compare the diff before you apply.");
        else if (draft.kind == DraftKind::Weights)
            note = tr(
                "The rule was changed meanwhile: its destinations are no longer the same. Reset the draft to go on.");
        else
            note = tr("What the change is about is not there any more as it was. The draft is kept; nothing was written.");
    }
    m_poster->post([this, renewed, note] { Q_EMIT draftRefreshed(renewed, note); });
}

} // namespace fairway::engine
