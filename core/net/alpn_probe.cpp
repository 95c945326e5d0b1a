#include "core/net/alpn_probe.h"

#include "core/net/tls.h"

#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace fairway::net {
namespace {

    using Clock = std::chrono::steady_clock;

    Result<void> waitFor(int fd, short events, Clock::time_point deadline)
    {
        while (true) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
            if (left.count() <= 0)
                return fail(ErrorCode::Timeout, "no answer in time");
            pollfd watched {fd, events, 0};
            const int ready = poll(&watched, 1, static_cast<int>(left.count()));
            if (ready > 0)
                return {};
            if (ready < 0 && errno != EINTR)
                return fail(ErrorCode::Io, "poll failed");
        }
    }

    Result<void> sendAll(int fd, TlsStream &stream, Clock::time_point deadline)
    {
        while (!stream.pendingOutput().empty()) {
            const std::string_view bytes = stream.pendingOutput();
            const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent > 0) {
                stream.consumeOutput(static_cast<std::size_t>(sent));
                continue;
            }
            if (errno != EAGAIN && errno != EINTR)
                return fail(ErrorCode::Unreachable, "the server closed the connection");
            if (Result<void> ready = waitFor(fd, POLLOUT, deadline); !ready)
                return ready;
        }
        return {};
    }

    Result<void> receive(int fd, TlsStream &stream, Clock::time_point deadline)
    {
        if (Result<void> ready = waitFor(fd, POLLIN, deadline); !ready)
            return ready;
        char buffer[16384];
        const ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        if (got > 0)
            return stream.feed({buffer, static_cast<std::size_t>(got)});
        if (got == 0 || (errno != EAGAIN && errno != EINTR))
            return fail(ErrorCode::ProtocolViolation, "the server closed the connection: it speaks no TLS, or not for this name");
        return {};
    }

} // namespace

Result<std::string> probeAlpn(const SocketAddress &address, const std::string &serverName, std::chrono::milliseconds timeout,
    const std::vector<std::string> &alpn)
{
    const auto deadline = Clock::now() + timeout;
    TlsClientOptions options;
    options.isVerified = false;
    options.alpn = alpn;
    const Result<TlsContext> context = TlsContext::forClient(options);
    if (!context)
        return tl::unexpected(context.error());
    const Result<FileDescriptor> socket = connectTcp(address);
    if (!socket)
        return tl::unexpected(socket.error());
    const int fd = socket->get();
    Result<void> done = waitFor(fd, POLLOUT, deadline);
    if (done)
        done = connectOutcome(fd);
    if (!done)
        return failWith(address.toString(), done.error());
    Result<TlsStream> stream = TlsStream::connect(*context, serverName);
    if (!stream)
        return tl::unexpected(stream.error());
    while (done && !stream->isEstablished()) {
        done = sendAll(fd, *stream, deadline);
        if (done && !stream->isEstablished())
            done = receive(fd, *stream, deadline);
    }
    if (!done)
        return failWith(address.toString(), done.error());
    return stream->alpn();
}

} // namespace fairway::net
