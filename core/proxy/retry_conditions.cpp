#include "core/proxy/retry_conditions.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kGrpc {
    {{"cancelled", "1"}, {"deadline-exceeded", "4"}, {"resource-exhausted", "8"}, {"internal", "13"}, {"unavailable", "14"}}};

std::vector<std::string_view> wordsOf(std::string_view list)
{
    std::vector<std::string_view> out;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string_view word = list.substr(0, comma);
        list.remove_prefix(std::min(comma + 1, list.size()));
        if (const std::size_t first = word.find_first_not_of(' '); first != std::string_view::npos) {
            out.push_back(word.substr(first, word.find_last_not_of(' ') - first + 1));
        }
    }
    return out;
}

} // namespace

RetryConditions::RetryConditions(const route::RetryAction &retry)
{
    if (retry.attempts <= 0) {
        return;
    }
    m_codes = retry.codes;
    for (const std::string_view word : wordsOf(retry.retryOn)) {
        m_any5xx = m_any5xx || word == "5xx";
        m_gatewayErrors = m_gatewayErrors || word == "gateway-error";
        m_resets = m_resets || word == "reset" || word == "reset-before-request";
        m_connects = m_connects || word == "connect-failure";
        m_conflicts = m_conflicts || word == "retriable-4xx";
        for (const auto &[name, number] : kGrpc) {
            if (word == name) {
                m_grpc.push_back(number);
            }
        }
    }
}

std::vector<std::string> RetryConditions::unknown(const route::RetryAction &retry)
{
    // refused-stream: what only HTTP/2 upstream could bring about; the codes stand beside their word.
    constexpr std::array<std::string_view, 8> known {"5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "retriable-4xx", "refused-stream",
        "retriable-status-codes"};
    std::vector<std::string> out;
    for (const std::string_view word : wordsOf(retry.retryOn)) {
        const bool isGrpc = std::any_of(kGrpc.begin(), kGrpc.end(), [word](const auto &entry) { return entry.first == word; });
        if (!isGrpc && std::find(known.begin(), known.end(), word) == known.end()) {
            out.emplace_back(word);
        }
    }
    return out;
}

bool RetryConditions::after(Failure failure) const
{
    // Envoy counts a reset as a gateway error, for that is what the client would get.
    return m_resets || m_any5xx || m_gatewayErrors || (failure == Failure::Connect && m_connects);
}

bool RetryConditions::afterAnswer(int status, std::string_view grpcStatus) const
{
    if (!grpcStatus.empty() && std::find(m_grpc.begin(), m_grpc.end(), grpcStatus) != m_grpc.end()) {
        return true;
    }
    return (m_any5xx && status >= 500 && status <= 599) || (m_gatewayErrors && status >= 502 && status <= 504)
        || (m_conflicts && status == 409) || std::find(m_codes.begin(), m_codes.end(), status) != m_codes.end();
}

} // namespace fairway::proxy
