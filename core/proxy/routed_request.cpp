#include "core/proxy/routed_request.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::chrono::milliseconds kBackOff {25};     // Envoy's base interval
constexpr std::chrono::milliseconds kMaxBackOff {250}; // and ten times it

/// What configuration brings must not end a line or a head: RFC 9110, section 5.5.
bool isFieldText(std::string_view text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

bool isTarget(std::string_view path)
{
    return !path.empty() && path.find(' ') == std::string_view::npos && isFieldText(path) && path.find('\t') == std::string_view::npos;
}

/// Numbers of google.rpc.Code by the names Istio writes.
std::string grpcNumber(std::string_view name)
{
    constexpr std::array<std::string_view, 17> names {"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
        "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
        "UNAUTHENTICATED"};
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::string(name) : std::to_string(found - names.begin());
}

void dropUnsafe(route::HeaderFields &fields)
{
    std::erase_if(fields, [](const auto &field) {
        return field.first.empty() || field.first.front() == ':' || field.first.find_first_of(" \t:") != std::string::npos || !isFieldText(field.first)
            || !isFieldText(field.second);
    });
}

} // namespace

void RoutedRequest::take(std::shared_ptr<TrafficTable> table, const http::RequestHead &head, const DownstreamStream &client, std::size_t listener, bool hasBody)
{
    m_table = std::move(table);
    m_verdict = m_table->decide(head, listener, m_table->asksForClient() ? client.clientAddress() : std::string());
    m_body.clear();
    m_tries = 0;
    m_isDropping = false;
    m_isHeadGood = true;
    const route::RouteAction *const action = this->action();
    m_triesLeft = action != nullptr && action->retry ? std::max(0, action->retry->attempts) : 0;
    m_keepsBody = hasBody && m_triesLeft > 0;
    if (m_verdict.leg != nullptr) {
        buildHead(head);
    }
}

void RoutedRequest::view(const route::HeaderFields &fields, std::vector<http::HeaderField> &views)
{
    views.clear();
    for (const auto &[name, value] : fields) {
        views.push_back({name, value, http::headerIdOf(name)});
    }
}

void RoutedRequest::buildHead(const http::RequestHead &head)
{
    m_method = head.method;
    m_received = head.path;
    m_fields.clear();
    for (const http::HeaderField &field : head.fields) {
        m_fields.emplace_back(field.name, field.value);
    }
    route::applyEdits(m_verdict.effects.requestEdits, m_fields, false);
    dropUnsafe(m_fields);
    view(m_fields, m_views);
    m_isHeadGood = isTarget(m_verdict.effects.path) && isFieldText(m_verdict.effects.authority);
    m_head = head;
    m_head.method = m_method;
    m_head.scheme = {};
    m_head.authority = m_verdict.effects.authority;
    m_head.path = m_verdict.effects.path;
    m_head.fields = m_views;
}

http::RequestHead RoutedRequest::headFor(const route::MirrorTarget &mirror) const
{
    http::RequestHead copy = m_head;
    if (mirror.isAsReceived) {
        copy.path = m_received;
    }
    return copy;
}

void RoutedRequest::keepBody(std::string_view bytes, bool isWaiting)
{
    if (!m_keepsBody && !isWaiting) {
        return;
    }
    if (m_body.size() + bytes.size() > kMaxKept && !isWaiting) {
        m_keepsBody = false;
        m_triesLeft = 0; // what was sent can't be sent again
        m_body = {};
        return;
    }
    m_body += bytes; // while waiting the client is not read further: one buffer at most
}

void RoutedRequest::noteSent()
{
    if (!m_keepsBody || m_body.size() > kMaxKept) {
        m_triesLeft = m_body.empty() ? m_triesLeft : 0;
        m_keepsBody = false;
        m_body = {};
    }
}

bool RoutedRequest::mayTryAgain() const
{
    return m_triesLeft > 0 && m_verdict.rule != nullptr;
}

bool RoutedRequest::takeTry(RetryConditions::Failure failure)
{
    if (!mayTryAgain() || !m_verdict.rule->retries.after(failure)) {
        return false;
    }
    --m_triesLeft;
    return true;
}

bool RoutedRequest::wantsAnotherTry(const http::ResponseHead &head, bool isRequestDone)
{
    if (!mayTryAgain() || !isRequestDone || head.status == 101) {
        return false;
    }
    std::string_view grpcStatus;
    for (const http::HeaderField &field : head.fields) {
        if (http::equalsIgnoreCase(field.name, "grpc-status")) {
            grpcStatus = field.value;
        }
    }
    if (!m_verdict.rule->retries.afterAnswer(head.status, grpcStatus)) {
        return false;
    }
    --m_triesLeft;
    m_isDropping = true;
    return true;
}

std::chrono::milliseconds RoutedRequest::backOff()
{
    const std::chrono::milliseconds given = action()->retry->backoff;
    const auto base = given.count() > 0 ? given : kBackOff;
    const auto most = std::min(base * (std::int64_t {1} << std::min(m_tries++, 10)), given.count() > 0 ? given * 10 : kMaxBackOff);
    return std::chrono::milliseconds(static_cast<std::int64_t>(m_table->random().below(static_cast<std::uint64_t>(most.count()) + 1)));
}

const http::ResponseHead &RoutedRequest::edited(const http::ResponseHead &head)
{
    m_answer = head;
    const route::Effects &effects = m_verdict.effects;
    if (effects.responseEdits.empty() && effects.corsHeaders.empty()) {
        return m_answer;
    }
    m_answerFields.clear();
    for (const http::HeaderField &field : head.fields) {
        m_answerFields.emplace_back(field.name, field.value);
    }
    route::applyEdits(effects.responseEdits, m_answerFields, false);
    m_answerFields.insert(m_answerFields.end(), effects.corsHeaders.begin(), effects.corsHeaders.end());
    dropUnsafe(m_answerFields);
    view(m_answerFields, m_answerViews);
    m_answer.fields = m_answerViews;
    return m_answer;
}

std::span<const http::HeaderField> RoutedRequest::ownFields(bool hasBody)
{
    const route::Effects &effects = m_verdict.effects;
    m_answerFields.clear();
    if (effects.location) {
        m_answerFields.emplace_back("location", effects.location->text());
    }
    if (hasBody) {
        m_answerFields.emplace_back("content-type", "text/plain");
    }
    const route::RouteAction *const action = this->action();
    const std::string status = !effects.grpcStatus.empty() ? effects.grpcStatus : action != nullptr && action->fault ? action->fault->grpcStatus : std::string();
    if (!status.empty()) {
        m_answerFields.emplace_back("content-type", "application/grpc");
        m_answerFields.emplace_back("grpc-status", grpcNumber(status));
    }
    route::applyEdits(effects.responseEdits, m_answerFields, false);
    m_answerFields.insert(m_answerFields.end(), effects.corsHeaders.begin(), effects.corsHeaders.end());
    dropUnsafe(m_answerFields);
    view(m_answerFields, m_answerViews);
    std::erase_if(m_answerViews, [](const http::HeaderField &field) { return field.id == http::HeaderId::ContentLength; });
    return m_answerViews;
}

} // namespace fairway::proxy
