#pragma once

#include "core/proxy/exchange.h"
#include "core/proxy/traffic_table.h"

#include <memory>
#include <string>
#include <string_view>

namespace fairway::proxy {

class Worker;

/// A mirrored request: a copy that is sent beside the real one and whose answer nobody sees. What is slow to take it is cut off
/// rather than waited for: a mirror must not hold up what it mirrors.
/// Owned by the worker, which is told by Worker::retire() when it is over.
/// Threads: the worker's.
/// Source:  Envoy's router filter: the host gets "-shadow", the rest is as the route made it.
class Shadow final : public DownstreamStream {
public:
    /// `source` feeds it until the request is complete; it is told by Exchange::forget() when the shadow ends before.
    Shadow(Worker &worker, Exchange &source);

    /// May end it at once.
    void begin(std::shared_ptr<TrafficTable> table, TrafficTable::Leg &leg, const http::RequestHead &head);
    void sendBody(std::string_view bytes);
    /// The request is complete: the source is let go.
    void endRequest();
    void abandon();
    void checkAge(net::EventLoop::Clock::time_point now) { m_exchange.checkAge(now); }

    void sendInformational(const http::ResponseHead &) override { }
    void sendAnswerHead(const http::ResponseHead &) override { }
    void sendAnswerBody(std::string_view) override { }
    void endAnswer() override { end(); }
    void flushAnswer() override { }
    bool canTakeAnswer() const override { return true; }
    std::string clientAddress() const override { return {}; }
    void resumeRequest() override { }
    void answerLocally(int, std::span<const http::HeaderField>, std::string_view) override { end(); }
    void failAnswer(int, std::string_view) override { end(); }

private:
    void end();

    Worker &m_worker;
    Exchange *m_source;
    std::shared_ptr<TrafficTable> m_table; ///< Keeps the leg.
    std::string m_authority;
    Exchange m_exchange;
    bool m_isOver = false;
};

} // namespace fairway::proxy
