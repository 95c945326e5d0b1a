#include "core/proxy/exchange.h"

#include "core/proxy/routed_request.h"
#include "core/proxy/shadow.h"
#include "core/proxy/worker.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace fairway::proxy {

namespace {

/// RFC 9110, section 9.2.2.
bool isIdempotent(std::string_view method)
{
    constexpr std::array<std::string_view, 6> methods {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

} // namespace

Exchange::Exchange(Worker &worker, DownstreamStream &downstream, std::size_t listener)
    : m_worker(worker)
    , m_downstream(downstream)
    , m_listener(listener)
{
}

Exchange::~Exchange()
{
    abandon();
}

bool Exchange::begin(const http::RequestHead &head)
{
    m_worker.counters().requests.add();
    m_started = m_tryStarted = m_progress = m_worker.loop().now();
    m_hasBody = head.framing != http::BodyFraming {} && head.framing != http::BodyFraming {http::BodyKind::Length, 0};
    m_isIdempotent = isIdempotent(head.method);
    m_isHead = head.isHead;
    m_asksForUpgrade = head.hasUpgrade;
    m_isRequestDone = m_hasHead = m_isTunnel = m_isRetried = false;
    m_statusClass = 0;
    m_replay.clear();
    m_isRouted = m_worker.table().traffic() != nullptr;
    if (m_isRouted) {
        return beginRouted(head);
    }

    RouteTable::RouteState *const route = m_worker.table().find(head);
    if (route == nullptr) {
        m_worker.counters().noRoute.add();
        m_downstream.failAnswer(404, "no route matches this request");
        return false;
    }
    if (route->route->directResponse) {
        m_downstream.failAnswer(route->route->directResponse->status, route->route->directResponse->body);
        return false;
    }
    const int leg = route->splitter.pick();
    if (leg < 0) {
        m_downstream.failAnswer(503, "every destination of the route has weight 0");
        return false;
    }
    RouteTable::DestinationState &destination = route->destinations[static_cast<std::size_t>(leg)];
    m_counters = destination.counters;
    m_counters->requests.add();
    if (destination.endpoints.empty()) {
        m_counters->unavailable.add();
        m_counters->byClass[0].add();
        m_downstream.failAnswer(503, "the destination has no endpoint");
        return false;
    }
    if (++destination.next >= destination.endpoints.size()) {
        destination.next = 0;
    }
    m_endpoint = destination.endpoints[destination.next];
    m_counters->active.add();
    const bool mayRepeat = m_isIdempotent && !m_hasBody;
    bool isReused = false;
    Http1Upstream *const upstream = m_worker.connection(*m_endpoint, true, !mayRepeat, isReused);
    if (upstream == nullptr) {
        m_counters->connectFailures.add();
        fail(503, "no connection to the destination");
        return false;
    }
    m_upstream = upstream;
    upstream->bind(*this, *m_counters, isReused);
    m_upstream->sendHead(head, isReused && mayRepeat ? &m_replay : nullptr);
    return true;
}

void Exchange::sendBody(std::string_view bytes)
{
    m_progress = m_worker.loop().now();
    if (m_isRouted) {
        m_routed->keepBody(bytes, m_isWaiting);
        for (std::size_t i = m_shadows.size(); i-- > 0;) { // from behind: one that ends here goes from the list
            m_shadows[i]->sendBody(bytes);
        }
    }
    if (m_upstream != nullptr) {
        m_upstream->sendBody(bytes);
        if (!m_shadows.empty()) {
            m_upstream->flushRequest(); // before the shadows' next piece: the worker gathers for one connection at a time
        }
    }
}

void Exchange::endRequest()
{
    m_isRequestDone = true;
    m_progress = m_worker.loop().now();
    if (!m_shadows.empty()) {
        endShadows();
    }
    if (m_upstream != nullptr) {
        m_upstream->endRequest();
        if (m_isRouted) {
            afterRequestSent();
        }
    }
}

void Exchange::flushRequest()
{
    if (m_upstream != nullptr) {
        m_upstream->flushRequest();
    }
}

bool Exchange::canTakeBody() const
{
    return m_upstream == nullptr ? !m_isWaiting : m_upstream->canTakeBody();
}

void Exchange::resumeAnswer()
{
    m_progress = m_worker.loop().now();
    if (m_upstream != nullptr) {
        m_upstream->resumeAnswer();
    }
}

void Exchange::abandon()
{
    if (m_isWaiting) {
        finish(m_statusClass); // cancels what it waits for
        return;
    }
    if (UpstreamStream *const upstream = std::exchange(m_upstream, nullptr)) {
        finish(m_statusClass);
        upstream->abandon();
    }
}

void Exchange::checkAge(net::EventLoop::Clock::time_point now)
{
    if (m_upstream == nullptr) {
        return;
    }
    const ProxyTimeouts &timeouts = m_worker.config().timeouts;
    const auto quiet = now - m_progress;
    const char *why = nullptr;
    if (m_upstream->isConnecting()) {
        why = now - m_tryStarted > timeouts.connect ? "the destination did not accept the connection in time" : nullptr;
    } else if (m_isRequestDone && !m_hasHead) {
        why = quiet > timeouts.response ? "the destination did not answer in time" : nullptr;
    } else if (quiet > timeouts.streamIdle) {
        why = "nothing moved for too long";
    }
    if (why != nullptr) {
        m_counters->timeouts.add();
        std::exchange(m_upstream, nullptr)->abandon();
        fail(504, why);
    }
}

void Exchange::onInformational(const http::ResponseHead &head)
{
    m_progress = m_worker.loop().now();
    m_downstream.sendInformational(head);
}

void Exchange::onAnswerHead(const http::ResponseHead &head)
{
    m_progress = m_worker.loop().now();
    if (m_isRouted && m_routed->wantsAnotherTry(head, m_isRequestDone)) {
        return; // what follows of this answer is dropped
    }
    m_hasHead = true;
    m_statusClass = std::min(head.status / 100, 5);
    m_isTunnel = head.status == 101;
    m_replay.clear();
    m_downstream.sendAnswerHead(m_isRouted ? m_routed->edited(head) : head);
}

void Exchange::onAnswerBody(std::string_view bytes)
{
    m_progress = m_worker.loop().now();
    if (m_isRouted && m_routed->isDropping()) {
        return;
    }
    m_downstream.sendAnswerBody(bytes);
}

void Exchange::onAnswerEnd()
{
    m_upstream = nullptr;
    if (m_isRouted && m_routed->isDropping()) {
        sendAgainLater();
        return;
    }
    finish(m_statusClass);
    m_downstream.endAnswer();
}

void Exchange::onUpstreamFailed(UpstreamFailure failure, bool isStale)
{
    m_upstream = nullptr;
    if (m_isRouted) {
        const bool isResent = isStale && !m_isRetried && m_isIdempotent && !m_hasBody;
        if (isResent) {
            m_isRetried = true;
            m_counters->retries.add();
        }
        if (isResent ? send(false) : isTriedAgain(failure)) {
            return;
        }
        if (isResent) {
            return; // send() has told the client
        }
    }
    if (isStale && !m_isRetried && !m_replay.empty()) {
        m_isRetried = true;
        m_counters->retries.add();
        bool isReused = false;
        if (Http1Upstream *const upstream = m_worker.connection(*m_endpoint, false, false, isReused)) {
            m_upstream = upstream;
            upstream->bind(*this, *m_counters, false);
            m_upstream->sendReplay(m_replay);
            m_upstream->endRequest();
            m_upstream->flushRequest();
            return;
        }
        failure = UpstreamFailure::Connect;
    }
    switch (failure) {
    case UpstreamFailure::Connect:
        m_counters->connectFailures.add();
        fail(503, "no connection to the destination");
        return;
    case UpstreamFailure::Closed:
        m_counters->resets.add();
        fail(502, "the destination closed the connection before the answer was complete");
        return;
    case UpstreamFailure::Protocol:
        m_counters->resets.add();
        fail(502, "the destination's answer is not valid HTTP");
        return;
    }
}

void Exchange::onBatchEnd()
{
    m_downstream.flushAnswer();
}

void Exchange::onUpstreamDrained()
{
    m_progress = m_worker.loop().now();
    m_downstream.resumeRequest();
}

void Exchange::finish(int statusClass)
{
    if (m_isRouted) {
        stopWaiting();
        while (!m_shadows.empty()) {
            m_shadows.back()->abandon(); // half a request is none
        }
    }
    m_counters->active.subtract();
    m_counters->byClass[static_cast<std::size_t>(statusClass)].add();
    if (!m_isTunnel) {
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(m_worker.loop().now() - m_started);
        m_counters->latency.record(static_cast<std::uint64_t>(std::max<std::int64_t>(took.count(), 0)));
    }
}

void Exchange::fail(int status, std::string_view why)
{
    finish(m_statusClass);
    m_downstream.failAnswer(status, why);
}

} // namespace fairway::proxy
