#include "core/proxy/retry_conditions.h"

#include <algorithm>
#include <array>
#include <utility>

namespace fairway::proxy {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kGrpc {
    {{"cancelled", "1"}, {"deadline-exceeded", "4"}, {"resource-exhausted", "8"}, {"internal", "13"}, {"unavailable", "14"}}};

} // namespace

RetryConditions::RetryConditions(const route::RetryAction &retry)
{
    if (retry.attempts <= 0) {
        return;
    }
    m_codes = retry.codes;
    std::string_view rest = retry.retryOn;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        std::string_view word = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        const std::size_t first = word.find_first_not_of(' ');
        word = first == std::string_view::npos ? std::string_view() : word.substr(first, word.find_last_not_of(' ') - first + 1);
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
