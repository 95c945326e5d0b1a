#pragma once

#include "core/base/result.h"
#include "core/kube/transport.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fairway::kube {

/// One cause of a refusal: for 422 a field and what is wrong with it; for an apply conflict the field and its owner.
struct StatusCause {
    std::string reason; ///< "FieldValueInvalid", "FieldManagerConflict" …
    std::string message; ///< FieldManagerConflict: `conflict with "kubectl" using apps/v1`
    std::string field;   ///< ".spec.replicas", "spec.http[0]"

    friend bool operator==(const StatusCause &, const StatusCause &) = default;
};

/// A Kubernetes Status object (meta/v1) as an answer brought it.
struct ApiStatus {
    int code = 0;
    std::string reason; ///< "NotFound", "Conflict", "Expired", "Invalid" …
    std::string message;
    std::string kind; ///< details: of the object it is about
    std::string name;
    std::int64_t retryAfterSeconds = 0;
    std::vector<StatusCause> causes;

    /// True when server-side apply met fields of other managers.
    [[nodiscard]] bool isApplyConflict() const;
};

/// Reads a Status object; nullopt when the text is none.
[[nodiscard]] std::optional<ApiStatus> parseStatus(std::string_view json);

/// What a refusing answer means to the user: the right ErrorCode and one sentence that says what to do. `action` reads like
/// "list virtualservices.networking.istio.io in namespace shop", `who` is the user entry's name.
[[nodiscard]] Error errorFromAnswer(const HttpAnswer &answer, const Text &action, std::string_view who);
[[nodiscard]] Error errorFromStatus(const ApiStatus &status, const Text &action, std::string_view who);

/// Why a 2xx answer can't be what was asked for (HTML, empty, truncated, too large to be JSON); nullopt when it may be JSON.
[[nodiscard]] std::optional<Error> notJson(const HttpAnswer &answer, const Text &action);

/// The texts of RFC 7234 Warning headers (code 299), unescaped, in order.
[[nodiscard]] std::vector<std::string> warningsOf(const HttpAnswer &answer);

} // namespace fairway::kube
