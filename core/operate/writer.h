#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/operate/context_settings.h"
#include "core/operate/diff.h"
#include "core/operate/journal.h"
#include "core/operate/merge3.h"
#include "core/operate/object_api.h"
#include "core/operate/ownership.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::operate {

/// A change somebody means to make. Nothing has been sent.
struct Change {
    WriteVerb verb = WriteVerb::Update;
    ObjectRef object;
    /// Update, Delete: the whole object as it was read when the draft began (with its resourceVersion). Else Null.
    value::Value base;
    /// Update: `base` with only the meant fields changed. Create: the new object. Apply: the applied configuration.
    value::Value desired;
    std::string summary; ///< For the journal: "weights 90 / 10 → 75 / 25".
    /// Destinations that would get weight without a ready endpoint, as the caller's picture of the cluster shows it.
    std::vector<std::string> unreadyDestinations;
    std::string fieldManager = "fairway";
    bool force = false; ///< Apply only: take fields from other managers.
    std::optional<std::int64_t> gracePeriodSeconds;             ///< Delete only.
    kube::Propagation propagation = kube::Propagation::Default; ///< Delete only.
};

/// What stands in the way of a write, found before anything is sent.
struct Gate {
    bool isLocked = false;
    bool mayWrite = true;
    Text denied;                ///< "user jane may not patch virtualservices.networking.istio.io in namespace shop"
    bool needsTypedName = false;
    std::vector<std::string> unreadyDestinations; ///< Need WriteConsent::allowUnready.
    std::vector<Owner> owners;  ///< Will revert the write: a warning, not a refusal.
    Text problem;               ///< The rights could not be asked for: why.
};

/// What the user said to get past the gate.
struct WriteConsent {
    std::string typedContext; ///< Production: must equal the context's name.
    std::string reason;       ///< Production: must not be blank.
    bool allowUnready = false;
    bool allowWithoutDryRun = false; ///< An admission webhook refuses dry runs: write without one.
};

enum class WriteStage : std::uint8_t { Plan, DryRun, Apply, Undo };

/// The object changed since the draft began. The draft is not lost: `merge` says whether it can be laid over the newer one.
struct ConflictView {
    value::Value theirs;   ///< The object as it is now; Null when it was deleted.
    Diff theirChanges;     ///< From the draft's base to theirs.
    Merge merge;
    Text detail;           ///< One sentence: what changed, and who by when managedFields tell.
};

struct WriteOutcome {
    WriteStage stage = WriteStage::Apply;
    std::optional<Error> error;            ///< Empty: done.
    std::optional<ConflictView> conflict;  ///< With error->code == Conflict.
    EntryState state = EntryState::Failed; ///< For Apply and Undo: what the journal says. Unknown: nobody could find out.
    std::string message;                   ///< What happened, one sentence; for errors the next step too.
    Text text;                             ///< `message` in parts, for a window in another language.
    std::vector<Text> warnings;            ///< Of the server, and what could not be done beside the write.
    std::int64_t journalId = 0;
    value::Value object;                   ///< As the server has (DryRun: would have) it.

    [[nodiscard]] bool isOk() const { return !error; }
    void say(Text words)
    {
        message = words.plain();
        text = std::move(words);
    }
};

/// The one write path: read → change only the fields meant → diff → gate → server-side dry run → apply with a precondition on
/// the resourceVersion → journal → Undo.
///
/// Shape:   plan and gate() send no write. dryRun() and apply() check the gate again themselves: a caller can't forget it.
///          apply() dry-runs first, so what the server would refuse never reaches the journal as a write. An Update is sent
///          as a JSON patch that touches exactly the changed fields and tests the resourceVersion, so it lands on the object
///          that was looked at or not at all.
/// Consent: for apply() and undo(); a dry run changes nothing and needs none.
/// Locked:  a locked context refuses with Locked before any request but reads; the lock is looked at again right before
///          each request leaves.
/// Conflict: when only what the server writes (status, resourceVersion, managedFields) changed since the draft began, the
///          change is made on the newer object. Any other change is shown as a ConflictView and nothing is written.
/// Unclear: when the answer got lost (timeout, broken connection, 5xx), the object is read again and compared with before and
///          after; if that fails too the entry is Unknown.
/// Threads: blocking; any thread, several at once. The collaborators must outlive it.
class Writer {
public:
    struct Parts {
        ContextKey context;
        ObjectApi *api = nullptr;
        Journal *journal = nullptr;
        ContextSettings *settings = nullptr;
    };
    explicit Writer(Parts parts);

    /// Reads the object (with managedFields); no write.
    [[nodiscard]] Result<value::Value> read(const ObjectRef &object, const CancelToken &cancel = {});
    /// Local: what the change would change. Works in a locked context.
    [[nodiscard]] static Diff diff(const Change &change);
    /// Local: the JSON patch an Update would send, as a list of operations.
    [[nodiscard]] static value::Value patchOf(const Change &change);

