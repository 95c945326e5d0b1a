#pragma once

#include "core/net/socket.h"
#include "core/net/tls.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>

namespace fairway::proxy::testing {

/// A blocking client for tests: sends raw bytes, reads until a condition holds or ten seconds are over.
class TestClient {
public:
    explicit TestClient(std::uint16_t port)
    {
        const auto address = net::SocketAddress::loopback(port);
        m_fd = net::FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        m_isConnected = ::connect(m_fd.get(), address.native(), address.nativeSize()) == 0;
    }

    [[nodiscard]] bool isConnected() const { return m_isConnected; }
    [[nodiscard]] int fd() const { return m_fd.get(); }

    /// Talks TLS from here on; false when the handshake fails.
    [[nodiscard]] bool startTls(const net::TlsContext &context, const std::string &serverName)
    {
        auto stream = net::TlsStream::connect(context, serverName);
        if (!stream) {
            return false;
        }
        m_tls.emplace(std::move(*stream));
        sendTls();
        while (!m_tls->isEstablished()) {
            if (!receiveSome()) {
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] net::TlsStream &tls() { return *m_tls; }

    bool send(std::string_view bytes)
    {
        if (m_tls) {
            return m_tls->write(bytes).has_value() && sendTls();
        }
        return sendRaw(bytes);
    }
    void shutdownSending() { ::shutdown(m_fd.get(), SHUT_WR); }
    void close() { m_fd.reset(); }

    /// Everything received so far and not taken.
    [[nodiscard]] const std::string &received() const { return m_received; }

    /// Waits until `isEnough(received())`; false when the peer closed or time ran out before.
    template <typename Condition>
    bool receiveUntil(Condition isEnough)
    {
        while (!isEnough(m_received)) {
            if (!receiveSome()) {
                return isEnough(m_received);
            }
        }
        return true;
    }
    bool receiveText(std::string_view text)
    {
        return receiveUntil([text](const std::string &all) { return all.find(text) != std::string::npos; });
    }
    /// Reads until the peer closes; everything.
    std::string receiveToEnd()
    {
        while (receiveSome()) {
        }
        return m_received;
    }
    [[nodiscard]] bool isClosed() const { return m_isClosed; }

    /// Reads one answer with Content-Length (or none) and takes it off.
    std::string receiveAnswer(bool isHead = false)
    {
        std::size_t size = 0;
        const bool isWhole = receiveUntil([&size, isHead](const std::string &all) {
            const auto end = all.find("\r\n\r\n");
            if (end == std::string::npos) {
                return false;
            }
            const auto field = all.find("Content-Length: ");
            const std::size_t length = isHead || field == std::string::npos || field > end ? 0 : std::stoul(all.substr(field + 16));
            size = end + 4 + length;
            return all.size() >= size;
        });
        if (!isWhole) {
            return m_received;
        }
        std::string answer = m_received.substr(0, size);
        m_received.erase(0, size);
        return answer;
    }

    /// One round of waiting and reading; false when closed or nothing came for ten seconds.
    bool receiveSome()
    {
        pollfd waiting {m_fd.get(), POLLIN, 0};
        if (m_isClosed || ::poll(&waiting, 1, 10'000) <= 0) {
            return false;
        }
        std::array<char, 65536> piece;
        const ssize_t got = ::recv(m_fd.get(), piece.data(), piece.size(), 0);
        if (got <= 0) {
            m_isClosed = true;
            m_isReset = got < 0 && errno == ECONNRESET;
            return false;
        }
        const std::string_view bytes(piece.data(), static_cast<std::size_t>(got));
        if (!m_tls) {
            m_received += bytes;
            return true;
        }
        if (!m_tls->feed(bytes)) {
            sendTls();
            return false;
        }
        std::array<char, 16384> plain;
        for (auto count = m_tls->read(plain); count && *count > 0; count = m_tls->read(plain)) {
            m_received.append(plain.data(), *count);
        }
        return sendTls();
    }
    [[nodiscard]] bool isReset() const { return m_isReset; }

private:
    bool sendRaw(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    bool sendTls()
    {
        const std::string records(m_tls->pendingOutput());
        m_tls->consumeOutput(records.size());
        return sendRaw(records);
    }

    net::FileDescriptor m_fd;
    std::optional<net::TlsStream> m_tls;
    std::string m_received;
    bool m_isConnected = false;
    bool m_isClosed = false;
    bool m_isReset = false;
};

} // namespace fairway::proxy::testing
