#include "core/chart/http_exchange.h"

#include "core/chart/go_text.h"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fairway::chart {

namespace {

constexpr std::size_t maxHeaderBytes = std::size_t {256} << 10;
constexpr std::size_t maxRefusalBytes = std::size_t {64} << 10;

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::string addressText(const curl_sockaddr &address)
{
    char text[INET6_ADDRSTRLEN] = {};
    sockaddr_storage storage {};
    std::memcpy(&storage, &address.addr, std::min<std::size_t>(address.addrlen, sizeof storage));
    if (address.family == AF_INET6) {
        sockaddr_in6 v6 {};
        std::memcpy(&v6, &storage, sizeof v6);
        ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
        return "[" + std::string(text) + "]:" + std::to_string(ntohs(v6.sin6_port));
    }
    sockaddr_in v4 {};
    std::memcpy(&v4, &storage, sizeof v4);
    ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
    return std::string(text) + ":" + std::to_string(ntohs(v4.sin_port));
}

/// The host of a URL of ours, without its port.
std::string_view hostOf(std::string_view url)
{
    const std::size_t begin = url.find("://") + 3;
    const std::string_view authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
    return authority.starts_with('[') ? authority.substr(0, authority.find(']') + 1) : authority.substr(0, authority.find(':'));
}

std::string_view withoutFinalDot(std::string_view text)
{
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

} // namespace

HttpExchange::HttpExchange(const CurlApi &api, const HttpRequest &request, Head head)
    : m_api(api)
    , m_request(request)
    , m_head(std::move(head))
{
}

HttpExchange::~HttpExchange()
{
    if (m_easy != nullptr)
        m_api.curl_easy_cleanup(m_easy);
    m_api.curl_slist_free_all(m_headerList);
}

template <typename T>
void HttpExchange::set(CURLoption option, T value)
{
    m_api.curl_easy_setopt(m_easy, option, value);
}

Result<void> HttpExchange::prepare()
{
    m_easy = m_api.curl_easy_init();
    if (m_easy == nullptr)
        return fail(ErrorCode::Internal, "libcurl gave no handle");
    void *const self = this;
    set(CURLOPT_URL, m_head.url.c_str());
    set(CURLOPT_ERRORBUFFER, static_cast<char *>(m_errorText));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_BUFFERSIZE, 128L * 1024L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(m_head.connectTimeout.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(m_head.timeout.count()));
    set(CURLOPT_PROXY, m_head.proxy.c_str()); // Empty: none, whatever curl would find in the environment.
    set(CURLOPT_NOPROXY, "");
    set(CURLOPT_USERAGENT, m_head.userAgent.c_str());
    set(CURLOPT_HEADERFUNCTION, &HttpExchange::onHeader);
    set(CURLOPT_HEADERDATA, self);
    set(CURLOPT_WRITEFUNCTION, &HttpExchange::onWrite);
    set(CURLOPT_WRITEDATA, self);
    set(CURLOPT_OPENSOCKETFUNCTION, &HttpExchange::onOpenSocket);
    set(CURLOPT_OPENSOCKETDATA, self);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &HttpExchange::onProgress);
    set(CURLOPT_XFERINFODATA, self);
    setTls();
    setBody();
    return setHeaders();
}

void HttpExchange::setTls()
{
    const HttpTls &tls = m_request.tls;
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (tls.insecure) {
        set(CURLOPT_SSL_VERIFYPEER, 0L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
    } else if (!tls.caFile.empty()) {
        set(CURLOPT_CAPATH, static_cast<char *>(nullptr)); // Otherwise the system's authorities would count, too.
        set(CURLOPT_CAINFO, tls.caFile.c_str());
    }
    if (!tls.certificateFile.empty()) {
        set(CURLOPT_SSLCERT, tls.certificateFile.c_str());
        set(CURLOPT_SSLKEY, (tls.keyFile.empty() ? tls.certificateFile : tls.keyFile).c_str());
    }
}

void HttpExchange::setBody()
{
    const HttpBody &body = m_request.body;
    const std::string &method = m_head.method;
    if (!m_head.sendsBody) {
        set(CURLOPT_HTTPGET, 1L);
    } else if (body.read) {
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size));
        set(CURLOPT_READFUNCTION, &HttpExchange::onRead);
        set(CURLOPT_READDATA, static_cast<void *>(this));
        set(CURLOPT_SEEKFUNCTION, &HttpExchange::onSeek);
        set(CURLOPT_SEEKDATA, static_cast<void *>(this));
    } else if (!body.text.empty() || method == "POST" || method == "PUT" || method == "PATCH") {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDS, body.text.c_str()); // Not copied; the request outlives the handle.
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.text.size()));
    }
    if (method == "HEAD")
        set(CURLOPT_NOBODY, 1L);
    else if (method != "GET" || !m_request.body.text.empty() || m_request.body.read)
        set(CURLOPT_CUSTOMREQUEST, method.c_str());
}

