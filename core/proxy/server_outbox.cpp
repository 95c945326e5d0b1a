#include "core/proxy/server_outbox.h"

#include "core/http/header_field.h"
#include "core/http/serializer.h"

#include <array>
#include <charconv>
#include <ctime>
#include <utility>

namespace fairway::proxy {

ServerOutbox::ServerOutbox(std::size_t limit, std::function<void()> wake)
    : m_limit(limit)
    , m_wake(std::move(wake))
{
}

void ServerOutbox::wakeLocked()
{
    if (!m_isHeld && !std::exchange(m_isWoken, true)) {
        m_wake();
    }
}

bool ServerOutbox::append(std::string_view head, std::string_view body, std::string_view tail, bool isBounded)
{
    const std::scoped_lock lock(m_mutex);
    const std::size_t size = head.size() + body.size() + tail.size();
    if (m_isClosed || (isBounded && m_bytes.size() + m_inFlight + size > m_limit)) {
        return false;
    }
    m_bytes.append(head).append(body).append(tail);
    wakeLocked();
    return true;
}

void ServerOutbox::finish(bool isClosing)
{
    const std::scoped_lock lock(m_mutex);
    if (!m_isClosed) {
        m_isFinished = true;
        m_isClosing = isClosing;
        wakeLocked();
    }
}

void ServerOutbox::abort()
{
    const std::scoped_lock lock(m_mutex);
    if (!m_isClosed) {
        m_isAborted = true;
        wakeLocked();
    }
}

void ServerOutbox::onClosed(std::function<void()> callback)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_isClosed) {
            m_onClosed = std::move(callback);
            return;
        }
    }
    callback();
}

void ServerOutbox::onDrained(std::function<void()> callback)
{
    const std::scoped_lock lock(m_mutex);
    m_onDrained = std::move(callback);
}

bool ServerOutbox::isClosed() const
{
    const std::scoped_lock lock(m_mutex);
    return m_isClosed;
}

std::size_t ServerOutbox::bufferedBytes() const
{
    const std::scoped_lock lock(m_mutex);
    return m_bytes.size() + m_inFlight;
}

void ServerOutbox::begin()
{
    std::function<void()> oldClosed;
    std::function<void()> oldDrained;
    const std::scoped_lock lock(m_mutex);
    oldClosed.swap(m_onClosed);
    oldDrained.swap(m_onDrained);
    m_isFinished = m_isClosing = m_isAborted = false;
}

void ServerOutbox::hold(bool isHeld)
{
    const std::scoped_lock lock(m_mutex);
    m_isHeld = isHeld;
}

ServerOutbox::Taken ServerOutbox::take(std::size_t inFlight)
{
    const std::scoped_lock lock(m_mutex);
    m_isWoken = false;
    Taken taken {std::exchange(m_bytes, {}), m_isFinished, m_isClosing, m_isAborted};
    m_inFlight = inFlight + taken.bytes.size();
    return taken;
}

void ServerOutbox::drained()
{
    std::function<void()> callback;
    {
        const std::scoped_lock lock(m_mutex);
        if (std::exchange(m_inFlight, 0) == 0) {
            return;
        }
        callback = m_onDrained;
    }
    if (callback) {
        callback();
    }
}

void ServerOutbox::close()
{
    std::function<void()> callback;
    std::function<void()> unused;
    {
        const std::scoped_lock lock(m_mutex);
        if (std::exchange(m_isClosed, true)) {
            return;
        }
        m_bytes.clear();
        m_inFlight = 0;
        m_wake = {};
        unused.swap(m_onDrained);
        callback.swap(m_onClosed);
        if (m_isFinished) {
            callback = {};
        }
    }
    if (callback) {
        callback();
    }
}

