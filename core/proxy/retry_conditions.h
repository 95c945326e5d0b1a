#pragma once

#include "core/route/compiled_route.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fairway::proxy {

/// When a request may be tried again: the list of `retryOn`, read once, and the codes.
/// Source: Envoy's router filter, x-envoy-retry-on and x-envoy-retry-grpc-on. What needs HTTP/2 upstream (refused-stream) never holds.
class RetryConditions {
public:
    enum class Failure : std::uint8_t {
        Connect, ///< No connection.
        Reset,   ///< The endpoint broke off before an answer, or a try took too long.
    };

    RetryConditions() = default; ///< Never.
    explicit RetryConditions(const route::RetryAction &retry);

    /// Words of the list that stand for a condition which is never looked at.
    [[nodiscard]] static std::vector<std::string> unknown(const route::RetryAction &retry);

    [[nodiscard]] bool after(Failure failure) const;
    /// `grpcStatus`: of an answer that is all head; empty when it has none.
    [[nodiscard]] bool afterAnswer(int status, std::string_view grpcStatus) const;

private:
    bool m_any5xx = false;
    bool m_gatewayErrors = false;
    bool m_resets = false;
    bool m_connects = false;
    bool m_conflicts = false; ///< "retriable-4xx" is 409 alone.
    std::vector<int> m_codes;
    std::vector<std::string_view> m_grpc; ///< Numbers as headers carry them.
};

} // namespace fairway::proxy
