// The floor of every proxy: moves bytes between a client and an upstream connection of its own and parses nothing.
// Usage: bench_null_relay LISTEN_PORT UPSTREAM_PORT   (both on 127.0.0.1; one thread)
#include "core/net/socket.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

namespace {

using fairway::net::FileDescriptor;
using fairway::net::SocketAddress;

struct Side {
    FileDescriptor fd;
    Side *peer = nullptr;
    std::string kept; ///< What this side's kernel did not take.
    bool isOpen = true;
};

std::array<char, 65536> buffer;
std::vector<std::unique_ptr<Side>> dead;

void endPair(Side &side)
{
    for (Side *const one : {&side, side.peer}) {
        if (one->isOpen) {
            one->isOpen = false;
            one->fd.reset();
            dead.emplace_back(one); // Events of this turn may still point at it.
        }
    }
}

/// False: the connection is gone.
bool sendTo(Side &side, const char *bytes, std::size_t size)
{
    if (side.kept.empty()) {
        const ssize_t sent = ::send(side.fd.get(), bytes, size, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN) {
            return false;
        }
        const std::size_t done = sent > 0 ? static_cast<std::size_t>(sent) : 0;
        bytes += done;
        size -= done;
    }
    side.kept.append(bytes, size);
    return true;
}

bool flush(Side &side)
{
    if (side.kept.empty()) {
        return true;
    }
    const std::string kept = std::exchange(side.kept, {});
    return sendTo(side, kept.data(), kept.size());
}

void handle(Side &side, std::uint32_t events)
{
    if (!side.isOpen) {
        return;
    }
    bool isGood = (events & (EPOLLERR | EPOLLHUP)) == 0;
    if (isGood && (events & EPOLLOUT) != 0) {
        isGood = flush(side);
    }
    while (isGood && (events & (EPOLLIN | EPOLLRDHUP)) != 0) {
        const ssize_t got = ::recv(side.fd.get(), buffer.data(), buffer.size(), 0);
        if (got <= 0) {
            isGood = got < 0 && errno == EAGAIN;
            break;
        }
        isGood = sendTo(*side.peer, buffer.data(), static_cast<std::size_t>(got));
        if (static_cast<std::size_t>(got) < buffer.size() && (events & EPOLLRDHUP) == 0) {
            break;
        }
    }
    if (!isGood) {
        endPair(side);
    }
}

void watch(int epoll, Side &side)
{
    epoll_event event {};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &side;
    epoll_ctl(epoll, EPOLL_CTL_ADD, side.fd.get(), &event);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    const auto port = [argv](int at) { return SocketAddress::loopback(static_cast<std::uint16_t>(std::strtoul(argv[at], nullptr, 10))); };
    fairway::net::ListenOptions options;
    options.deferAccept = true;
    const auto listener = fairway::net::listenTcp(port(1), options);
    if (!listener) {
        return 1;
    }
    const FileDescriptor epoll(epoll_create1(EPOLL_CLOEXEC));
    epoll_event listening {};
    listening.events = EPOLLIN;
    epoll_ctl(epoll.get(), EPOLL_CTL_ADD, listener->get(), &listening);
    std::array<epoll_event, 256> events;
    for (;;) {
        const int count = epoll_wait(epoll.get(), events.data(), static_cast<int>(events.size()), -1);
        for (int i = 0; i < count; ++i) {
            if (auto *const side = static_cast<Side *>(events[static_cast<std::size_t>(i)].data.ptr)) {
                handle(*side, events[static_cast<std::size_t>(i)].events);
                continue;
            }
            FileDescriptor fd(::accept4(listener->get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            auto upstream = fairway::net::connectTcp(port(2));
            if (!fd.isValid() || !upstream) {
                continue;
            }
            auto *const near = new Side; // A pair owns itself until endPair().
            auto *const far = new Side;
            near->fd = std::move(fd);
            far->fd = std::move(*upstream);
            near->peer = far;
            far->peer = near;
            watch(epoll.get(), *near);
            watch(epoll.get(), *far);
        }
        dead.clear();
    }
}
