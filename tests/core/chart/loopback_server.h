#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace fairway::test {

/// A small HTTP/1.1 server on 127.0.0.1 for tests: a thread for each connection, keep-alive, bodies with a length.
class LoopbackServer {
public:
    struct Request {
        std::string method;
        std::string target; ///< Path and query as sent.
        std::vector<std::pair<std::string, std::string>> headers; ///< Names in lower case.
        std::string body;
        [[nodiscard]] std::string header(std::string_view name) const;
    };
    struct Response {
        int status = 200;
        std::vector<std::pair<std::string, std::string>> headers;
        std::string body;
        bool cutsOff = false; ///< Says more is to come than does.
        bool holds = false;   ///< Answers nothing until the server goes.
    };
    using Handler = std::function<Response(const Request &)>;

    explicit LoopbackServer(Handler handler);
    ~LoopbackServer();
    LoopbackServer(const LoopbackServer &) = delete;
    LoopbackServer &operator=(const LoopbackServer &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    /// "http://127.0.0.1:PORT"
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] std::vector<Request> requests() const;
    [[nodiscard]] int connections() const { return m_connections; }

private:
    void accept();
    void serve(int socket);

    Handler m_handler;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<int> m_connections {0};
    std::atomic<bool> m_ends {false};
    mutable std::mutex m_mutex;
    std::vector<Request> m_requests; ///< Guarded by m_mutex.
    std::vector<int> m_sockets;      ///< Guarded by m_mutex.
    std::vector<std::thread> m_threads; ///< Of the accepting thread, until it has ended.
    std::thread m_accepting;
};

} // namespace fairway::test
