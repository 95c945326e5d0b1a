#include "core/kube/transport.h"

#include "core/kube/transport_call.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace fairway::kube {

std::string_view HttpAnswer::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

/// The transport's thread and what it shares with the callers. Held by the thread too, so that the last reference to a
/// Transport may go away in one of its own callbacks.
class Transport::Loop : public std::enable_shared_from_this<Transport::Loop> {
public:
    Loop(const CurlApi &api, TransportOptions options)
        : m_api(api)
        , m_options(std::move(options))
        , m_multi(m_api.curl_multi_init())
    {
        if (m_options.userAgent.empty()) {
            m_options.userAgent = "fairway/" FAIRWAY_VERSION;
        }
        m_api.curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
        m_api.curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 64L);
    }

    ~Loop()
    {
        if (m_multi != nullptr) {
            m_api.curl_multi_cleanup(m_multi);
        }
    }
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    [[nodiscard]] bool isUsable() const { return m_multi != nullptr; }

    void launch()
    {
        m_thread = std::thread([self = shared_from_this()] { self->run(); });
    }

    void shutDown()
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_isStopping = true;
        }
        wake();
        if (isOwnThread()) {
            m_thread.detach(); // Released from a callback: the thread ends by itself and holds the loop until then.
        } else {
            m_thread.join();
        }
    }

    [[nodiscard]] bool isOwnThread() const { return std::this_thread::get_id() == m_thread.get_id(); }

    CallId start(HttpCall call, Done done)
    {
        const CallId id = m_nextId.fetch_add(1, std::memory_order_relaxed);
        if (!call.endpoint) {
            call.endpoint = std::make_shared<Endpoint>();
        }
        auto item = std::make_unique<TransportCall>(m_api, id, std::move(call), std::move(done), std::chrono::steady_clock::now());
        std::optional<Error> refusal;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_isStopping) {
                refusal = Error {ErrorCode::Cancelled, "the connection is being closed"};
            } else if (m_incoming.size() + m_waitingCount.load(std::memory_order_relaxed) >= m_options.maxQueued) {
                refusal = Error {ErrorCode::LimitExceeded, phrase("kube", "too many requests are waiting for the server")};
            } else {
                m_incoming.push_back(std::move(item));
            }
        }
        if (refusal) {
            m_refused.fetch_add(1, std::memory_order_relaxed);
            item->finish(tl::unexpected(*refusal));
            return id;
        }
        wake();
        return id;
    }

    void cancel(CallId id)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_cancelled.push_back(id);
        }
        wake();
    }

    void resume(CallId id)
    {
        {
            const std::scoped_lock lock(m_mutex);
            m_resumed.push_back(id);
        }
        wake();
    }

    [[nodiscard]] TransportCounters counters() const
    {
        return {m_calls.load(std::memory_order_relaxed), m_retries.load(std::memory_order_relaxed), m_refused.load(std::memory_order_relaxed),
                m_bytesIn.load(std::memory_order_relaxed)};
    }

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    void wake() { m_api.curl_multi_wakeup(m_multi); }

    void run()
    {
        while (takeCommands()) {
            startWaiting();
            int running = 0;
            m_api.curl_multi_perform(m_multi, &running);
            collectFinished();
            checkTimes();
            startWaiting();
            int ready = 0;
            m_api.curl_multi_poll(m_multi, nullptr, 0, pollTimeout(), &ready);
        }
        // Every call is answered exactly once, also now.
        std::vector<std::unique_ptr<TransportCall>> left;
        {
            const std::scoped_lock lock(m_mutex);
            left = std::move(m_incoming);
            m_incoming.clear();
        }
        for (auto &[id, call] : m_active) {
            detach(*call);
            left.push_back(std::move(call));
        }
        m_active.clear();
        for (const auto &call : left) {
            call->finish(fail(ErrorCode::Cancelled, "the connection is being closed"));
        }
    }

    bool takeCommands()
    {
        std::vector<std::unique_ptr<TransportCall>> incoming;
        std::vector<CallId> cancelled;
        std::vector<CallId> resumed;
        {
            const std::scoped_lock lock(m_mutex);
            if (m_isStopping) {
                return false;
            }
            incoming.swap(m_incoming);
            cancelled.swap(m_cancelled);
            resumed.swap(m_resumed);
            m_waitingCount.fetch_add(incoming.size(), std::memory_order_relaxed);
        }
        for (auto &call : incoming) {
            m_calls.fetch_add(1, std::memory_order_relaxed);
            const CallId id = call->id();
            m_waiting.push_back(id);
            m_active.emplace(id, std::move(call));
        }
        for (const CallId id : cancelled) {
            if (m_active.contains(id)) {
                end(id, fail(ErrorCode::Cancelled, "cancelled"));
            }
        }
        const TimePoint now = std::chrono::steady_clock::now();
        for (const CallId id : resumed) {
            if (const auto it = m_active.find(id); it != m_active.end()) {
                it->second->unpause(now);
            }
        }
        return true;
    }

    /// Ordinary calls wait for a free place in order; streams start at once, since they would hold their place for ever.
    void startWaiting()
    {
        const TimePoint now = std::chrono::steady_clock::now();
        for (std::size_t i = 0; i < m_waiting.size();) {
            const CallId id = m_waiting[i];
            const auto it = m_active.find(id);
            if (it == m_active.end()) {
                eraseWaiting(i);
                continue;
            }
            const bool isStream = it->second->isStream();
            if (!isStream && m_inFlight >= m_options.maxConcurrent) {
                ++i;
                continue;
            }
            eraseWaiting(i);
            begin(*it->second);
        }
        for (std::size_t i = 0; i < m_sleeping.size();) {
            const auto [id, when] = m_sleeping[i];
            if (now < when) {
                ++i;
                continue;
            }
            m_sleeping.erase(m_sleeping.begin() + static_cast<std::ptrdiff_t>(i));
            if (const auto it = m_active.find(id); it != m_active.end()) {
                begin(*it->second);
            }
        }
    }

    void eraseWaiting(std::size_t index)
    {
        m_waiting.erase(m_waiting.begin() + static_cast<std::ptrdiff_t>(index));
        m_waitingCount.fetch_sub(1, std::memory_order_relaxed);
    }

    void begin(TransportCall &call)
    {
        if (auto prepared = call.prepare(m_options); !prepared) {
            end(call.id(), tl::unexpected(prepared.error()));
            return;
        }
        m_api.curl_multi_add_handle(m_multi, call.handle());
        m_attached.insert(call.id());
        if (!call.isStream()) {
            ++m_inFlight;
        }
    }

    void detach(TransportCall &call)
    {
        if (m_attached.erase(call.id()) > 0) {
            m_api.curl_multi_remove_handle(m_multi, call.handle());
            if (!call.isStream()) {
                --m_inFlight;
            }
        }
    }

    void collectFinished()
    {
        int left = 0;
        while (CURLMsg *message = m_api.curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE) {
                continue;
            }
            char *tag = nullptr;
            m_api.curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &tag);
            auto *call = static_cast<TransportCall *>(static_cast<void *>(tag));
            const CURLcode code = message->data.result;
            const TimePoint now = std::chrono::steady_clock::now();
            detach(*call);
            if (const auto wait = call->retryDelay(code, now)) {
                m_retries.fetch_add(1, std::memory_order_relaxed);
                call->countAttempt();
                call->release();
                m_sleeping.emplace_back(call->id(), now + *wait);
                continue;
            }
            m_bytesIn.fetch_add(call->bytesIn(), std::memory_order_relaxed);
            end(call->id(), call->outcome(code));
        }
    }

    void checkTimes()
    {
        const TimePoint now = std::chrono::steady_clock::now();
        std::vector<std::pair<CallId, Error>> late;
        for (const auto &[id, call] : m_active) {
            if (auto error = call->checkTime(now)) {
                late.emplace_back(id, std::move(*error));
            }
        }
        for (auto &[id, error] : late) {
            end(id, tl::unexpected(std::move(error)));
        }
    }

    [[nodiscard]] int pollTimeout() const
    {
        std::optional<TimePoint> next;
        const auto consider = [&next](TimePoint time) { next = next ? std::min(*next, time) : time; };
        for (const auto &[id, call] : m_active) {
            if (const auto time = call->nextCheck()) {
                consider(*time);
            }
        }
        for (const auto &[id, time] : m_sleeping) {
            consider(time);
        }
        if (!next) {
            return 60000;
        }
        const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(*next - std::chrono::steady_clock::now()).count() + 1;
        return static_cast<int>(std::clamp<std::int64_t>(wait, 0, 60000));
    }

    void end(CallId id, Result<HttpAnswer> result)
    {
        const auto it = m_active.find(id);
        const std::unique_ptr<TransportCall> call = std::move(it->second);
        m_active.erase(it);
        detach(*call);
        call->release();
        call->finish(std::move(result));
    }

    const CurlApi &m_api;
    TransportOptions m_options;
    CURLM *m_multi;
    std::thread m_thread;
    std::atomic<CallId> m_nextId {1};
    std::atomic<std::uint64_t> m_calls {0};
    std::atomic<std::uint64_t> m_retries {0};
    std::atomic<std::uint64_t> m_refused {0};
    std::atomic<std::uint64_t> m_bytesIn {0};
    std::atomic<std::size_t> m_waitingCount {0};

    std::mutex m_mutex;
    std::vector<std::unique_ptr<TransportCall>> m_incoming; ///< Guarded by m_mutex, as the next three.
    std::vector<CallId> m_cancelled;
    std::vector<CallId> m_resumed;
    bool m_isStopping = false;

    // Of the loop's thread:
    std::map<CallId, std::unique_ptr<TransportCall>> m_active; ///< Waiting, in flight or sleeping before a retry.
    std::deque<CallId> m_waiting;
    std::vector<std::pair<CallId, TimePoint>> m_sleeping;
    std::set<CallId> m_attached; ///< In the multi handle.
    int m_inFlight = 0;          ///< Attached ones that aren't streams.
};

