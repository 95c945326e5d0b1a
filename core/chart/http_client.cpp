#include "core/chart/http_client.h"

#include "core/base/base64.h"
#include "core/chart/chart_url.h"
#include "core/chart/go_text.h"
#include "core/chart/http_exchange.h"
#include "core/funcs/url.h"

#include <algorithm>
#include <unistd.h>

namespace fairway::chart {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int maxRedirects = 10; ///< As Go's.

std::string lowerCase(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return lower;
}

std::string portOf(const funcs::GoUrl &url)
{
    const std::size_t end = url.host.rfind(']');
    const std::size_t colon = url.host.rfind(':');
    if (colon != std::string::npos && (end == std::string::npos || colon > end))
        return url.host.substr(colon + 1);
    return url.scheme == "https" ? "443" : "80";
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percentDecoded(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            out += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

BasicAuth authOf(const funcs::GoUrl &url)
{
    const std::size_t colon = url.userInfo.find(':');
    const std::string_view text = url.userInfo;
    return {percentDecoded(text.substr(0, colon)), colon == std::string::npos ? std::string() : percentDecoded(text.substr(colon + 1))};
}

Result<funcs::GoUrl> parseTarget(std::string_view text)
{
    auto url = funcs::GoUrl::parse(text);
    if (!url)
        return fail(ErrorCode::InvalidInput, "not a URL"); // Go's own words quote it, password included.
    if (url->scheme != "http" && url->scheme != "https")
        return fail(ErrorCode::InvalidInput, "unsupported protocol scheme " + goQuoted(url->scheme));
    if (url->host.empty())
        return fail(ErrorCode::InvalidInput, "http: no Host in request URL");
    return std::move(*url);
}

/// What libcurl gets: no credentials, no fragment.
std::string plainUrl(funcs::GoUrl url)
{
    url.hasUserInfo = false;
    url.userInfo.clear();
    url.fragment.clear();
    if (url.path.empty())
        url.path = "/";
    return url.toString();
}

/// Whether what was meant for `first` may be told to `target`.
bool mayHaveCredentials(const funcs::GoUrl &first, const funcs::GoUrl &target)
{
    if (first.scheme == "https" && target.scheme != "https")
        return false;
    const std::string from = lowerCase(first.hostName());
    const std::string to = lowerCase(target.hostName());
    const bool isBelow = to == from || (from.find_first_of(":%") == std::string::npos && to.ends_with("." + from));
    const bool isUpgrade = portOf(first) == "80" && portOf(target) == "443";
    return isBelow && (portOf(first) == portOf(target) || isUpgrade);
}

bool isCredential(std::string_view headerName)
{
    const std::string name = lowerCase(headerName);
    return name == "authorization" || name == "cookie" || name == "cookie2" || name == "www-authenticate" || name == "proxy-authorization";
}

std::string operation(std::string_view method)
{
    return method.empty() ? "Get" : std::string(method.substr(0, 1)) + lowerCase(method.substr(1));
}

/// Refused before connecting: curl would name neither file.
Result<void> checkFiles(const HttpTls &tls)
{
    for (const std::string *file : {&tls.caFile, &tls.certificateFile, &tls.keyFile}) {
        if (!file->empty() && ::access(file->c_str(), R_OK) != 0)
            return fail(ErrorCode::InvalidInput, "can't read the file " + *file);
    }
    return {};
}

std::vector<HttpHeader> headersOf(const HttpRequest &request, const std::optional<BasicAuth> &fromUrl)
{
    std::vector<HttpHeader> headers = request.headers;
    const bool hasOwn = std::any_of(headers.begin(), headers.end(), [](const HttpHeader &h) { return lowerCase(h.name) == "authorization"; });
    const std::optional<BasicAuth> &basic = request.basicAuth ? request.basicAuth : fromUrl;
    if (hasOwn)
        return headers;
    if (!request.bearer.empty())
        headers.push_back({"Authorization", "Bearer " + request.bearer});
    else if (basic)
        headers.push_back({"Authorization", "Basic " + encodeBase64(basic->user + ":" + basic->password)});
    return headers;
}

void dropCredentials(std::vector<HttpHeader> &headers)
{
    std::erase_if(headers, [](const HttpHeader &header) { return isCredential(header.name); });
}

} // namespace

std::string withoutPassword(std::string_view text)
{
    const std::size_t scheme = text.find("://");
    const std::size_t begin = scheme == std::string_view::npos ? 0 : scheme + 3;
    const std::string_view authority = text.substr(begin, text.find_first_of("/?#", begin) - begin);
    const std::size_t at = authority.rfind('@');
    if (at == std::string_view::npos)
        return std::string(text);
    const std::size_t colon = authority.substr(0, at).find(':');
    const std::string_view user = authority.substr(0, std::min(colon, at));
    return std::string(text.substr(0, begin)) + std::string(user) + (colon == std::string_view::npos ? "" : ":xxxxx")
        + std::string(text.substr(begin + at));
}

std::string_view HttpResponse::header(std::string_view name) const
{
    for (const HttpHeader &header : headers) {
        if (header.name == name)
            return header.value;
    }
    return {};
}

/// libcurl's multi handle, which holds the connections.
class HttpClient::Session {
public:
    explicit Session(const CurlApi &api)
        : m_api(api)
        , m_multi(api.curl_multi_init())
    {
        m_api.curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, 8L);
    }
    ~Session() { m_api.curl_multi_cleanup(m_multi); }
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] const CurlApi &api() const { return m_api; }

