#include "core/proxy/http_server.h"

#include "core/http/header_field.h"
#include "core/net/event_loop.h"
#include "core/net/socket.h"
#include "core/proxy/server_connection.h"

#include <sys/epoll.h>

#include <cerrno>
#include <thread>
#include <unordered_map>

namespace fairway::proxy {

std::string_view HttpRequest::header(std::string_view name) const
{
    for (const auto &[known, value] : headers) {
        if (http::equalsIgnoreCase(known, name)) {
            return value;
        }
    }
    return {};
}

struct HttpServer::Shared {
    ServerContext context;
};

/// A thread with a listener, a loop and the connections it accepted.
class HttpServer::Worker {
public:
    Worker(ServerContext &context, std::unique_ptr<net::EventLoop> loop, net::FileDescriptor listener)
        : m_context(context)
        , m_loop(std::move(loop))
        , m_listener(std::move(listener))
    {
        m_watcher.worker = this;
        m_watcher.onEvents = [](net::Watcher &self, std::uint32_t) { static_cast<ListenWatcher &>(self).worker->acceptAll(); };
    }

    Result<void> start()
    {
        if (const auto added = m_loop->add(m_listener.get(), EPOLLIN, m_watcher); !added) {
            return added;
        }
        m_thread = std::thread([this] {
            sweepLater();
            m_loop->run();
        });
        return {};
    }

    void stop()
    {
        if (!m_thread.joinable()) {
            return;
        }
        m_loop->post([this] {
            m_loop->remove(m_listener.get(), m_watcher);
            m_listener.reset();
            while (!m_connections.empty()) {
                const auto connection = m_connections.begin()->second;
                connection->close();
            }
            m_loop->stop();
        });
        m_thread.join();
    }

private:
    struct ListenWatcher : net::Watcher {
        Worker *worker = nullptr;
    };

    void acceptAll()
    {
        // A bounded number a turn, so that a storm of connections can't starve those that are there.
        for (int i = 0; i < 64; ++i) {
            net::FileDescriptor fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
            if (!fd.isValid()) {
                if (errno == EMFILE || errno == ENFILE) {
                    // The listener stays readable: without a pause this would spin until a descriptor is free.
                    m_loop->remove(m_listener.get(), m_watcher);
                    m_loop->startTimer(std::chrono::milliseconds {50}, [this] {
                        [[maybe_unused]] const auto added = m_loop->add(m_listener.get(), EPOLLIN, m_watcher);
                    });
                }
                return;
            }
            if (m_connections.size() >= m_context.options.maxConnections) {
                continue;
            }
            auto connection = std::make_shared<ServerConnection>(
                m_context, *m_loop, std::move(fd), [this](ServerConnection &gone) { m_connections.erase(&gone); });
            if (connection->start()) {
                m_connections.emplace(connection.get(), connection);
            }
        }
    }

    void sweepLater()
    {
        m_loop->startTimer(std::chrono::seconds {1}, [this] {
            std::vector<std::shared_ptr<ServerConnection>> all;
            all.reserve(m_connections.size());
            for (const auto &entry : m_connections) {
                all.push_back(entry.second);
            }
            for (const auto &connection : all) {
                connection->checkAge();
            }
            sweepLater();
        });
    }

    ServerContext &m_context;
    std::unique_ptr<net::EventLoop> m_loop;
    net::FileDescriptor m_listener;
    ListenWatcher m_watcher;
    std::unordered_map<ServerConnection *, std::shared_ptr<ServerConnection>> m_connections;
    std::thread m_thread;
};

HttpServer::HttpServer() = default;

HttpServer::~HttpServer()
{
    stop();
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpServerOptions options, HttpHandler handler)
{
    std::unique_ptr<HttpServer> server(new HttpServer);
    server->m_shared = std::make_shared<Shared>();
    ServerContext &context = server->m_shared->context;
    context.options = std::move(options);
    context.handler = std::move(handler);
    if (context.options.tls) {
        auto tls = net::TlsContext::forServer(*context.options.tls);
        if (!tls) {
            return tl::unexpected(tls.error());
        }
        context.tls = std::move(*tls);
    }
    const bool isV6 = context.options.address.find(':') != std::string::npos;
    const std::string host = isV6 ? "[" + context.options.address + "]" : context.options.address;
    auto address = net::SocketAddress::parse(host + ":" + std::to_string(context.options.port));
    if (!address) {
        return tl::unexpected(address.error());
    }
    net::ListenOptions listening;
    listening.reusePort = context.options.threads > 1;
    for (int i = 0; i < context.options.threads; ++i) {
        auto listener = net::listenTcp(*address, listening);
        if (!listener) {
            return tl::unexpected(listener.error());
        }
        if (auto bound = net::localAddress(listener->get()); bound) {
            address = std::move(*bound); // Port 0 became a real one, which the others share.
        }
        auto loop = net::EventLoop::create();
        if (!loop) {
            return tl::unexpected(loop.error());
        }
        server->m_workers.push_back(std::make_unique<Worker>(context, std::move(*loop), std::move(*listener)));
    }
    server->m_port = address->port();
    for (const auto &worker : server->m_workers) {
        if (const auto started = worker->start(); !started) {
            return tl::unexpected(started.error());
        }
    }
    return server;
}

std::uint16_t HttpServer::port() const
{
    return m_port;
}

HttpServerStats HttpServer::stats() const
{
    const ServerContext &context = m_shared->context;
    return {context.connections.load(std::memory_order_relaxed), context.active.load(std::memory_order_relaxed),
        context.requests.load(std::memory_order_relaxed), context.rejected.load(std::memory_order_relaxed)};
}

void HttpServer::stop()
{
    for (const auto &worker : m_workers) {
        worker->stop();
    }
}

} // namespace fairway::proxy
