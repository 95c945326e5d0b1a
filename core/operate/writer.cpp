#include "core/operate/writer.h"

#include "core/operate/conflict.h"
#include "core/operate/pointer.h"
#include "core/operate/process_mark.h"
#include "core/operate/secret_mask.h"
#include "core/operate/written_fields.h"
#include "core/value/json.h"

#include <algorithm>
#include <cassert>

namespace fairway::operate {

using value::Value;

namespace {

std::string versionOf(const Value &object)
{
    return std::string(object["metadata"]["resourceVersion"].stringOr());
}

std::string uidOf(const Value &object)
{
    return std::string(object["metadata"]["uid"].stringOr());
}

/// Whether after this error the request may still have been carried out.
bool isAmbiguous(const Error &error)
{
    switch (error.code) {
    case ErrorCode::Timeout:
    case ErrorCode::Unavailable:
    case ErrorCode::ProtocolViolation:
    case ErrorCode::LimitExceeded: // the answer was too large, the request not
    case ErrorCode::Cancelled:
    case ErrorCode::Io:
    case ErrorCode::Internal:
    case ErrorCode::Unreachable: // "connection reset" may come after the request was read
        return true;
    default:
        return false;
    }
}

/// Whether the refusal may mean that the tested resourceVersion is not the current one any more.
bool isPrecondition(const Error &error)
{
    return error.code == ErrorCode::Conflict || error.code == ErrorCode::InvalidInput;
}

bool isBlank(std::string_view text)
{
    return text.find_first_not_of(" \t\n") == std::string_view::npos;
}

std::string_view rightFor(const Change &change)
{
    switch (change.verb) {
    case WriteVerb::Create:
        return "create";
    case WriteVerb::Delete:
        return "delete";
    case WriteVerb::Update:
    case WriteVerb::Apply:
        break;
    }
    return "patch";
}

std::vector<std::string> pointersOf(const std::vector<FieldChange> &changes)
{
    std::vector<std::string> pointers;
    pointers.reserve(changes.size());
    for (const FieldChange &change : changes)
        pointers.push_back(change.pointer);
    return pointers;
}

/// JSON patch that changes exactly these fields of the object in this version of it.
Value patchFor(const std::vector<FieldChange> &changes, const std::string &version)
{
    Value operations = Value::list();
    // A test, not a replacement, of the version: it holds on every server, whatever that makes of a changed version.
    if (!version.empty())
        operations.append(Value::map({{"op", "test"}, {"path", "/metadata/resourceVersion"}, {"value", version}}));
    for (const FieldChange &change : changes) {
        const char *name = !change.after ? "remove" : (change.before ? "replace" : "add");
        Value operation = Value::map({{"op", name}, {"path", change.pointer}});
        if (change.after)
            operation.set("value", *change.after);
        operations.append(std::move(operation));
    }
    return operations;
}

std::vector<FieldChange> localChanges(const Change &change)
{
    switch (change.verb) {
    case WriteVerb::Update:
        return changedFields(change.base, change.desired);
    case WriteVerb::Delete:
        return {{"", change.base, std::nullopt}};
    case WriteVerb::Create:
    case WriteVerb::Apply:
        break;
    }
    return {{"", std::nullopt, change.desired}};
}

/// Names the webhook when the server says that one can't do dry runs.
std::optional<Error> dryRunUnsupported(const Error &error)
{
    const std::size_t at = error.message.find("does not support dry run");
    if (at == std::string::npos)
        return std::nullopt;
    const std::size_t open = error.message.find('"');
    const std::size_t close = open == std::string::npos ? open : error.message.find('"', open + 1);
    const std::string name = close == std::string::npos ? "a webhook" : error.message.substr(open + 1, close - open - 1);
    return Error {ErrorCode::Unsupported, "the admission webhook " + name
                      + " does not support dry runs, so the server could not check the change beforehand"};
}

} // namespace

/// One change on its way: what was read, what will be sent, what came of it.
struct Writer::Attempt {
    Change change;
    Value live;                       ///< As read just now; Null when there is no such object.
    std::vector<FieldChange> changes; ///< Update: from live to desired.
    Value predicted;                  ///< The dry run's answer; Null without one.
    WriteRequest request;
    WriteOutcome outcome;
    JournalEntry entry;

