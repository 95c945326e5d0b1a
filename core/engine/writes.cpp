#include "core/engine/writes.h"

#include "core/engine/draft_change.h"
#include "core/engine/route_preview.h"
#include "core/engine/text.h"
#include "core/value/yaml.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace fairway::engine {
namespace {

    constexpr std::size_t JournalShown = 500;

    DiffLine toLine(const operate::DiffLine &line)
    {
        DiffLine out;
        switch (line.kind) {
        case operate::DiffLine::Kind::Header:
            out.kind = DiffLine::Kind::Header;
            break;
        case operate::DiffLine::Kind::Context:
            out.kind = DiffLine::Kind::Context;
            break;
        case operate::DiffLine::Kind::Removed:
            out.kind = DiffLine::Kind::Removed;
            break;
        case operate::DiffLine::Kind::Added:
            out.kind = DiffLine::Kind::Added;
            break;
        }
        out.text = toQString(line.text);
        return out;
    }

    QString fieldsText(
        const std::vector<operate::WrittenField> &fields, std::optional<std::string> operate::WrittenField::*side)
    {
        QString text;
        for (const operate::WrittenField &field : fields)
            text += toQString(field.pointer) + QLatin1String(": ")
                + ((field.*side) ? toQString(*(field.*side)) : QStringLiteral("(absent)")) + QLatin1Char('\n');
        return text;
    }

    /// What Undo of the entry writes, short enough for a sentence: "75 / 25 → 90 / 10".
    QString undoText(const std::vector<operate::WrittenField> &fields)
    {
        constexpr std::size_t mostFields = 8;
        constexpr qsizetype mostCharacters = 60;
        QStringList from;
        QStringList to;
        for (const operate::WrittenField &field : fields) {
            from.append(field.after ? toQString(*field.after) : QStringLiteral("–"));
            to.append(field.before ? toQString(*field.before) : QStringLiteral("–"));
        }
        const QString text = QStringLiteral("%1 → %2").arg(from.join(QLatin1String(" / ")), to.join(QLatin1String(" / ")));
        if (fields.empty() || fields.size() > mostFields || text.size() > mostCharacters)
            return Writes::tr("every field written, back to what it was");
        return text;
    }

    JournalEntry toEntry(const operate::JournalEntry &entry)
    {
        JournalEntry out;
        out.id = entry.id;
        out.when = toQDateTime(entry.when);
        out.who = toQString(entry.who);
        out.context = toQString(entry.context.name);
        out.object = toQString(entry.object.display());
        out.summary = toQString(entry.summary);
        out.state = toQString(operate::toString(entry.state));
        out.canUndo = entry.canUndo && (entry.state == operate::EntryState::Applied || entry.state == operate::EntryState::Partly);
        // The journal keeps plain English; a note that is a whole phrase of core is said in the window's language.
        out.undoNote = QCoreApplication::translate("operate", (entry.undoNote.empty() ? entry.note : entry.undoNote).c_str());
        if (out.canUndo && out.undoNote.isEmpty())
            out.undoNote = undoText(entry.fields);
        out.reason = toQString(entry.reason);
        out.before = fieldsText(entry.fields, &operate::WrittenField::before);
        out.after = fieldsText(entry.fields, &operate::WrittenField::after);
        for (const operate::JournalPart &part : entry.parts) {
            const QString object = toQString(part.object.display());
            if (&part != &entry.parts.front())
                out.object += QLatin1String(", ") + object;
            out.before += object + QLatin1Char('\n') + fieldsText(part.fields, &operate::WrittenField::before);
            out.after += object + QLatin1Char('\n') + fieldsText(part.fields, &operate::WrittenField::after);
        }
        return out;
    }

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

} // namespace

struct Writes::Desk {
    std::shared_ptr<ClusterSession> session;
    std::shared_ptr<operate::Journal> journal;
    std::unique_ptr<operate::ObjectApi> api;
    std::unique_ptr<operate::Writer> writer;
};

