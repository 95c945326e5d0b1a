#pragma once

#include "core/base/result.h"
#include "core/net/file_descriptor.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::net {

/// An IPv4 or IPv6 address with a port.
class SocketAddress {
public:
    SocketAddress() = default;
    /// "127.0.0.1:80", "[::1]:80"; ":80" and "*:80" mean every IPv4 address. Numeric only: names go through resolve().
    [[nodiscard]] static Result<SocketAddress> parse(std::string_view text);
    [[nodiscard]] static SocketAddress loopback(std::uint16_t port);
    [[nodiscard]] static SocketAddress fromNative(const sockaddr_storage &native, socklen_t size);

    [[nodiscard]] const sockaddr *native() const;
    [[nodiscard]] socklen_t nativeSize() const { return m_size; }
    [[nodiscard]] int family() const { return m_storage.ss_family; }
    [[nodiscard]] std::uint16_t port() const;
    void setPort(std::uint16_t port);
    /// "127.0.0.1:80", "[::1]:80".
    [[nodiscard]] std::string toString() const;
    friend bool operator==(const SocketAddress &a, const SocketAddress &b) { return a.toString() == b.toString(); }

private:
    sockaddr_storage m_storage {};
    socklen_t m_size = 0;
};

/// Splits "host:port" ("[v6]:port"); the host may be a name. InvalidInput when the port is missing or over 65535.
struct HostPort {
    std::string host;
    std::uint16_t port = 0;
};
[[nodiscard]] Result<HostPort> parseHostPort(std::string_view text);

/// Numeric addresses at once, names through the system's resolver. Blocks: never call it in an event loop.
[[nodiscard]] Result<std::vector<SocketAddress>> resolve(const std::string &host, std::uint16_t port);

struct ListenOptions {
    int backlog = 4096;
    bool reusePort = true;    ///< Several listeners on one address, the kernel spreads connections.
    bool noDelay = true;      ///< Inherited by accepted sockets.
    bool deferAccept = false; ///< Wake only when the first bytes are there. Not for protocols where the server speaks first.
};

/// A listening, non-blocking TCP socket. Unreachable or Io; the message names the address.
[[nodiscard]] Result<FileDescriptor> listenTcp(const SocketAddress &address, const ListenOptions &options = {});
/// Where a socket is bound: port 0 turns into the real one.
[[nodiscard]] Result<SocketAddress> localAddress(int fd);
[[nodiscard]] Result<SocketAddress> peerAddress(int fd);
/// Starts a non-blocking connect with TCP_NODELAY; wait for EPOLLOUT, then ask connectOutcome().
[[nodiscard]] Result<FileDescriptor> connectTcp(const SocketAddress &address);
/// Unreachable with the kernel's reason when the connect failed.
[[nodiscard]] Result<void> connectOutcome(int fd);
/// Makes close() send RST instead of FIN: for connections whose answer was cut.
void resetOnClose(int fd);

} // namespace fairway::net
