#include "core/lab/watch_hub.h"

#include "core/value/json.h"

#include <algorithm>
#include <utility>

namespace fairway::lab {

namespace {

constexpr std::size_t ChangesAtOnce = 256;
constexpr std::size_t ChunkBytes = std::size_t {128} << 10;
constexpr std::chrono::seconds StalledAfter {20};
constexpr std::chrono::minutes LongestWatch {30};
constexpr std::chrono::milliseconds RetryWrite {50};

} // namespace

struct WatchHub::Watch {
    WatchRequest request;
    std::shared_ptr<WatchSink> sink;
    std::size_t nextInitial = 0;
    std::uint64_t position = 0; ///< Changes up to here are written or in `pending`.
    bool isInitialDone = false;
    bool isFirst = true; ///< Nothing has been rendered yet (a Table's columns go with the first event).
    bool isEnding = false;
    std::string pending; ///< Rendered, not yet taken by the sink.
    Time deadline;
    Time nextBookmark;
    Time stalledSince {};

    void render(std::string text)
    {
        pending += text;
        isFirst = false;
    }
};

WatchHub::WatchHub(const Store &store, std::chrono::milliseconds bookmarkEvery)
    : m_store(store)
    , m_bookmarkEvery(bookmarkEvery)
    , m_thread([this] { run(); })
{
}

WatchHub::~WatchHub()
{
    stop();
}

void WatchHub::add(WatchRequest request, std::shared_ptr<WatchSink> sink)
{
    const Time now = std::chrono::steady_clock::now();
    auto watch = std::make_unique<Watch>(Watch {std::move(request), std::move(sink), 0, 0, false, true, false, {}, {}, {}, {}});
    watch->position = watch->request.after;
    watch->deadline = now + (watch->request.timeout.count() > 0 ? watch->request.timeout : std::chrono::milliseconds(LongestWatch));
    watch->nextBookmark = now + m_bookmarkEvery;
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isStopping) {
            m_arrived.push_back(std::move(watch));
            m_isWoken = true;
            ++m_open;
        }
    }
    m_condition.notify_one();
    if (watch)
        watch->sink->end();
}

void WatchHub::wake()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isWoken = true;
    }
    m_condition.notify_one();
}

void WatchHub::cutAll()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isCutting = true;
        m_isWoken = true;
    }
    m_condition.notify_one();
}

void WatchHub::stop()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isStopping = true;
    }
    m_condition.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void WatchHub::run()
{
    while (true) {
        bool isCutting = false;
        {
            std::unique_lock lock(m_mutex);
            Time due = Time::max();
            for (const auto &watch : m_watches) {
                due = std::min(due, watch->deadline);
                if (watch->request.allowsBookmarks)
                    due = std::min(due, watch->nextBookmark);
                if (!watch->pending.empty())
                    due = std::min(due, std::chrono::steady_clock::now() + RetryWrite);
            }
            const auto isDue = [this] { return m_isWoken || m_isStopping; };
            if (due == Time::max())
                m_condition.wait(lock, isDue);
            else
                m_condition.wait_until(lock, due, isDue);
            m_isWoken = false;
            isCutting = std::exchange(m_isCutting, false);
            for (auto &watch : m_arrived)
                m_watches.push_back(std::move(watch));
            m_arrived.clear();
            if (m_isStopping)
                break;
        }
        const Time now = std::chrono::steady_clock::now();
        std::erase_if(m_watches, [&](const std::unique_ptr<Watch> &watch) {
            if (isCutting)
                watch->sink->abort();
            if (!isCutting && serve(*watch, now))
                return false;
            --m_open;
            return true;
        });
    }
    for (const auto &watch : m_watches)
        watch->sink->end();
    m_open = 0;
    m_watches.clear();
}

bool WatchHub::flush(Watch &watch, Time now)
{
    if (watch.pending.empty())
        return true;
    if (watch.sink->write(watch.pending)) {
        watch.pending.clear();
        watch.stalledSince = {};
        return true;
    }
    if (watch.stalledSince == Time {})
        watch.stalledSince = now;
    return false;
}

bool WatchHub::serve(Watch &watch, Time now)
{
    while (!watch.sink->isClosed()) {
        if (!flush(watch, now)) {
            if (now - watch.stalledSince < StalledAfter)
                return true;
            ++m_slow;
            watch.sink->abort();
            return false;
        }
        if (watch.isEnding || now >= watch.deadline) {
            watch.sink->end();
            return false;
        }
        const bool hasMore = watch.isInitialDone ? sendChanges(watch, now) : sendInitial(watch);
        if (!hasMore && watch.pending.empty())
            return true;
    }
    return false;
}

bool WatchHub::sendInitial(Watch &watch)
{
    const std::vector<StoredPtr> &objects = watch.request.initialObjects;
    while (watch.nextInitial < objects.size() && watch.pending.size() < ChunkBytes)
        watch.render(watch.request.renderer.event("ADDED", *objects[watch.nextInitial++], watch.isFirst));
    if (watch.nextInitial == objects.size()) {
        if (watch.request.endsInitialEvents)
            watch.render(watch.request.renderer.bookmark(watch.position, true, watch.isFirst));
        watch.isInitialDone = true;
        watch.request.initialObjects = {};
    }
    return true;
}

bool WatchHub::sendChanges(Watch &watch, Time now)
{
    const Store::Changes found = m_store.changesAfter(watch.request.resource, watch.position, ChangesAtOnce);
    if (found.isCompacted) {
        const ApiError error = expired(
            "too old resource version: " + std::to_string(watch.position) + " (" + std::to_string(found.oldest) + ")");
        watch.render("{\"type\":\"ERROR\",\"object\":" + value::toJson(statusObject(error)) + "}\n");
        watch.isEnding = true;
        return true;
    }
    for (const Change &change : found.changes) {
        const bool isIn = change.type != ChangeType::Deleted && watch.request.filter.matches(*change.object);
        const bool wasIn = change.previous && watch.request.filter.matches(*change.previous);
        if (isIn)
            watch.render(watch.request.renderer.event(wasIn ? "MODIFIED" : "ADDED", *change.object, watch.isFirst));
        else if (wasIn)
            watch.render(watch.request.renderer.event("DELETED", *change.object, watch.isFirst));
    }
    // A watch from the future (another cluster's version) waits there silently, as a real one does.
    watch.position = std::max(watch.position, found.upTo);
    if (!watch.pending.empty()) {
        watch.nextBookmark = now + m_bookmarkEvery;
    } else if (watch.request.allowsBookmarks && now >= watch.nextBookmark) {
        watch.nextBookmark = now + m_bookmarkEvery;
        watch.render(watch.request.renderer.bookmark(watch.position, false, watch.isFirst));
    }
    return found.changes.size() == ChangesAtOnce;
}

} // namespace fairway::lab
