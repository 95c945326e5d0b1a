#include "core/proxy/server_connection.h"

#include "core/http/serializer.h"
#include "core/net/socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::size_t kPiece = 64 * 1024;
/// Pipelined bytes that wait behind an answer.
constexpr std::size_t kMaxAhead = 256 * 1024;
constexpr std::chrono::seconds kLinger {2};

} // namespace

ServerConnection::ServerConnection(ServerContext &context, net::EventLoop &loop, net::FileDescriptor fd, std::function<void(ServerConnection &)> onGone)
    : m_context(context)
    , m_loop(loop)
    , m_fd(std::move(fd))
    , m_onGone(std::move(onGone))
    , m_since(loop.now())
{
    m_watcher.connection = this;
    m_watcher.onEvents = [](net::Watcher &self, std::uint32_t events) { static_cast<LoopWatcher &>(self).connection->handleEvents(events); };
    m_context.connections.fetch_add(1, std::memory_order_relaxed);
    m_context.active.fetch_add(1, std::memory_order_relaxed);
}

ServerConnection::~ServerConnection()
{
    m_context.active.fetch_sub(1, std::memory_order_relaxed);
}

bool ServerConnection::start()
{
    if (m_context.tls) {
        auto stream = net::TlsStream::accept(*m_context.tls);
        if (!stream) {
            return false;
        }
        m_tls.emplace(std::move(*stream));
    }
    if (const auto peer = net::peerAddress(m_fd.get()); peer) {
        m_peer = peer->toString();
    }
    m_outbox = std::make_shared<ServerOutbox>(m_context.options.maxBufferedBytes, [weak = weak_from_this(), &loop = m_loop] {
        loop.post([weak] {
            if (const auto self = weak.lock()) {
                self->flush();
            }
        });
    });
    return m_loop.add(m_fd.get(), EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, m_watcher).has_value();
}

void ServerConnection::close()
{
    if (m_stage == Stage::Gone) {
        return;
    }
    const auto self = shared_from_this();
    m_stage = Stage::Gone;
    m_loop.remove(m_fd.get(), m_watcher);
    m_fd.reset();
    if (m_outbox) {
        m_outbox->close();
    }
    m_onGone(*this);
}

void ServerConnection::checkAge()
{
    const auto age = m_loop.now() - m_since;
    if (m_stage == Stage::Lingering ? age > kLinger : m_stage != Stage::Answering && age > m_context.options.idleTimeout) {
        close();
    }
}

void ServerConnection::handleEvents(std::uint32_t events)
{
    const auto self = shared_from_this();
    if ((events & (EPOLLERR | EPOLLHUP)) != 0) {
        close();
        return;
    }
    if ((events & (EPOLLIN | EPOLLRDHUP)) != 0) {
        readAll();
    }
    if (m_stage != Stage::Gone && (events & EPOLLOUT) != 0 && (m_outAt < m_out.size() || (m_tls && !m_tls->pendingOutput().empty()))) {
        flush();
    }
}

void ServerConnection::readAll()
{
    while (m_stage != Stage::Gone && readSome()) {
    }
    if (m_stage == Stage::Gone) {
        return;
    }
    if (m_stage == Stage::Head || m_stage == Stage::Body) {
        process();
        if (m_stage != Stage::Gone && m_stage != Stage::Answering && std::exchange(m_isReadPaused, false)) {
            readAll(); // An answer made meanwhile freed room for what the kernel holds.
            return;
        }
    }
    if (m_isPeerDone && m_stage != Stage::Gone) {
        // A client that only closed its sending side still gets the answer it waits for; a stream would never end.
        const bool hasAnswerComing = m_stage == Stage::Answering && !m_isStreaming;
        const bool isSending = m_stage == Stage::Lingering && m_outAt < m_out.size();
        if (!hasAnswerComing && !isSending) {
            close();
        }
    }
}

