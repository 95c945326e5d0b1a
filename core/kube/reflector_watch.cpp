#include "core/kube/list_query.h"
#include "core/kube/reflector_channel.h"

#include <algorithm>

/// The watch of a Reflector: from opening the stream to judging its end.
namespace fairway::kube {
namespace {

constexpr std::chrono::seconds headTimeout {30};
constexpr std::chrono::milliseconds reopenGrace {1000}; ///< A watch that is reopened within it stays Live.
constexpr std::chrono::seconds shortWatch {1};
constexpr std::chrono::minutes longWatch {2};
constexpr std::size_t mostInBatch = 2000;

} // namespace

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
    handlers.action = watching();
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
    const auto lasted = std::chrono::steady_clock::now() - opened;
    if (m_eventsOfWatch > 0 || lasted > longWatch) {
        m_backOff = m_options.backOffFirst;
    }
    const bool isGone = !outcome && outcome.error().code == ErrorCode::Gone;
    if (m_eventsOfWatch > 0 || (!isGone && lasted > shortWatch)) {
        m_goneInRow = 0; // A watch that stood: the next 410 is another story.
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
                const Error waiting {ErrorCode::Timeout, phrase("kube", "%1: the server has not answered yet").with(watching())};
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
            return fail(ErrorCode::LimitExceeded, phrase("kube", "%1: one event is larger than %2 bytes").with(watching(), m_options.maxLineBytes));
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
                return failWith(watching(), event.error());
            }
            count([](InformerCounters &counters) { ++counters.events; });
            if (event->kind == WatchLine::Kind::Error) {
                return tl::unexpected(errorFromStatus(event->status.value_or(ApiStatus {500, {}, "the watch failed", {}, {}, 0, {}}), watching(),
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
        return fail(ErrorCode::ProtocolViolation, phrase("kube", "%1: the answer was cut off inside an event").with(watching()));
    }
    if (m_eventsOfWatch == 0 && std::chrono::steady_clock::now() - opened < shortWatch) {
        return fail(ErrorCode::Unavailable, phrase("kube", "%1: the server ended the watch at once").with(watching()));
    }
    return {};
}

} // namespace fairway::kube
