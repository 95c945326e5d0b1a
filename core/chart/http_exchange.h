#pragma once

#include "core/base/curl_api.h"
#include "core/chart/http_client.h"

#include <string>
#include <string_view>

namespace fairway::chart {

/// One request and its answer, without following redirects: what libcurl is told and what it gives back.
/// Threads: one owner. `request` and what `head` says must outlive it.
class HttpExchange {
public:
    struct Head {
        std::string method;
        std::string url; ///< Without credentials.
        std::vector<HttpHeader> headers; ///< All of them, Authorization included.
        std::string proxy;
        std::string userAgent;
        std::chrono::milliseconds connectTimeout {0};
        std::chrono::milliseconds timeout {0}; ///< What is left of it; 0: none.
        bool sendsBody = true;
    };

    HttpExchange(const CurlApi &api, const HttpRequest &request, Head head);
    ~HttpExchange();
    HttpExchange(const HttpExchange &) = delete;
    HttpExchange &operator=(const HttpExchange &) = delete;

    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] CURL *handle() const { return m_easy; }
    [[nodiscard]] Result<HttpResponse> outcome(CURLcode code);

private:
    template <typename T>
    void set(CURLoption option, T value);
    void setTls();
    void setBody();
    [[nodiscard]] Result<void> setHeaders();
    [[nodiscard]] std::size_t takeHeaderLine(std::string_view line);
    [[nodiscard]] std::size_t takeBytes(std::string_view bytes);
    [[nodiscard]] std::size_t giveBytes(char *buffer, std::size_t size);
    [[nodiscard]] Error describe(CURLcode code) const;
    [[nodiscard]] std::string describeTls(std::string_view detail) const;
    [[nodiscard]] std::string dialled() const;

    static std::size_t onHeader(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onWrite(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onRead(char *data, std::size_t size, std::size_t count, void *self);
    static int onSeek(void *self, curl_off_t offset, int origin);
    static int onProgress(void *self, curl_off_t toReceive, curl_off_t received, curl_off_t toSend, curl_off_t sent);
    static curl_socket_t onOpenSocket(void *self, curlsocktype purpose, curl_sockaddr *address);

    const CurlApi &m_api;
    const HttpRequest &m_request;
    Head m_head;
    CURL *m_easy = nullptr;
    curl_slist *m_headerList = nullptr;
    HttpResponse m_response;
    std::optional<Error> m_stopReason;
    std::string m_peer; ///< Of the last connection tried: "127.0.0.1:80".
    std::uint64_t m_received = 0;
    std::uint64_t m_sent = 0; ///< Offset in the body.
    std::size_t m_headerBytes = 0;
    char m_errorText[CURL_ERROR_SIZE] = {};
};

} // namespace fairway::chart
