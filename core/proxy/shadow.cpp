#include "core/proxy/shadow.h"

#include "core/proxy/worker.h"

#include <utility>

namespace fairway::proxy {

Shadow::Shadow(Worker &worker, Exchange &source)
    : m_worker(worker)
    , m_source(&source)
    , m_exchange(worker, *this)
{
}

void Shadow::begin(std::shared_ptr<TrafficTable> table, TrafficTable::Leg &leg, const http::RequestHead &head)
{
    m_table = std::move(table);
    const std::size_t colon = head.authority.rfind(':');
    const bool hasPort = colon != std::string_view::npos && head.authority.find(']', colon) == std::string_view::npos;
    m_authority = leg.target->authority;
    if (m_authority.empty()) { // as Envoy marks a copy
        m_authority = head.authority;
        m_authority.insert(hasPort ? colon : m_authority.size(), "-shadow");
    }
    http::RequestHead copy = head;
    copy.authority = m_authority;
    m_exchange.beginShadow(leg, copy);
}

void Shadow::sendBody(std::string_view bytes)
{
    if (m_exchange.canTakeBody()) {
        m_exchange.sendBody(bytes);
        m_exchange.flushRequest();
    } else {
        abandon();
    }
}

void Shadow::endRequest()
{
    m_source = nullptr;
    m_exchange.endRequest();
    m_exchange.flushRequest();
}

void Shadow::abandon()
{
    m_exchange.abandon();
    end();
}

void Shadow::end()
{
    if (std::exchange(m_isOver, true)) {
        return;
    }
    if (m_source != nullptr) {
        std::exchange(m_source, nullptr)->forget(*this);
    }
    m_worker.retire(*this);
}

} // namespace fairway::proxy
