#include "core/proxy/http1_upstream.h"

#include "core/http/serializer.h"
#include "core/net/socket.h"
#include "core/proxy/worker.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace fairway::proxy {

namespace {

/// More interim answers than this before the final one is an attack, not a progress report.
constexpr std::uint16_t kMaxInformationals = 64;

} // namespace

Http1Upstream::Http1Upstream(Worker &worker, EndpointState &endpoint, net::FileDescriptor fd)
    : m_worker(worker)
    , m_endpoint(endpoint)
    , m_fd(std::move(fd))
    , m_outlet(worker.gather())
{
    onEvents = [](net::Watcher &self, std::uint32_t events) { static_cast<Http1Upstream &>(self).handleEvents(events); };
}

Http1Upstream::~Http1Upstream() = default;

bool Http1Upstream::start()
{
    return m_worker.loop().add(m_fd.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, *this).has_value();
}

void Http1Upstream::bind(Exchange &exchange, DestinationCounters &counters, bool isReused)
{
    m_exchange = &exchange;
    m_counters = &counters;
    m_isReused = isReused;
    m_state = isReused ? State::Busy : m_state;
    m_informationals = 0;
    m_hasHead = m_hasBytes = m_isRequestDone = m_isTunnel = false;
    (isReused ? counters.connectionsReused : counters.connectionsOpened).add();
}