bool ServerConnection::readSome()
{
    if (m_stage == Stage::Answering && unread().size() >= kMaxAhead) {
        m_isReadPaused = true;
        return false;
    }
    std::array<char, kPiece> piece;
    const ssize_t got = ::recv(m_fd.get(), piece.data(), piece.size(), 0);
    if (got == 0) {
        m_isPeerDone = true;
        return false;
    }
    if (got < 0) {
        if (errno != EAGAIN && errno != EINTR) {
            close();
        }
        return errno == EINTR;
    }
    if (!takeIn({piece.data(), static_cast<std::size_t>(got)})) {
        close();
        return false;
    }
    if (m_stage == Stage::Body || m_stage == Stage::Head) {
        process(); // Keeps what waits small, whatever the body's size.
    }
    return m_stage != Stage::Gone;
}

bool ServerConnection::takeIn(std::string_view bytes)
{
    if (m_stage == Stage::Lingering) {
        return true; // Read only to be thrown away.
    }
    if (m_inAt > 0) {
        m_in.erase(0, m_inAt);
        m_inAt = 0;
    }
    if (!m_tls) {
        m_in.append(bytes);
        return true;
    }
    const auto fed = m_tls->feed(bytes);
    std::array<char, 16384> plain;
    while (fed) {
        const auto got = m_tls->read(plain);
        if (!got) {
            return false;
        }
        if (*got == 0) {
            break;
        }
        m_in.append(plain.data(), *got);
    }
    m_isPeerDone = m_isPeerDone || m_tls->isPeerClosed();
    sendTls(); // Handshake records and alerts.
    return fed.has_value();
}

void ServerConnection::process()
{
    if (std::exchange(m_isProcessing, true)) {
        return; // An answer made inside the handler: the loop below goes on, instead of a recursion as deep as the pipeline.
    }
    while ((m_stage == Stage::Head && processHead()) || (m_stage == Stage::Body && processBody())) {
    }
    m_isProcessing = false;
    if (m_stage != Stage::Gone && m_inAt == m_in.size()) {
        m_in.clear();
        m_inAt = 0;
        if (m_in.capacity() > kPiece) {
            m_in.shrink_to_fit();
        }
    }
}

bool ServerConnection::processHead()
{
    if (unread().empty()) {
        return false;
    }
    const auto parsed = m_parser.parse(unread());
    if (!parsed) {
        refuse(m_parser.suggestedStatus(), parsed.error().message);
        return false;
    }
    if (*parsed == 0) {
        return false;
    }
    const http::RequestHead &head = m_parser.head();
    m_request = {};
    m_request.method = head.method;
    m_request.target = head.path.empty() ? head.authority : head.path;
    const auto question = head.path.find('?');
    m_request.path = head.path.substr(0, question);
    m_request.query = question == std::string_view::npos ? std::string_view {} : head.path.substr(question + 1);
    m_request.headers.reserve(head.fields.size());
    for (const http::HeaderField &field : head.fields) {
        m_request.headers.emplace_back(field.name, field.value);
    }
    m_request.peerAddress = m_peer;
    m_request.isTls = m_tls.has_value();
    if (m_tls && !m_context.options.tls->clientCaPem.empty()) {
        m_request.clientCertificateName = m_tls->peerCommonName();
    }
    m_shape = {head.isHead, head.isKeepAlive, head.minorVersion == 0};
    m_decoder.start(head.framing);
    if (head.framing.kind == http::BodyKind::Length && head.framing.length > m_context.options.maxBodyBytes) {
        refuse(413, "the body is over the limit");
        return false;
    }
    if (head.expectsContinue) {
        m_out += "HTTP/1.1 100 Continue\r\n\r\n";
    }
    m_inAt += *parsed;
    m_parser.reset();
    m_stage = Stage::Body;
    m_since = m_loop.now();
    return true;
}

bool ServerConnection::processBody()
{
    while (!m_decoder.isFinished()) {
        if (unread().empty()) {
            if (m_outAt < m_out.size()) {
                sendOut(); // 100 Continue
            }
            return false;
        }
        const auto step = m_decoder.next(unread());
        if (!step) {
            refuse(400, step.error().message);
            return false;
        }
        if (m_request.body.size() + step->body.size() > m_context.options.maxBodyBytes) {
            refuse(413, "the body is over the limit");
            return false;
        }
        m_request.body.append(step->body);
        m_inAt += step->consumed;
    }
    dispatch();
    return true;
}