Result<void> HttpExchange::setHeaders()
{
    for (const HttpHeader &header : m_head.headers) {
        const std::string name = lowerCase(header.name);
        if (name.empty() || name.find_first_of("\r\n: ") != std::string::npos)
            return fail(ErrorCode::InvalidInput, "invalid header field name " + goQuoted(header.name));
        if (header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
            return fail(ErrorCode::InvalidInput, "invalid header field value for " + goQuoted(header.name));
        const std::string line = header.value.empty() ? header.name + ";" : header.name + ": " + header.value;
        m_headerList = m_api.curl_slist_append(m_headerList, line.c_str());
    }
    // Without these curl would add its own: a wait for 100 Continue, a form's type, all types.
    for (const char *line : {"Expect:", "Accept:", "Content-Type:"}) {
        const std::string_view name = std::string_view(line).substr(0, std::strlen(line) - 1);
        const bool isGiven = std::any_of(m_head.headers.begin(), m_head.headers.end(),
            [&](const HttpHeader &header) { return lowerCase(header.name) == lowerCase(name); });
        if (!isGiven)
            m_headerList = m_api.curl_slist_append(m_headerList, line);
    }
    set(CURLOPT_HTTPHEADER, m_headerList);
    return {};
}

std::size_t HttpExchange::onHeader(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<HttpExchange *>(self)->takeHeaderLine({data, size * count});
}

std::size_t HttpExchange::onWrite(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<HttpExchange *>(self)->takeBytes({data, size * count});
}

std::size_t HttpExchange::onRead(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<HttpExchange *>(self)->giveBytes(data, size * count);
}

int HttpExchange::onSeek(void *self, curl_off_t offset, int origin)
{
    if (origin != SEEK_SET || offset < 0)
        return CURL_SEEKFUNC_CANTSEEK;
    static_cast<HttpExchange *>(self)->m_sent = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

int HttpExchange::onProgress(void *self, curl_off_t toReceive, curl_off_t received, curl_off_t toSend, curl_off_t sent)
{
    auto *const exchange = static_cast<HttpExchange *>(self);
    if (exchange->m_request.onProgress && (exchange->m_response.isSuccess() || sent > 0)) {
        HttpProgress progress;
        progress.received = static_cast<std::uint64_t>(received);
        if (toReceive > 0)
            progress.toReceive = static_cast<std::uint64_t>(toReceive);
        progress.sent = static_cast<std::uint64_t>(sent);
        progress.toSend = static_cast<std::uint64_t>(toSend);
        exchange->m_request.onProgress(progress);
    }
    return exchange->m_request.cancel.isCancelled() ? 1 : 0;
}

curl_socket_t HttpExchange::onOpenSocket(void *self, curlsocktype, curl_sockaddr *address)
{
    static_cast<HttpExchange *>(self)->m_peer = addressText(*address);
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t HttpExchange::takeHeaderLine(std::string_view line)
{
    m_headerBytes += line.size();
    if (m_headerBytes > maxHeaderBytes) {
        m_stopReason = Error {ErrorCode::LimitExceeded, "the answer's headers are larger than 256 KiB"};
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        // A new head: the ones before were interim (100 Continue).
        m_response.headers.clear();
        m_response.status = 0;
        m_response.reason.clear();
        if (const std::size_t space = line.find(' '); space != std::string_view::npos) {
            const std::string_view rest = line.substr(space + 1);
            const char *const end = std::from_chars(rest.data(), rest.data() + rest.size(), m_response.status).ptr;
            m_response.reason = trimSpace(rest.substr(static_cast<std::size_t>(end - rest.data())));
        }
        return line.size();
    }
    if (const std::size_t colon = line.find(':'); colon != std::string_view::npos)
        m_response.headers.push_back({lowerCase(line.substr(0, colon)), std::string(trimSpace(line.substr(colon + 1)))});
    return line.size();
}

std::size_t HttpExchange::takeBytes(std::string_view bytes)
{
    if (bytes.size() > m_request.maxBytes - std::min(m_request.maxBytes, m_received)) {
        m_stopReason = Error {ErrorCode::LimitExceeded, "the answer is larger than " + std::to_string(m_request.maxBytes) + " bytes"};
        return 0;
    }
    m_received += bytes.size();
    if (!m_response.isSuccess()) {
        m_response.body.append(bytes.substr(0, maxRefusalBytes - std::min(maxRefusalBytes, m_response.body.size())));
        return bytes.size();
    }
    if (!m_request.sink) {
        m_response.body.append(bytes);
        return bytes.size();
    }
    if (const Result<void> taken = m_request.sink(bytes); !taken) {
        m_stopReason = taken.error();
        return 0;
    }
    return bytes.size();
}

std::size_t HttpExchange::giveBytes(char *buffer, std::size_t size)
{
    const HttpBody &body = m_request.body;
    const std::uint64_t left = body.size - std::min(body.size, m_sent);
    if (left == 0)
        return 0;
    const Result<std::size_t> got = body.read(m_sent, buffer, static_cast<std::size_t>(std::min<std::uint64_t>(left, size)));
    if (!got || *got == 0) {
        m_stopReason = got ? Error {ErrorCode::Io, "what is sent ended early"} : got.error();
        return CURL_READFUNC_ABORT;
    }
    m_sent += *got;
    return *got;
}

Result<HttpResponse> HttpExchange::outcome(CURLcode code)
{
    if (m_request.cancel.isCancelled() && code != CURLE_OK)
        return fail(ErrorCode::Cancelled, "cancelled");
    if (m_stopReason)
        return tl::unexpected(*m_stopReason);
    if (code != CURLE_OK)
        return tl::unexpected(describe(code));
    m_response.url = m_head.url;
    return std::move(m_response);
}

std::string HttpExchange::dialled() const
{
    return "dial tcp " + (m_peer.empty() ? std::string(hostOf(m_head.url)) : m_peer) + ": ";
}

std::string HttpExchange::describeTls(std::string_view detail) const
{
    const auto has = [detail](std::string_view part) { return detail.find(part) != std::string_view::npos; };
    constexpr std::string_view prefix = "tls: failed to verify certificate: ";
    if (has("unable to get local issuer") || has("self-signed certificate") || has("self signed certificate")
        || has("unable to verify the first certificate"))
        return std::string(prefix) + "x509: certificate signed by unknown authority";
    if (has("expired") || has("not yet valid"))
        return std::string(prefix) + "x509: certificate has expired or is not yet valid";
    if (has("subject name") || has("alternative certificate"))
        return std::string(prefix) + "x509: certificate is not valid for " + std::string(hostOf(m_head.url));
    return std::string(prefix) + std::string(withoutFinalDot(detail));
}

Error HttpExchange::describe(CURLcode code) const
{
    const std::string detail = m_errorText[0] != '\0' ? std::string(m_errorText) : std::string(m_api.curl_easy_strerror(code));
    const auto has = [&detail](std::string_view part) { return detail.find(part) != std::string::npos; };
    long systemError = 0;
    m_api.curl_easy_getinfo(m_easy, CURLINFO_OS_ERRNO, &systemError);
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::Unreachable, "dial tcp: lookup " + std::string(hostOf(m_head.url)) + ": no such host"};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {ErrorCode::Unreachable, "proxyconnect tcp: dial tcp: lookup of the proxy: no such host"};
    case CURLE_COULDNT_CONNECT: {
        if (systemError == 0)
            return {ErrorCode::Unreachable, dialled() + detail};
        std::string reason = lowerCase(std::strerror(static_cast<int>(systemError)));
        return {ErrorCode::Unreachable, (m_head.proxy.empty() ? "" : "proxyconnect tcp: ") + dialled() + "connect: " + reason};
    }
    case CURLE_OPERATION_TIMEDOUT:
        return m_response.status != 0
            ? Error {ErrorCode::Timeout, "context deadline exceeded (Client.Timeout or context cancellation while reading body)"}
            : Error {ErrorCode::Timeout, "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorCode::Unreachable, describeTls(detail)};
    case CURLE_SSL_CERTPROBLEM:
        return {ErrorCode::InvalidInput,
            "the client certificate " + m_request.tls.certificateFile + " with its key " + m_request.tls.keyFile + " can't be used: " + detail};
    case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::InvalidInput, m_request.tls.caFile + " holds no certificate that can be used"};
    case CURLE_SSL_CONNECT_ERROR:
        if (has("wrong version number") || has("packet length"))
            return {ErrorCode::Unreachable, "http: server gave HTTP response to HTTPS client"};
        return {ErrorCode::Unreachable, "tls: handshake failure: " + detail};
    case CURLE_GOT_NOTHING:
        return {ErrorCode::Unreachable, "EOF"};
    case CURLE_PARTIAL_FILE:
        return {ErrorCode::ProtocolViolation, "unexpected EOF"};
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
        if (has("alert") || has("certificate")) // The server looked at our certificate after the handshake (TLS 1.3).
            return {ErrorCode::Unauthorized, "remote error: tls: the server refused the client certificate (" + detail + ")"};
        if (systemError == ECONNRESET)
            return {ErrorCode::Unreachable, "read tcp " + m_peer + ": read: connection reset by peer"};
        return {ErrorCode::Unreachable, detail};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return {ErrorCode::ProtocolViolation, "net/http: HTTP/1.x transport connection broken: malformed HTTP response"};
    case CURLE_URL_MALFORMAT:
        return {ErrorCode::InvalidInput, "invalid URL"};
    default:
        return {ErrorCode::Unreachable, detail};
    }
}

} // namespace fairway::chart