bool Http1Upstream::isStillOpen() const
{
    char octet = 0;
    return ::recv(m_fd.get(), &octet, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

void Http1Upstream::closeIdle()
{
    close();
}

void Http1Upstream::sendHead(const http::RequestHead &head, std::string *replay)
{
    m_isChunkedRequest = head.framing.kind == http::BodyKind::Chunked;
    std::size_t received = head.method.size() + head.path.size() + head.authority.size();
    for (const http::HeaderField &field : head.fields) {
        received += field.name.size() + field.value.size() + 4;
    }
    m_outlet.addHead(http::headBound(received), [&](http::Writer &out) {
        http::writeForwardedRequest(out, head);
        if (replay != nullptr) {
            replay->assign(out.written());
        }
    });
}

void Http1Upstream::sendReplay(std::string_view replay)
{
    m_isChunkedRequest = false;
    m_outlet.add(replay);
}

void Http1Upstream::sendBody(std::string_view bytes)
{
    if (!m_isChunkedRequest || m_isTunnel) {
        m_outlet.add(bytes);
        return;
    }
    m_outlet.addHead(24, [&](http::Writer &out) { http::writeChunkStart(out, bytes.size()); });
    m_outlet.add(bytes);
    m_outlet.add(http::kChunkEnd);
}

void Http1Upstream::endRequest()
{
    if (m_isChunkedRequest && !m_isTunnel) {
        m_outlet.add(http::kLastChunk);
    }
    m_isRequestDone = true;
}

void Http1Upstream::flushRequest()
{
    const Outlet::Outcome outcome = m_outlet.flush(m_fd.get());
    m_counters->bytesSent.add(m_outlet.sentBytes() - std::exchange(m_countedSent, m_outlet.sentBytes()));
    if (outcome == Outlet::Outcome::Sent) {
        if (m_state == State::Connecting && m_outlet.sentBytes() > 0) {
            m_state = State::Busy; // On loopback the connection often stands by the time of the first send.
        }
        if (m_isTunnel && m_isRequestDone) {
            ::shutdown(m_fd.get(), SHUT_WR);
        }
    }
    // A failed send is told again as an event on the socket, outside of the call that brought us here.
}

bool Http1Upstream::canTakeBody() const
{
    return m_outlet.keptSize() < m_worker.config().limits.streamBuffer;
}

void Http1Upstream::resumeAnswer()
{
    readAnswer();
}

void Http1Upstream::abandon()
{
    m_exchange = nullptr;
    close();
}

void Http1Upstream::handleEvents(std::uint32_t events)
{
    if (m_state == State::Idle) {
        // The event can be older than the pooling: only the kernel's present state counts.
        if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0 && !isStillOpen()) {
            close();
        }
        return;
    }
    if (m_state == State::Connecting) {
        if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
            fail(UpstreamFailure::Connect);
            return;
        }
        if ((events & EPOLLOUT) != 0) {
            handleConnected();
        }
    } else if ((events & EPOLLOUT) != 0 && m_outlet.keptSize() > 0) {
        flushRequest();
        if (m_outlet.keptSize() == 0 && m_exchange != nullptr && !m_isRequestDone) {
            m_exchange->onUpstreamDrained();
        }
    }
    if (m_state == State::Busy && (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) {
        m_isReadable = true;
        m_isPeerDone = m_isPeerDone || (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
        readAnswer();
    }
}

void Http1Upstream::handleConnected()
{
    if (!net::connectOutcome(m_fd.get())) {
        fail(UpstreamFailure::Connect);
        return;
    }
    m_state = State::Busy;
    flushRequest();
    if (m_outlet.keptSize() == 0 && m_exchange != nullptr && !m_isRequestDone) {
        m_exchange->onUpstreamDrained();
    }
}

void Http1Upstream::readAnswer()
{
    while (m_isReadable && m_state == State::Busy && m_exchange->canTakeAnswer() && readOnce()) {
    }
}

bool Http1Upstream::readOnce()
{
    const std::span<char> buffer = m_worker.readBuffer();
    const ssize_t got = ::recv(m_fd.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        if (got < 0 && errno == EINTR) {
            return true;
        }
        m_isReadable = false;
        if (got < 0 && errno == EAGAIN) {
            return false;
        }
        handleEnd();
        return false;
    }
    const auto size = static_cast<std::size_t>(got);
    m_isReadable = size == buffer.size() || m_isPeerDone; // A short read means empty: no second call to be told so.
    m_hasBytes = true;
    m_counters->bytesReceived.add(size);
    if (m_rest.empty()) {
        return process({buffer.data(), size});
    }
    m_rest.append(buffer.data(), size);
    const std::string bytes = std::exchange(m_rest, {});
    return process(bytes);
}

bool Http1Upstream::process(std::string_view bytes)
{
    std::size_t at = 0;
    while (!m_hasHead) {
        bool isComplete = false;
        if (!processHead(bytes, at, isComplete)) {
            return false;
        }
        if (!isComplete) {
            m_rest.assign(bytes.substr(at));
            m_exchange->onBatchEnd();
            return m_state == State::Busy;
        }
    }
    while (!m_decoder.isFinished() && at < bytes.size()) {
        const auto step = m_decoder.next(bytes.substr(at));
        if (!step) {
            m_exchange->onBatchEnd(); // What was good goes out before the cut.
            if (m_state == State::Busy) {
                fail(UpstreamFailure::Protocol);
            }
            return false;
        }
        at += step->consumed;
        if (!step->body.empty()) {
            m_exchange->onAnswerBody(step->body);
        }
    }
    if (m_decoder.isFinished()) {
        finish(at < bytes.size());
        return false;
    }
    m_exchange->onBatchEnd();
    return m_state == State::Busy;
}

bool Http1Upstream::processHead(std::string_view bytes, std::size_t &at, bool &isComplete)
{
    http::ResponseParser *parser = m_parser.get();
    if (parser == nullptr) {
        parser = &m_worker.responseParser();
        parser->expect(m_exchange->isHead());
    }
    auto parsed = parser->parse(bytes.substr(at));
    if (parsed && *parsed == 0) {
        if (m_parser == nullptr && at < bytes.size()) {
            m_parser = std::make_unique<http::ResponseParser>(m_worker.headLimits());
            m_parser->expect(m_exchange->isHead());
            parsed = m_parser->parse(bytes.substr(at));
        }
        return true;
    }
    const std::unique_ptr<http::ResponseParser> used = std::move(m_parser);
    if (!parsed) {
        fail(UpstreamFailure::Protocol);
        return false;
    }
    isComplete = true;
    at += *parsed;
    const http::ResponseHead &head = parser->head();
    if (head.isInformational) {
        if (++m_informationals > kMaxInformationals) {
            fail(UpstreamFailure::Protocol);
            return false;
        }
        m_exchange->onInformational(head);
        return true;
    }
    if (head.status == 101) {
        if (!head.hasUpgrade || !m_exchange->asksForUpgrade()) {
            fail(UpstreamFailure::Protocol);
            return false;
        }
        m_isTunnel = true;
        m_isRequestDone = false;
        m_decoder.start({http::BodyKind::UntilClose, 0});
    } else {
        m_decoder.start(head.framing);
    }
    m_hasHead = true;
    m_isKeepAlive = head.isKeepAlive && !m_isTunnel;
    m_exchange->onAnswerHead(head);
    return true;
}

void Http1Upstream::finish(bool hasSurplus)
{
    // Surplus bytes, an unfinished request or a peer that is leaving: such a connection must not serve another request.
    bool isReusable = m_isKeepAlive && m_isRequestDone && !hasSurplus && !m_isPeerDone && m_outlet.keptSize() == 0;
    if (isReusable && m_isReadable) {
        isReusable = isStillOpen();
        m_isReadable = false;
    }
    Exchange &exchange = *std::exchange(m_exchange, nullptr);
    m_idleSince = m_worker.loop().now();
    if (isReusable && m_worker.pool(*this, m_endpoint)) {
        m_state = State::Idle;
    } else {
        close();
    }
    exchange.onAnswerEnd();
}

void Http1Upstream::handleEnd()
{
    m_isPeerDone = true;
    if (m_hasHead && m_decoder.kind() == http::BodyKind::UntilClose) {
        finish(false);
    } else {
        fail(UpstreamFailure::Closed);
    }
}

void Http1Upstream::fail(UpstreamFailure failure)
{
    Exchange *const exchange = std::exchange(m_exchange, nullptr);
    const bool isStale = failure == UpstreamFailure::Closed && m_isReused && !m_hasBytes;
    close();
    if (exchange != nullptr) {
        exchange->onUpstreamFailed(failure, isStale);
    }
}

void Http1Upstream::close()
{
    if (m_state == State::Closed) {
        return;
    }
    const bool isPooled = m_state == State::Idle;
    m_state = State::Closed;
    m_outlet.drop();
    m_worker.loop().remove(m_fd.get(), *this);
    m_fd.reset();
    m_worker.forget(*this, m_endpoint, isPooled);
}

} // namespace fairway::proxy