void ServerConnection::dispatch()
{
    m_stage = Stage::Answering;
    m_context.requests.fetch_add(1, std::memory_order_relaxed);
    m_outbox->begin();
    m_outbox->hold(true); // An answer made right here leaves by the flush below, without a turn of the loop.
    m_context.handler(std::move(m_request), makeResponder(m_outbox, m_shape));
    m_outbox->hold(false);
    flush();
}

void ServerConnection::refuse(int status, const std::string &why)
{
    m_context.rejected.fetch_add(1, std::memory_order_relaxed);
    m_stage = Stage::Answering;
    m_outbox->begin();
    m_outbox->hold(true);
    makeResponder(m_outbox, {false, false, false})->send(status, {{"Content-Type", "text/plain; charset=utf-8"}}, why + "\n");
    m_outbox->hold(false);
    flush();
}

void ServerConnection::flush()
{
    if (m_stage == Stage::Gone) {
        return;
    }
    const auto self = shared_from_this();
    ServerOutbox::Taken taken = m_outbox->take(m_out.size() - m_outAt);
    if (taken.isAborted) {
        net::resetOnClose(m_fd.get());
        close();
        return;
    }
    m_isStreaming = m_stage == Stage::Answering && !taken.isFinished && (m_isStreaming || !taken.bytes.empty());
    if (m_outAt == m_out.size()) {
        m_out = std::move(taken.bytes);
        m_outAt = 0;
    } else {
        m_out.erase(0, m_outAt);
        m_outAt = 0;
        m_out += taken.bytes;
    }
    if (!sendOut() || m_stage == Stage::Gone) {
        return;
    }
    m_outbox->drained();
    if (m_stage != Stage::Answering || !taken.isFinished) {
        if (m_isPeerDone && m_isStreaming) {
            close();
        }
        return;
    }
    m_isStreaming = false;
    if (taken.isClosing || m_isPeerDone) {
        linger();
        return;
    }
    m_stage = Stage::Head;
    m_since = m_loop.now();
    process();
    if (m_stage != Stage::Gone && !m_isProcessing && std::exchange(m_isReadPaused, false)) {
        readAll();
    }
}

bool ServerConnection::sendOut()
{
    return m_tls ? sendTls() : sendPlain();
}

bool ServerConnection::sendPlain()
{
    while (m_outAt < m_out.size()) {
        const ssize_t sent = ::send(m_fd.get(), m_out.data() + m_outAt, m_out.size() - m_outAt, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EAGAIN) {
                close();
            }
            return false;
        }
        m_outAt += static_cast<std::size_t>(sent);
    }
    m_out.clear();
    m_outAt = 0;
    return true;
}

bool ServerConnection::sendTls()
{
    for (;;) {
        const std::string_view records = m_tls->pendingOutput();
        if (records.empty()) {
            if (m_outAt == m_out.size() || !m_tls->isEstablished()) {
                break;
            }
            // In pieces, so that a large answer does not stand in memory twice.
            const std::string_view piece = std::string_view(m_out).substr(m_outAt, kPiece);
            if (!m_tls->write(piece)) {
                close();
                return false;
            }
            m_outAt += piece.size();
            continue;
        }
        const ssize_t sent = ::send(m_fd.get(), records.data(), records.size(), MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) {
                continue;
            }
            if (errno != EAGAIN) {
                close();
            }
            return false;
        }
        m_tls->consumeOutput(static_cast<std::size_t>(sent));
    }
    if (m_outAt < m_out.size()) {
        return false;
    }
    m_out.clear();
    m_outAt = 0;
    return true;
}

void ServerConnection::linger()
{
    if (m_tls) {
        m_tls->shutdown();
        sendTls();
        if (m_stage == Stage::Gone) {
            return;
        }
    }
    m_outbox->close();
    if (m_isPeerDone) {
        close();
        return;
    }
    // Closing at once while the client still sends would answer with RST, and the RST can overtake the answer.
    m_stage = Stage::Lingering;
    m_since = m_loop.now();
    m_in.clear();
    m_inAt = 0;
    ::shutdown(m_fd.get(), SHUT_WR);
    readAll();
}

} // namespace fairway::proxy
