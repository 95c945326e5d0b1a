#pragma once

#include "core/net/socket.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace fairway::proxy::testing {

/// One accepted connection of RawServer, blocking.
class RawPeer {
public:
    explicit RawPeer(int fd)
        : m_fd(fd)
    {
    }
    /// Reads up to and with the empty line; empty when the peer closed before.
    std::string readHead() { return readTo("\r\n\r\n"); }
    std::string readTo(std::string_view mark)
    {
        for (;;) {
            if (const auto at = m_in.find(mark); at != std::string::npos) {
                std::string found = m_in.substr(0, at + mark.size());
                m_in.erase(0, at + mark.size());
                return found;
            }
            std::array<char, 4096> piece;
            const ssize_t got = ::recv(m_fd, piece.data(), piece.size(), 0);
            if (got <= 0) {
                return {};
            }
            m_in.append(piece.data(), static_cast<std::size_t>(got));
        }
    }
    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

private:
    int m_fd;
    std::string m_in;
};

/// A server that says exactly what a test wants, right or wrong: `serve` runs once a connection, in a thread of its own,
/// and the connection closes when it returns.
class RawServer {
public:
    explicit RawServer(std::function<void(RawPeer &, int connection)> serve)
        : m_serve(std::move(serve))
    {
        m_listener = net::FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const auto address = net::SocketAddress::loopback(0);
        ::bind(m_listener.get(), address.native(), address.nativeSize());
        ::listen(m_listener.get(), 128);
        m_address = *net::localAddress(m_listener.get());
        m_thread = std::thread([this] { acceptAll(); });
    }
    ~RawServer()
    {
        ::shutdown(m_listener.get(), SHUT_RDWR);
        m_thread.join();
        {
            const std::scoped_lock lock(m_mutex);
            for (const int fd : m_open) {
                ::shutdown(fd, SHUT_RDWR);
            }
        }
        for (std::thread &thread : m_threads) {
            thread.join();
        }
    }
    [[nodiscard]] const net::SocketAddress &address() const { return m_address; }

private:
    void acceptAll()
    {
        for (int number = 0;; ++number) {
            const int fd = ::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) {
                return;
            }
            {
                const std::scoped_lock lock(m_mutex);
                m_open.push_back(fd);
            }
            m_threads.emplace_back([this, fd, number] {
                RawPeer peer(fd);
                m_serve(peer, number);
                const std::scoped_lock lock(m_mutex);
                std::erase(m_open, fd);
                ::close(fd);
            });
        }
    }

    std::function<void(RawPeer &, int)> m_serve;
    net::FileDescriptor m_listener;
    net::SocketAddress m_address;
    std::thread m_thread;
    std::vector<std::thread> m_threads;
    std::mutex m_mutex;
    std::vector<int> m_open;
};

} // namespace fairway::proxy::testing