Result<std::shared_ptr<Transport>> Transport::create(TransportOptions options)
{
    auto api = CurlApi::load();
    if (!api) {
        return tl::unexpected(api.error());
    }
    auto loop = std::make_shared<Loop>(**api, std::move(options));
    if (!loop->isUsable()) {
        return fail(ErrorCode::Internal, "libcurl gave no handle");
    }
    loop->launch();
    return std::shared_ptr<Transport>(new Transport(std::move(loop)));
}

Transport::Transport(std::shared_ptr<Loop> loop)
    : m_loop(std::move(loop))
{
}

Transport::~Transport()
{
    m_loop->shutDown();
}

CallId Transport::start(HttpCall call, Done done)
{
    return m_loop->start(std::move(call), std::move(done));
}

void Transport::cancel(CallId id)
{
    m_loop->cancel(id);
}

void Transport::resume(CallId id)
{
    m_loop->resume(id);
}

TransportCounters Transport::counters() const
{
    return m_loop->counters();
}

Result<HttpAnswer> Transport::perform(HttpCall call, const CancelToken &cancelToken)
{
    struct Waiter {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<Result<HttpAnswer>> result;
    };
    if (cancelToken.isCancelled()) {
        return fail(ErrorCode::Cancelled, "cancelled");
    }
    const auto waiter = std::make_shared<Waiter>();
    const CallId id = start(std::move(call), [waiter](Result<HttpAnswer> result) {
        {
            const std::scoped_lock lock(waiter->mutex);
            waiter->result = std::move(result);
        }
        waiter->changed.notify_one();
    });
    const auto registration = cancelToken.onCancel([this, id] { cancel(id); });
    std::unique_lock lock(waiter->mutex);
    waiter->changed.wait(lock, [&waiter] { return waiter->result.has_value(); });
    return std::move(*waiter->result);
}

} // namespace fairway::kube
