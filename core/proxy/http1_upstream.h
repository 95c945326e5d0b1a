#pragma once

#include "core/http/body_decoder.h"
#include "core/http/response_parser.h"
#include "core/net/event_loop.h"
#include "core/proxy/exchange.h"
#include "core/proxy/outlet.h"

#include <memory>
#include <string>

namespace fairway::proxy {

/// An HTTP/1.1 connection to an endpoint: carries one request at a time, waits in its endpoint's pool between them.
/// Owned by the worker, which is told by Worker::retire() when it is over.
class Http1Upstream final : public UpstreamStream, private net::Watcher {
public:
    Http1Upstream(Worker &worker, EndpointState &endpoint, net::FileDescriptor fd);
    ~Http1Upstream();

    /// False: could not be watched.
    [[nodiscard]] bool start();
    /// Takes an exchange; the connection is new or comes from the pool.
    void bind(Exchange &exchange, DestinationCounters &counters, bool isReused);
    /// Asks the kernel whether a pooled connection has ended meanwhile: for requests that must not be sent twice.
    [[nodiscard]] bool isStillOpen() const;
    /// Ends a pooled connection.
    void closeIdle();
    [[nodiscard]] DestinationCounters *lastCounters() const { return m_counters; }
    [[nodiscard]] net::EventLoop::Clock::time_point idleSince() const { return m_idleSince; }

    void sendHead(const http::RequestHead &head, std::string *replay) override;
    void sendReplay(std::string_view replay) override;
    void sendBody(std::string_view bytes) override;
    void endRequest() override;
    void flushRequest() override;
    bool canTakeBody() const override;
    void resumeAnswer() override;
    void abandon() override;
    bool isConnecting() const override { return m_state == State::Connecting; }

private:
    enum class State : std::uint8_t { Connecting, Busy, Idle, Closed };

    void handleEvents(std::uint32_t events);
    void handleConnected();
    void readAnswer();
    bool readOnce();
    bool process(std::string_view bytes); ///< False: the exchange is over.
    bool processHead(std::string_view bytes, std::size_t &at, bool &isComplete);
    void keepRest(std::string_view bytes, std::size_t from);
    void finish(bool hasSurplus);
    void handleEnd();
    void fail(UpstreamFailure failure);
    void close();

    Worker &m_worker;
    EndpointState &m_endpoint;
    net::FileDescriptor m_fd;
    Outlet m_outlet;
    Exchange *m_exchange = nullptr;
    DestinationCounters *m_counters = nullptr;
    std::string m_rest; ///< An incomplete head.
    std::unique_ptr<http::ResponseParser> m_parser; ///< Only while a head is incomplete; else the worker's is used.
    http::BodyDecoder m_decoder;
    net::EventLoop::Clock::time_point m_idleSince;
    std::uint64_t m_countedSent = 0;
    std::uint16_t m_informationals = 0;
    State m_state = State::Connecting;
    bool m_isReadable = false;
    bool m_isPeerDone = false;
    bool m_hasHead = false;
    bool m_hasBytes = false;
    bool m_isReused = false;
    bool m_isChunkedRequest = false;
    bool m_isRequestDone = false;
    bool m_isKeepAlive = false;
    bool m_isTunnel = false;
};

} // namespace fairway::proxy
