#include "tests/core/kube/fake_api_server.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fairway::kube::test {
namespace {

std::string lowerCase(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

std::string hexOf(std::size_t number)
{
    char buffer[20];
    std::snprintf(buffer, sizeof buffer, "%zx", number);
    return buffer;
}

bool sendAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace

bool eventually(const std::function<bool()> &condition)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

std::string FakeApiServer::Request::parameter(std::string_view name) const
{
    std::string_view rest = query;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('&'), rest.size());
        const std::string_view pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) != name) {
            continue;
        }
        std::string out;
        const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] == '%' && i + 2 < value.size()) {
                out += static_cast<char>(std::strtol(std::string(value.substr(i + 1, 2)).c_str(), nullptr, 16));
                i += 2;
            } else {
                out += value[i];
            }
        }
        return out;
    }
    return {};
}

void FakeApiServer::Reply::send(int status, std::string_view contentType, std::string_view body, const std::string &extraHeaders)
{
    raw("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(contentType) + "\r\nContent-Length: " + std::to_string(body.size())
        + "\r\n" + extraHeaders + "\r\n" + std::string(body));
}

void FakeApiServer::Reply::json(int status, std::string_view body, const std::string &extraHeaders)
{
    send(status, "application/json", body, extraHeaders);
}

void FakeApiServer::Reply::startChunked(int status)
{
    raw("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
}

bool FakeApiServer::Reply::chunk(std::string_view bytes)
{
    return sendAll(m_fd, hexOf(bytes.size()) + "\r\n" + std::string(bytes) + "\r\n");
}

void FakeApiServer::Reply::endChunked()
{
    raw("0\r\n\r\n");
}

void FakeApiServer::Reply::raw(std::string_view bytes)
{
    if (!sendAll(m_fd, bytes)) {
        m_keepOpen = false;
    }
}

void FakeApiServer::Reply::cut()
{
    m_keepOpen = false;
}

bool FakeApiServer::Reply::isPeerGone() const
{
    pollfd wait {m_fd, POLLIN | POLLRDHUP, 0};
    return ::poll(&wait, 1, 0) > 0 && (wait.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

void FakeApiServer::Reply::hang(const std::function<bool()> &until)
{
    while (!isStopping() && !isPeerGone() && !(until && until())) {
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    m_keepOpen = false;
}

FakeApiServer::FakeApiServer(Handler handler, int port)
    : m_handler(std::move(handler))
{
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    if (::bind(m_listener, generic, sizeof address) != 0 || ::listen(m_listener, 64) != 0) {
        std::abort();
    }
    socklen_t length = sizeof address;
    ::getsockname(m_listener, generic, &length);
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptAll(); });
}

FakeApiServer::~FakeApiServer()
{
    m_isStopping = true;
    m_acceptor.join();
    ::close(m_listener);
    for (std::thread &thread : m_threads) {
        thread.join();
    }
}

std::vector<FakeApiServer::Request> FakeApiServer::requests() const
{
    const std::scoped_lock lock(m_mutex);
    return m_requests;
}

void FakeApiServer::acceptAll()
{
    while (!m_isStopping) {
        pollfd wait {m_listener, POLLIN, 0};
        if (::poll(&wait, 1, 5) <= 0) {
            continue;
        }
        const int fd = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd >= 0) {
            const int on = 1;
            ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            ++m_accepted;
            m_threads.emplace_back([this, fd] { serve(fd); });
        }
    }
}

bool FakeApiServer::readRequest(int fd, std::string &buffer, Request &request) const
{
    std::size_t needed = std::string::npos;
    while (true) {
        if (needed == std::string::npos) {
            const std::size_t headEnd = buffer.find("\r\n\r\n");
            if (headEnd != std::string::npos) {
                const std::string head = buffer.substr(0, headEnd + 2);
                const std::size_t lineEnd = head.find("\r\n");
                const std::string line = head.substr(0, lineEnd);
                const std::size_t first = line.find(' ');
                const std::string target = line.substr(first + 1, line.rfind(' ') - first - 1);
                request.method = line.substr(0, first);
                request.path = target.substr(0, target.find('?'));
                request.query = target.find('?') == std::string::npos ? "" : target.substr(target.find('?') + 1);
                for (std::size_t at = lineEnd + 2; at < head.size();) {
                    const std::size_t end = head.find("\r\n", at);
                    const std::string header = head.substr(at, end - at);
                    const std::size_t colon = header.find(':');
                    request.headers[lowerCase(header.substr(0, colon))] = header.substr(std::min(colon + 2, header.size()));
                    at = end + 2;
                }
                const auto length = request.headers.find("content-length");
                needed = length == request.headers.end() ? 0 : std::stoul(length->second);
                buffer.erase(0, headEnd + 4);
            }
        }
        if (needed != std::string::npos && buffer.size() >= needed) {
            request.body = buffer.substr(0, needed);
            buffer.erase(0, needed);
            return true;
        }
        pollfd wait {fd, POLLIN, 0};
        if (m_isStopping) {
            return false;
        }
        if (::poll(&wait, 1, 5) <= 0) {
            continue;
        }
        char bytes[4096];
        const ssize_t got = ::recv(fd, bytes, sizeof bytes, 0);
        if (got <= 0) {
            return false;
        }
        buffer.append(bytes, static_cast<std::size_t>(got));
    }
}

void FakeApiServer::serve(int fd)
{
    std::string buffer;
    while (!m_isStopping) {
        Request request;
        if (!readRequest(fd, buffer, request)) {
            break;
        }
        {
            const std::scoped_lock lock(m_mutex);
            m_requests.push_back(request);
        }
        Reply reply(*this, fd);
        m_handler(request, reply);
        if (!reply.keepsOpen()) {
            break;
        }
    }
    ::close(fd);
}

std::string FakeCollection::objectJson(const std::string &name, const Item &item, std::uint64_t version) const
{
    const std::string metadata = R"("metadata":{"name":")" + name + R"(","namespace":"shop","uid":")" + item.uid + R"(","resourceVersion":")"
        + std::to_string(version) + R"(","creationTimestamp":"2026-11-22T02:31:26Z"})";
    if (m_areTables) {
        return R"({"cells":[")" + name + R"(",)" + std::to_string(item.data.size()) + R"(,"3s"],"object":{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1",)"
            + metadata + "}}";
    }
    return metadata + R"(,"data":{"a":")" + item.data + R"("}})";
}

