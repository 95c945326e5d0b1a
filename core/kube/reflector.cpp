#include "core/kube/reflector.h"

#include "core/kube/list_query.h"
#include "core/value/json.h"

#include <algorithm>
#include <charconv>

namespace fairway::kube {
namespace {

constexpr std::chrono::seconds listTimeout {60};
constexpr std::chrono::seconds headTimeout {30};
constexpr std::chrono::seconds historyTimeout {5};
constexpr std::chrono::milliseconds reopenGrace {1000}; ///< A watch that is reopened within it stays Live.
constexpr std::chrono::seconds shortWatch {1};
constexpr std::chrono::minutes longWatch {2};
constexpr std::size_t mostInBatch = 2000;

/// Versions are opaque in old documents, and numbers in every server (officially so since 1.35). nullopt: no number.
std::optional<std::uint64_t> numberOf(std::string_view version)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
    return error == std::errc() && end == version.data() + version.size() && !version.empty() ? std::optional(number) : std::nullopt;
}

} // namespace

std::string_view toString(InformerPhase phase)
{
    switch (phase) {
    case InformerPhase::Connecting:
        return "Connecting";
    case InformerPhase::Listing:
        return "Listing";
    case InformerPhase::Live:
        return "Live";
    case InformerPhase::Stale:
        return "Stale";
    case InformerPhase::Forbidden:
        return "Forbidden";
    case InformerPhase::Stopped:
        return "Stopped";
    }
    return "Unknown";
}

/// What the transport's thread hands to the reflector's.
struct Reflector::Channel {
    std::mutex mutex;
    std::condition_variable changed;
    bool isStopping = false;
    bool isPoked = false;
    // Of the watch under way:
    bool hasHead = false;
    bool isPaused = false;
    std::string bytes;
    std::optional<Result<HttpAnswer>> end;

    void reset()
    {
        const std::scoped_lock lock(mutex);
        hasHead = false;
        isPaused = false;
        bytes.clear();
        end.reset();
    }
};

Reflector::Reflector(std::shared_ptr<Client> client, ResourceId resource, InformerOptions options, ReflectorSink &sink,
                     std::function<void(const InformerState &)> onState)
    : m_client(std::move(client))
    , m_resource(std::move(resource))
    , m_options(std::move(options))
    , m_sink(sink)
    , m_onState(std::move(onState))
    , m_clock(m_options.clock != nullptr ? m_options.clock : &m_systemClock)
    , m_channel(std::make_shared<Channel>())
    , m_backOff(m_options.backOffFirst)
{
    m_state.since = m_clock->systemNow();
    m_lastTrue = m_state.since;
}

Reflector::~Reflector()
{
    stop();
}

void Reflector::start()
{
    if (!m_thread.joinable() && !isStopping()) {
        m_thread = std::thread([this] { run(); });
    }
}

void Reflector::poke()
{
    {
        const std::scoped_lock lock(m_channel->mutex);
        m_channel->isPoked = true;
    }
    m_channel->changed.notify_all();
}