    /// Local facts and one access review (a question, not a write; allowed in a locked context).
    [[nodiscard]] Gate gate(const Change &change, const CancelToken &cancel = {});
    [[nodiscard]] WriteOutcome dryRun(const Change &change, const WriteConsent &consent, const CancelToken &cancel = {});
    [[nodiscard]] WriteOutcome apply(const Change &change, const WriteConsent &consent, const CancelToken &cancel = {});

    /// Several objects as one step: every one passes gate and dry run before the first is written, the journal has one entry with a part
    /// for each, and when one can't be written those before are taken back (only the fields written), newest first. One Undo takes back
    /// all; an object that the step created is deleted then if nobody changed it since. Each object once, MostTogether at most.
    /// A process killed in between: reconcile() says which parts were written; Undo takes those back.
    static constexpr std::size_t MostTogether = 20;
    [[nodiscard]] WriteOutcome dryRunTogether(const std::vector<Change> &changes, const WriteConsent &consent, const CancelToken &cancel = {});
    [[nodiscard]] WriteOutcome applyTogether(const std::vector<Change> &changes, const WriteConsent &consent, const CancelToken &cancel = {});

    /// Takes back an applied Update, or what a step of several objects wrote: only when the fields still hold what was written (shifted list items are found again),
    /// else a Conflict that shows both. Passes the same gate, dry run and journal.
    [[nodiscard]] WriteOutcome undo(std::int64_t journalId, const WriteConsent &consent, const CancelToken &cancel = {});
    /// What undo() would change now, an object each. Sends nothing but reads.
    [[nodiscard]] Result<std::vector<Change>> planUndo(std::int64_t journalId, const CancelToken &cancel = {});

    /// Finishes the Intended entries of crashed processes for this context by reading their objects. Returns how many were
    /// settled as Applied, Failed or Unknown. Sends no write.
    [[nodiscard]] Result<std::size_t> reconcile(const CancelToken &cancel = {});

private:
    struct Attempt;
    [[nodiscard]] std::optional<Error> refusal(WriteStage stage, const Change &change,
                                               const WriteConsent &consent) const;
    [[nodiscard]] std::optional<Error> denied(const Change &change, const CancelToken &cancel);
    [[nodiscard]] WriteOutcome run(WriteStage stage, Change change, const WriteConsent &consent, std::int64_t undoes,
                                   const CancelToken &cancel);
    [[nodiscard]] bool prepare(Attempt &attempt, const CancelToken &cancel);
    [[nodiscard]] bool rehearse(Attempt &attempt, const CancelToken &cancel);
    void commit(Attempt &attempt, const WriteConsent &consent, std::int64_t undoes, const CancelToken &cancel);
    [[nodiscard]] WriteOutcome runTogether(WriteStage stage, const std::vector<Change> &changes, const WriteConsent &consent, std::int64_t undoes,
                                           const CancelToken &cancel);
    [[nodiscard]] bool checkPart(Attempt &attempt, const WriteConsent &consent, const CancelToken &cancel);
    void commitTogether(WriteOutcome &whole, std::vector<Attempt> &attempts, const WriteConsent &consent, std::int64_t undoes,
                        const CancelToken &cancel);
    void takeBack(WriteOutcome &whole, JournalEntry &entry, const std::vector<Attempt> &attempts, EntryState fate, const Text &why);
    [[nodiscard]] std::optional<Error> takeBackPart(const JournalPart &part, const std::string &fieldManager);
    [[nodiscard]] Result<Change> undoOf(const JournalPart &part, const CancelToken &cancel);
    void note(WriteOutcome &whole, const JournalEntry &entry);
    void end(WriteOutcome &whole, const JournalEntry &entry, EntryState state, const Text &note);
    [[nodiscard]] JournalEntry entryFor(const Attempt &attempt, const WriteConsent &consent, std::int64_t undoes) const;
    void recordReason(WriteOutcome &outcome, const Change &change, const value::Value &object, const WriteConsent &consent,
                      const CancelToken &cancel);
    [[nodiscard]] std::pair<EntryState, Text> fateOf(Attempt &attempt, const JournalPart &part, const Error &error, const CancelToken &cancel);
    void settle(Attempt &attempt, const Error &error, const CancelToken &cancel);
    void close(Attempt &attempt, EntryState state, const Text &note, const std::string &version = {});
    [[nodiscard]] Result<WriteAnswer> send(const WriteRequest &request, const CancelToken &cancel);
    [[nodiscard]] std::pair<EntryState, Text> judge(const JournalPart &part, const CancelToken &cancel);
    [[nodiscard]] Result<std::pair<EntryState, Text>> judgeParts(const JournalEntry &entry, const CancelToken &cancel);
    [[nodiscard]] std::string secretHash(std::string_view text) const;

    const Parts m_parts;
};

} // namespace fairway::operate