    [[nodiscard]] CURLcode run(CURL *easy, const CancelToken &cancel)
    {
        const CancelToken::Registration waking = cancel.onCancel([this] { m_api.curl_multi_wakeup(m_multi); });
        m_api.curl_multi_add_handle(m_multi, easy);
        CURLcode code = CURLE_OK;
        int running = 1;
        while (running > 0 && !cancel.isCancelled()) {
            if (m_api.curl_multi_perform(m_multi, &running) != CURLM_OK)
                break;
            if (running > 0)
                m_api.curl_multi_poll(m_multi, nullptr, 0, 1000, nullptr);
        }
        if (running > 0)
            code = CURLE_ABORTED_BY_CALLBACK;
        int left = 0;
        while (const CURLMsg *message = m_api.curl_multi_info_read(m_multi, &left)) {
            if (message->msg == CURLMSG_DONE && message->easy_handle == easy)
                code = message->data.result;
        }
        m_api.curl_multi_remove_handle(m_multi, easy);
        return code;
    }

private:
    const CurlApi &m_api;
    CURLM *m_multi;
};

HttpClient::HttpClient(HttpClientOptions options)
    : m_options(std::move(options))
{
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient &&) noexcept = default;
HttpClient &HttpClient::operator=(HttpClient &&) noexcept = default;

Result<HttpResponse> HttpClient::send(const HttpRequest &request)
{
    const auto failed = [&](std::string_view url, const Error &error) -> Result<HttpResponse> {
        if (error.code == ErrorCode::Cancelled)
            return tl::unexpected(error);
        return fail(error.code, operation(request.method) + " " + goQuoted(withoutPassword(url)) + ": " + error.message);
    };
    if (!m_session) {
        const Result<const CurlApi *> api = CurlApi::load();
        if (!api)
            return tl::unexpected(api.error());
        m_session = std::make_unique<Session>(**api);
    }
    Result<funcs::GoUrl> asked = parseTarget(request.url);
    if (!asked)
        return failed(request.url, asked.error());
    if (const Result<void> readable = checkFiles(request.tls); !readable)
        return failed(request.url, readable.error());

    std::optional<BasicAuth> fromUrl;
    if (asked->hasUserInfo)
        fromUrl = authOf(*asked);
    std::vector<HttpHeader> headers = headersOf(request, fromUrl);
    const UrlRewrite *rewrite = nullptr;
    for (const UrlRewrite &candidate : m_options.rewrites) {
        if (request.url.starts_with(candidate.from) && (rewrite == nullptr || candidate.from.size() > rewrite->from.size()))
            rewrite = &candidate;
    }
    if (rewrite != nullptr) {
        Result<funcs::GoUrl> mirror = parseTarget(rewrite->to + request.url.substr(rewrite->from.size()));
        if (!mirror)
            return failed(rewrite->to, mirror.error());
        if (!mayHaveCredentials(*asked, *mirror))
            dropCredentials(headers);
        if (mirror->hasUserInfo) {
            dropCredentials(headers);
            const BasicAuth own = authOf(*mirror);
            headers.push_back({"Authorization", "Basic " + encodeBase64(own.user + ":" + own.password)});
        }
        asked = std::move(mirror);
    }

    const Clock::time_point end = Clock::now() + request.timeout;
    const funcs::GoUrl first = *asked;
    funcs::GoUrl target = std::move(*asked);
    HttpExchange::Head head;
    head.method = request.method;
    head.userAgent = m_options.userAgent;
    head.connectTimeout = m_options.connectTimeout;
    for (int redirects = 0;; ++redirects) {
        head.url = plainUrl(target);
        head.headers = headers;
        head.proxy = m_options.proxies.proxyFor(target.scheme, target.hostName(), portOf(target));
        if (request.timeout.count() > 0) {
            head.timeout = std::max(std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()), std::chrono::milliseconds(1));
        }
        HttpExchange exchange(m_session->api(), request, head);
        if (const Result<void> ready = exchange.prepare(); !ready)
            return failed(head.url, ready.error());
        Result<HttpResponse> response = exchange.outcome(m_session->run(exchange.handle(), request.cancel));
        if (!response)
            return failed(head.url, response.error());
        const int status = response->status;
        const bool isRedirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
        const std::string_view location = response->header("location");
        if (!request.followRedirects || !isRedirect || location.empty())
            return response;
        if (redirects + 1 >= maxRedirects)
            return failed(head.url, {ErrorCode::LimitExceeded, "stopped after 10 redirects"});
        const Result<std::string> resolved = resolveUrl(head.url, location);
        if (!resolved)
            return failed(head.url, {ErrorCode::ProtocolViolation, "failed to parse Location header"});
        Result<funcs::GoUrl> next = parseTarget(*resolved);
        if (!next)
            return failed(head.url, next.error());
        if (status <= 303 && head.method != "HEAD" && head.method != "GET") {
            head.method = "GET";
            head.sendsBody = false;
            std::erase_if(headers, [](const HttpHeader &header) { return lowerCase(header.name).starts_with("content-"); });
        }
        if (!mayHaveCredentials(first, *next))
            dropCredentials(headers); // For good: coming back to the first host doesn't bring them back, as in Go.
        target = std::move(*next);
    }
}

} // namespace fairway::chart
