#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fairway::kube {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// How to reach one server; shared by its requests so that connections are reused.
struct Endpoint {
    std::string caPem;         ///< Empty: the system's.
    std::string certificatePem;
    std::string keyPem;
    std::string tlsServerName; ///< Name for SNI and verification in place of the URL's host.
    std::string proxyUrl;      ///< Empty: environment.
    bool insecure = false;
    bool compress = true;      ///< Ask for gzip.
};

struct HttpAnswer {
    int status = 0;
    int version = 1; ///< 2 when it came by HTTP/2.
    Headers headers; ///< Names in lower case; a header that comes twice is listed twice.
    std::string body; ///< Empty for streams that were answered with 2xx.
    /// First value of a header (lower-case name); empty when absent.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

struct HttpCall {
    std::string method = "GET";
    std::string url {};
    Headers headers {};
    std::string body {};
    std::shared_ptr<const Endpoint> endpoint {};
    /// Whole exchange, retries included; for streams: until the response's head. 0: none.
    std::chrono::milliseconds timeout {std::chrono::seconds(30)};
    /// Streams: no byte for so long ends it with Timeout. 0: none.
    std::chrono::milliseconds idleTimeout {0};
    std::size_t maxBodyBytes = std::size_t {512} << 20; ///< After decompression; more is LimitExceeded.
    /// How often it is tried again, within `timeout`: any method after 429 or 503 with Retry-After (the server says it did
    /// nothing); GET also after 429, 502, 503 without (1 s), and once at once when the connection was lost before the answer.
    int maxRetries = 4;
    /// Streams: the head of a 2xx answer is in. In the transport's thread.
    std::function<void()> onHead {};
    /// Set for streams: gets the body's bytes of a 2xx answer as they come, in the transport's thread: be quick, never call
    /// back into a blocking method. Return false to pause; Transport::resume() delivers the same bytes again.
    std::function<bool(std::string_view bytes)> onBytes {};
};

using CallId = std::uint64_t;

struct TransportOptions {
    int maxConcurrent = 32;          ///< Ordinary calls in flight; more wait in order. Streams don't count.
    std::size_t maxQueued = 4096;    ///< Beyond: LimitExceeded at once.
    std::chrono::milliseconds connectTimeout {std::chrono::seconds(10)};
    std::string userAgent {};        ///< Empty: "fairway/<version>".
};

struct TransportCounters {
    std::uint64_t calls = 0;
    std::uint64_t retries = 0;
    std::uint64_t refused = 0; ///< Not accepted: the queue was full.
    std::uint64_t bytesIn = 0; ///< Body bytes, after decompression.
};

/// HTTP over libcurl's multi interface: one thread for any number of clusters. HTTP/2 with multiplexing where the server
/// offers it by ALPN, keep-alive, gzip. libcurl is opened by the first create(), so a command that needs no
/// network never pays for it.
///
/// Errors:  Unreachable (with what failed and for which host; TLS: why), Timeout, LimitExceeded, Cancelled,
///          ProtocolViolation (connection cut inside the answer), Unsupported (libcurl missing). An HTTP error status is
///          an answer, not an error. Never logs or quotes request headers.
/// Threads: every method from any thread. Callbacks run in the transport's own thread and must not block; a callback may
///          call start(), cancel() and resume(), never perform().
/// Shutdown: the destructor cancels what is in flight (callbacks run with Cancelled) and joins. Not from a callback.
class Transport {
public:
    using Done = std::function<void(Result<HttpAnswer>)>;

    [[nodiscard]] static Result<std::shared_ptr<Transport>> create(TransportOptions options = {});
    ~Transport();
    Transport(const Transport &) = delete;
    Transport &operator=(const Transport &) = delete;

    /// `done` is called exactly once.
    CallId start(HttpCall call, Done done);
    /// Ends the call with Cancelled; unknown or finished ids are ignored.
    void cancel(CallId id);
    void resume(CallId id);
    /// Blocks the calling thread.
    [[nodiscard]] Result<HttpAnswer> perform(HttpCall call, const CancelToken &cancel = {});

    [[nodiscard]] TransportCounters counters() const;

private:
    class Loop;
    explicit Transport(std::shared_ptr<Loop> loop);
    std::shared_ptr<Loop> m_loop;
};

} // namespace fairway::kube
