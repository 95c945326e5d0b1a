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

/// After an error: was it written or not? The outcome says so, unless it was.
std::pair<EntryState, Text> Writer::fateOf(Attempt &attempt, const JournalPart &part, const Error &error, const CancelToken &cancel)
{
    if (isPrecondition(error) && attempt.request.kind == WriteRequest::Kind::JsonPatch) {
        const Result<Value> now = m_parts.api->read(attempt.change.object, cancel);
        const bool isGone = !now && now.error().code == ErrorCode::NotFound;
        if (isGone || (now && versionOf(*now) != versionOf(attempt.live))) {
            attempt.refuseWithConflict(isGone ? Value() : *now);
            return {EntryState::Failed, phrase("operate", "the object changed meanwhile; nothing was written")};
        }
    }
    if (!isAmbiguous(error)) {
        attempt.refuse(error);
        return {EntryState::Failed, error.said()};
    }
    // The caller's cancellation ended the request; finding out what became of it must not be cancelled with it.
    const CancelToken look = error.code == ErrorCode::Cancelled ? CancelToken() : cancel;
    const auto [state, note] = judge(part, look);
    if (state == EntryState::Applied)
        return {state, phrase("operate", "the answer was lost (%1); the object holds the change").with(error.said())};
    const Text both = phrase("operate", "%1; %2").with(error.said(), note);
    attempt.refuse({error.code == ErrorCode::Cancelled && state == EntryState::Unknown ? ErrorCode::Timeout : error.code, both});
    return {state, both};
}

void Writer::settle(Attempt &attempt, const Error &error, const CancelToken &cancel)
{
    const auto [state, note] = fateOf(attempt, partOf(attempt.entry), error, cancel);
    std::string version;
    if (state == EntryState::Applied) {
        const Result<Value> now = m_parts.api->read(attempt.change.object, error.code == ErrorCode::Cancelled ? CancelToken() : cancel);
        attempt.outcome.object = now ? *now : Value();
        version = versionOf(attempt.outcome.object);
        attempt.outcome.say(phrase("operate", "%1 was changed; the server's answer was lost, the object was read again")
                                .with(attempt.change.object.display()));
    }
    close(attempt, state, note, version);
}

JournalPart partOf(const JournalEntry &entry)
{
    JournalPart part;
    part.object = entry.object;
    part.uid = entry.uid;
    part.baseVersion = entry.baseVersion;
    part.verb = entry.verb;
    part.fields = entry.fields;
    return part;
}

std::string Writer::secretHash(std::string_view text) const
{
    return m_parts.journal->secretHash(text);
}

/// What became of a write, by looking at its object. The note is a sentence for the journal.
std::pair<EntryState, Text> Writer::judge(const JournalPart &entry, const CancelToken &cancel)
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

/// The same of every object of an entry together. Errors: an object can't be read now.
Result<std::pair<EntryState, Text>> Writer::judgeParts(const JournalEntry &entry, const CancelToken &cancel)
{
    std::vector<JournalPart> parts = entry.parts;
    if (parts.empty())
        parts.push_back(partOf(entry));
    std::string written;
    std::string others;
    EntryState common = EntryState::Unknown;
    Text lastNote;
    for (const JournalPart &part : parts) {
        const Result<Value> now = m_parts.api->read(part.object, cancel);
        // A cluster that can't be asked now may be asked at the next start: the entry stays open.
        if (!now && now.error().code != ErrorCode::NotFound)
            return tl::unexpected(now.error());
        const auto [state, note] = judge(part, cancel);
        std::string &names = state == EntryState::Applied ? written : others;
        names += (names.empty() ? "" : ", ") + part.object.display();
        common = &part == &parts.front() || state == common ? state : EntryState::Partly;
        lastNote = note;
    }
    if (entry.parts.empty())
        return std::pair {common, lastNote};
    if (written.empty())
        return std::pair {common == EntryState::Failed ? EntryState::Failed : EntryState::Unknown,
            phrase("operate", "none of its objects holds the change: %1").with(others)};
    if (others.empty())
        return std::pair {EntryState::Applied, phrase("operate", "every object holds the change")};
    return std::pair {EntryState::Partly,
        phrase("operate", "%1 holds the change, %2 does not; Undo takes back what was written").with(written, others)};
}

Result<std::size_t> Writer::reconcile(const CancelToken &cancel)
{
    const Result<std::vector<JournalEntry>> orphans = m_parts.journal->orphans(m_parts.context);
    if (!orphans)
        return tl::unexpected(orphans.error());
    std::size_t settled = 0;
    for (const JournalEntry &entry : *orphans) {
        const auto verdict = judgeParts(entry, cancel);
        if (!verdict)
            return tl::unexpected(verdict.error());
        if (cancel.isCancelled()) // then a verdict of Unknown only says that nobody waited for the answer
            return fail(ErrorCode::Cancelled, "cancelled");
        const auto finished = m_parts.journal->finish(entry.id, verdict->first,
            phrase("operate", "Fairway ended before the answer came; %1").with(verdict->second).plain());
        if (!finished && finished.error().code != ErrorCode::NotFound)
            return tl::unexpected(finished.error());
        ++settled;
    }
    return settled;
}

} // namespace fairway::operate
