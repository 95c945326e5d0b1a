#include "core/operate/attempt.h"

#include "core/operate/secret_mask.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

/// Several objects as one step: all are checked and dry-run before the first is written, and when one fails those before are taken back.
namespace fairway::operate {

using value::Value;

namespace {

constexpr int MostTries = 3; ///< To take a part back while others write to the same object.

std::string keyOf(const ObjectRef &object)
{
    return object.group + "/" + object.kind + "/" + object.ns + "/" + object.name;
}

std::optional<Error> notTogether(const std::vector<Change> &changes)
{
    if (changes.empty())
        return Error {ErrorCode::InvalidInput, phrase("operate", "there is nothing to write")};
    if (changes.size() > Writer::MostTogether)
        return Error {ErrorCode::LimitExceeded, phrase("operate", "%1 objects are too many for one step: %2 at most").with(changes.size(), Writer::MostTogether)};
    std::set<std::string> known;
    for (const Change &change : changes) {
        if (!known.insert(keyOf(change.object)).second)
            return Error {ErrorCode::InvalidInput, phrase("operate", "%1 is named twice in one step").with(change.object.display())};
    }
    return std::nullopt;
}

std::string namesOf(const std::vector<JournalPart> &parts, bool areDone)
{
    std::string names;
    for (const JournalPart &part : parts) {
        if (part.isDone == areDone)
            names += (names.empty() ? "" : ", ") + part.object.display();
    }
    return names;
}

} // namespace

WriteOutcome Writer::dryRunTogether(const std::vector<Change> &changes, const WriteConsent &consent, const CancelToken &cancel)
{
    return runTogether(WriteStage::DryRun, changes, consent, 0, cancel);
}

WriteOutcome Writer::applyTogether(const std::vector<Change> &changes, const WriteConsent &consent, const CancelToken &cancel)
{
    return runTogether(WriteStage::Apply, changes, consent, 0, cancel);
}

WriteOutcome Writer::runTogether(WriteStage stage, const std::vector<Change> &changes, const WriteConsent &consent, std::int64_t undoes,
    const CancelToken &cancel)
{
    WriteOutcome whole;
    whole.stage = stage;
    std::optional<Error> error = notTogether(changes);
    for (auto change = changes.begin(); change != changes.end() && !error; ++change)
        error = refusal(stage, *change, consent);
    if (error) {
        whole.say(error->said());
        whole.error = std::move(error);
        return whole;
    }
    std::vector<Attempt> attempts;
    for (const Change &change : changes) {
        Attempt attempt;
        attempt.change = change;
        const bool isWanted = checkPart(attempt, consent, cancel);
        whole.warnings.insert(whole.warnings.end(), attempt.outcome.warnings.begin(), attempt.outcome.warnings.end());
        if (attempt.outcome.error) {
            whole.conflict = std::move(attempt.outcome.conflict);
            const Text why = phrase("operate", "%1: %2; nothing was written").with(change.object.display(), attempt.outcome.error->said());
            whole.say(why);
            whole.error = Error {attempt.outcome.error->code, why};
            return whole;
        }
        if (isWanted)
            attempts.push_back(std::move(attempt));
    }
    if (attempts.empty()) {
        whole.state = EntryState::Applied;
        whole.say(phrase("operate", "every object already is as wanted: nothing was written"));
    } else if (stage == WriteStage::DryRun) {
        whole.say(attempts.size() == 1 ? phrase("operate", "The server would accept the change of %1; nothing was written").with(changes.front().object.display())
                                       : phrase("operate", "The server would accept the changes of all %1 objects; nothing was written").with(attempts.size()));
    } else {
        commitTogether(whole, attempts, consent, undoes, cancel);
    }
    return whole;
}

/// Everything about one part but the write itself. False with an outcome that is fine: there is nothing to do.
bool Writer::checkPart(Attempt &attempt, const WriteConsent &consent, const CancelToken &cancel)
{
    if (!prepare(attempt, cancel))
        return false;
    if (auto error = denied(attempt.change, cancel)) {
        attempt.refuse(std::move(*error));
        return false;
    }
    const bool isRehearsed = rehearse(attempt, cancel);
    const bool isWaived = attempt.outcome.error && attempt.outcome.error->code == ErrorCode::Unsupported && consent.allowWithoutDryRun;
    if (isWaived)
        attempt.outcome.error.reset();
    return isRehearsed || isWaived;
}

void Writer::commitTogether(
    WriteOutcome &whole, std::vector<Attempt> &attempts, const WriteConsent &consent, std::int64_t undoes, const CancelToken &cancel)
{
    JournalEntry entry = entryFor(attempts.front(), consent, undoes);
    entry.fields.clear();
    entry.summary.clear();
    entry.canUndo = true;
    for (const Attempt &attempt : attempts) {
        const JournalEntry one = entryFor(attempt, consent, undoes);
        const bool isUndoable = one.canUndo || (attempt.live.isNull() && !isSecret(attempt.change.desired));
        if (!isUndoable) {
            entry.canUndo = false;
            entry.undoNote = one.object.display() + ": " + one.undoNote;
        }
        entry.parts.push_back(partOf(one));
        const std::string summary = one.object.display() + ": " + one.summary;
        entry.summary += (entry.summary.empty() ? "" : "; ") + summary;
    }
    const Result<std::int64_t> id = m_parts.journal->begin(entry);
    if (!id) {
        whole.error = Error {id.error().code, phrase("operate", "nothing was sent, because the journal can't be written: %1").with(id.error().said())};
        whole.say(whole.error->said());
        return;
    }
    entry.id = *id;
    whole.journalId = *id;
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        Attempt &attempt = attempts[i];
        JournalPart &part = entry.parts[i];
        const Result<WriteAnswer> answer = send(attempt.request, cancel);
        EntryState fate = EntryState::Applied;
        Text why;
        if (!answer)
            std::tie(fate, why) = fateOf(attempt, part, answer.error(), cancel);
        if (fate != EntryState::Applied) {
            whole.conflict = std::move(attempt.outcome.conflict);
            takeBack(whole, entry, attempts, fate, phrase("operate", "%1: %2").with(part.object.display(), why));
            whole.error = Error {attempt.outcome.error ? attempt.outcome.error->code : ErrorCode::Internal, whole.text};
            return;
        }
        part.isDone = true;
        const Result<Value> now = answer ? Result<Value>(answer->object) : m_parts.api->read(part.object, {});
        attempt.outcome.object = now.value_or(Value());
        part.writtenUid = uidOf(attempt.outcome.object);
        part.writtenVersion = versionOf(attempt.outcome.object);
        note(whole, entry);
    }
    whole.object = attempts.back().outcome.object;
    whole.say(attempts.size() == 1 ? phrase("operate", "%1 was written").with(namesOf(entry.parts, true))
                                   : phrase("operate", "%1 objects were changed as one step: %2").with(attempts.size(), namesOf(entry.parts, true)));
    end(whole, entry, EntryState::Applied, {});
    for (const Attempt &attempt : attempts)
        recordReason(whole, attempt.change, attempt.outcome.object, consent, cancel);
}