    void refuse(Error error)
    {
        outcome.message = error.message;
        outcome.error = std::move(error);
    }
    void refuseWithConflict(const Value &theirs)
    {
        outcome.conflict = describeConflict(change, theirs);
        refuse({ErrorCode::Conflict, outcome.conflict->detail});
    }
};

Writer::Writer(Parts parts)
    : m_parts(std::move(parts))
{
    assert(m_parts.api != nullptr && m_parts.journal != nullptr && m_parts.settings != nullptr);
}

Result<Value> Writer::read(const ObjectRef &object, const CancelToken &cancel)
{
    return m_parts.api->read(object, cancel);
}

Diff Writer::diff(const Change &change)
{
    if (change.verb == WriteVerb::Delete)
        return diffObjects(change.base, Value());
    return diffObjects(change.base, change.desired);
}

Value Writer::patchOf(const Change &change)
{
    return patchFor(changedFields(change.base, change.desired), versionOf(change.base));
}

Gate Writer::gate(const Change &change, const CancelToken &cancel)
{
    Gate gate;
    const ContextPolicy policy = m_parts.settings->policy(m_parts.context);
    gate.isLocked = policy.isLocked;
    gate.needsTypedName = policy.isProduction;
    gate.unreadyDestinations = change.unreadyDestinations;
    gate.owners = ownersOf(change.base, change.verb == WriteVerb::Update ? pointersOf(localChanges(change))
                                                                         : std::vector<std::string>());
    if (const auto error = denied(change, cancel)) {
        gate.mayWrite = error->code != ErrorCode::Forbidden;
        (gate.mayWrite ? gate.problem : gate.denied) = error->message;
    }
    return gate;
}

std::optional<Error> Writer::denied(const Change &change, const CancelToken &cancel)
{
    const std::string_view verb = rightFor(change);
    const Result<kube::AccessAnswer> answer = m_parts.api->mayI(verb, change.object, cancel);
    if (!answer)
        return answer.error();
    if (answer->allowed)
        return std::nullopt;
    const std::string who = m_parts.api->userName();
    std::string message = (who.empty() ? "this user" : "user " + who) + " may not " + std::string(verb) + " "
        + change.object.resource().qualifiedName();
    if (!change.object.ns.empty())
        message += " in namespace " + change.object.ns;
    if (!answer->reason.empty())
        message += " (" + answer->reason + ")";
    return Error {ErrorCode::Forbidden, message};
}

std::optional<Error> Writer::refusal(WriteStage stage, const Change &change, const WriteConsent &consent) const
{
    const std::string &context = m_parts.context.name;
    const ContextPolicy policy = m_parts.settings->policy(m_parts.context);
    if (policy.isLocked)
        return Error {ErrorCode::Locked, "context " + context + " is locked: nothing was sent"};
    if (stage == WriteStage::DryRun)
        return std::nullopt; // it changes nothing: consent is for what does
    if (policy.isProduction && consent.typedContext != context)
        return Error {ErrorCode::Locked, "context " + context + " is marked production: type its name to write"};
    if (policy.isProduction && isBlank(consent.reason))
        return Error {ErrorCode::Locked, "context " + context + " is marked production: a write needs a reason"};
    if (!change.unreadyDestinations.empty() && !consent.allowUnready) {
        std::string names;
        for (const std::string &name : change.unreadyDestinations)
            names += (names.empty() ? "" : ", ") + name;
        return Error {ErrorCode::Locked, names + " would get traffic without a ready endpoint: confirm that this is meant"};
    }
    return std::nullopt;
}

Result<WriteAnswer> Writer::send(const WriteRequest &request, const CancelToken &cancel)
{
    // Again, right before it leaves: the lock may have been set while the dry run was under way.
    if (m_parts.settings->policy(m_parts.context).isLocked)
        return fail(ErrorCode::Locked, "context " + m_parts.context.name + " is locked: nothing was sent");
    return m_parts.api->send(request, cancel);
}

WriteOutcome Writer::dryRun(const Change &change, const WriteConsent &consent, const CancelToken &cancel)
{
    return run(WriteStage::DryRun, change, consent, 0, cancel);
}

WriteOutcome Writer::apply(const Change &change, const WriteConsent &consent, const CancelToken &cancel)
{
    return run(WriteStage::Apply, change, consent, 0, cancel);
}

WriteOutcome Writer::run(WriteStage stage, Change change, const WriteConsent &consent, std::int64_t undoes,
                         const CancelToken &cancel)
{
    Attempt attempt;
    attempt.change = std::move(change);
    attempt.outcome.stage = stage;
    if (auto error = refusal(stage, attempt.change, consent)) {
        attempt.refuse(std::move(*error));
        return std::move(attempt.outcome);
    }
    if (!prepare(attempt, cancel))
        return std::move(attempt.outcome);
    if (auto error = denied(attempt.change, cancel)) {
        attempt.refuse(std::move(*error));
        return std::move(attempt.outcome);
    }
    const bool isRehearsed = rehearse(attempt, cancel);
    const bool isWaived = attempt.outcome.error && attempt.outcome.error->code == ErrorCode::Unsupported
        && consent.allowWithoutDryRun;
    if (stage == WriteStage::DryRun || (!isRehearsed && !isWaived))
        return std::move(attempt.outcome);
    attempt.outcome.error.reset();
    commit(attempt, consent, undoes, cancel);
    return std::move(attempt.outcome);
}

/// Reads the object and turns the change into a request on what is there now. False: outcome says why not (or that there
/// is nothing to do).
bool Writer::prepare(Attempt &attempt, const CancelToken &cancel)
{
    Change &change = attempt.change;
    WriteRequest &request = attempt.request;
    request.object = change.object;
    request.fieldManager = change.fieldManager;
    request.force = change.force;
    Result<Value> live = change.verb == WriteVerb::Create ? Value() : m_parts.api->read(change.object, cancel);
    if (!live && live.error().code == ErrorCode::NotFound && change.verb == WriteVerb::Apply)
        live = Value(); // it will be created
    if (!live) {
        if (live.error().code == ErrorCode::NotFound && change.verb == WriteVerb::Update)
            attempt.refuseWithConflict(Value());
        else
            attempt.refuse(live.error());
        return false;
    }
    attempt.live = *live;
    switch (change.verb) {
    case WriteVerb::Create:
        request.kind = WriteRequest::Kind::Create;
        request.body = change.desired;
        return true;
    case WriteVerb::Apply:
        request.kind = WriteRequest::Kind::Apply;
        request.body = change.desired;
        return true;
    case WriteVerb::Delete:
        request.kind = WriteRequest::Kind::Delete;
        request.uid = uidOf(change.base);
        request.gracePeriodSeconds = change.gracePeriodSeconds;
        request.propagation = change.propagation;
        return true;
    case WriteVerb::Update:
        break;
    }
    const bool isSameObject = uidOf(change.base).empty() || uidOf(change.base) == uidOf(*live);
    if (!isSameObject || !changedFields(change.base, *live).empty()) {
        attempt.refuseWithConflict(*live);
        return false;
    }
    // Only what the server itself writes differs: the change is laid over the newest version.
    attempt.changes = changedFields(change.base, change.desired);
    if (attempt.changes.empty()) {
        attempt.outcome.state = EntryState::Applied;
        attempt.outcome.object = *live;
        attempt.outcome.message = change.object.display() + " already is as wanted: nothing was written";
        return false;
    }
    request.kind = WriteRequest::Kind::JsonPatch;
    request.body = patchFor(attempt.changes, versionOf(*live));
    return true;
}

/// The server-side dry run. False: outcome says why the write would fail.
bool Writer::rehearse(Attempt &attempt, const CancelToken &cancel)
{
    WriteRequest request = attempt.request;
    request.dryRun = true;
    const std::string object = attempt.change.object.display();
    Result<WriteAnswer> answer = send(request, cancel);
    if (!answer) {
        if (auto unsupported = dryRunUnsupported(answer.error())) {
            attempt.refuse(std::move(*unsupported));
            return false;
        }
        if (isPrecondition(answer.error()) && request.kind == WriteRequest::Kind::JsonPatch) {
            const Result<Value> now = m_parts.api->read(attempt.change.object, cancel);
            const bool isGone = !now && now.error().code == ErrorCode::NotFound;
            if (isGone || (now && versionOf(*now) != versionOf(attempt.live))) {
                attempt.refuseWithConflict(isGone ? Value() : *now);
                return false;
            }
        }
        attempt.refuse(answer.error());
        return false;
    }
    attempt.outcome.warnings = answer->warnings;
    attempt.predicted = answer->object;
    attempt.outcome.object = answer->object;
    attempt.outcome.message = "The server would accept the change of " + object + "; nothing was written";
    if (request.kind == WriteRequest::Kind::JsonPatch) {
        // Defaulting or a mutating webhook: say so, since the local diff could not show it.
        const std::vector<FieldChange> all = changedFields(attempt.live, answer->object);
        for (const FieldChange &field : all) {
            const bool isMeant = std::any_of(attempt.changes.begin(), attempt.changes.end(), [&](const FieldChange &meant) {
                return isAtOrBelow(field.pointer, meant.pointer) || isAtOrBelow(meant.pointer, field.pointer);
            });
            if (!isMeant && attempt.outcome.warnings.size() < 20)
                attempt.outcome.warnings.push_back("the server would also change " + fieldPath(answer->object, field.pointer));
        }
    }
    return true;
}

void Writer::commit(Attempt &attempt, const WriteConsent &consent, std::int64_t undoes, const CancelToken &cancel)
{
    const Change &change = attempt.change;
    JournalEntry &entry = attempt.entry;
    const SecretHash hash = [this](std::string_view text) { return secretHash(text); };
    const std::string user = m_parts.api->userName();
    entry.who = localUser() + (user.empty() ? "" : " as " + user);
    entry.context = m_parts.context;
    entry.object = change.object;
    entry.uid = uidOf(attempt.live);
    entry.baseVersion = versionOf(attempt.live);
    entry.verb = change.verb;
    entry.summary = change.summary;
    entry.reason = consent.reason;
    entry.undoes = undoes;
    const bool isChange = change.verb == WriteVerb::Update || (change.verb == WriteVerb::Apply && !attempt.live.isNull());
    // What the server said it would store counts: it may normalise what was sent.
    const Value &written = attempt.predicted.isNull() ? change.desired : attempt.predicted;
    std::vector<FieldChange> fields = attempt.changes;
    if (change.verb == WriteVerb::Apply)
        fields = attempt.live.isNull() ? localChanges(change) : changedFields(attempt.live, written);
    else if (change.verb != WriteVerb::Update)
        fields = localChanges(change);
    entry.fields = recordFields(attempt.live, change.verb == WriteVerb::Delete ? Value() : written, fields, hash);
    if (change.verb == WriteVerb::Delete && !entry.fields.empty())
        entry.fields.front().after.reset();
    if (attempt.live.isNull() && !entry.fields.empty())
        entry.fields.front().before.reset();
    const bool touchesSecret = (isSecret(attempt.live) || isSecret(written))
        && std::any_of(fields.begin(), fields.end(), [](const FieldChange &field) { return isSecretField(field.pointer); });
    entry.canUndo = isChange && !touchesSecret && !entry.fields.empty();
    if (!entry.canUndo)
        entry.undoNote = touchesSecret ? "of Secret data only a hash is kept"
            : (entry.fields.empty()    ? "no field changed"
                                       : "cannot be undone");

    const Result<std::int64_t> id = m_parts.journal->begin(entry);
    if (!id) {
        attempt.refuse({id.error().code, "nothing was sent, because the journal can't be written: " + id.error().message});
        return;
    }
    entry.id = *id;
    attempt.outcome.journalId = *id;
    Result<WriteAnswer> answer = send(attempt.request, cancel);
    if (!answer) {
        settle(attempt, answer.error(), cancel);
        if (attempt.outcome.state != EntryState::Applied)
            return;
    } else {
        for (const std::string &warning : answer->warnings) {
            auto &known = attempt.outcome.warnings;
            if (std::find(known.begin(), known.end(), warning) == known.end())
                known.push_back(warning);
        }
        attempt.outcome.object = answer->object;
        close(attempt, EntryState::Applied, "", versionOf(answer->object));
        attempt.outcome.message = change.object.display() + " was "
            + (change.verb == WriteVerb::Delete ? "deleted" : (answer->isCreated ? "created" : "changed"));
    }
    const bool isLockedNow = m_parts.settings->policy(m_parts.context).isLocked; // an Event is a write, too
    if (!isBlank(consent.reason) && change.verb != WriteVerb::Delete && !isLockedNow) {
        const auto recorded = m_parts.api->recordEvent(change.object, attempt.outcome.object, "FairwayWrite",
                                                       change.summary + ": " + consent.reason, cancel);
        if (!recorded)
            attempt.outcome.warnings.push_back("the reason could not be recorded as an Event: " + recorded.error().message);
    }
}

void Writer::close(Attempt &attempt, EntryState state, const std::string &note, const std::string &version)
{
    attempt.outcome.state = state;
    if (const auto finished = m_parts.journal->finish(attempt.entry.id, state, note, version); !finished)
        attempt.outcome.warnings.push_back("the journal could not be brought up to date: " + finished.error().message);
}

/// After an error: was it written or not?
void Writer::settle(Attempt &attempt, const Error &error, const CancelToken &cancel)
{
    if (isPrecondition(error) && attempt.request.kind == WriteRequest::Kind::JsonPatch) {
        const Result<Value> now = m_parts.api->read(attempt.change.object, cancel);
        const bool isGone = !now && now.error().code == ErrorCode::NotFound;
        if (isGone || (now && versionOf(*now) != versionOf(attempt.live))) {
            close(attempt, EntryState::Failed, "the object changed meanwhile; nothing was written");
            attempt.refuseWithConflict(isGone ? Value() : *now);
            return;
        }
    }
    if (!isAmbiguous(error)) {
        close(attempt, EntryState::Failed, error.message);
        attempt.refuse(error);
        return;
    }
    // The caller's cancellation ended the request; finding out what became of it must not be cancelled with it.
    const CancelToken look = error.code == ErrorCode::Cancelled ? CancelToken() : cancel;
    const auto [state, note] = judge(attempt.entry, look);
    if (state == EntryState::Applied) {
        const Result<Value> now = m_parts.api->read(attempt.change.object, look);
        attempt.outcome.object = now ? *now : Value();
        close(attempt, state, "the answer was lost (" + error.message + "); the object holds the change",
              versionOf(attempt.outcome.object));
        attempt.outcome.message
            = attempt.change.object.display() + " was changed; the server's answer was lost, the object was read again";
        return;
    }
    close(attempt, state, error.message + "; " + note);
    attempt.refuse({error.code == ErrorCode::Cancelled && state == EntryState::Unknown ? ErrorCode::Timeout : error.code,
                    error.message + "; " + note});
}

std::string Writer::secretHash(std::string_view text) const
{
    return m_parts.journal->secretHash(text);
}

/// What became of an entry, by looking at its object. The note is a sentence for the journal.
std::pair<EntryState, std::string> Writer::judge(const JournalEntry &entry, const CancelToken &cancel)
{
    const SecretHash hash = [this](std::string_view text) { return secretHash(text); };
    const Result<Value> now = m_parts.api->read(entry.object, cancel);
    const bool isGone = !now && now.error().code == ErrorCode::NotFound;
    if (!now && !isGone)
        return {EntryState::Unknown, "whether it was written is unknown: " + now.error().message};
    if (entry.verb == WriteVerb::Delete) {
        const bool isDeleted = isGone || uidOf(*now) != entry.uid || !(*now)["metadata"]["deletionTimestamp"].isNull();
        return isDeleted ? std::pair {EntryState::Applied, std::string("the object is gone")}
                         : std::pair {EntryState::Failed, std::string("the object still stands")};
    }
    if (isGone && entry.uid.empty())
        return {EntryState::Failed, "it was not written: there is no such object"};
    if (isGone)
        return {EntryState::Unknown, "whether it was written is unknown: the object is gone"};
    if (entry.uid.empty()) // a creation; somebody else's object of that name can't be told from ours
        return {EntryState::Applied, "the object exists"};
    if (uidOf(*now) != entry.uid)
        return {EntryState::Unknown, "whether it was written is unknown: the object was created again meanwhile"};
    if (versionOf(*now) == entry.baseVersion)
        return {EntryState::Failed, "it was not written: the object is unchanged"};
    switch (stateOf(*now, entry.fields, hash)) {
    case FieldState::HoldsAfter:
        return {EntryState::Applied, "the object holds the change"};
    case FieldState::HoldsBefore:
        return {EntryState::Failed, "it was not written: the fields hold what they held before"};
    case FieldState::Neither:
        break;
    }
    return {EntryState::Unknown, "whether it was written is unknown: the fields hold something else by now"};
}

Result<std::size_t> Writer::reconcile(const CancelToken &cancel)
{
    const Result<std::vector<JournalEntry>> orphans = m_parts.journal->orphans(m_parts.context);
    if (!orphans)
        return tl::unexpected(orphans.error());
    std::size_t settled = 0;
    for (const JournalEntry &entry : *orphans) {
        const Result<Value> now = m_parts.api->read(entry.object, cancel);
        // A cluster that can't be asked now may be asked at the next start: the entry stays open.
        if (!now && now.error().code != ErrorCode::NotFound)
            return tl::unexpected(now.error());
        const auto [state, note] = judge(entry, cancel);
        if (cancel.isCancelled()) // then a verdict of Unknown only says that nobody waited for the answer
            return fail(ErrorCode::Cancelled, "cancelled");
        const auto finished = m_parts.journal->finish(entry.id, state, "Fairway ended before the answer came; " + note);
        if (!finished && finished.error().code != ErrorCode::NotFound)
            return tl::unexpected(finished.error());
        ++settled;
    }
    return settled;
}

} // namespace fairway::operate
