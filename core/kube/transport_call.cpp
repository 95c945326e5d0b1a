#include "core/kube/transport_call.h"

#include "core/kube/url.h"

#include <algorithm>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace fairway::kube {
namespace {

constexpr std::size_t maxHeaderBytes = std::size_t {256} << 10;
constexpr std::size_t maxRefusalBytes = std::size_t {1} << 20; ///< Body of an answer to a stream that isn't 2xx.
constexpr std::chrono::seconds longestRetryWait {30};

std::string lowerCase(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

curl_blob blobOf(const std::string &text)
{
    // Not copied by curl: the endpoint is held by the call and the call outlives its handle. The interface lacks a const.
    return {const_cast<char *>(text.data()), text.size(), CURL_BLOB_NOCOPY};
}

/// After a sleep or a change of network a kept connection is dead without knowing: what we send is not acknowledged. The
/// kernel would try for a quarter of an hour.
int setSocketOptions(void *, curl_socket_t socket, curlsocktype)
{
    const unsigned unacknowledgedMillis = 15000;
    ::setsockopt(socket, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledgedMillis, sizeof unacknowledgedMillis);
    return CURL_SOCKOPT_OK;
}

} // namespace

TransportCall::TransportCall(const CurlApi &api, CallId id, HttpCall call, Transport::Done done, TimePoint now)
    : m_api(api)
    , m_id(id)
    , m_call(std::move(call))
    , m_done(std::move(done))
    , m_start(now)
    , m_lastByte(now)
{
}

TransportCall::~TransportCall()
{
    release();
}

void TransportCall::release()
{
    if (m_easy != nullptr) {
        m_api.curl_easy_cleanup(m_easy);
        m_easy = nullptr;
    }
    m_api.curl_slist_free_all(m_headerList);
    m_api.curl_slist_free_all(m_connectTo);
    m_headerList = nullptr;
    m_connectTo = nullptr;
}

Result<void> TransportCall::prepare(const TransportOptions &options)
{
    release();
    m_answer = {};
    m_headerBytes = 0;
    m_hasHead = false;
    m_isPaused = false;
    m_stopReason.reset();
    m_errorText[0] = '\0';
    const auto url = parseServerUrl(m_call.url);
    if (!url) {
        return fail(ErrorCode::InvalidInput, phrase("kube", "the server's address is not an http or https URL"));
    }
    m_easy = m_api.curl_easy_init();
    if (m_easy == nullptr) {
        return fail(ErrorCode::Internal, "libcurl gave no handle");
    }
    const auto set = [this](CURLoption option, auto value) { m_api.curl_easy_setopt(m_easy, option, value); };
    const Endpoint &endpoint = *m_call.endpoint;
    std::string target = m_call.url;
    std::string hostHeader;
    if (!endpoint.tlsServerName.empty() && url->scheme == "https") {
        // curl takes the name for SNI and for verification from the URL. So the URL gets the TLS name, CONNECT_TO sends the
        // connection where the kubeconfig says, and Host stays the real one. (The path begins after the authority.)
        const std::size_t pathStart = std::min(m_call.url.find_first_of("/?#", url->scheme.size() + 3), m_call.url.size());
        target = "https://" + endpoint.tlsServerName + ":" + std::to_string(url->port) + m_call.url.substr(pathStart);
        m_connectTo = m_api.curl_slist_append(nullptr, ("::" + url->hostPort()).c_str());
        hostHeader = "Host: " + url->hostPort();
        set(CURLOPT_CONNECT_TO, m_connectTo);
    }
    set(CURLOPT_URL, target.c_str());
    set(CURLOPT_PRIVATE, static_cast<void *>(this));
    set(CURLOPT_ERRORBUFFER, static_cast<char *>(m_errorText));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_TCP_KEEPIDLE, 30L);
    set(CURLOPT_TCP_KEEPINTVL, 15L);
    set(CURLOPT_SOCKOPTFUNCTION, &setSocketOptions);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_PIPEWAIT, url->scheme == "https" ? 1L : 0L);
    set(CURLOPT_BUFFERSIZE, 128L * 1024L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connectTimeout.count()));
    if (endpoint.compress && !isStream()) {
        set(CURLOPT_ACCEPT_ENCODING, "gzip");
    }
    if (!endpoint.proxyUrl.empty()) {
        set(CURLOPT_PROXY, endpoint.proxyUrl.c_str());
        set(CURLOPT_NOPROXY, ""); // What the kubeconfig says holds, whatever the environment's NO_PROXY.
    } else if (url->isLoopback()) {
        set(CURLOPT_PROXY, ""); // As Go does: never through a proxy of the environment to this machine.
    }
    setUpTls(endpoint);

    const bool hasBody = !m_call.body.empty();
    if (hasBody || m_call.method == "POST" || m_call.method == "PUT" || m_call.method == "PATCH") {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDS, m_call.body.c_str()); // Not copied; the call outlives the handle.
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(m_call.body.size()));
    }
    if (m_call.method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (m_call.method != "GET") {
        set(CURLOPT_CUSTOMREQUEST, m_call.method.c_str());
    }
    const auto addHeader = [this](const std::string &line) { m_headerList = m_api.curl_slist_append(m_headerList, line.c_str()); };
    for (const auto &[name, value] : m_call.headers) {
        if (value.find_first_of("\r\n") != std::string::npos || name.find_first_of("\r\n") != std::string::npos) {
            return fail(ErrorCode::InvalidInput, "the header " + name.substr(0, name.find_first_of("\r\n")) + " holds a line break");
        }
        addHeader(value.empty() ? name + ";" : name + ": " + value);
    }
    if (!hostHeader.empty()) {
        addHeader(hostHeader);
    }
    addHeader("Expect:");
    set(CURLOPT_HTTPHEADER, m_headerList);
    set(CURLOPT_USERAGENT, options.userAgent.c_str());
    set(CURLOPT_HEADERFUNCTION, &TransportCall::onHeaderLine);
    set(CURLOPT_HEADERDATA, static_cast<void *>(this));
    set(CURLOPT_WRITEFUNCTION, &TransportCall::onBody);
    set(CURLOPT_WRITEDATA, static_cast<void *>(this));
    return {};
}

