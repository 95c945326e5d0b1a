#include "core/proxy/http1_client.h"

#include "core/http/serializer.h"
#include "core/net/socket.h"
#include "core/proxy/worker.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::chrono::seconds kLinger {2};
/// Waiting bytes larger than this give their memory back once used.
constexpr std::size_t kRetainedCapacity = 4096;

} // namespace

Http1Client::Http1Client(Worker &worker, net::FileDescriptor fd, std::size_t listener)
    : m_worker(worker)
    , m_fd(std::move(fd))
    , m_outlet(worker.gather())
    , m_exchange(worker, *this, listener)
    , m_since(worker.loop().now())
{
    onEvents = [](net::Watcher &self, std::uint32_t events) { static_cast<Http1Client &>(self).handleEvents(events); };
}

Http1Client::~Http1Client() = default;

void Http1Client::start()
{
    if (!m_worker.loop().add(m_fd.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, *this)) {
        close();
        return;
    }
    // The listener waits for first bytes, so they are most likely here.
    m_isReadable = true;
    readRequests();
}

void Http1Client::close()
{
    if (m_stage == Stage::Closed) {
        return;
    }
    m_stage = Stage::Closed;
    if (m_exchange.isActive()) {
        m_worker.counters().clientAborts.add();
        m_exchange.abandon();
    }
    m_outlet.drop();
    m_worker.loop().remove(m_fd.get(), *this);
    m_fd.reset();
    m_worker.retire(*this);
}

net::FileDescriptor Http1Client::release()
{
    m_worker.loop().remove(m_fd.get(), *this);
    net::FileDescriptor fd = std::move(m_fd);
    m_stage = Stage::Closed;
    m_worker.retire(*this);
    return fd;
}

void Http1Client::drain()
{
    if (!isIdle()) {
        return;
    }
    m_isReadable = true; // A request may be on its way up: it is served, with a goodbye.
    readRequests();
    if (isIdle()) {
        close();
    }
}

void Http1Client::checkAge(net::EventLoop::Clock::time_point now)
{
    const ProxyTimeouts &timeouts = m_worker.config().timeouts;
    const auto age = now - m_since;
    switch (m_stage) {
    case Stage::Head:
        if (m_in.empty()) {
            if (age > timeouts.clientIdle) {
                close();
            }
        } else if (age > timeouts.requestHead) {
            m_worker.counters().rejected.add();
            sendLocal(408, "the request's head did not arrive in time", true);
        }
        return;
    case Stage::Body:
    case Stage::Answer:
        m_exchange.checkAge(now);
        return;
    case Stage::Flush:
        if (age > timeouts.streamIdle) {
            close();
        }
        return;
    case Stage::Linger:
        if (age > kLinger) {
            close();
        }
        return;
    case Stage::Closed:
        return;
    }
}

void Http1Client::handleEvents(std::uint32_t events)
{
    if (m_stage == Stage::Closed) {
        return;
    }
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
        close();
        return;
    }
    if ((events & (EPOLLIN | EPOLLRDHUP)) != 0) {
        m_isReadable = true;
        m_isPeerDone = m_isPeerDone || (events & EPOLLRDHUP) != 0;
    }
    if ((events & EPOLLOUT) != 0 && m_outlet.keptSize() > 0 && flush() && m_outlet.keptSize() == 0) {
        m_since = m_worker.loop().now();
        if (m_stage == Stage::Flush) {
            finishAnswer();
        } else {
            m_exchange.resumeAnswer();
        }
    }
    if (m_isReadable) {
        readRequests();
    }
}

void Http1Client::readRequests()
{
    const auto wantsInput = [this] {
        return m_stage == Stage::Head || m_stage == Stage::Linger || (m_stage == Stage::Body && m_exchange.canTakeBody());
    };
    while (m_isReadable && wantsInput() && readOnce()) {
    }
}