namespace {

bool forbidsBody(int status)
{
    return status < 200 || status == 204 || status == 304;
}

/// "Sun, 22 Nov 2026 03:04:05 GMT"
std::string httpDate()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts {};
    gmtime_r(&now, &parts);
    constexpr std::array<const char *, 7> days {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char *, 12> months {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto two = [](int number) { return std::string(number < 10 ? "0" : "") + std::to_string(number); };
    return std::string(days[static_cast<std::size_t>(parts.tm_wday)]) + ", " + two(parts.tm_mday) + " "
        + months[static_cast<std::size_t>(parts.tm_mon)] + " " + std::to_string(parts.tm_year + 1900) + " " + two(parts.tm_hour) + ":"
        + two(parts.tm_min) + ":" + two(parts.tm_sec) + " GMT";
}

class Responder final : public HttpResponder {
public:
    Responder(std::shared_ptr<ServerOutbox> outbox, AnswerShape shape)
        : m_outbox(std::move(outbox))
        , m_shape(shape)
    {
    }
    Responder(const Responder &) = delete;
    Responder &operator=(const Responder &) = delete;

    ~Responder() override
    {
        // Nobody is left to answer.
        if (m_stage == Stage::Waiting) {
            send(500, {{"Content-Type", "text/plain"}}, "the request was not answered\n");
        } else if (m_stage == Stage::Streaming) {
            m_outbox->abort();
        }
    }

    void send(int status, const HttpHeaders &headers, std::string body) override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stage != Stage::Waiting) {
            return;
        }
        m_stage = Stage::Done;
        std::string head = startHead(status, headers);
        if (!forbidsBody(status)) {
            head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
        }
        head += m_shape.isKeepAlive ? (m_shape.isOldClient ? "Connection: keep-alive\r\n\r\n" : "\r\n") : "Connection: close\r\n\r\n";
        const bool hasBody = !m_shape.isHead && !forbidsBody(status);
        if (m_outbox->append(head, hasBody ? std::string_view(body) : std::string_view {}, {}, false)) {
            m_outbox->finish(!m_shape.isKeepAlive);
        }
    }

    void startStream(int status, const HttpHeaders &headers) override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stage != Stage::Waiting) {
            return;
        }
        m_stage = Stage::Streaming;
        m_isSilent = m_shape.isHead || forbidsBody(status);
        m_isChunked = !m_shape.isOldClient && !forbidsBody(status);
        if (m_shape.isOldClient && !m_isSilent) {
            m_shape.isKeepAlive = false;
        }
        std::string head = startHead(status, headers);
        head += m_isChunked ? "Transfer-Encoding: chunked\r\n" : "";
        head += m_shape.isKeepAlive ? "\r\n" : "Connection: close\r\n\r\n";
        [[maybe_unused]] const bool isTaken = m_outbox->append(head, {}, {}, false);
    }

    bool write(std::string_view chunk) override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stage != Stage::Streaming) {
            return false;
        }
        if (m_isSilent || chunk.empty()) {
            return !m_outbox->isClosed();
        }
        if (!m_isChunked) {
            return m_outbox->append({}, chunk, {}, true);
        }
        std::array<char, 24> memory;
        http::Writer out(memory);
        http::writeChunkStart(out, chunk.size());
        return m_outbox->append(out.written(), chunk, http::kChunkEnd, true);
    }

    void end() override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stage != Stage::Streaming) {
            return;
        }
        m_stage = Stage::Done;
        if (m_isChunked && !m_isSilent) {
            [[maybe_unused]] const bool isTaken = m_outbox->append(http::kLastChunk, {}, {}, false);
        }
        m_outbox->finish(!m_shape.isKeepAlive);
    }

    void abort() override
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stage != Stage::Done) {
            m_stage = Stage::Done;
            m_outbox->abort();
        }
    }

    void onClosed(std::function<void()> callback) override { m_outbox->onClosed(std::move(callback)); }
    void onDrained(std::function<void()> callback) override { m_outbox->onDrained(std::move(callback)); }
    bool isClosed() const override { return m_outbox->isClosed(); }
    std::size_t bufferedBytes() const override { return m_outbox->bufferedBytes(); }

private:
    enum class Stage { Waiting, Streaming, Done };

    static std::string startHead(int status, const HttpHeaders &headers)
    {
        std::string head = "HTTP/1.1 " + std::to_string(status) + " ";
        head += http::reasonPhrase(status);
        head += "\r\n";
        bool hasDate = false;
        for (const auto &[name, value] : headers) {
            hasDate = hasDate || http::equalsIgnoreCase(name, "Date");
            head += name + ": " + value + "\r\n";
        }
        return hasDate ? head : head + "Date: " + httpDate() + "\r\n";
    }

    const std::shared_ptr<ServerOutbox> m_outbox;
    std::mutex m_mutex;
    AnswerShape m_shape;
    Stage m_stage = Stage::Waiting;
    bool m_isSilent = false;
    bool m_isChunked = false;
};

} // namespace

std::shared_ptr<HttpResponder> makeResponder(std::shared_ptr<ServerOutbox> outbox, AnswerShape shape)
{
    return std::make_shared<Responder>(std::move(outbox), shape);
}

} // namespace fairway::proxy