void TransportCall::setUpTls(const Endpoint &endpoint)
{
    const auto set = [this](CURLoption option, auto value) { m_api.curl_easy_setopt(m_easy, option, value); };
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (endpoint.insecure) {
        set(CURLOPT_SSL_VERIFYPEER, 0L);
        set(CURLOPT_SSL_VERIFYHOST, 0L);
    } else if (!endpoint.caPem.empty()) {
        // Only this authority counts: without these curl would trust the system's in addition.
        set(CURLOPT_CAINFO, static_cast<char *>(nullptr));
        set(CURLOPT_CAPATH, static_cast<char *>(nullptr));
        curl_blob blob = blobOf(endpoint.caPem);
        set(CURLOPT_CAINFO_BLOB, &blob);
    }
    if (!endpoint.certificatePem.empty()) {
        curl_blob certificate = blobOf(endpoint.certificatePem);
        curl_blob key = blobOf(endpoint.keyPem);
        set(CURLOPT_SSLCERTTYPE, "PEM");
        set(CURLOPT_SSLKEYTYPE, "PEM");
        set(CURLOPT_SSLCERT_BLOB, &certificate);
        set(CURLOPT_SSLKEY_BLOB, &key);
    }
}

std::size_t TransportCall::onHeaderLine(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<TransportCall *>(self)->takeHeaderLine({data, size * count});
}

std::size_t TransportCall::onBody(char *data, std::size_t size, std::size_t count, void *self)
{
    return static_cast<TransportCall *>(self)->takeBody({data, size * count});
}

