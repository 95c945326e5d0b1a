#include "core/proxy/exchange.h"
#include "core/proxy/routed_request.h"
#include "core/proxy/shadow.h"
#include "core/proxy/worker.h"

#include <algorithm>
#include <utility>

/// Exchange with Traffic. The order is Envoy's: CORS, the fault's delay, its abort, then the router with redirect, direct answer or
/// the way upstream, which may be taken several times.
namespace fairway::proxy {

bool Exchange::beginRouted(const http::RequestHead &head)
{
    if (m_routed == nullptr) {
        m_routed = std::make_unique<RoutedRequest>();
    }
    RoutedRequest &request = *m_routed;
    request.take(m_worker.table().traffic(), head, m_downstream, m_listener, m_hasBody);
    const route::Decision &decision = request.verdict().decision;
    if (request.verdict().rule == nullptr) {
        const int status = request.verdict().effects.status;
        m_worker.counters().noRoute.add();
        m_counters = nullptr;
        if (decision.outcome == route::Outcome::TlsRequired) {
            m_downstream.answerLocally(status, request.ownFields(false), {});
        } else if (status == 404) {
            m_downstream.failAnswer(404, decision.outcome == route::Outcome::NoVirtualHost ? "no host of the routes fits" : "no route matches this request");
        } else {
            m_downstream.failAnswer(502, "the routes do not say where this request goes");
        }
        return false;
    }
    m_counters = request.verdict().leg == nullptr ? request.verdict().rule->own : request.verdict().leg->counters;
    m_counters->requests.add();
    m_counters->active.add();
    const route::RouteAction &action = *request.action();
    const bool isForwarded = decision.outcome == route::Outcome::Forwarded && !request.verdict().effects.isPreflight;
    if (isForwarded && action.fault && action.fault->delay.count() > 0 && request.table().happens(action.fault->delayPercent)) {
        m_isWaiting = true;
        request.waitTimer = m_worker.loop().startTimer(action.fault->delay, [this] {
            m_routed->waitTimer = 0;
            m_isWaiting = false;
            if (goOn()) {
                m_downstream.resumeRequest(); // the rest of the body
            }
        });
        return true;
    }
    return goOn();
}

/// False: the client has its answer.
bool Exchange::goOn()
{
    RoutedRequest &request = *m_routed;
    const route::Effects &effects = request.verdict().effects;
    const route::RouteAction &action = *request.action();
    if (effects.status != 0) {
        answerRouted(effects.status);
        return false;
    }
    if (action.fault && request.table().happens(action.fault->abortPercent)) {
        answerRouted(action.fault->httpStatus != 0 ? action.fault->httpStatus : 200); // gRPC's errors travel in fields
        return false;
    }
    if (request.verdict().leg == nullptr) {
        fail(503, "every destination of the route has weight 0");
        return false;
    }
    if (!request.isHeadGood()) {
        fail(500, "the route rewrites the request to one that can't be sent");
        return false;
    }
    startShadows();
    return send(true);
}

void Exchange::startShadows()
{
    RoutedRequest &request = *m_routed;
    const std::vector<route::MirrorTarget> &mirrors = request.action()->mirrors;
    for (std::size_t i = 0; i < mirrors.size(); ++i) {
        TrafficTable::Leg &leg = request.verdict().rule->mirrors[i];
        if (!request.table().happens(mirrors[i].percent)) {
            continue;
        }
        Shadow *const shadow = m_worker.shadow(*this);
        if (shadow == nullptr) {
            leg.counters->unavailable.add(); // too many at once
            continue;
        }
        m_shadows.push_back(shadow);
        shadow->begin(request.sharedTable(), leg, request.headFor(mirrors[i]));
    }
    // What waited for a fault's delay is there already.
    for (std::size_t i = m_shadows.size(); i-- > 0 && !request.body().empty();) {
        m_shadows[i]->sendBody(request.body());
    }
    if (m_isRequestDone) {
        endShadows();
    }
}

void Exchange::endShadows()
{
    for (Shadow *const shadow : std::exchange(m_shadows, {})) {
        shadow->endRequest();
    }
}

void Exchange::forget(Shadow &shadow)
{
    std::erase(m_shadows, &shadow);
}

void Exchange::beginShadow(TrafficTable::Leg &leg, const http::RequestHead &head)
{
    m_started = m_tryStarted = m_progress = m_worker.loop().now();
    m_hasBody = head.framing != http::BodyFraming {} && head.framing != http::BodyFraming {http::BodyKind::Length, 0};
    m_isIdempotent = false; // never sent twice
    m_isHead = head.isHead;
    m_asksForUpgrade = false;
    m_counters = leg.counters;
    m_counters->requests.add();
    m_counters->active.add();
    m_endpoint = leg.take();
    if (m_endpoint == nullptr) {
        m_counters->unavailable.add();
        fail(503, "the mirror has no endpoint");
        return;
    }
    bool isReused = false;
    Http1Upstream *const upstream = m_worker.connection(*m_endpoint, true, true, isReused);
    if (upstream == nullptr) {
        m_counters->connectFailures.add();
        fail(503, "no connection to the mirror");
        return;
    }
    m_upstream = upstream;
    upstream->bind(*this, *m_counters, isReused);
    m_upstream->sendHead(head, nullptr);
    m_upstream->flushRequest(); // the memory for heads is the worker's: it serves one connection at a time
}

void Exchange::answerRouted(int status)
{
    m_statusClass = std::clamp(status / 100, 0, 5);
    const std::string body = m_routed->verdict().effects.body;
    const auto fields = m_routed->ownFields(!body.empty());
    const std::vector<http::HeaderField> kept(fields.begin(), fields.end());
    finish(m_statusClass);
    m_downstream.answerLocally(status, kept, body);
}

/// One try. False: there is none; the client has its answer, or another try is on its way.
bool Exchange::send(bool mayReuse)
{
    RoutedRequest &request = *m_routed;
    m_tryStarted = m_progress = m_worker.loop().now();
    m_endpoint = request.verdict().leg->take();
    if (m_endpoint == nullptr) {
        m_counters->unavailable.add();
        fail(503, "the destination has no endpoint");
        return false;
    }
    bool isReused = false;
    const bool mayRepeat = m_isIdempotent && !m_hasBody;
    Http1Upstream *const upstream = m_worker.connection(*m_endpoint, mayReuse, !mayRepeat, isReused);
    if (upstream == nullptr) {
        if (isTriedAgain(UpstreamFailure::Connect)) {
            return true;
        }
        m_counters->connectFailures.add();
        fail(503, "no connection to the destination");
        return false;
    }
    m_upstream = upstream;
    upstream->bind(*this, *m_counters, isReused);
    m_upstream->sendHead(request.head(), nullptr);
    if (!request.body().empty()) {
        m_upstream->sendBody(request.body());
    }
    if (m_isRequestDone) {
        m_upstream->endRequest();
        afterRequestSent();
    }
    m_upstream->flushRequest();
    request.noteSent(); // only now: until the flush the body is looked at where it lies
    return true;
}

/// Both of Envoy's timeouts begin when the whole request is on its way.
void Exchange::afterRequestSent()
{
    RoutedRequest &request = *m_routed;
    const route::RouteAction &action = *request.action();
    if (action.timeout.count() > 0 && request.totalTimer == 0) {
        request.totalTimer = m_worker.loop().startTimer(action.timeout, [this] {
            m_routed->totalTimer = 0;
            m_counters->timeouts.add();
            if (m_upstream != nullptr) {
                std::exchange(m_upstream, nullptr)->abandon();
            }
            fail(504, "upstream request timeout");
        });
    }
    const auto perTry = action.retry && action.retry->perTryTimeout.count() > 0 ? action.retry->perTryTimeout : action.backendTimeout;
    if (perTry.count() > 0 && request.tryTimer == 0) {
        request.tryTimer = m_worker.loop().startTimer(perTry, [this] { onTryTimeout(); });
    }
}

void Exchange::onTryTimeout()
{
    m_routed->tryTimer = 0;
    if (m_upstream == nullptr || m_hasHead) {
        return; // between two tries, or the answer has come
    }
    m_counters->timeouts.add();
    std::exchange(m_upstream, nullptr)->abandon();
    if (m_routed->takeTry(RetryConditions::Failure::Reset)) {
        sendAgainLater();
    } else {
        fail(504, "upstream request timeout");
    }
}

bool Exchange::isTriedAgain(UpstreamFailure failure)
{
    if (m_hasHead) {
        return false;
    }
    const bool isConnect = failure == UpstreamFailure::Connect;
    if (m_routed->isDropping()) {
        sendAgainLater(); // broke off within an answer that was not wanted
        return true;
    }
    if (!m_routed->takeTry(isConnect ? RetryConditions::Failure::Connect : RetryConditions::Failure::Reset)) {
        return false;
    }
    (isConnect ? m_counters->connectFailures : m_counters->resets).add();
    sendAgainLater();
    return true;
}

void Exchange::sendAgainLater()
{
    RoutedRequest &request = *m_routed;
    request.stopDropping();
    m_worker.loop().cancelTimer(std::exchange(request.tryTimer, 0));
    m_counters->retries.add();
    m_isWaiting = true;
    request.waitTimer = m_worker.loop().startTimer(request.backOff(), [this] {
        m_routed->waitTimer = 0;
        m_isWaiting = false;
        if (send(true)) {
            m_downstream.resumeRequest();
        }
    });
}

void Exchange::stopWaiting()
{
    m_isWaiting = false;
    for (net::EventLoop::TimerId *timer : {&m_routed->waitTimer, &m_routed->totalTimer, &m_routed->tryTimer}) {
        if (*timer != 0) {
            m_worker.loop().cancelTimer(std::exchange(*timer, 0));
        }
    }
}

} // namespace fairway::proxy
