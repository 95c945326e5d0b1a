#pragma once

#include "core/http/request_parser.h"
#include "core/http/response_parser.h"
#include "core/net/event_loop.h"
#include "core/proxy/exchange.h"
#include "core/proxy/traffic_table.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::proxy {

/// What an Exchange keeps of a request that Traffic decided about: the head as the backend sees it, the body as long as it may have to
/// be sent again, and which tries are left.
/// Threads: the worker's.
class RoutedRequest {
public:
    static constexpr std::size_t kMaxKept = 64 * 1024; ///< A larger body is sent once.

    /// Decides what becomes of a request that came in at that listener. The head is copied: it must last until the last try.
    void take(std::shared_ptr<TrafficTable> table, const http::RequestHead &head, const DownstreamStream &client, std::size_t listener, bool hasBody);

    [[nodiscard]] const TrafficTable::Verdict &verdict() const { return m_verdict; }
    [[nodiscard]] TrafficTable &table() { return *m_table; }
    [[nodiscard]] const std::shared_ptr<TrafficTable> &sharedTable() const { return m_table; }
    [[nodiscard]] const route::RouteAction *action() const { return m_verdict.rule == nullptr ? nullptr : m_verdict.rule->action; }
    /// As it goes upstream; false when the rewritten path is none.
    [[nodiscard]] bool isHeadGood() const { return m_isHeadGood; }
    [[nodiscard]] const http::RequestHead &head() const { return m_head; }
    /// As a copy of it goes to the mirror.
    [[nodiscard]] http::RequestHead headFor(const route::MirrorTarget &mirror) const;

    /// `isWaiting`: nobody else has these bytes yet.
    void keepBody(std::string_view bytes, bool isWaiting);
    [[nodiscard]] std::string_view body() const { return m_body; }
    /// The request goes out: a body that has outgrown what may be kept is forgotten.
    void noteSent();

    /// Another try is allowed after this; takes it.
    [[nodiscard]] bool takeTry(RetryConditions::Failure failure);
    /// The answer is one to try again after: from here on it is dropped.
    [[nodiscard]] bool wantsAnotherTry(const http::ResponseHead &head, bool isRequestDone);
    [[nodiscard]] bool isDropping() const { return m_isDropping; }
    void stopDropping() { m_isDropping = false; }
    [[nodiscard]] std::chrono::milliseconds backOff();

    /// The answer's head with the rule's edits. Valid until the next call.
    [[nodiscard]] const http::ResponseHead &edited(const http::ResponseHead &head);
    /// Fields of an answer the proxy gives itself. Valid until the next call.
    [[nodiscard]] std::span<const http::HeaderField> ownFields(bool hasBody);

    // Timers; 0: not running.
    net::EventLoop::TimerId waitTimer = 0;
    net::EventLoop::TimerId totalTimer = 0;
    net::EventLoop::TimerId tryTimer = 0;

private:
    void buildHead(const http::RequestHead &head);
    [[nodiscard]] bool mayTryAgain() const;
    static void view(const route::HeaderFields &fields, std::vector<http::HeaderField> &views);

    std::shared_ptr<TrafficTable> m_table;
    TrafficTable::Verdict m_verdict;
    http::RequestHead m_head;
    std::string m_method;
    std::string m_received; ///< Path and query as they came.
    route::HeaderFields m_fields;
    std::vector<http::HeaderField> m_views;
    http::ResponseHead m_answer;
    route::HeaderFields m_answerFields;
    std::vector<http::HeaderField> m_answerViews;
    std::string m_body;
    int m_triesLeft = 0;
    int m_tries = 0;
    bool m_keepsBody = false;
    bool m_isHeadGood = true;
    bool m_isDropping = false;
};

} // namespace fairway::proxy
