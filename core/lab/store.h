#pragma once

#include "core/lab/selectors.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// An object as the lab keeps it: its JSON without apiVersion and kind (both follow from the resource and the version
/// asked for), and beside it what lists and watches look at without parsing.
struct StoredObject {
    std::string ns; ///< Empty for cluster-scoped ones.
    std::string name;
    std::string uid;
    LabelSet labels;
    std::uint64_t resourceVersion = 0;
    std::string json;

    [[nodiscard]] std::string key() const { return ns.empty() ? name : ns + "/" + name; }
};
using StoredPtr = std::shared_ptr<const StoredObject>;

enum class ChangeType : std::uint8_t { Added, Modified, Deleted };

struct Change {
    ChangeType type = ChangeType::Added;
    std::uint64_t resourceVersion = 0;
    StoredPtr object;   ///< After the change; for Deleted the last state, stamped with the version of the deletion.
    StoredPtr previous; ///< Before it; null for Added.
};

/// Stands in a draft's JSON where the version goes that put() assigns.
inline constexpr std::string_view VersionPlaceholder = "@resource-version@";

/// The lab's etcd: objects by resource and key, one counter for all versions, and per resource a bounded history.
///
/// Shape:   writes are compare-and-swap on resourceVersion. A reader gets shared immutable objects, never a lock.
///          snapshotAt() undoes history, so pages of one list agree with each other, as etcd's do.
/// Bound:   history per resource by count and by bytes (16 MiB); what falls out is compacted.
/// Errors:  put() and remove() say Conflict when the stored version is another one. Reads from before the history: nullopt.
/// Threads: any. The listener runs in the writer's thread, after the lock is released.
class Store {
public:
    explicit Store(std::size_t historyEvents = 8192);

    /// Called after each change with the resource's id. Set before the first write.
    void setListener(std::function<void(std::string_view resource)> listener);

    [[nodiscard]] std::uint64_t version() const { return m_version.load(std::memory_order_acquire); }
    [[nodiscard]] StoredPtr get(std::string_view resource, std::string_view ns, std::string_view name) const;

    enum class PutError { Exists, Missing, Conflict };
    struct PutResult {
        StoredPtr object; ///< Null on error.
        PutError error = PutError::Conflict;
    };
    /// Stores a draft whose JSON holds VersionPlaceholder once. `expected` 0 creates; otherwise it must be the version
    /// that is stored.
    [[nodiscard]] PutResult put(std::string_view resource, StoredObject draft, std::uint64_t expected);
    /// Deletes; `expected` 0 takes any version. `lastState` is a draft as above: what watchers see last.
    [[nodiscard]] PutResult remove(std::string_view resource, StoredObject lastState, std::uint64_t expected);

    struct Snapshot {
        std::uint64_t version = 0;
        std::vector<StoredPtr> objects; ///< In key order.
    };
    /// The objects of a namespace ("" = all) as they are now, from behind the key `after` on.
    [[nodiscard]] Snapshot snapshot(std::string_view resource, std::string_view ns, std::string_view after = {}) const;
    /// As they were at `version`; nullopt when history no longer reaches back to it.
    [[nodiscard]] std::optional<Snapshot> snapshotAt(
        std::string_view resource, std::string_view ns, std::uint64_t version, std::string_view after = {}) const;

    struct Changes {
        std::vector<Change> changes; ///< Oldest first.
        std::uint64_t upTo = 0;      ///< Continue from here, also when `changes` is empty.
        bool isCompacted = false;    ///< `after` is older than the history: list again.
        std::uint64_t oldest = 0;
    };
    [[nodiscard]] Changes changesAfter(std::string_view resource, std::uint64_t after, std::size_t limit) const;

    /// Forgets all history.
    void compact();

    [[nodiscard]] std::size_t objectCount() const;
    [[nodiscard]] std::size_t objectCount(std::string_view resource) const;
    [[nodiscard]] std::size_t storedBytes() const;

private:
    using Objects = std::map<std::string, StoredPtr, std::less<>>;
    struct Table {
        Objects objects;
        std::deque<Change> history;
        std::size_t historyBytes = 0;
        std::uint64_t compactedUpTo = 0; ///< Changes up to here are forgotten.
    };
    const Table *table(std::string_view resource) const;
    Table &tableFor(std::string_view resource);
    /// The objects below `ns` behind `after`, except where `past` says otherwise (null: there was none).
    static std::vector<StoredPtr> pick(const Objects &objects, const Objects &past, std::string_view ns, std::string_view after);
    void record(Table &table, Change change);
    void notify(std::string_view resource) const;

    const std::size_t m_historyEvents;
    std::function<void(std::string_view)> m_listener;
    mutable std::mutex m_mutex;
    std::atomic<std::uint64_t> m_version {100}; ///< Written under m_mutex.
    std::map<std::string, Table, std::less<>> m_tables; ///< Guarded by m_mutex.
    std::uint64_t m_compactedUpTo = 0;                  ///< By compact(). Guarded by m_mutex.
    std::size_t m_storedBytes = 0;                      ///< Guarded by m_mutex.
};

} // namespace fairway::lab
