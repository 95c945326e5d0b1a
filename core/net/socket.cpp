#include "core/net/socket.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>

namespace fairway::net {

namespace {

std::string reason(int error)
{
    return std::strerror(error);
}

bool setFlag(int fd, int level, int option)
{
    const int on = 1;
    return setsockopt(fd, level, option, &on, sizeof on) == 0;
}

Result<SocketAddress> askAddress(int fd, int (*ask)(int, sockaddr *, socklen_t *))
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    if (ask(fd, reinterpret_cast<sockaddr *>(&storage), &size) != 0) {
        return fail(ErrorCode::Io, "the socket has no address: " + reason(errno));
    }
    return SocketAddress::fromNative(storage, size);
}

int askName(int fd, sockaddr *address, socklen_t *size)
{
    return getsockname(fd, address, size);
}

int askPeer(int fd, sockaddr *address, socklen_t *size)
{
    return getpeername(fd, address, size);
}

} // namespace

Result<HostPort> parseHostPort(std::string_view text)
{
    const auto colon = text.rfind(':');
    const auto bad = [&] { return fail(ErrorCode::InvalidInput, "\"" + std::string(text.substr(0, 200)) + "\" is not ADDRESS:PORT"); };
    if (colon == std::string_view::npos) {
        return bad();
    }
    std::string_view host = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc {} || end != digits.data() + digits.size()) {
        return bad();
    }
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return bad(); // An IPv6 address needs its brackets, else the port is a guess.
    }
    return HostPort {std::string(host), port};
}

Result<SocketAddress> SocketAddress::parse(std::string_view text)
{
    auto parts = parseHostPort(text);
    if (!parts) {
        return tl::unexpected(parts.error());
    }
    if (parts->host.empty() || parts->host == "*") {
        parts->host = "0.0.0.0";
    }
    SocketAddress result;
    if (auto *v4 = reinterpret_cast<sockaddr_in *>(&result.m_storage); inet_pton(AF_INET, parts->host.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        result.m_size = sizeof(sockaddr_in);
    } else if (auto *v6 = reinterpret_cast<sockaddr_in6 *>(&result.m_storage); inet_pton(AF_INET6, parts->host.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        result.m_size = sizeof(sockaddr_in6);
    } else {
        return fail(ErrorCode::InvalidInput, "\"" + std::string(text.substr(0, 200)) + "\": the host is not a numeric address");
    }
    result.setPort(parts->port);
    return result;
}

SocketAddress SocketAddress::loopback(std::uint16_t port)
{
    SocketAddress result;
    auto *v4 = reinterpret_cast<sockaddr_in *>(&result.m_storage);
    v4->sin_family = AF_INET;
    v4->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    v4->sin_port = htons(port);
    result.m_size = sizeof(sockaddr_in);
    return result;
}

SocketAddress SocketAddress::fromNative(const sockaddr_storage &native, socklen_t size)
{
    SocketAddress result;
    result.m_storage = native;
    result.m_size = size;
    return result;
}

const sockaddr *SocketAddress::native() const
{
    return reinterpret_cast<const sockaddr *>(&m_storage);
}

std::uint16_t SocketAddress::port() const
{
    switch (family()) {
    case AF_INET:
        return ntohs(reinterpret_cast<const sockaddr_in *>(&m_storage)->sin_port);
    case AF_INET6:
        return ntohs(reinterpret_cast<const sockaddr_in6 *>(&m_storage)->sin6_port);
    default:
        return 0;
    }
}

void SocketAddress::setPort(std::uint16_t port)
{
    if (family() == AF_INET) {
        reinterpret_cast<sockaddr_in *>(&m_storage)->sin_port = htons(port);
    } else if (family() == AF_INET6) {
        reinterpret_cast<sockaddr_in6 *>(&m_storage)->sin6_port = htons(port);
    }
}

std::string SocketAddress::toString() const
{
    char text[INET6_ADDRSTRLEN] = {};
    if (family() == AF_INET) {
        inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in *>(&m_storage)->sin_addr, text, sizeof text);
        return std::string(text) + ":" + std::to_string(port());
    }
    if (family() == AF_INET6) {
        inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6 *>(&m_storage)->sin6_addr, text, sizeof text);
        return "[" + std::string(text) + "]:" + std::to_string(port());
    }
    return {};
}

Result<std::vector<SocketAddress>> resolve(const std::string &host, std::uint16_t port)
{
    addrinfo hints {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *found = nullptr;
    if (const int code = getaddrinfo(host.c_str(), nullptr, &hints, &found); code != 0) {
        return fail(ErrorCode::Unreachable, "name \"" + host + "\" not found: " + gai_strerror(code));
    }
    std::vector<SocketAddress> addresses;
    for (const addrinfo *entry = found; entry != nullptr; entry = entry->ai_next) {
        sockaddr_storage storage {};
        std::memcpy(&storage, entry->ai_addr, entry->ai_addrlen);
        addresses.push_back(SocketAddress::fromNative(storage, entry->ai_addrlen));
        addresses.back().setPort(port);
    }
    freeaddrinfo(found);
    return addresses;
}

Result<FileDescriptor> listenTcp(const SocketAddress &address, const ListenOptions &options)
{
    FileDescriptor fd(socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd.isValid()) {
        return fail(ErrorCode::Io, "no socket: " + reason(errno));
    }
    setFlag(fd.get(), SOL_SOCKET, SO_REUSEADDR);
    if (options.reusePort) {
        setFlag(fd.get(), SOL_SOCKET, SO_REUSEPORT);
    }
    if (options.noDelay) {
        setFlag(fd.get(), IPPROTO_TCP, TCP_NODELAY);
    }
    if (options.deferAccept) {
        const int seconds = 1;
        setsockopt(fd.get(), IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds);
    }
    if (address.family() == AF_INET6) {
        setFlag(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY);
    }
    if (bind(fd.get(), address.native(), address.nativeSize()) != 0 || listen(fd.get(), options.backlog) != 0) {
        return fail(ErrorCode::Unreachable, "can't listen on " + address.toString() + ": " + reason(errno));
    }
    return fd;
}

Result<SocketAddress> localAddress(int fd)
{
    return askAddress(fd, &askName);
}

Result<SocketAddress> peerAddress(int fd)
{
    return askAddress(fd, &askPeer);
}

Result<FileDescriptor> connectTcp(const SocketAddress &address)
{
    FileDescriptor fd(socket(address.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd.isValid()) {
        return fail(ErrorCode::Io, "no socket: " + reason(errno));
    }
    setFlag(fd.get(), IPPROTO_TCP, TCP_NODELAY);
    if (connect(fd.get(), address.native(), address.nativeSize()) != 0 && errno != EINPROGRESS) {
        return fail(ErrorCode::Unreachable, "can't connect to " + address.toString() + ": " + reason(errno));
    }
    return fd;
}

Result<void> connectOutcome(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) != 0) {
        error = errno;
    }
    if (error != 0) {
        return fail(ErrorCode::Unreachable, "can't connect: " + reason(error));
    }
    return {};
}

void resetOnClose(int fd)
{
    const linger now {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

} // namespace fairway::net
