#pragma once

#include "core/base/cancellation.h"
#include "core/base/result.h"
#include "core/chart/proxy_environment.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::chart {

struct HttpHeader {
    std::string name;
    std::string value;
};

struct BasicAuth {
    std::string user;
    std::string password;
};

/// Files in PEM. `caFile`: only these authorities are trusted instead of the system's. `insecure`: the server's certificate is not looked at.
struct HttpTls {
    std::string certificateFile;
    std::string keyFile;
    std::string caFile;
    bool insecure = false;
};

/// What is sent: a text, or `size` bytes that `read` gives from any offset (a redirect may start again).
struct HttpBody {
    std::string text;
    std::function<Result<std::size_t>(std::uint64_t offset, char *buffer, std::size_t size)> read;
    std::uint64_t size = 0; ///< Of what `read` gives.
};

/// In octets of bodies.
struct HttpProgress {
    std::uint64_t received = 0;
    std::optional<std::uint64_t> toReceive; ///< When the server told.
    std::uint64_t sent = 0;
    std::uint64_t toSend = 0;
};

struct HttpRequest {
    std::string method = "GET";
    std::string url; ///< http or https. User and password in it become basic authentication where `basicAuth` is not set.
    std::vector<HttpHeader> headers;
    HttpBody body;
    std::optional<BasicAuth> basicAuth;
    std::string bearer; ///< A token; goes before basicAuth. A header Authorization goes before both.
    HttpTls tls;
    bool followRedirects = true;
    std::chrono::milliseconds timeout {0}; ///< Of the whole, redirects included; 0: none.
    std::uint64_t maxBytes = std::uint64_t {64} << 20; ///< Of the answer's body.
    /// Takes the body of a 2xx answer piece by piece instead of HttpResponse::body. An error ends the exchange.
    std::function<Result<void>(std::string_view bytes)> sink;
    std::function<void(const HttpProgress &)> onProgress; ///< In the calling thread, a few times a second at most.
    CancelToken cancel;
};

struct HttpResponse {
    int status = 0;
    std::string reason; ///< What the server calls the status ("Not Found"); empty over HTTP/2.
    std::vector<HttpHeader> headers; ///< Names in lower case, in the order of arrival.
    std::string body;                ///< Of an answer that is not 2xx at most the first 64 KiB.
    std::string url;                 ///< Where the answer came from after redirects; without credentials.

    [[nodiscard]] bool isSuccess() const { return status >= 200 && status < 300; }
    /// The first of the name (lower case), or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// In the place of what lies under one URL another's is fetched: for mirrors.
struct UrlRewrite {
    std::string from; ///< "https://charts.example.com/": what begins with it …
    std::string to;   ///< … is read from here instead; credentials for the mirror may stand in it.
};

struct HttpClientOptions {
    ProxyEnvironment proxies = ProxyEnvironment::ofProcess();
    std::vector<UrlRewrite> rewrites; ///< The longest `from` that fits counts. To another host no credentials go along.
    std::string userAgent = "Fairway/" FAIRWAY_VERSION;
    std::chrono::milliseconds connectTimeout {30'000};
};

/// HTTP for charts: repositories, registries. Blocking, with libcurl (opened when first needed); connections are kept and used again.
///
/// An answer of any status is a response, not an error. Redirects are followed as Go's net/http does, at most ten; credentials
/// (Authorization, Cookie) go along only to the same host or a name below it, and never from https to http.
/// Bodies are not decompressed: charts are compressed already.
///
/// Errors:  `Get "https://host/path": dial tcp 127.0.0.1:1: connect: connection refused`: Go's form, and its words where they are known,
///          with a password in the URL as xxxxx. Unreachable, Timeout, Cancelled, LimitExceeded (maxBytes, redirects, headers), InvalidInput
///          (URL, header, certificate files), ProtocolViolation, Unsupported (libcurl is missing); what the sink returned.
/// Threads: one request at a time; a client for each thread. Not for the GUI thread.
class HttpClient {
public:
    explicit HttpClient(HttpClientOptions options = {});
    ~HttpClient();
    HttpClient(HttpClient &&) noexcept;
    HttpClient &operator=(HttpClient &&) noexcept;

    [[nodiscard]] Result<HttpResponse> send(const HttpRequest &request);

private:
    class Session;
    HttpClientOptions m_options;
    std::unique_ptr<Session> m_session;
};

/// The URL with "xxxxx" for a password, as Go prints it in errors. What is no URL is returned up to its first `@`-free part.
[[nodiscard]] std::string withoutPassword(std::string_view url);

} // namespace fairway::chart
