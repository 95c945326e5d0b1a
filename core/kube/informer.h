#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/kube/client.h"
#include "core/kube/table.h"
#include "core/value/object_view.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::kube {

/// How much of the truth an informer can vouch for.
enum class InformerPhase : std::uint8_t {
    Connecting, ///< Nothing yet.
    Listing,    ///< The first list is under way.
    Live,       ///< Listed, and a watch is open: the store is what the server holds, but for the time on the wire.
    Stale,      ///< The store is what was true at `since`; a new attempt is coming.
    Forbidden,  ///< The right to list or watch is missing, or the credentials are refused; tried again each 30 s.
    Stopped,
};
[[nodiscard]] std::string_view toString(InformerPhase phase);

struct InformerState {
    InformerPhase phase = InformerPhase::Connecting;
    std::chrono::system_clock::time_point since; ///< Stale: last moment the store was known to be true. Else: of entering the phase.
    std::string reason;                          ///< Stale, Forbidden: one sentence.
    ErrorCode code = ErrorCode::Internal;        ///< Stale, Forbidden: what `reason` is about.
    Text text;                                   ///< `reason` in parts, for a window in another language.
    [[nodiscard]] Error error() const
    {
        Error out(code, reason);
        out.text = text;
        return out;
    }
    bool hasListed = false;                      ///< The store held a complete list at least once.
};

enum class ChangeType : std::uint8_t { Added, Modified, Deleted };

/// Deleted carries the last known state.
struct ObjectChange {
    ChangeType type = ChangeType::Added;
    value::ObjectView object;
};

struct TableChange {
    ChangeType type = ChangeType::Added;
    TableRow row;
};

struct InformerCounters {
    std::uint64_t lists = 0;     ///< Complete lists.
    std::uint64_t watches = 0;   ///< Watches opened.
    std::uint64_t events = 0;    ///< Watch events read, bookmarks included.
    std::uint64_t gone = 0;      ///< 410: had to list again.
    std::uint64_t silent = 0;    ///< Watches given up for silence.
    std::uint64_t failures = 0;  ///< Attempts that ended in back-off.
    std::uint64_t malformed = 0; ///< Watch lines that could not be read; each ends its watch.
    std::uint64_t pauses = 0;    ///< Times the byte queue was full and the stream was held.
};

struct InformerOptions {
    std::string ns {}; ///< Empty: all.
    std::string labelSelector {};
    std::string fieldSelector {};
    std::int64_t pageSize = 1000;
    std::size_t maxObjects = 500000;                    ///< More: Stale with LimitExceeded.
    std::size_t maxLineBytes = std::size_t {16} << 20;  ///< One watch event.
    std::size_t maxQueuedBytes = std::size_t {32} << 20;///< Unread watch bytes; beyond, the stream is paused.
    std::chrono::milliseconds batchWindow {20};         ///< Events that come within it are handed over together.
    std::chrono::milliseconds backOffFirst {800};
    std::chrono::milliseconds backOffMost {30000};
    std::chrono::milliseconds forbiddenRetry {30000};
    /// Asked of the server; each watch takes a random length in [1x, 2x), so that many informers don't all come back at once.
    std::chrono::seconds watchTimeout {300};
    /// A watch without one byte for so long is taken for dead and opened again at the last version. Servers send bookmarks
    /// about once a minute.
    std::chrono::milliseconds idleTimeout {90000};
    const Clock *clock = nullptr; ///< For `since` only; borrowed; nullptr: the machine's.
};

/// Callbacks of an Informer. All run in the informer's own thread, one at a time; they may read the informer, and must not
/// destroy it. A slow callback slows the watch (the stream is paused), nothing is lost and memory stays bounded.
template <typename Change>
struct InformerCallbacks {
    /// Changes in the order of the server. After a list: every object that differs from the store before it (the first
    /// time: all of them), in one batch. The store already holds the result.
    std::function<void(const std::vector<Change> &batch)> onChanges {};
    std::function<void(const InformerState &state)> onState {};
};