bool Http1Client::readOnce()
{
    const std::span<char> buffer = m_worker.readBuffer();
    const ssize_t got = ::recv(m_fd.get(), buffer.data(), buffer.size(), 0);
    if (got <= 0) {
        if (got < 0 && errno == EINTR) {
            return true;
        }
        m_isReadable = false;
        if (got == 0) {
            handleEnd();
        } else if (errno != EAGAIN) {
            close();
        }
        return false;
    }
    const auto size = static_cast<std::size_t>(got);
    m_isReadable = size == buffer.size() || m_isPeerDone; // A short read means empty: no second call to be told so.
    if (m_stage == Stage::Linger) {
        return true;
    }
    if (m_in.empty()) {
        const std::string_view bytes(buffer.data(), size);
        const std::size_t used = consume(bytes);
        if (used < bytes.size() && m_stage != Stage::Closed && m_stage != Stage::Linger) {
            m_in.assign(bytes.substr(used));
        }
    } else {
        m_in.append(buffer.data(), size);
        processWaiting();
    }
    return m_stage != Stage::Closed;
}

void Http1Client::processWaiting()
{
    const std::size_t used = consume(m_in);
    if (used < m_in.size() && m_stage != Stage::Closed && m_stage != Stage::Linger) {
        m_in.erase(0, used);
    } else if (m_in.capacity() > kRetainedCapacity) {
        m_in = {};
    } else {
        m_in.clear();
    }
}

std::size_t Http1Client::consume(std::string_view bytes)
{
    std::size_t at = 0;
    m_isConsuming = true;
    while (at < bytes.size() && ((m_stage == Stage::Head && takeHead(bytes, at)) || (m_stage == Stage::Body && takeBody(bytes, at)))) {
    }
    m_isConsuming = false;
    m_exchange.flushRequest();
    return at;
}

bool Http1Client::takeHead(std::string_view bytes, std::size_t &at)
{
    const bool isNew = m_parser == nullptr;
    http::RequestParser *parser = m_parser.get();
    if (isNew) {
        parser = &m_worker.requestParser();
        parser->reset();
    }
    const auto parsed = parser->parse(bytes.substr(at));
    if (!parsed) {
        m_worker.counters().rejected.add();
        const int status = parser->suggestedStatus();
        m_parser.reset();
        sendLocal(status, parsed.error().message, true);
        return false;
    }
    if (*parsed == 0) {
        if (isNew) {
            // From here on its own parser remembers how far it has looked.
            m_parser = std::make_unique<http::RequestParser>(m_worker.headLimits());
            [[maybe_unused]] const auto again = m_parser->parse(bytes.substr(at));
            m_since = m_worker.loop().now();
        }
        return false;
    }
    at += *parsed;
    const std::unique_ptr<http::RequestParser> used = std::move(m_parser);
    const http::RequestHead &head = parser->head();
    m_since = m_worker.loop().now();
    m_isKeepAlive = head.isKeepAlive && !m_worker.isDraining();
    m_isOld = head.minorVersion == 0;
    m_isHead = head.isHead;
    m_isTunnel = m_hasHeadGone = false;
    m_decoder.start(head.framing);
    m_stage = m_decoder.isFinished() ? Stage::Answer : Stage::Body;
    if (head.method == "CONNECT") {
        m_worker.counters().rejected.add();
        sendLocal(501, "this proxy opens no tunnels by CONNECT", true);
        return false;
    }
    if (head.maxForwards == 0) {
        // This proxy is the last one the client wants to hear: RFC 9110, section 7.6.2.
        const bool isTrace = head.method == "TRACE";
        sendLocal(isTrace ? 405 : 200, isTrace ? "this proxy does not echo requests" : "", m_stage == Stage::Body);
        return true;
    }
    if (m_exchange.begin(head) && m_stage == Stage::Answer) {
        m_exchange.endRequest();
    }
    return true;
}

bool Http1Client::takeBody(std::string_view bytes, std::size_t &at)
{
    const auto step = m_decoder.next(bytes.substr(at));
    if (!step) {
        m_worker.counters().rejected.add();
        m_exchange.abandon();
        if (m_hasHeadGone) {
            close();
        } else {
            sendLocal(400, step.error().message, true);
        }
        return false;
    }
    at += step->consumed;
    if (!step->body.empty()) {
        m_exchange.sendBody(step->body);
    }
    if (m_decoder.isFinished()) {
        m_stage = Stage::Answer;
        m_exchange.endRequest();
    }
    return true;
}