void FakeCollection::record(const std::string &type, const std::string &name, const Item &item)
{
    const std::string object = m_areTables
        ? R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":")" + std::to_string(m_version)
            + R"("},"columnDefinitions":null,"rows":[)" + objectJson(name, item, m_version) + "]}"
        : R"({"kind":"ConfigMap","apiVersion":"v1",)" + objectJson(name, item, m_version);
    m_history.push_back({m_version, R"({"type":")" + type + R"(","object":)" + object + "}\n"});
    m_changed.notify_all();
}

void FakeCollection::put(const std::string &name, const std::string &data)
{
    const std::scoped_lock lock(m_mutex);
    const bool isNew = !m_items.contains(name);
    Item &item = m_items[name];
    if (isNew) {
        item.uid = "uid-" + std::to_string(m_nextUid++);
    }
    item.version = ++m_version;
    item.data = data;
    record(isNew ? "ADDED" : "MODIFIED", name, item);
}

void FakeCollection::recreate(const std::string &name)
{
    remove(name);
    put(name);
}

void FakeCollection::remove(const std::string &name)
{
    const std::scoped_lock lock(m_mutex);
    const Item item = m_items.at(name);
    m_items.erase(name);
    ++m_version;
    record("DELETED", name, item);
}

void FakeCollection::bookmark()
{
    const std::scoped_lock lock(m_mutex);
    ++m_version;
    m_history.push_back({m_version, R"({"type":"BOOKMARK","object":{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":")"
                             + std::to_string(m_version) + "\"}}}\n"});
    m_changed.notify_all();
}

void FakeCollection::resetWatch()
{
    const std::scoped_lock lock(m_mutex);
    ++m_resets;
    m_changed.notify_all();
}

void FakeCollection::endWatch()
{
    const std::scoped_lock lock(m_mutex);
    ++m_ends;
    m_changed.notify_all();
}

void FakeCollection::compact()
{
    const std::scoped_lock lock(m_mutex);
    m_compactedAt = ++m_version;
    m_history.clear();
    m_changed.notify_all();
}

