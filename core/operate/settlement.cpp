#include "core/operate/attempt.h"
#include "core/operate/written_fields.h"

/// How a write ends in the journal: what became of a request whose answer was lost, or whose process ended before it came.
namespace fairway::operate {

using value::Value;

namespace {

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

} // namespace

void Writer::close(Attempt &attempt, EntryState state, const Text &note, const std::string &version)
{
    attempt.outcome.state = state;
    if (const auto finished = m_parts.journal->finish(attempt.entry.id, state, note.plain(), version); !finished)
        attempt.outcome.warnings.push_back(
            phrase("operate", "the journal could not be brought up to date: %1").with(finished.error().said()));
}

/// After an error: was it written or not?
void Writer::settle(Attempt &attempt, const Error &error, const CancelToken &cancel)
{
    if (isPrecondition(error) && attempt.request.kind == WriteRequest::Kind::JsonPatch) {
        const Result<Value> now = m_parts.api->read(attempt.change.object, cancel);
        const bool isGone = !now && now.error().code == ErrorCode::NotFound;
        if (isGone || (now && versionOf(*now) != versionOf(attempt.live))) {
            close(attempt, EntryState::Failed, phrase("operate", "the object changed meanwhile; nothing was written"));
            attempt.refuseWithConflict(isGone ? Value() : *now);
            return;
        }
    }
    if (!isAmbiguous(error)) {
        close(attempt, EntryState::Failed, error.said());
        attempt.refuse(error);
        return;
    }
    // The caller's cancellation ended the request; finding out what became of it must not be cancelled with it.
    const CancelToken look = error.code == ErrorCode::Cancelled ? CancelToken() : cancel;
    const auto [state, note] = judge(attempt.entry, look);
    if (state == EntryState::Applied) {
        const Result<Value> now = m_parts.api->read(attempt.change.object, look);
        attempt.outcome.object = now ? *now : Value();
        close(attempt, state, phrase("operate", "the answer was lost (%1); the object holds the change").with(error.said()),
              versionOf(attempt.outcome.object));
        attempt.outcome.say(phrase("operate", "%1 was changed; the server's answer was lost, the object was read again")
                                .with(attempt.change.object.display()));
        return;
    }
    const Text both = phrase("operate", "%1; %2").with(error.said(), note);
    close(attempt, state, both);
    attempt.refuse({error.code == ErrorCode::Cancelled && state == EntryState::Unknown ? ErrorCode::Timeout : error.code, both});
}

std::string Writer::secretHash(std::string_view text) const
{
    return m_parts.journal->secretHash(text);
}

/// What became of an entry, by looking at its object. The note is a sentence for the journal.
std::pair<EntryState, Text> Writer::judge(const JournalEntry &entry, const CancelToken &cancel)
{
    const SecretHash hash = [this](std::string_view text) { return secretHash(text); };
    const Result<Value> now = m_parts.api->read(entry.object, cancel);
    const bool isGone = !now && now.error().code == ErrorCode::NotFound;
    if (!now && !isGone)
        return {EntryState::Unknown, phrase("operate", "whether it was written is unknown: %1").with(now.error().said())};
    if (entry.verb == WriteVerb::Delete) {
        const bool isDeleted = isGone || uidOf(*now) != entry.uid || !(*now)["metadata"]["deletionTimestamp"].isNull();
        return isDeleted ? std::pair {EntryState::Applied, phrase("operate", "the object is gone")}
                         : std::pair {EntryState::Failed, phrase("operate", "the object still stands")};
    }
    if (isGone && entry.uid.empty())
        return {EntryState::Failed, phrase("operate", "it was not written: there is no such object")};
    if (isGone)
        return {EntryState::Unknown, phrase("operate", "whether it was written is unknown: the object is gone")};
    if (entry.uid.empty()) // a creation; somebody else's object of that name can't be told from ours
        return {EntryState::Applied, phrase("operate", "the object exists")};
    if (uidOf(*now) != entry.uid)
        return {EntryState::Unknown, phrase("operate", "whether it was written is unknown: the object was created again meanwhile")};
    if (versionOf(*now) == entry.baseVersion)
        return {EntryState::Failed, phrase("operate", "it was not written: the object is unchanged")};
    switch (stateOf(*now, entry.fields, hash)) {
    case FieldState::HoldsAfter:
        return {EntryState::Applied, phrase("operate", "the object holds the change")};
    case FieldState::HoldsBefore:
        return {EntryState::Failed, phrase("operate", "it was not written: the fields hold what they held before")};
    case FieldState::Neither:
        break;
    }
    return {EntryState::Unknown, phrase("operate", "whether it was written is unknown: the fields hold something else by now")};
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
        const auto finished = m_parts.journal->finish(
            entry.id, state, phrase("operate", "Fairway ended before the answer came; %1").with(note).plain());
        if (!finished && finished.error().code != ErrorCode::NotFound)
            return tl::unexpected(finished.error());
        ++settled;
    }
    return settled;
}

} // namespace fairway::operate
