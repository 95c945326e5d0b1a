#pragma once

#include "core/base/result.h"
#include "core/net/tls.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::proxy {

/// Header fields in order; names as received or as to be sent.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// A whole request: the body has been read to its end.
struct HttpRequest {
    std::string method;
    std::string target;      ///< As received: "/api?x=1".
    std::string path;        ///< Before '?', still percent-encoded.
    std::string query;       ///< After '?', without it.
    HttpHeaders headers;
    std::string body;
    std::string peerAddress; ///< "127.0.0.1:40000"
    std::string clientCertificateName; ///< CN of a verified client certificate, else empty.
    bool isTls = false;

    /// First value of a field, name without regard to case; empty when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// The answer to one request. Use either send(), or startStream() + write()* + end().
///
/// The server adds Content-Length or Transfer-Encoding, Connection and Date itself; don't pass the first three.
/// Every write() leaves at once (TCP_NODELAY, no batching beyond what happens in the same turn of the loop).
/// Dropping the last reference without an answer gives 500; without end() the stream is cut.
///
/// Bound:   what the peer has not taken yet is limited by HttpServerOptions::maxBufferedBytes per connection; write()
///          returns false and drops the chunk when it would pass it. After false, either give up or try after onDrained.
/// Threads: any; calls for one responder are serialised inside. Callbacks run in the server's thread.
class HttpResponder {
public:
    virtual ~HttpResponder() = default;
    virtual void send(int status, const HttpHeaders &headers, std::string body) = 0;
    virtual void startStream(int status, const HttpHeaders &headers) = 0;
    /// False: the peer is gone, or the bounded buffer is full.
    [[nodiscard]] virtual bool write(std::string_view chunk) = 0;
    virtual void end() = 0;
    /// Closes the connection with RST and without finishing the answer: for servers that play broken ones.
    virtual void abort() = 0;
    /// Called once when the peer goes away or the server stops before end(); at once when that already happened.
    virtual void onClosed(std::function<void()> callback) = 0;
    /// Called each time the buffer runs empty.
    virtual void onDrained(std::function<void()> callback) = 0;
    [[nodiscard]] virtual bool isClosed() const = 0;
    /// Bytes not yet taken by the kernel.
    [[nodiscard]] virtual std::size_t bufferedBytes() const = 0;
};

/// Runs in a thread of the server: must return soon; answer at once or later from anywhere.
using HttpHandler = std::function<void(HttpRequest, std::shared_ptr<HttpResponder>)>;

struct HttpServerOptions {
    std::string address = "127.0.0.1"; ///< Numeric.
    std::uint16_t port = 0;            ///< 0: any free one.
    int threads = 1;                   ///< Each with its own SO_REUSEPORT listener and loop.
    std::optional<net::TlsServerOptions> tls;
    std::size_t maxBodyBytes = std::size_t {16} << 20;    ///< Larger bodies: 413.
    std::size_t maxBufferedBytes = std::size_t {8} << 20; ///< Per connection, not yet taken by the kernel.
    std::size_t maxConnections = 20000;                   ///< Per thread; further ones are closed at once.
    std::chrono::milliseconds idleTimeout {120'000};      ///< Between requests, and for a request to arrive completely.
};

struct HttpServerStats {
    std::uint64_t connections = 0; ///< Ever accepted.
    std::uint64_t active = 0;      ///< Open now.
    std::uint64_t requests = 0;
    std::uint64_t rejected = 0;    ///< Malformed or over a limit.
};

/// Small embedded HTTP/1.1 server for loopback: keep-alive, pipelining answered in order (the next request is handed out
/// when the answer before it has ended), chunked streams, optional TLS. The proxy's data plane does not use it.
///
/// Threads: start(), stop() and the destructor from one thread that is not one of the server's own.
class HttpServer {
public:
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(HttpServerOptions options, HttpHandler handler);
    ~HttpServer(); ///< stop()

    [[nodiscard]] std::uint16_t port() const;
    [[nodiscard]] HttpServerStats stats() const;
    /// Stops accepting, closes every connection (onClosed fires), joins the threads. Idempotent. No handler runs afterwards.
    void stop();

private:
    class Worker;
    struct Shared;
    HttpServer();
    std::shared_ptr<Shared> m_shared;
    std::vector<std::unique_ptr<Worker>> m_workers;
    std::uint16_t m_port = 0;
};

} // namespace fairway::proxy