void Http1Client::handleEnd()
{
    m_isPeerDone = true;
    if (m_stage == Stage::Body && m_isTunnel && m_exchange.isActive()) {
        m_exchange.endRequest(); // Half-closed: the other direction goes on.
        m_exchange.flushRequest();
        return;
    }
    close();
}

void Http1Client::resumeRequest()
{
    readRequests();
}

void Http1Client::sendInformational(const http::ResponseHead &head)
{
    if (m_isOld) {
        return; // HTTP/1.0 knows no interim answers.
    }
    std::size_t received = head.reason.size();
    for (const http::HeaderField &field : head.fields) {
        received += field.name.size() + field.value.size() + 4;
    }
    m_outlet.addHead(http::headBound(received), [&](http::Writer &out) { http::writeForwardedResponse(out, head, {}); });
}

void Http1Client::sendAnswerHead(const http::ResponseHead &head)
{
    http::ForwardedResponse how;
    how.body = head.framing.kind;
    if (head.status == 101) {
        m_isTunnel = true;
        m_isKeepAlive = false;
        m_stage = Stage::Body;
        m_decoder.start({http::BodyKind::UntilClose, 0});
    } else {
        if (how.body == http::BodyKind::Chunked || how.body == http::BodyKind::UntilClose) {
            how.body = m_isOld ? http::BodyKind::UntilClose : http::BodyKind::Chunked;
        }
        // With the request's body still coming nobody can say where the next request starts.
        m_isKeepAlive = m_isKeepAlive && how.body != http::BodyKind::UntilClose && m_stage != Stage::Body && !m_worker.isDraining();
        how.closesConnection = !m_isKeepAlive;
        how.saysKeepAlive = m_isKeepAlive && m_isOld;
    }
    m_answerBody = how.body;
    m_hasHeadGone = true;
    std::size_t received = head.reason.size();
    for (const http::HeaderField &field : head.fields) {
        received += field.name.size() + field.value.size() + 4;
    }
    m_outlet.addHead(http::headBound(received), [&](http::Writer &out) { http::writeForwardedResponse(out, head, how); });
}

void Http1Client::sendAnswerBody(std::string_view bytes)
{
    if (m_answerBody != http::BodyKind::Chunked) {
        m_outlet.add(bytes);
        return;
    }
    m_outlet.addHead(24, [&](http::Writer &out) { http::writeChunkStart(out, bytes.size()); });
    m_outlet.add(bytes);
    m_outlet.add(http::kChunkEnd);
}

void Http1Client::endAnswer()
{
    if (m_answerBody == http::BodyKind::Chunked) {
        m_outlet.add(http::kLastChunk);
    }
    if (m_stage == Stage::Body) {
        m_isKeepAlive = false;
    }
    finishAnswer();
}

void Http1Client::flushAnswer()
{
    if (flush() && m_isTunnel && m_stage == Stage::Body) {
        if (!m_in.empty()) {
            processWaiting(); // What the client said before it knew of the tunnel.
        }
        readRequests();
    }
}

bool Http1Client::canTakeAnswer() const
{
    return m_outlet.keptSize() < m_worker.config().limits.streamBuffer;
}

std::string Http1Client::clientAddress() const
{
    const Result<net::SocketAddress> peer = net::peerAddress(m_fd.get());
    return peer ? peer->toString() : std::string(); // gone already: nobody will read the answer
}

void Http1Client::failAnswer(int status, std::string_view why)
{
    if (!m_hasHeadGone) {
        sendLocal(status, why, m_stage == Stage::Body);
        return;
    }
    // The client must see that something is missing: a length or a last chunk tells it, a bare end would not.
    if (flush()) {
        if (m_answerBody == http::BodyKind::UntilClose) {
            net::resetOnClose(m_fd.get());
        }
        close();
    }
}