/// A local copy of a collection, kept up to date: list, then watch, for ever.
///
/// What is promised
/// - *Eventually the same.* With the server reachable the store becomes what the server holds and stays so. A missed event
///   can't leave it wrong: each gap ends in resuming at the last version seen or in listing again.
/// - *No false deletions.* After a new list the store is compared with it by namespace/name: unchanged resourceVersions give
///   no event, changed ones Modified, missing ones Deleted. An object whose uid changed was deleted and made again
///   meanwhile: Deleted (the old), then Added (the new). Consumers never see the whole store vanish and come back.
/// - *Order.* The events of one object come in the server's order. Between objects too while one watch lasts; not after a list.
/// - *What may be skipped.* Intermediate states. An object made and deleted while the watch was down is never seen. Don't
///   count events: compare states (level, not edge).
/// - *Never in the past.* Every list asks for the newest state (no resourceVersion: a consistent read) in pages, as kubectl
///   does. client-go asks its first list with resourceVersion="0", which the server may answer from a cache that lags, and in
///   one piece; a program of which one runs per person can afford the consistent read and keeps its memory bounded.
/// - *State tells the truth.* Live is claimed only while a watch is open and answered; the moment it ends otherwise than by its
///   own timeout, the state is Stale since the last byte that proved it true (an event, a bookmark, the head of the answer).
///   A watch that ends by its timeout, or by silence, and is reopened at once stays Live.
///
/// How it goes on
/// - Watches ask for bookmarks (they move the version to resume from and nothing else) and end by a random timeout.
/// - A watch that fails is resumed at the last version; 410 (as status or as ERROR event) leads to a list. After the server
///   was out of reach one object is listed first: a version older than ours means that the cluster was restored or made
///   anew, and everything is listed again (a watch at a future version would stay silent for ever).
/// - A line that is cut or unreadable ends the watch; its event was not applied, so resuming brings it again.
/// - Back-off between failures: 0.8 s doubled up to 30 s, each with a random part of up to as much again; reset when a watch
///   has lived for 2 min or brought an event. A watch that ends within a second without any event counts as a failure.
/// - Forbidden and Unauthorized are their own phase and are tried again each 30 s: rights may come.
///
/// Threads: construct, destroy and read from any thread (destruction joins; not from a callback). One thread each: they
///          sleep in a condition variable, so a dozen cost nothing when idle.
/// Bounds:  see InformerOptions.
/// Source:  client-go tools/cache (reflector.go, shared_informer.go); its DeletedFinalStateUnknown is our Deleted after a list.
template <typename Item, typename Change>
class BasicInformer {
public:
    using Callbacks = InformerCallbacks<Change>;

    BasicInformer(std::shared_ptr<Client> client, ResourceId resource, InformerOptions options, Callbacks callbacks);
    ~BasicInformer();
    BasicInformer(const BasicInformer &) = delete;
    BasicInformer &operator=(const BasicInformer &) = delete;

    void start();
    /// Ends the back-off and tries now (the user pressed Retry, the network came back).
    void poke();
    /// Ends and joins; idempotent; the store stays readable. Not from a callback.
    void stop();

    [[nodiscard]] InformerState state() const;
    [[nodiscard]] InformerCounters counters() const;
    [[nodiscard]] const ResourceId &resource() const;

    [[nodiscard]] std::size_t size() const;
    /// All items, in order of namespace, name. They share their text: copying the list is cheap.
    [[nodiscard]] std::vector<Item> snapshot() const;
    [[nodiscard]] std::optional<Item> find(std::string_view ns, std::string_view name) const;
    /// Blocks until the first complete list is in the store. Errors: Cancelled, Timeout (with the reason of the last failure).
    [[nodiscard]] Result<void> waitUntilListed(std::chrono::milliseconds timeout, const CancelToken &cancel = {}) const;

protected:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Of whole objects.
using Informer = BasicInformer<value::ObjectView, ObjectChange>;

/// The same for the server's Table format: rows of printed cells for kinds that only a table shows, many times smaller than the
/// objects. The contract is Informer's, with two differences: a Deleted row carries the cells last known, and a change of the
/// columns (a CRD was edited) shows after the next list. Cells that print ages are as old as their row: views compute ages
/// from TableRow::created().
class TableInformer : public BasicInformer<TableRow, TableChange> {
public:
    using BasicInformer::BasicInformer;

    /// Empty before the first list.
    [[nodiscard]] std::vector<TableColumn> columns() const;
};

} // namespace fairway::kube
