#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/operate/object_ref.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::operate {

/// How far a write came. Intended → Applied | Failed | Unknown | Partly; Applied | Partly → Undone.
enum class EntryState : std::uint8_t {
    Intended, ///< Written down; the request may or may not have left.
    Applied,
    Failed,   ///< The object was not changed.
    Unknown,  ///< Nobody could find out whether it was.
    Undone,   ///< Applied, and later taken back by entry `undoneBy`.
    Partly,   ///< Of several objects some hold the change and some don't; undoing takes back those that do.
};

[[nodiscard]] std::string_view toString(EntryState state); ///< "intended", "applied", …

enum class WriteVerb : std::uint8_t { Update, Apply, Create, Delete };

[[nodiscard]] std::string_view toString(WriteVerb verb); ///< "update", …

/// One field as it was and as it was written. Values are JSON texts; for Secret data a salted hash instead.
struct WrittenField {
    std::string pointer;               ///< RFC 6901.
    std::optional<std::string> before; ///< Absent: the field did not exist.
    std::optional<std::string> after;  ///< Absent: the field was removed.
    std::string anchor;                ///< For a field inside a list: pointer of the outermost list item that holds it.
    std::string anchorHash;            ///< Hash of that item as written, so that Undo finds it when the list was shifted.
    std::int64_t listSize = 0;         ///< Items in that list as written.

    friend bool operator==(const WrittenField &, const WrittenField &) = default;
};

/// One of several objects that were written as one step.
struct JournalPart {
    ObjectRef object;
    std::string uid;         ///< Before the write; empty for one that is created.
    std::string baseVersion;
    WriteVerb verb = WriteVerb::Update;
    std::vector<WrittenField> fields;
    bool isDone = false;     ///< Written and not taken back, as far as was noted before the process ended.
    std::string writtenUid;
    std::string writtenVersion;

    [[nodiscard]] bool isCreation() const { return uid.empty() && verb != WriteVerb::Delete; }
    friend bool operator==(const JournalPart &, const JournalPart &) = default;
};

/// Stands before the summary of what an undo takes back.
inline constexpr std::string_view UndoOf = "undo of: ";

struct JournalEntry {
    std::int64_t id = 0;
    std::chrono::system_clock::time_point when;
    std::string who;     ///< User of this machine and the user entry of the kubeconfig.
    ContextKey context;
    ObjectRef object;
    std::string uid;             ///< Of the object; empty before a creation.
    std::string baseVersion;     ///< resourceVersion the change was made from.
    std::string writtenVersion;  ///< resourceVersion of the answer; empty until applied.
    WriteVerb verb = WriteVerb::Update;
    std::string summary;         ///< "weights 90 / 10 → 75 / 25"
    std::vector<WrittenField> fields;
    std::vector<JournalPart> parts; ///< Of a step of several objects, in the order they are written; `object` is the first, `fields` is empty.
    std::string reason;
    EntryState state = EntryState::Intended;
    std::string note;            ///< Why it failed or is unknown; what reconciliation found.
    bool canUndo = false;
    std::string undoNote;        ///< Why it can't be undone.
    std::int64_t undoes = 0;     ///< This entry takes back that one.
    std::int64_t undoneBy = 0;
};

/// The record of every write, in SQLite (WAL, synchronous=FULL): an entry is on disk before its request leaves.
///
/// Shape:   begin() → request → finish(). A process that dies in between leaves an Intended entry; orphans() lists those
///          whose process is gone, and Writer::reconcile() looks at the cluster and finishes them.
/// Bounds:  maxEntries are kept, oldest finished ones go first; fields of one entry up to 512 KiB (beyond that they are
///          dropped and the entry can't be undone; a step of several objects that can't be taken back is refused).
/// Errors:  Io when the disk refuses; Unsupported for a journal of a newer Fairway (left untouched). A damaged database is
///          moved aside with its time in the name and a new one is begun; notice() says so.
/// Threads: any thread; several processes may use one file at once.
class Journal {
public:
    struct Options {
        std::size_t maxEntries = 10000;
        const Clock *clock = nullptr; ///< Borrowed; nullptr: the machine's.
    };

    /// `path`: the database file; its folder is made when missing (0700), the file is 0600.
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const std::string &path, Options options);
    [[nodiscard]] static Result<std::unique_ptr<Journal>> open(const std::string &path) { return open(path, Options {}); }
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    /// What the user should know about opening ("the journal was damaged; it was moved to …"); usually empty.
    [[nodiscard]] const std::string &notice() const;

    /// Writes `entry` as Intended (id, when and state are set here) and syncs it. Returns the id.
    [[nodiscard]] Result<std::int64_t> begin(JournalEntry entry);
    /// Replaces the parts of an Intended entry, on disk when this returns. NotFound as finish().
    [[nodiscard]] Result<void> progress(std::int64_t id, const std::vector<JournalPart> &parts);
    /// Ends an Intended entry. When it undoes another one and is Applied, that one becomes Undone in the same transaction.
    /// NotFound when the entry is not Intended any more (another process reconciled it).
    [[nodiscard]] Result<void> finish(std::int64_t id, EntryState state, std::string_view note,
                                      std::string_view writtenVersion = {});

    [[nodiscard]] Result<JournalEntry> entry(std::int64_t id) const;
    /// Newest first. `context` null: of all contexts.
    [[nodiscard]] Result<std::vector<JournalEntry>> latest(std::size_t limit, const ContextKey *context = nullptr) const;
    /// Intended entries of processes that are gone.
    [[nodiscard]] Result<std::vector<JournalEntry>> orphans(const ContextKey &context) const;

    /// Salted hash under which Secret data is recorded: equal values give equal hashes in one journal only.
    [[nodiscard]] std::string secretHash(std::string_view value) const;

    /// Called after every change made through this object, in the thread that made it.
    void onChange(std::function<void()> callback);

private:
    class Database;
    explicit Journal(std::unique_ptr<Database> database);
    std::unique_ptr<Database> m_database;
};

} // namespace fairway::operate