void FakeCollection::startOver(const std::vector<std::string> &names)
{
    const std::scoped_lock lock(m_mutex);
    m_items.clear();
    m_history.clear();
    m_version = 1;
    m_compactedAt = 0;
    for (const std::string &name : names) {
        m_items[name] = {"uid-" + std::to_string(m_nextUid++), ++m_version, "new"};
    }
    ++m_resets;
    m_changed.notify_all();
}

void FakeCollection::inject(const std::string &bytes)
{
    const std::scoped_lock lock(m_mutex);
    m_injected.push_back(bytes);
    m_changed.notify_all();
}

std::string FakeCollection::lastWatchVersion() const
{
    const std::scoped_lock lock(m_mutex);
    return m_lastWatchVersion;
}

void FakeCollection::handle(const FakeApiServer::Request &request, FakeApiServer::Reply &reply)
{
    if (request.path != path) {
        reply.send(404, "text/plain", "404 page not found\n");
    } else if (request.parameter("watch") == "true") {
        watch(request, reply);
    } else {
        list(request, reply);
    }
}

void FakeCollection::list(const FakeApiServer::Request &request, FakeApiServer::Reply &reply)
{
    ++m_lists;
    std::string items;
    std::string next;
    std::uint64_t version = 0;
    const bool areTables = m_areTables;
    {
        const std::scoped_lock lock(m_mutex);
        version = m_version;
        const std::string limitText = request.parameter("limit");
        std::size_t left = limitText.empty() ? m_items.size() : std::stoul(limitText);
        auto it = m_items.upper_bound(request.parameter("continue"));
        for (std::string last; it != m_items.end(); ++it) {
            if (left-- == 0) {
                next = last;
                break;
            }
            // Items of a real list carry neither kind nor apiVersion.
            items += (items.empty() ? "" : ",") + std::string(areTables ? "" : "{") + objectJson(it->first, it->second, it->second.version);
            last = it->first;
        }
    }
    const std::string metadata = R"("metadata":{"resourceVersion":")" + std::to_string(version) + "\"" + (next.empty() ? "" : R"(,"continue":")" + next + "\"") + "}";
    if (areTables) {
        reply.json(200, R"({"kind":"Table","apiVersion":"meta.k8s.io/v1",)" + metadata
                       + R"(,"columnDefinitions":[{"name":"Name","type":"string","format":"name","description":"","priority":0},)"
                         R"({"name":"Data","type":"integer","format":"","description":"","priority":0},)"
                         R"({"name":"Age","type":"string","format":"","description":"","priority":0}],"rows":[)"
                       + items + "]}");
    } else {
        reply.json(200, R"({"kind":"ConfigMapList","apiVersion":"v1",)" + metadata + R"(,"items":[)" + items + "]}");
    }
}

void FakeCollection::watch(const FakeApiServer::Request &request, FakeApiServer::Reply &reply)
{
    std::uint64_t seen = std::stoull(request.parameter("resourceVersion"));
    std::unique_lock lock(m_mutex);
    m_lastWatchVersion = request.parameter("resourceVersion");
    const int resets = m_resets;
    const int ends = m_ends;
    std::size_t injected = m_injected.size();
    ++m_watches;
    reply.startChunked();
    if (seen < m_compactedAt) {
        reply.chunk(R"({"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"too old resource version: )"
                    + std::to_string(seen) + R"(","reason":"Expired","code":410}})" + "\n");
        reply.endChunked();
        return;
    }
    ++m_openWatches;
    while (!reply.isStopping() && !reply.isPeerGone()) {
        std::string out;
        for (const Event &event : m_history) {
            if (event.version > seen) {
                out += event.line;
                seen = event.version;
            }
        }
        for (; injected < m_injected.size(); ++injected) {
            out += m_injected[injected];
        }
        if (!out.empty()) {
            lock.unlock();
            reply.chunk(out);
            lock.lock();
            continue;
        }
        if (m_resets != resets || m_ends != ends) {
            break;
        }
        m_changed.wait_for(lock, std::chrono::milliseconds(5));
    }
    if (m_ends != ends) {
        reply.endChunked();
    } else {
        reply.cut();
    }
    --m_openWatches;
}

} // namespace fairway::kube::test
