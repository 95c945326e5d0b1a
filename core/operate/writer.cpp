#include "core/operate/attempt.h"

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

/// Names the webhook when the server says that one can't do dry runs.
std::optional<Error> dryRunUnsupported(const Error &error)
{
    const std::size_t at = error.message.find("does not support dry run");
    if (at == std::string::npos)
        return std::nullopt;
    const std::size_t open = error.message.find('"');
    const std::size_t close = open == std::string::npos ? open : error.message.find('"', open + 1);
    const Text name = close == std::string::npos ? phrase("operate", "(unnamed)") : Text::verbatim(error.message.substr(open + 1, close - open - 1));
    return Error {ErrorCode::Unsupported,
        phrase("operate", "the admission webhook %1 does not support dry runs, so the server could not check the change beforehand").with(name)};
}

} // namespace

std::string versionOf(const Value &object)
{
    return std::string(object["metadata"]["resourceVersion"].stringOr());
}

std::string uidOf(const Value &object)
{
    return std::string(object["metadata"]["uid"].stringOr());
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

bool isPrecondition(const Error &error)
{
    return error.code == ErrorCode::Conflict || error.code == ErrorCode::InvalidInput;
}

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

Result<WriteAnswer> Writer::send(const WriteRequest &request, const CancelToken &cancel)
{
    // Again, right before it leaves: the lock may have been set while the dry run was under way.
    if (m_parts.settings->policy(m_parts.context).isLocked)
        return fail(ErrorCode::Locked, phrase("operate", "context %1 is locked: nothing was sent").with(m_parts.context.name));
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
        attempt.outcome.say(phrase("operate", "%1 already is as wanted: nothing was written").with(change.object.display()));
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
    attempt.outcome.warnings.clear();
    for (const std::string &warning : answer->warnings)
        attempt.outcome.warnings.push_back(Text::verbatim(warning));
    attempt.predicted = answer->object;
    attempt.outcome.object = answer->object;
    attempt.outcome.say(phrase("operate", "The server would accept the change of %1; nothing was written").with(object));
    if (request.kind == WriteRequest::Kind::JsonPatch) {
        // Defaulting or a mutating webhook: say so, since the local diff could not show it.
        const std::vector<FieldChange> all = changedFields(attempt.live, answer->object);
        for (const FieldChange &field : all) {
            const bool isMeant = std::any_of(attempt.changes.begin(), attempt.changes.end(), [&](const FieldChange &meant) {
                return isAtOrBelow(field.pointer, meant.pointer) || isAtOrBelow(meant.pointer, field.pointer);
            });
            if (!isMeant && attempt.outcome.warnings.size() < 20)
                attempt.outcome.warnings.push_back(
                    phrase("operate", "the server would also change %1").with(fieldPath(answer->object, field.pointer)));
        }
    }
    return true;
}

/// What the journal is to hold of a change that was prepared and dry-run.
JournalEntry Writer::entryFor(const Attempt &attempt, const WriteConsent &consent, std::int64_t undoes) const
{
    const Change &change = attempt.change;
    JournalEntry entry;
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
        entry.undoNote = (touchesSecret            ? phrase("operate", "of Secret data only a hash is kept")
                          : entry.fields.empty() ? phrase("operate", "no field changed")
                                                 : phrase("operate", "cannot be undone"))
                             .plain();
    return entry;
}

void Writer::commit(Attempt &attempt, const WriteConsent &consent, std::int64_t undoes, const CancelToken &cancel)
{
    const Change &change = attempt.change;
    JournalEntry &entry = attempt.entry;
    entry = entryFor(attempt, consent, undoes);
    const Result<std::int64_t> id = m_parts.journal->begin(entry);
    if (!id) {
        attempt.refuse({id.error().code,
            phrase("operate", "nothing was sent, because the journal can't be written: %1").with(id.error().said())});
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
                known.push_back(Text::verbatim(warning));
        }
        attempt.outcome.object = answer->object;
        close(attempt, EntryState::Applied, {}, versionOf(answer->object));
        const Text done = change.verb == WriteVerb::Delete ? phrase("operate", "%1 was deleted")
            : answer->isCreated                            ? phrase("operate", "%1 was created")
                                                           : phrase("operate", "%1 was changed");
        attempt.outcome.say(done.with(change.object.display()));
    }
    recordReason(attempt.outcome, change, attempt.outcome.object, consent, cancel);
}

/// The reason, where one was given, as an Event beside the object.
void Writer::recordReason(
    WriteOutcome &outcome, const Change &change, const Value &object, const WriteConsent &consent, const CancelToken &cancel)
{
    const bool isLockedNow = m_parts.settings->policy(m_parts.context).isLocked; // an Event is a write, too
    if (isBlank(consent.reason) || change.verb == WriteVerb::Delete || isLockedNow)
        return;
    const auto recorded
        = m_parts.api->recordEvent(change.object, object, "FairwayWrite", change.summary + ": " + consent.reason, cancel);
    if (!recorded)
        outcome.warnings.push_back(phrase("operate", "the reason could not be recorded as an Event: %1").with(recorded.error().said()));
}

} // namespace fairway::operate