Writes::Writes(Contexts &contexts, Overview &overview, std::shared_ptr<GuiDispatcher::Poster> poster,
    TaskThread &worker, operate::ContextSettings &settings, std::string journalPath)
    : m_contexts(contexts)
    , m_overview(overview)
    , m_poster(std::move(poster))
    , m_worker(worker)
    , m_settings(settings)
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

QString Writes::whyNothingIsSent(const WeightDraft &draft)
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

std::optional<value::ObjectView> Writes::objectOf(const QString &id) const
{
    const auto &picture = isPreviewId(id) ? m_preview : m_picture;
    if (!picture)
        return std::nullopt;
    if (const auto entry = picture->entries.value(id))
        return entry->object;
    const auto policy = picture->policies.constFind(id);
    return policy == picture->policies.constEnd() ? std::nullopt : std::optional(*policy);
}

Result<operate::Change> Writes::changeOf(const WeightDraft &draft) const
{
    const QString key = draft.routeId + QLatin1Char('@') + draft.resourceVersion;
    const auto newest = objectOf(draft.routeId);
    if (newest && toQString(newest->resourceVersion()) == draft.resourceVersion && !m_bases.contains(key)) {
        if (m_bases.size() > 64)
            m_bases.clear();
        m_bases.insert(key, *newest);
    }
    const auto base = m_bases.constFind(key);
    if (base == m_bases.constEnd())
        return fail(ErrorCode::NotFound,
            toUtf8(tr("%1 is gone, or changed before this draft was looked at.").arg(draft.routeId)));
    const auto &picture = isPreviewId(draft.routeId) ? m_preview : m_picture;
    const auto entry = picture ? picture->entries.value(draft.routeId) : nullptr;
    const auto session = m_contexts.session();
    const auto discovery = session ? session->discovery() : nullptr;
    const kube::ResourceType *type = discovery ? discovery->findKind(base->apiVersion(), base->kind()) : nullptr;
    return changeOfDraft(draft, *base, entry ? &entry->detail : nullptr, type ? type->plural : std::string());
}

EditForm Writes::editForm(const WeightDraft &draft) const
{
    const auto object = objectOf(draft.routeId);
    if (!object) {
        EditForm form;
        form.problem = tr("%1 is not there any more.").arg(draft.routeId);
        return form;
    }
    return formOfDraft(draft, *object);
}

DiffView Writes::diff(const WeightDraft &draft) const
{
    DiffView view;
    const auto change = changeOf(draft);
    if (!change) {
        view.problem = inWords(change.error());
        return view;
    }
    const operate::Diff diff = operate::Writer::diff(*change);
    view.changedFields = diff.changedFields;
    for (const operate::DiffLine &line : diff.lines)
        view.lines.append(toLine(line));
    view.patch = toQString(value::toYaml(operate::Writer::patchOf(*change)));
    return view;
}

QString Writes::exportPatch(const WeightDraft &draft) const
{
    const auto change = changeOf(draft);
    if (!change)
        return {};
    const operate::ObjectRef &object = change->object;
    return QStringLiteral("# kubectl -n %1 patch %2 %3 --type=json --patch-file THIS_FILE\n")
               .arg(toQString(object.ns), toQString(object.resource().qualifiedName()), toQString(object.name))
        + toQString(value::toYaml(operate::Writer::patchOf(*change)));
}

void Writes::checkGate(const WeightDraft &draft)
{
    const QString refusal = whyNothingIsSent(draft);
    auto change = changeOf(draft);
    const auto atDesk = desk();
    if (!change || !atDesk || !refusal.isEmpty()) {
        WriteGate gate;
        gate.mayWrite = false;
        gate.denied = !refusal.isEmpty() ? refusal : !change ? inWords(change.error()) : m_journal ? tr("Not connected.") : m_journalProblem;
        m_poster->post([this, draft, gate] { Q_EMIT gateChecked(draft, gate); });
        return;
    }
    m_worker.post([this, atDesk, draft, change = std::move(*change), token = atDesk->session->token()]() mutable {
        const auto live = atDesk->writer->read(change.object, token);
        const operate::Gate found = atDesk->writer->gate(withManagers(std::move(change), live), token);
        if (token.isCancelled())
            return;
        WriteGate gate;
        gate.isLocked = found.isLocked;
        gate.mayWrite = found.mayWrite;
        gate.denied = inWords(found.denied.empty() ? found.problem : found.denied);
        gate.needsTypedName = found.needsTypedName;
        for (const std::string &destination : found.unreadyDestinations)
            gate.unreadyDestinations.append(toQString(destination));
        if (!found.owners.empty())
            gate.ownedBy = toQString(found.owners.front().name);
        for (const operate::Owner &owner : found.owners)
            gate.owners.append(toQString(owner.name + ": " + owner.why));
        m_poster->post([this, draft, gate] { Q_EMIT gateChecked(draft, gate); });
    });
}