void Reflector::stop()
{
    {
        const std::scoped_lock lock(m_channel->mutex);
        m_channel->isStopping = true;
    }
    m_channel->changed.notify_all();
    m_cancel.cancel();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

bool Reflector::isStopping() const
{
    const std::scoped_lock lock(m_channel->mutex);
    return m_channel->isStopping;
}

InformerState Reflector::state() const
{
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

InformerCounters Reflector::counters() const
{
    const std::scoped_lock lock(m_mutex);
    return m_counters;
}

template <typename Change>
void Reflector::count(Change change)
{
    const std::scoped_lock lock(m_mutex);
    change(m_counters);
}

Result<void> Reflector::waitUntilListed(std::chrono::milliseconds timeout, const CancelToken &cancel) const
{
    const auto registration = cancel.onCancel([this] { m_stateChanged.notify_all(); });
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    std::unique_lock lock(m_mutex);
    while (!m_state.hasListed) {
        if (cancel.isCancelled() || m_state.phase == InformerPhase::Stopped) {
            return fail(ErrorCode::Cancelled, "cancelled");
        }
        const auto now = std::chrono::steady_clock::now();
        if (now >= deadline) {
            return fail(ErrorCode::Timeout, m_state.reason.empty() ? action("list") + ": no answer yet" : m_state.reason);
        }
        // In slices: a cancellation between the look and the wait must not be missed for long.
        m_stateChanged.wait_until(lock, std::min(deadline, now + std::chrono::milliseconds(200)));
    }
    return {};
}

std::string Reflector::action(std::string_view verb) const
{
    std::string out = std::string(verb) + " " + m_resource.qualifiedName();
    return m_options.ns.empty() ? out : out + " in namespace " + m_options.ns;
}

ListOptions Reflector::listOptions() const
{
    ListOptions out;
    out.ns = m_options.ns;
    out.labelSelector = m_options.labelSelector;
    out.fieldSelector = m_options.fieldSelector;
    return out;
}

/// The store was true just now.
void Reflector::touch()
{
    m_lastTrue = m_clock->systemNow();
}

void Reflector::enter(InformerPhase phase, const Error *error)
{
    InformerState next;
    {
        const std::scoped_lock lock(m_mutex);
        next = m_state;
        next.hasListed = next.hasListed || phase == InformerPhase::Live;
        if (phase == InformerPhase::Stale || next.phase != phase) {
            next.since = phase == InformerPhase::Stale && next.hasListed ? m_lastTrue
                : phase == InformerPhase::Stale && next.phase == InformerPhase::Stale ? next.since
                                                                                     : m_clock->systemNow();
        }
        next.phase = phase;
        next.reason = error != nullptr ? error->message : std::string();
        next.code = error != nullptr ? error->code : ErrorCode::Internal;
        if (next.phase == m_state.phase && next.reason == m_state.reason && next.code == m_state.code && next.hasListed == m_state.hasListed) {
            return;
        }
        m_state = next;
    }
    m_stateChanged.notify_all();
    if (m_onState) {
        m_onState(next);
    }
}

void Reflector::run()
{
    while (!isStopping()) {
        Result<void> step;
        if (m_version.empty()) {
            step = list();
        } else if (m_mustCheckHistory) {
            step = checkHistory();
        }
        if (step && !m_version.empty()) {
            step = watch();
        }
        if (!step && !isStopping()) {
            recover(step.error());
        }
    }
    m_sink.deliverBatch();
    enter(InformerPhase::Stopped);
}

/// Says what is wrong and waits before the next attempt.
void Reflector::recover(const Error &error)
{
    if (error.code == ErrorCode::Gone) {
        // What is held is a bit old, not wrong: the list follows at once, except when the server keeps saying so.
        count([](InformerCounters &counters) { ++counters.gone; });
        m_version.clear();
        m_mustCheckHistory = false;
        if (++m_goneInRow == 1) {
            return;
        }
    }
    count([](InformerCounters &counters) { ++counters.failures; });
    m_mustCheckHistory = !m_version.empty();
    if (error.code == ErrorCode::Unauthorized && m_retryAtOnce) {
        m_retryAtOnce = false;
        enter(InformerPhase::Stale, &error);
        rest(std::chrono::milliseconds(100));
        return;
    }
    if (error.code == ErrorCode::Forbidden || error.code == ErrorCode::Unauthorized) {
        enter(InformerPhase::Forbidden, &error);
        rest(m_options.forbiddenRetry);
        return;
    }
    enter(InformerPhase::Stale, &error);
    const auto jitter = static_cast<std::int64_t>(static_cast<double>(m_backOff.count()) * m_random.unit());
    rest(std::min(m_backOff + std::chrono::milliseconds(jitter), m_options.backOffMost));
    m_backOff = std::min(m_backOff * 2, m_options.backOffMost);
}

void Reflector::rest(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_channel->mutex);
    m_channel->changed.wait_for(lock, time, [this] { return m_channel->isStopping || m_channel->isPoked; });
    if (std::exchange(m_channel->isPoked, false)) {
        m_backOff = m_options.backOffFirst;
    }
}

Result<void> Reflector::list()
{
    // After a failure the state goes on telling it until there is an answer.
    if (const InformerState now = state(); !now.hasListed && now.phase != InformerPhase::Stale && now.phase != InformerPhase::Forbidden) {
        enter(InformerPhase::Listing);
    }
    std::string version;
    auto listed = listPages(false, version);
    if (!listed && listed.error().code == ErrorCode::Gone) {
        listed = listPages(true, version); // The continue token grew too old on the way.
    }
    if (!listed) {
        m_sink.dropPages();
        return listed;
    }
    m_version = version;
    m_mustCheckHistory = false;
    touch();
    m_sink.commitPages();
    {
        const std::scoped_lock lock(m_mutex);
        m_state.hasListed = true;
        ++m_counters.lists;
    }
    m_stateChanged.notify_all();
    m_sink.deliverBatch();
    return {};
}

Result<void> Reflector::listPages(bool inOnePiece, std::string &resourceVersion)
{
    m_sink.dropPages();
    ListOptions options = listOptions();
    options.limit = inOnePiece ? 0 : m_options.pageSize;
    CallOptions call;
    call.cancel = m_cancel.token();
    call.timeout = listTimeout;
    const std::string doing = action("list");
    while (true) {
        RawRequest request;
        request.path = listPath(m_resource, options);
        request.accept = m_sink.accept();
        const auto answer = m_client->raw(request, call, doing);
        if (!answer) {
            return tl::unexpected(answer.error());
        }
        if (const auto error = notJson(*answer, doing)) {
            return tl::unexpected(*error);
        }
        auto page = m_sink.addPage(answer->body);
        if (!page) {
            return failWith(doing, page.error());
        }
        if (m_sink.pendingCount() > m_options.maxObjects) {
            return fail(ErrorCode::LimitExceeded, doing + ": there are more than " + std::to_string(m_options.maxObjects) + " objects");
        }
        if (page->continueToken.empty()) {
            if (page->resourceVersion.empty()) {
                return fail(ErrorCode::ProtocolViolation, doing + ": the answer is not a list of an API server");
            }
            resourceVersion = std::move(page->resourceVersion);
            return {};
        }
        options.continueToken = std::move(page->continueToken);
    }
}

/// After an outage: is the server's history still the one we know?
Result<void> Reflector::checkHistory()
{
    ListOptions options = listOptions();
    options.limit = 1;
    RawRequest request;
    request.path = listPath(m_resource, options);
    request.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    CallOptions call;
    call.cancel = m_cancel.token();
    call.timeout = historyTimeout;
    const std::string doing = action("list");
    const auto answer = m_client->raw(request, call, doing);
    if (!answer) {
        return tl::unexpected(answer.error());
    }
    if (const auto error = notJson(*answer, doing)) {
        return tl::unexpected(*error);
    }
    const auto parsed = value::parseJson(answer->body);
    if (!parsed) {
        return fail(ErrorCode::ProtocolViolation, doing + ": the answer can't be read (" + parsed.error().message + ")");
    }
    const auto there = numberOf((*parsed)["metadata"]["resourceVersion"].stringOr());
    const auto here = numberOf(m_version);
    m_mustCheckHistory = false;
    if (there && here && *there < *here) {
        return fail(ErrorCode::Gone, doing + ": the cluster was restored or made anew");
    }
    return {};
}

Result<void> Reflector::watch()
{
    const auto spread = static_cast<std::int64_t>(static_cast<double>(m_options.watchTimeout.count()) * m_random.unit());
    RawRequest request;
    ListOptions options = listOptions();
    options.resourceVersion = m_version;
    request.path = listPath(m_resource, options) + "&watch=true&allowWatchBookmarks=true&timeoutSeconds="
        + std::to_string(m_options.watchTimeout.count() + spread);
    request.accept = m_sink.accept();
    m_channel->reset();
    m_rest.clear();
    m_eventsOfWatch = 0;
    Client::StreamHandlers handlers;
    handlers.action = action("watch");
    handlers.headTimeout = headTimeout;
    handlers.idleTimeout = m_options.idleTimeout;
    handlers.onHead = [channel = m_channel] {
        {
            const std::scoped_lock lock(channel->mutex);
            channel->hasHead = true;
        }
        channel->changed.notify_all();
    };
    handlers.onBytes = [channel = m_channel, most = m_options.maxQueuedBytes](std::string_view bytes) {
        {
            const std::scoped_lock lock(channel->mutex);
            if (!channel->bytes.empty() && channel->bytes.size() + bytes.size() > most) {
                channel->isPaused = true;
                return false;
            }
            channel->bytes.append(bytes);
        }
        channel->changed.notify_all();
        return true;
    };
    handlers.done = [channel = m_channel](Result<HttpAnswer> result) {
        {
            const std::scoped_lock lock(channel->mutex);
            channel->end = std::move(result);
        }
        channel->changed.notify_all();
    };
    const TimePoint opened = std::chrono::steady_clock::now();
    const CallId id = m_client->startStream(request, std::move(handlers), m_cancel.token());
    auto outcome = readWatch(id, opened);
    endWatch(id);
    m_sink.deliverBatch();
    if (m_eventsOfWatch > 0 || std::chrono::steady_clock::now() - opened > longWatch) {
        m_backOff = m_options.backOffFirst;
        m_goneInRow = 0;
    }
    return outcome;
}

/// No callback of the watch may run after this.
void Reflector::endWatch(CallId id)
{
    m_client->transport()->cancel(id);
    std::unique_lock lock(m_channel->mutex);
    m_channel->changed.wait(lock, [this] { return m_channel->end.has_value(); });
}

Result<void> Reflector::readWatch(CallId id, TimePoint opened)
{
    bool isLive = false;
    bool isOverdue = false;
    std::optional<TimePoint> batchDue;
    while (true) {
        std::string bytes;
        std::optional<Result<HttpAnswer>> end;
        bool hasHead = false;
        bool wasPaused = false;
        {
            std::unique_lock lock(m_channel->mutex);
            Channel &channel = *m_channel;
            const auto isDue = [&channel, isLive] {
                return channel.isStopping || !channel.bytes.empty() || channel.end || (channel.hasHead && !isLive);
            };
            std::optional<TimePoint> due = batchDue;
            if (!isLive && !isOverdue) {
                due = due ? std::min(*due, opened + reopenGrace) : opened + reopenGrace;
            }
            if (due) {
                channel.changed.wait_until(lock, *due, isDue);
            } else {
                channel.changed.wait(lock, isDue); // The head, silence and the end all have their time-out in the transport.
            }
            if (channel.isStopping) {
                return {};
            }
            bytes.swap(channel.bytes);
            if (bytes.empty() && channel.end) { // Only after everything was read.
                end = channel.end;
            }
            hasHead = channel.hasHead;
            wasPaused = std::exchange(channel.isPaused, false);
        }
        if (wasPaused) {
            count([](InformerCounters &counters) { ++counters.pauses; });
            m_client->transport()->resume(id);
        }
        if (hasHead && !isLive) {
            isLive = true;
            m_retryAtOnce = true;
            touch();
            count([](InformerCounters &counters) { ++counters.watches; });
            enter(InformerPhase::Live);
        } else if (!isLive && !isOverdue && std::chrono::steady_clock::now() >= opened + reopenGrace) {
            isOverdue = true;
            if (state().phase == InformerPhase::Live) {
                const Error waiting {ErrorCode::Timeout, action("watch") + ": the server has not answered yet"};
                enter(InformerPhase::Stale, &waiting);
            }
        }
        if (!bytes.empty()) {
            touch();
            if (auto taken = takeLines(bytes); !taken) {
                return taken;
            }
            if (!batchDue && m_sink.batchSize() > 0) {
                batchDue = std::chrono::steady_clock::now() + m_options.batchWindow;
            }
        }
        if (batchDue && (end || m_sink.batchSize() >= mostInBatch || std::chrono::steady_clock::now() >= *batchDue)) {
            m_sink.deliverBatch();
            batchDue.reset();
        }
        if (end) {
            return judgeEnd(*end, opened, isLive);
        }
    }
}

Result<void> Reflector::takeLines(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t newline = bytes.find('\n');
        if (m_rest.size() + std::min(newline, bytes.size()) > m_options.maxLineBytes) {
            count([](InformerCounters &counters) { ++counters.malformed; });
            m_version.clear(); // Resuming would bring the same line again.
            return fail(ErrorCode::LimitExceeded, action("watch") + ": one event is larger than " + std::to_string(m_options.maxLineBytes) + " bytes");
        }
        if (newline == std::string_view::npos) {
            m_rest.append(bytes);
            return {};
        }
        std::string_view line = bytes.substr(0, newline);
        if (!m_rest.empty()) {
            m_rest.append(line);
            line = m_rest;
        }
        bytes.remove_prefix(newline + 1);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos) {
            auto event = m_sink.applyLine(line);
            if (!event) {
                count([](InformerCounters &counters) { ++counters.malformed; });
                return failWith(action("watch"), event.error());
            }
            count([](InformerCounters &counters) { ++counters.events; });
            if (event->kind == WatchLine::Kind::Error) {
                return tl::unexpected(errorFromStatus(event->status.value_or(ApiStatus {500, {}, "the watch failed", {}, {}, 0, {}}), action("watch"),
                                                      m_client->access().userName));
            }
            ++m_eventsOfWatch;
            if (!event->resourceVersion.empty()) {
                m_version = std::move(event->resourceVersion);
            }
        }
        m_rest.clear();
    }
    return {};
}

Result<void> Reflector::judgeEnd(const Result<HttpAnswer> &result, TimePoint opened, bool hasHead)
{
    if (!result && result.error().code == ErrorCode::Timeout && hasHead) {
        // Silence need not be death: a look at the server's history tells, and a new watch proves that it is there.
        count([](InformerCounters &counters) { ++counters.silent; });
        m_mustCheckHistory = true;
        return {};
    }
    if (!result) {
        return tl::unexpected(result.error());
    }
    if (!m_rest.empty()) {
        count([](InformerCounters &counters) { ++counters.malformed; });
        return fail(ErrorCode::ProtocolViolation, action("watch") + ": the answer was cut off inside an event");
    }
    if (m_eventsOfWatch == 0 && std::chrono::steady_clock::now() - opened < shortWatch) {
        return fail(ErrorCode::Unavailable, action("watch") + ": the server ended the watch at once");
    }
    return {};
}

} // namespace fairway::kube