void Http1Client::answerLocally(int status, std::span<const http::HeaderField> fields, std::string_view body)
{
    m_isKeepAlive = m_isKeepAlive && m_stage != Stage::Body && !m_worker.isDraining();
    const bool mayHaveBody = status != 204 && status != 304; // RFC 9110, sections 15.3.5 and 15.4.5
    std::size_t size = 512 + body.size();
    for (const http::HeaderField &field : fields) {
        size += field.name.size() + field.value.size() + 4;
    }
    m_outlet.addHead(size, [&](http::Writer &out) {
        out.append("HTTP/1.1 ");
        out.appendDecimal(static_cast<std::uint64_t>(status));
        out.append(" ");
        out.append(http::reasonPhrase(status));
        out.append("\r\n");
        for (const http::HeaderField &field : fields) {
            out.appendField(field.name, field.value);
        }
        if (mayHaveBody) {
            out.append("Content-Length: ");
            out.appendDecimal(body.size());
            out.append("\r\n");
        }
        out.append(!m_isKeepAlive ? "Connection: close\r\n\r\n" : m_isOld ? "Connection: keep-alive\r\n\r\n" : "\r\n");
        if (mayHaveBody && !m_isHead) {
            out.append(body);
        }
    });
    m_hasHeadGone = true;
    m_stage = Stage::Answer;
    finishAnswer();
}

void Http1Client::sendLocal(int status, std::string_view body, bool isClosing)
{
    m_isKeepAlive = m_isKeepAlive && !isClosing && !m_worker.isDraining();
    const bool hasBody = !m_isHead || m_stage == Stage::Head;
    m_outlet.addHead(512 + body.size(), [&](http::Writer &out) {
        out.append("HTTP/1.1 ");
        out.appendDecimal(static_cast<std::uint64_t>(status));
        out.append(" ");
        out.append(http::reasonPhrase(status));
        out.append("\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ");
        out.appendDecimal(body.empty() ? 0 : body.size() + 1);
        out.append(!m_isKeepAlive ? "\r\nConnection: close\r\n\r\n" : m_isOld ? "\r\nConnection: keep-alive\r\n\r\n" : "\r\n\r\n");
        if (hasBody && !body.empty()) {
            out.append(body);
            out.append("\n");
        }
    });
    m_hasHeadGone = true;
    m_stage = Stage::Answer;
    finishAnswer();
}

bool Http1Client::flush()
{
    if (m_outlet.flush(m_fd.get()) == Outlet::Outcome::Failed) {
        close();
        return false;
    }
    return true;
}

void Http1Client::finishAnswer()
{
    if (!flush()) {
        return;
    }
    if (m_outlet.keptSize() > 0) {
        m_stage = Stage::Flush;
        m_since = m_worker.loop().now();
        return;
    }
    if (m_isKeepAlive) {
        startNext();
    } else if (m_in.empty() && !m_isReadable && !m_isConsuming && m_stage == Stage::Answer) {
        close();
    } else {
        linger();
    }
}

void Http1Client::startNext()
{
    m_stage = Stage::Head;
    m_since = m_worker.loop().now();
    if (m_isConsuming) {
        return; // The loop that called goes on by itself.
    }
    if (!m_in.empty()) {
        processWaiting();
    }
    if (m_isReadable && m_stage == Stage::Head) {
        readRequests();
    }
    if (isIdle()) {
        if (m_worker.isDraining()) {
            close();
        } else if (m_worker.isLeaving()) {
            m_worker.onClientIdle(*this);
        }
    }
}

void Http1Client::linger()
{
    // Closing while the client still sends would answer with RST, and the RST can overtake the answer.
    m_stage = Stage::Linger;
    m_since = m_worker.loop().now();
    ::shutdown(m_fd.get(), SHUT_WR);
    if (m_isPeerDone && !m_isConsuming) {
        close();
    } else if (!m_isConsuming) {
        readRequests();
    }
}

} // namespace fairway::proxy
