#include "core/operate/conflict.h"
#include "core/operate/pointer.h"
#include "core/operate/writer.h"
#include "core/operate/written_fields.h"
#include "core/value/json.h"

namespace fairway::operate {

using value::Value;

namespace {

std::optional<Value> parsed(const std::optional<std::string> &json)
{
    if (!json)
        return std::nullopt;
    const Result<Value> node = value::parseJson(*json);
    return node ? std::optional<Value>(*node) : std::nullopt;
}

std::optional<Error> notUndoable(const JournalEntry &entry, const ContextKey &context)
{
    const Text name = phrase("operate", "entry %1").with(entry.id);
    if (entry.context != context.normalized())
        return Error {ErrorCode::InvalidInput, phrase("operate", "%1 belongs to context %2").with(name, entry.context.name)};
    if (entry.state == EntryState::Undone)
        return Error {ErrorCode::InvalidInput, phrase("operate", "%1 is already undone").with(name)};
    if (entry.state != EntryState::Applied)
        return Error {ErrorCode::InvalidInput, phrase("operate", "%1 was not applied: it is %2").with(name, toString(entry.state))};
    if (!entry.canUndo)
        return Error {ErrorCode::Unsupported, phrase("operate", "%1: %2").with(name, entry.undoNote)};
    return std::nullopt;
}

/// `live` with the recorded fields as they were before. `clashing` gets those that no longer hold what was written.
Value restored(const Value &live, const JournalEntry &entry, const SecretHash &hash, std::vector<std::string> &clashing)
{
    Value desired = value::deepCopy(live);
    // From the end: removing what was added must not shift what comes before it.
    for (auto field = entry.fields.rbegin(); field != entry.fields.rend(); ++field) {
        const FoundField found = findField(live, *field, hash);
        if (found.state != FieldState::HoldsAfter || !setAt(desired, found.pointer, parsed(field->before)))
            clashing.push_back(found.pointer);
    }
    return desired;
}

/// What the object would be had nobody touched the recorded fields since: to show what they did.
Value asWritten(const Value &live, const JournalEntry &entry)
{
    Value written = value::deepCopy(live);
    for (const WrittenField &field : entry.fields)
        (void)setAt(written, field.pointer, parsed(field.after));
    return written;
}

Change undoChange(const JournalEntry &entry, Value live, Value desired)
{
    Change change;
    change.verb = WriteVerb::Update;
    change.object = entry.object;
    change.base = std::move(live);
    change.desired = std::move(desired);
    change.summary = "undo of: " + entry.summary;
    return change;
}

} // namespace

Result<Change> Writer::planUndo(std::int64_t journalId, const CancelToken &cancel)
{
    const Result<JournalEntry> entry = m_parts.journal->entry(journalId);
    if (!entry)
        return tl::unexpected(entry.error());
    if (auto error = notUndoable(*entry, m_parts.context))
        return tl::unexpected(*error);
    const Result<Value> live = m_parts.api->read(entry->object, cancel);
    if (!live)
        return tl::unexpected(live.error());
    if ((*live)["metadata"]["uid"].stringOr() != entry->uid)
        return fail(ErrorCode::Conflict, phrase("operate", "%1 was deleted and created again since").with(entry->object.display()));
    std::vector<std::string> clashing;
    Value desired = restored(*live, *entry, [this](std::string_view text) { return secretHash(text); }, clashing);
    if (!clashing.empty())
        return fail(ErrorCode::Conflict, phrase("operate", "%1: %2 no longer holds what was written")
                                             .with(entry->object.display(), fieldPath(*live, clashing.front())));
    return undoChange(*entry, *live, std::move(desired));
}

WriteOutcome Writer::undo(std::int64_t journalId, const WriteConsent &consent, const CancelToken &cancel)
{
    WriteOutcome outcome;
    outcome.stage = WriteStage::Undo;
    Result<Change> change = planUndo(journalId, cancel);
    if (change)
        return run(WriteStage::Undo, std::move(*change), consent, journalId, cancel);
    outcome.error = change.error();
    outcome.say(change.error().said());
    if (change.error().code != ErrorCode::Conflict)
        return outcome;
    const Result<JournalEntry> entry = m_parts.journal->entry(journalId);
    const Result<Value> live = entry ? m_parts.api->read(entry->object, cancel) : Result<Value>(Value());
    if (live && entry) {
        ConflictView view;
        view.theirs = *live;
        view.theirChanges = diffObjects(asWritten(*live, *entry), *live);
        view.detail = change.error().said();
        if (const std::string by = lastManager(*live); !by.empty())
            view.detail = phrase("operate", "%1 (last written by %2)").with(view.detail, by);
        outcome.conflict = std::move(view);
    }
    return outcome;
}

} // namespace fairway::operate