std::size_t TransportCall::takeHeaderLine(std::string_view line)
{
    m_lastByte = std::chrono::steady_clock::now();
    m_headerBytes += line.size();
    if (m_headerBytes > maxHeaderBytes) {
        m_stopReason = Error {ErrorCode::LimitExceeded, phrase("kube", "the answer's headers are larger than 256 KiB")};
        return 0;
    }
    if (line.starts_with("HTTP/")) {
        // A new head: the ones before were interim (100 Continue).
        m_answer.headers.clear();
        long status = 0;
        const std::size_t space = line.find(' ');
        if (space != std::string_view::npos) {
            std::from_chars(line.data() + space + 1, line.data() + line.size(), status);
        }
        m_answer.status = static_cast<int>(status);
        m_answer.version = line.starts_with("HTTP/2") ? 2 : 1;
        return line.size();
    }
    if (trimmed(line).empty()) {
        const bool hadHead = std::exchange(m_hasHead, m_answer.status >= 200);
        if (m_hasHead && !hadHead && isStream() && isSuccess() && m_call.onHead) {
            m_call.onHead();
        }
        return line.size();
    }
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) {
        m_answer.headers.emplace_back(lowerCase(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
    return line.size();
}

std::size_t TransportCall::takeBody(std::string_view bytes)
{
    m_lastByte = std::chrono::steady_clock::now();
    if (isStream() && isSuccess()) {
        if (!m_call.onBytes(bytes)) {
            m_isPaused = true;
            return CURL_WRITEFUNC_PAUSE;
        }
        m_bytesIn += bytes.size();
        return bytes.size();
    }
    const std::size_t most = isStream() ? maxRefusalBytes : m_call.maxBodyBytes;
    if (bytes.size() > most - std::min(most, m_answer.body.size())) {
        m_stopReason = Error {ErrorCode::LimitExceeded, phrase("kube", "the answer is larger than %1 bytes").with(most)};
        return 0;
    }
    m_bytesIn += bytes.size();
    m_answer.body.append(bytes);
    return bytes.size();
}

void TransportCall::unpause(TimePoint now)
{
    if (m_isPaused && m_easy != nullptr) {
        m_isPaused = false;
        m_lastByte = now;
        m_api.curl_easy_pause(m_easy, CURLPAUSE_CONT);
    }
}

std::optional<std::chrono::milliseconds> TransportCall::retryDelay(CURLcode code, TimePoint now) const
{
    if (m_attempt >= m_call.maxRetries || m_stopReason) {
        return std::nullopt;
    }
    const bool isGet = m_call.method == "GET";
    std::chrono::milliseconds wait {0};
    if (code != CURLE_OK) {
        const bool isLost = code == CURLE_GOT_NOTHING || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR || code == CURLE_HTTP2
            || code == CURLE_HTTP2_STREAM;
        if (!isGet || m_hasHead || m_attempt > 0 || !isLost) {
            return std::nullopt;
        }
    } else {
        const std::string_view after = m_answer.header("retry-after");
        const int status = m_answer.status;
        const bool isTold = !after.empty() && (status == 429 || status == 503);
        if (!isTold && !(isGet && (status == 429 || status == 502 || status == 503))) {
            return std::nullopt;
        }
        int seconds = 1; // Also for the date form of Retry-After, which API servers don't send.
        std::from_chars(after.data(), after.data() + after.size(), seconds);
        wait = std::clamp<std::chrono::seconds>(std::chrono::seconds(seconds), std::chrono::seconds(0), longestRetryWait);
    }
    if (m_call.timeout.count() > 0 && now + wait >= m_start + m_call.timeout) {
        return std::nullopt; // The answer we have says more than a timeout would.
    }
    return wait;
}

std::optional<TransportCall::TimePoint> TransportCall::nextCheck() const
{
    std::optional<TimePoint> next;
    if (m_call.timeout.count() > 0 && !(isStream() && m_hasHead)) {
        next = m_start + m_call.timeout;
    }
    if (isStream() && m_hasHead && m_call.idleTimeout.count() > 0 && !m_isPaused) {
        next = m_lastByte + m_call.idleTimeout;
    }
    return next;
}

std::optional<Error> TransportCall::checkTime(TimePoint now) const
{
    const auto next = nextCheck();
    if (!next || now < *next) {
        return std::nullopt;
    }
    const auto url = parseServerUrl(m_call.url);
    const Text where = url ? Text::verbatim(url->hostPort()) : phrase("kube", "the server");
    if (isStream() && m_hasHead) {
        return Error {ErrorCode::Timeout, phrase("kube", "%1 sent nothing for %2 s").with(where, m_call.idleTimeout.count() / 1000)};
    }
    return Error {ErrorCode::Timeout, phrase("kube", "%1 did not answer within %2 ms").with(where, m_call.timeout.count())};
}

Error TransportCall::describe(CURLcode code) const
{
    const auto url = parseServerUrl(m_call.url);
    const Text where = url ? Text::verbatim(url->hostPort()) : phrase("kube", "the server");
    const std::string detail = m_errorText[0] != '\0' ? std::string(m_errorText) : std::string(m_api.curl_easy_strerror(code));
    const auto has = [&detail](std::string_view part) { return detail.find(part) != std::string::npos; };
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::Unreachable, phrase("kube", "the name of %1 can't be resolved; check the server's address and the network").with(where)};
    case CURLE_COULDNT_RESOLVE_PROXY:
        return {ErrorCode::Unreachable, phrase("kube", "the proxy's name can't be resolved (%1)").with(detail)};
    case CURLE_COULDNT_CONNECT:
        return {ErrorCode::Unreachable, phrase("kube", "no connection to %1 (%2)").with(where, detail)};
    case CURLE_OPERATION_TIMEDOUT:
        return {m_hasHead ? ErrorCode::Timeout : ErrorCode::Unreachable, phrase("kube", "no connection to %1 (%2)").with(where, detail)};
    case CURLE_PEER_FAILED_VERIFICATION:
        if (has("expired")) {
            return {ErrorCode::Unreachable, phrase("kube", "the certificate of %1 has expired; it must be renewed on the server").with(where)};
        }
        if (has("subject name") || has("alternative certificate")) {
            return {ErrorCode::Unreachable, phrase("kube", "the certificate of %1 is for another name (%2); tls-server-name may be needed").with(where, detail)};
        }
        return {ErrorCode::Unreachable,
                phrase("kube", "the certificate of %1 is not trusted (%2); check certificate-authority in the kubeconfig").with(where, detail)};
    case CURLE_SSL_CERTPROBLEM:
        return {ErrorCode::InvalidInput, phrase("kube", "the client certificate or key can't be used (%1)").with(detail)};
    case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::InvalidInput, phrase("kube", "certificate-authority holds no usable certificate (%1)").with(detail)};
    case CURLE_SSL_CONNECT_ERROR:
        if (has("wrong version number") || has("packet length")) {
            return {ErrorCode::Unreachable, phrase("kube", "%1 does not speak TLS; is the address right (https or http)?").with(where)};
        }
        return {ErrorCode::Unreachable, phrase("kube", "TLS with %1 failed (%2)").with(where, detail)};
    case CURLE_PARTIAL_FILE:
        return {ErrorCode::ProtocolViolation, phrase("kube", "the answer of %1 was cut off").with(where)};
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
        if (has("alert") || has("certificate")) {
            // The server looked at our certificate after the handshake (TLS 1.3).
            return {ErrorCode::Unauthorized, phrase("kube", "%1 refused the client certificate (%2)").with(where, detail)};
        }
        return m_hasHead ? Error {ErrorCode::ProtocolViolation, phrase("kube", "the answer of %1 was cut off (%2)").with(where, detail)}
                         : Error {ErrorCode::Unreachable, phrase("kube", "the connection to %1 was lost before it answered (%2)").with(where, detail)};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_BAD_CONTENT_ENCODING:
        return {ErrorCode::ProtocolViolation, phrase("kube", "%1 did not answer in HTTP (%2); is the address right?").with(where, detail)};
    case CURLE_URL_MALFORMAT:
        return {ErrorCode::InvalidInput, phrase("kube", "the server's address can't be used (%1)").with(detail)};
    default:
        return {ErrorCode::Unreachable, phrase("kube", "the exchange with %1 failed (%2)").with(where, detail)};
    }
}

Result<HttpAnswer> TransportCall::outcome(CURLcode code)
{
    if (m_stopReason) {
        return tl::unexpected(*m_stopReason);
    }
    if (code != CURLE_OK) {
        return tl::unexpected(describe(code));
    }
    return std::move(m_answer);
}

void TransportCall::finish(Result<HttpAnswer> result)
{
    if (auto done = std::exchange(m_done, nullptr)) {
        done(std::move(result));
    }
}

} // namespace fairway::kube
