#pragma once

#include "core/http/request_parser.h"
#include "core/http/response_parser.h"
#include "core/net/event_loop.h"
#include "core/proxy/counters.h"
#include "core/proxy/traffic_table.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::proxy {

class Exchange;
class Worker;
struct DestinationCounters;
struct EndpointState;

/// The client's side of one request, whatever the protocol: an HTTP/1.1 connection, later a stream of an HTTP/2 one.
/// Views and heads are valid during the call only. flushAnswer() follows a batch of calls.
class DownstreamStream {
public:
    virtual void sendInformational(const http::ResponseHead &head) = 0;
    virtual void sendAnswerHead(const http::ResponseHead &head) = 0;
    virtual void sendAnswerBody(std::string_view bytes) = 0;
    /// The answer is complete (flushes too). The stream may start its next exchange right here.
    virtual void endAnswer() = 0;
    virtual void flushAnswer() = 0;
    /// False: what waits for the client is over its bound; Exchange::resumeAnswer() tells when it no longer is.
    [[nodiscard]] virtual bool canTakeAnswer() const = 0;
    /// "10.0.0.1:4711"; asks the kernel.
    [[nodiscard]] virtual std::string clientAddress() const = 0;
    /// The endpoint takes bytes of the request's body again.
    virtual void resumeRequest() = 0;
    /// The proxy answers itself: with these fields (framing is added) and exactly this body.
    virtual void answerLocally(int status, std::span<const http::HeaderField> fields, std::string_view body) = 0;
    /// No answer is coming: make one up (`status`, one sentence), or cut the one that has begun.
    virtual void failAnswer(int status, std::string_view why) = 0;

protected:
    ~DownstreamStream() = default;
};

/// The endpoint's side of one request. Ends by exactly one of Exchange's onAnswerEnd(), onUpstreamFailed(), or by abandon().
class UpstreamStream {
public:
    virtual void sendHead(const http::RequestHead &head, std::string *replay) = 0;
    /// A head kept by sendHead() of another try.
    virtual void sendReplay(std::string_view replay) = 0;
    virtual void sendBody(std::string_view bytes) = 0;
    virtual void endRequest() = 0;
    virtual void flushRequest() = 0;
    [[nodiscard]] virtual bool canTakeBody() const = 0;
    virtual void resumeAnswer() = 0;
    /// The client is gone: drop the request. No call follows.
    virtual void abandon() = 0;
    [[nodiscard]] virtual bool isConnecting() const = 0;

protected:
    ~UpstreamStream() = default;
};

enum class UpstreamFailure {
    Connect,  ///< No connection: 503.
    Closed,   ///< The connection ended before the answer did: 502.
    Protocol, ///< The answer is malformed: 502.
};

class RoutedRequest;
class Shadow;

/// One request on its way: chooses route, destination and endpoint, counts, times, retries once on a dead pooled connection.
/// With Traffic it does what the rule says besides (exchange_routed.cpp): a request may then wait for a fault's delay or between
/// two tries, and be sent several times.
/// Knows no protocol: heads come parsed and are rebuilt by the other side, so nothing a client wrote is copied through.
/// Lives inside its downstream stream and is used for one request after another.
/// Threads: the worker's.
class Exchange {
public:
    /// `listener`: which of the configuration's the requests come in at.
    Exchange(Worker &worker, DownstreamStream &downstream, std::size_t listener = 0);
    [[nodiscard]] std::size_t listener() const { return m_listener; }
    ~Exchange();
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    // --- from the client's side
    /// False: there is no upstream; failAnswer() has been called, or a direct response was sent.
    [[nodiscard]] bool begin(const http::RequestHead &head);
    /// A mirrored request to this leg, as it is; its end is told as that of any other.
    void beginShadow(TrafficTable::Leg &leg, const http::RequestHead &head);
    void sendBody(std::string_view bytes);
    void endRequest();
    void flushRequest();
    [[nodiscard]] bool canTakeBody() const;
    void resumeAnswer();
    /// The client is gone.
    void abandon();
    /// Enforces the timeouts; called now and then.
    void checkAge(net::EventLoop::Clock::time_point now);

    [[nodiscard]] bool isActive() const { return m_upstream != nullptr || m_isWaiting; }
    [[nodiscard]] bool isRequestDone() const { return m_isRequestDone; }
    [[nodiscard]] bool hasAnswerBegun() const { return m_hasHead; }

    /// A mirrored copy ended before the request did.
    void forget(Shadow &shadow);

    // --- from the endpoint's side
    void onInformational(const http::ResponseHead &head);
    void onAnswerHead(const http::ResponseHead &head);
    void onAnswerBody(std::string_view bytes);
    /// The upstream has let go of the exchange before it calls this.
    void onAnswerEnd();
    void onUpstreamFailed(UpstreamFailure failure, bool isStale);
    void onBatchEnd();
    void onUpstreamDrained();
    [[nodiscard]] bool canTakeAnswer() const { return m_downstream.canTakeAnswer(); }
    [[nodiscard]] bool asksForUpgrade() const { return m_asksForUpgrade; }
    [[nodiscard]] bool isHead() const { return m_isHead; }

private:
    void finish(int statusClass);
    void fail(int status, std::string_view why);

    // --- with Traffic: what the rule says besides where requests go
    [[nodiscard]] bool beginRouted(const http::RequestHead &head);
    [[nodiscard]] bool goOn();
    [[nodiscard]] bool send(bool mayReuse);
    void sendAgainLater();
    void afterRequestSent();
    [[nodiscard]] bool isTriedAgain(UpstreamFailure failure);
    void answerRouted(int status);
    void onTryTimeout();
    void stopWaiting();
    void startShadows();
    void endShadows();

    Worker &m_worker;
    DownstreamStream &m_downstream;
    std::size_t m_listener;
    UpstreamStream *m_upstream = nullptr;
    DestinationCounters *m_counters = nullptr;
    EndpointState *m_endpoint = nullptr;
    std::vector<Shadow *> m_shadows; ///< Mirrored copies that still get this request's body.
    std::string m_replay; ///< The head as sent, for a second try; empty when there must be none.
    std::unique_ptr<RoutedRequest> m_routed; ///< Made for the first request that Traffic takes, used again.
    net::EventLoop::Clock::time_point m_started;
    net::EventLoop::Clock::time_point m_tryStarted;
    net::EventLoop::Clock::time_point m_progress;
    int m_statusClass = 0;
    bool m_isIdempotent = false;
    bool m_isRequestDone = false;
    bool m_hasHead = false;
    bool m_hasBody = false;
    bool m_isHead = false;
    bool m_asksForUpgrade = false;
    bool m_isTunnel = false;
    bool m_isRetried = false;
    bool m_isRouted = false;  ///< m_routed is about the present request.
    bool m_isWaiting = false; ///< For a timer, without upstream.
};

} // namespace fairway::proxy
