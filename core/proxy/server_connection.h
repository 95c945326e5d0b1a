#pragma once

#include "core/http/body_decoder.h"
#include "core/http/request_parser.h"
#include "core/net/event_loop.h"
#include "core/net/tls.h"
#include "core/proxy/http_server.h"
#include "core/proxy/server_outbox.h"

#include <atomic>
#include <memory>
#include <optional>
#include <string>

namespace fairway::proxy {

/// What every connection of one server shares.
struct ServerContext {
    HttpServerOptions options;
    HttpHandler handler;
    std::optional<net::TlsContext> tls;
    std::atomic<std::uint64_t> connections {0};
    std::atomic<std::uint64_t> active {0};
    std::atomic<std::uint64_t> requests {0};
    std::atomic<std::uint64_t> rejected {0};
};

/// One client of HttpServer. Reads a request, hands it to the handler, sends the answer, and only then looks at the next.
/// Threads: the loop's; what others may touch is the outbox.
class ServerConnection : public std::enable_shared_from_this<ServerConnection> {
public:
    ServerConnection(ServerContext &context, net::EventLoop &loop, net::FileDescriptor fd, std::function<void(ServerConnection &)> onGone);
    ~ServerConnection();

    /// False when it could not be set up; it is then closed.
    [[nodiscard]] bool start();
    /// Ends it now; onGone is called.
    void close();
    /// Called about once a second.
    void checkAge();

private:
    struct LoopWatcher : net::Watcher {
        ServerConnection *connection = nullptr;
    };
    enum class Stage { Head, Body, Answering, Lingering, Gone };

    void handleEvents(std::uint32_t events);
    void readAll();
    bool readSome(); ///< False: nothing more for now.
    bool takeIn(std::string_view bytes);
    void process();
    bool processHead();
    bool processBody();
    void dispatch();
    void refuse(int status, const std::string &why);
    void flush();
    bool sendOut(); ///< True: the kernel has everything.
    bool sendPlain();
    bool sendTls();
    void linger();
    [[nodiscard]] std::string_view unread() const { return std::string_view(m_in).substr(m_inAt); }

    ServerContext &m_context;
    net::EventLoop &m_loop;
    net::FileDescriptor m_fd;
    std::function<void(ServerConnection &)> m_onGone;
    LoopWatcher m_watcher;
    std::optional<net::TlsStream> m_tls;
    std::shared_ptr<ServerOutbox> m_outbox;
    std::string m_peer;

    Stage m_stage = Stage::Head;
    std::string m_in;
    std::size_t m_inAt = 0; ///< Read but not used up to here.
    bool m_isPeerDone = false;
    bool m_isReadPaused = false; ///< Enough is waiting: the kernel keeps the rest.
    http::RequestParser m_parser;
    http::BodyDecoder m_decoder;
    HttpRequest m_request;
    AnswerShape m_shape;
    bool m_isStreaming = false;
    bool m_isProcessing = false;
    std::string m_out;
    std::size_t m_outAt = 0;
    net::EventLoop::Clock::time_point m_since; ///< Start of the present wait.
};

} // namespace fairway::proxy