/// Takes back the parts that were written, newest first, and ends the entry.
void Writer::takeBack(WriteOutcome &whole, JournalEntry &entry, const std::vector<Attempt> &attempts, EntryState fate, const Text &why)
{
    const std::string done = namesOf(entry.parts, true);
    Text trouble;
    for (std::size_t i = attempts.size(); i-- > 0;) {
        JournalPart &part = entry.parts[i];
        if (!part.isDone)
            continue;
        // Whoever cancelled the step did not mean to leave half of it.
        if (const auto error = takeBackPart(part, attempts[i].change.fieldManager)) {
            trouble = phrase("operate", "%1: %2").with(part.object.display(), error->said());
            continue;
        }
        part.isDone = false;
        note(whole, entry);
    }
    const std::string left = namesOf(entry.parts, true);
    if (!left.empty()) {
        whole.say(phrase("operate", "%1; what was written before could not be taken back (%2): %3 holds the change, Undo tries again").with(why, trouble, left));
        end(whole, entry, EntryState::Partly, whole.text);
    } else {
        whole.say(done.empty() ? why : phrase("operate", "%1; what was written before was taken back: %2").with(why, done));
        end(whole, entry, fate == EntryState::Unknown ? EntryState::Unknown : EntryState::Failed, whole.text);
    }
}

std::optional<Error> Writer::takeBackPart(const JournalPart &part, const std::string &fieldManager)
{
    std::optional<Error> error;
    for (int attempt = 0; attempt < MostTries; ++attempt) {
        const Result<Change> back = undoOf(part, {});
        if (!back)
            return back.error();
        WriteRequest request;
        request.object = part.object;
        request.fieldManager = fieldManager;
        if (back->verb == WriteVerb::Delete) {
            request.kind = WriteRequest::Kind::Delete;
            request.uid = uidOf(back->base);
        } else {
            request.kind = WriteRequest::Kind::JsonPatch;
            request.body = patchOf(*back);
        }
        const Result<WriteAnswer> answer = send(request, {});
        if (answer)
            return std::nullopt;
        error = answer.error();
        if (!isPrecondition(*error))
            return error;
    }
    return error;
}

/// How far the step is, on disk before the next request leaves.
void Writer::note(WriteOutcome &whole, const JournalEntry &entry)
{
    if (const auto noted = m_parts.journal->progress(entry.id, entry.parts); !noted)
        whole.warnings.push_back(phrase("operate", "the journal could not be brought up to date: %1").with(noted.error().said()));
}

void Writer::end(WriteOutcome &whole, const JournalEntry &entry, EntryState state, const Text &note)
{
    whole.state = state;
    if (const auto finished = m_parts.journal->finish(entry.id, state, note.plain(), entry.parts.front().writtenVersion); !finished)
        whole.warnings.push_back(phrase("operate", "the journal could not be brought up to date: %1").with(finished.error().said()));
}

} // namespace fairway::operate
