#include "core/net/alpn_probe.h"

#include "core/net/tls.h"

#include <gtest/gtest.h>

#include <poll.h>
#include <sys/socket.h>

#include <functional>
#include <thread>

using namespace fairway;
using namespace fairway::net;

namespace {

/// A server on loopback that treats one connection.
class OneConnection {
public:
    explicit OneConnection(std::function<void(int)> treat)
        : m_listener(*listenTcp(SocketAddress::loopback(0)))
        , m_thread([this, treat = std::move(treat)] {
            pollfd ready {m_listener.get(), POLLIN, 0};
            if (poll(&ready, 1, 20000) != 1)
                return;
            const FileDescriptor connection(accept(m_listener.get(), nullptr, nullptr));
            treat(connection.get());
        })
    {
    }
    ~OneConnection() { m_thread.join(); }
    [[nodiscard]] SocketAddress address() const { return *localAddress(m_listener.get()); }

private:
    FileDescriptor m_listener;
    std::thread m_thread;
};

void serveTls(int fd, const std::vector<std::string> &alpn)
{
    const auto authority = SelfSignedAuthority::create();
    const auto keys = authority->issueServer({"a.example"});
    const auto context = TlsContext::forServer({keys->certificatePem, keys->keyPem, alpn, {}});
    auto stream = TlsStream::accept(*context);
    char buffer[16384];
    for (ssize_t got = 0; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
        const bool isFine = stream->feed({buffer, static_cast<std::size_t>(got)}).has_value();
        while (!stream->pendingOutput().empty()) {
            const ssize_t sent = send(fd, stream->pendingOutput().data(), stream->pendingOutput().size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return;
            stream->consumeOutput(static_cast<std::size_t>(sent));
        }
        if (!isFine)
            return;
    }
}

Result<std::string> asked(const std::function<void(int)> &treat, std::chrono::milliseconds timeout = std::chrono::seconds(20))
{
    const OneConnection server(treat);
    return probeAlpn(server.address(), "a.example", timeout);
}

} // namespace

TEST(AlpnProbe, tellsWhatTheServerPrefers)
{
    const auto both = asked([](int fd) { serveTls(fd, {"h2", "http/1.1"}); });
    ASSERT_TRUE(both) << both.error().message;
    EXPECT_EQ(*both, "h2");
    const auto old = asked([](int fd) { serveTls(fd, {"http/1.1"}); });
    ASSERT_TRUE(old) << old.error().message;
    EXPECT_EQ(*old, "http/1.1");
    const auto none = asked([](int fd) { serveTls(fd, {}); });
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_EQ(*none, "");
}

TEST(AlpnProbe, saysWhatIsWrong)
{
    const auto plain = asked([](int fd) { (void)send(fd, "HTTP/1.1 400 Bad Request\r\n\r\n", 28, MSG_NOSIGNAL); });
    ASSERT_FALSE(plain);
    EXPECT_EQ(plain.error().code, ErrorCode::ProtocolViolation) << plain.error().message;
    const auto closed = asked([](int) { });
    ASSERT_FALSE(closed);
    // It waits until the probe gives up and closes.
    const auto silent = asked(
        [](int fd) {
            char byte = 0;
            while (recv(fd, &byte, 1, 0) > 0) { }
        },
        std::chrono::milliseconds(50));
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error().code, ErrorCode::Timeout) << silent.error().message;
}
