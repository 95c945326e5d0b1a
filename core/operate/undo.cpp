#include "core/operate/attempt.h"
#include "core/operate/conflict.h"
#include "core/operate/pointer.h"
#include "core/operate/writer.h"
#include "core/operate/written_fields.h"
#include "core/value/json.h"

#include <algorithm>

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
    if (entry.state != EntryState::Applied && entry.state != EntryState::Partly)
        return Error {ErrorCode::InvalidInput, phrase("operate", "%1 was not applied: it is %2").with(name, toString(entry.state))};
    if (!entry.canUndo)
        return Error {ErrorCode::Unsupported, phrase("operate", "%1: %2").with(name, entry.undoNote)};
    return std::nullopt;
}

/// `live` with the recorded fields as they were before. `clashing` gets those that no longer hold what was written.
Value restored(const Value &live, const JournalPart &entry, const SecretHash &hash, std::vector<std::string> &clashing)
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
Value asWritten(const Value &live, const JournalPart &entry)
{
    Value written = value::deepCopy(live);
    for (const WrittenField &field : entry.fields)
        (void)setAt(written, field.pointer, parsed(field.after));
    return written;
}

} // namespace

/// Takes back one object: the fields written, or the object where there was none before.
Result<Change> Writer::undoOf(const JournalPart &part, const CancelToken &cancel)
{
    const Result<Value> live = m_parts.api->read(part.object, cancel);
    if (!live)
        return tl::unexpected(live.error());
    Change change;
    change.object = part.object;
    change.base = *live;
    const std::string &uid = part.isCreation() ? part.writtenUid : part.uid;
    if (!uid.empty() && uidOf(*live) != uid)
        return fail(ErrorCode::Conflict, phrase("operate", "%1 was deleted and created again since").with(part.object.display()));
    if (part.isCreation()) {
        const std::optional<Value> written = part.fields.empty() ? std::nullopt : parsed(part.fields.front().after);
        if (!written || !changedFields(*written, *live).empty())
            return fail(ErrorCode::Conflict, phrase("operate", "%1 was changed since it was created: delete it by hand").with(part.object.display()));
        change.verb = WriteVerb::Delete;
        return change;
    }
    std::vector<std::string> clashing;
    change.desired = restored(*live, part, [this](std::string_view text) { return secretHash(text); }, clashing);
    if (!clashing.empty())
        return fail(ErrorCode::Conflict, phrase("operate", "%1: %2 no longer holds what was written")
                                             .with(part.object.display(), fieldPath(*live, clashing.front())));
    change.verb = WriteVerb::Update;
    return change;
}

Result<std::vector<Change>> Writer::planUndo(std::int64_t journalId, const CancelToken &cancel)
{
    const Result<JournalEntry> entry = m_parts.journal->entry(journalId);
    if (!entry)
        return tl::unexpected(entry.error());
    if (auto error = notUndoable(*entry, m_parts.context))
        return tl::unexpected(*error);
    std::vector<JournalPart> parts = entry->parts;
    if (parts.empty())
        parts.push_back(partOf(*entry));
    std::vector<Change> changes;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) { // newest first: nothing is missed by what was written after it
        if (entry->state == EntryState::Partly) {
            const auto [state, note] = judge(*part, cancel);
            if (state == EntryState::Failed)
                continue;
        }
        Result<Change> change = undoOf(*part, cancel);
        if (!change)
            return tl::unexpected(change.error());
        change->summary = std::string(UndoOf) + entry->summary;
        changes.push_back(std::move(*change));
    }
    // What is deleted can't be brought back should the next one fail.
    std::stable_partition(changes.begin(), changes.end(), [](const Change &change) { return change.verb != WriteVerb::Delete; });
    return changes;
}

WriteOutcome Writer::undo(std::int64_t journalId, const WriteConsent &consent, const CancelToken &cancel)
{
    WriteOutcome outcome;
    outcome.stage = WriteStage::Undo;
    Result<std::vector<Change>> changes = planUndo(journalId, cancel);
    const Result<JournalEntry> entry = m_parts.journal->entry(journalId);
    if (changes && entry && !entry->parts.empty())
        return runTogether(WriteStage::Undo, *changes, consent, journalId, cancel);
    if (changes)
        return run(WriteStage::Undo, std::move(changes->front()), consent, journalId, cancel);
    outcome.error = changes.error();
    outcome.say(changes.error().said());
    if (changes.error().code != ErrorCode::Conflict || (entry && !entry->parts.empty()))
        return outcome;
    const Result<Value> live = entry ? m_parts.api->read(entry->object, cancel) : Result<Value>(Value());
    if (live && entry) {
        ConflictView view;
        view.theirs = *live;
        view.theirChanges = diffObjects(asWritten(*live, partOf(*entry)), *live);
        view.detail = changes.error().said();
        if (const std::string by = lastManager(*live); !by.empty())
            view.detail = phrase("operate", "%1 (last written by %2)").with(view.detail, by);
        outcome.conflict = std::move(view);
    }
    return outcome;
}

} // namespace fairway::operate
