#include "tests/core/chart/loopback_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fairway::test {

namespace {

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// Takes one request off `buffer`, reading on as needed. False when the other side went.
bool readRequest(int socket, std::string &buffer, LoopbackServer::Request &request)
{
    const auto more = [&] {
        char bytes[65536];
        const ssize_t got = ::recv(socket, bytes, sizeof bytes, 0);
        if (got > 0)
            buffer.append(bytes, static_cast<std::size_t>(got));
        return got > 0;
    };
    std::size_t end = 0;
    while ((end = buffer.find("\r\n\r\n")) == std::string::npos) {
        if (!more())
            return false;
    }
    const std::string head = buffer.substr(0, end + 2);
    buffer.erase(0, end + 4);
    request = {};
    std::size_t line = head.find("\r\n");
    const std::string first = head.substr(0, line);
    request.method = first.substr(0, first.find(' '));
    request.target = first.substr(request.method.size() + 1, first.rfind(' ') - request.method.size() - 1);
    for (std::size_t begin = line + 2; begin < head.size(); begin = line + 2) {
        line = head.find("\r\n", begin);
        const std::string text = head.substr(begin, line - begin);
        const std::size_t colon = text.find(':');
        request.headers.emplace_back(lowerCase(text.substr(0, colon)), text.substr(std::min(text.size(), colon + 2)));
    }
    const std::size_t size = static_cast<std::size_t>(std::atol(request.header("content-length").c_str()));
    while (buffer.size() < size) {
        if (!more())
            return false;
    }
    request.body = buffer.substr(0, size);
    buffer.erase(0, size);
    return true;
}

bool sendAll(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace

std::string LoopbackServer::Request::header(std::string_view name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

LoopbackServer::LoopbackServer(Handler handler)
    : m_handler(std::move(handler))
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_listener, 64) != 0)
        std::abort();
    ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_accepting = std::thread([this] { accept(); });
}

LoopbackServer::~LoopbackServer()
{
    m_ends = true;
    ::shutdown(m_listener, SHUT_RDWR);
    m_accepting.join();
    {
        const std::scoped_lock lock(m_mutex);
        for (const int socket : m_sockets)
            ::shutdown(socket, SHUT_RDWR);
    }
    for (std::thread &thread : m_threads)
        thread.join();
    for (const int socket : m_sockets)
        ::close(socket);
    ::close(m_listener);
}

std::vector<LoopbackServer::Request> LoopbackServer::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void LoopbackServer::accept()
{
    while (!m_ends) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        ++m_connections;
        const std::scoped_lock lock(m_mutex);
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] { serve(socket); });
    }
}

void LoopbackServer::serve(int socket)
{
    std::string buffer;
    Request request;
    while (readRequest(socket, buffer, request)) {
        {
            const std::scoped_lock lock(m_mutex);
            m_requests.push_back(request);
        }
        const Response response = m_handler(request);
        if (response.holds)
            continue;
        std::string text = "HTTP/1.1 " + std::to_string(response.status) + " Status\r\n";
        for (const auto &[name, value] : response.headers)
            text += name + ": " + value + "\r\n";
        text += "Content-Length: " + std::to_string(response.body.size() + (response.cutsOff ? 10 : 0)) + "\r\n\r\n";
        if (request.method != "HEAD")
            text += response.body;
        if (!sendAll(socket, text) || response.cutsOff)
            break;
    }
    ::shutdown(socket, SHUT_RDWR);
}

} // namespace fairway::test