void Writes::dryRun(const WeightDraft &draft, const WriteConsent &consent)
{
    run(draft, consent, WriteStage::DryRun);
}

void Writes::apply(const WeightDraft &draft, const WriteConsent &consent)
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

void Writes::run(const WeightDraft &draft, const WriteConsent &consent, WriteStage stage)
{
    const QString refusal = whyNothingIsSent(draft);
    auto change = changeOf(draft);
    const auto atDesk = desk();
    if (!change || !atDesk || !refusal.isEmpty()) {
        WriteOutcome outcome;
        outcome.stage = stage;
        outcome.message = !refusal.isEmpty() ? refusal
            : !change             ? inWords(change.error())
            : m_journal           ? tr("Not connected.")
                                  : m_journalProblem;
        m_poster->post([this, draft, outcome] { Q_EMIT finished(draft, outcome); });
        return;
    }
    const QString object = toQString(change->object.display());
    const quint64 activity = m_overview.begin(
        stage == WriteStage::DryRun ? tr("Dry run of %1").arg(object) : tr("Applying %1").arg(object));
    m_worker.post([this, atDesk, draft, change = std::move(*change), consent = toConsent(consent), stage, activity,
                      token = m_worker.token()] {
        const operate::WriteOutcome result = stage == WriteStage::DryRun
            ? atDesk->writer->dryRun(change, consent, token)
            : atDesk->writer->apply(change, consent, token);
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

void Writes::refreshDraft(const WeightDraft &draft)
{
    if (const QString refusal = whyNothingIsSent(draft); !refusal.isEmpty()) {
        m_poster->post([this, draft, refusal] { Q_EMIT draftRefreshed(draft, refusal); });
        return;
    }
    const auto change = changeOf(draft);
    const auto newest = objectOf(draft.routeId);
    if (!newest) {
        m_poster->post(
            [this, draft] { Q_EMIT draftRefreshed(draft, tr("The object was deleted; the draft is kept.")); });
        return;
    }
    WeightDraft renewed = draft;
    QString note = tr("The object did not change.");
    const QString version = toQString(newest->resourceVersion());
    if (version != draft.resourceVersion) {
        const auto theirs = newest->parse();
        const operate::Merge merge
            = change && theirs ? operate::merge3(change->base, change->desired, *theirs) : operate::Merge {};
        const auto entry = m_picture->entries.value(draft.routeId);
        // The draft is laid over the newer object only where what it is about still stands there: for weights, the same destinations in
        // the same order.
        const Rule *rule = entry ? findRule(entry->detail, draft) : nullptr;
        const bool fits = draft.kind != DraftKind::Weights ? formOfDraft(draft, *newest).problem.isEmpty()
                                                           : rule && rule->destinations.size() == draft.weights.size();
        if (fits)
            renewed.resourceVersion = version;
        if (fits && merge.isClean)
            note = draft.kind == DraftKind::Weights ? tr("Your weights now stand on the newer object.") : tr("Your changes now stand on the newer object.");
        else if (fits)
            note = draft.kind == DraftKind::Weights ? tr("The same weights were changed meanwhile: compare the diff before you apply.")
                                                    : tr("The same fields were changed meanwhile: compare the diff before you apply.");
        else
            note = tr(
                "The rule was changed meanwhile: its destinations are no longer the same. Reset the draft to go on.");
    }
    m_poster->post([this, renewed, note] { Q_EMIT draftRefreshed(renewed, note); });
}

} // namespace fairway::engine
