#pragma once

#include "core/base/curl_api.h"
#include "core/kube/transport.h"

#include <chrono>
#include <optional>
#include <string>

namespace fairway::kube {

/// One exchange of the transport and its curl handle, retries included. Lives in the transport's thread.
class TransportCall {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    TransportCall(const CurlApi &api, CallId id, HttpCall call, Transport::Done done, TimePoint now);
    ~TransportCall();
    TransportCall(const TransportCall &) = delete;
    TransportCall &operator=(const TransportCall &) = delete;

    [[nodiscard]] CallId id() const { return m_id; }
    [[nodiscard]] bool isStream() const { return static_cast<bool>(m_call.onBytes); }
    [[nodiscard]] CURL *handle() const { return m_easy; }

    /// Makes a fresh curl handle for the next attempt. An error is final.
    [[nodiscard]] Result<void> prepare(const TransportOptions &options);
    /// After the attempt ended: how long to wait before the next one, or nullopt when this one's outcome stands.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retryDelay(CURLcode code, TimePoint now) const;
    void countAttempt()
    {
        ++m_attempt;
        m_hasHead = false;
    }
    [[nodiscard]] Result<HttpAnswer> outcome(CURLcode code);
    void finish(Result<HttpAnswer> result);
    /// Frees the handle; it must not be in a multi handle.
    void release();

    /// The next moment at which checkTime() may have something to say.
    [[nodiscard]] std::optional<TimePoint> nextCheck() const;
    /// Timeout when the deadline or the idle time has passed.
    [[nodiscard]] std::optional<Error> checkTime(TimePoint now) const;

    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    void unpause(TimePoint now);
    [[nodiscard]] std::uint64_t bytesIn() const { return m_bytesIn; }

private:
    static std::size_t onHeaderLine(char *data, std::size_t size, std::size_t count, void *self);
    static std::size_t onBody(char *data, std::size_t size, std::size_t count, void *self);
    std::size_t takeHeaderLine(std::string_view line);
    std::size_t takeBody(std::string_view bytes);
    [[nodiscard]] bool isSuccess() const { return m_answer.status >= 200 && m_answer.status < 300; }
    [[nodiscard]] Error describe(CURLcode code) const;
    void setUpTls(const Endpoint &endpoint);

    const CurlApi &m_api;
    const CallId m_id;
    HttpCall m_call;
    Transport::Done m_done;
    const TimePoint m_start;
    TimePoint m_lastByte;
    CURL *m_easy = nullptr;
    curl_slist *m_headerList = nullptr;
    curl_slist *m_connectTo = nullptr;
    char m_errorText[CURL_ERROR_SIZE] = {};
    HttpAnswer m_answer;
    std::size_t m_headerBytes = 0;
    std::uint64_t m_bytesIn = 0;
    std::optional<Error> m_stopReason; ///< Why a callback ended the exchange.
    int m_attempt = 0;
    bool m_hasHead = false;
    bool m_isPaused = false;
};

} // namespace fairway::kube
