#pragma once

#include "core/value/value.h"

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fairway::lab {

/// A refusal in the API server's terms: what becomes the body of kind Status.
/// Source: apimachinery's StatusReason values; wording held against recorded answers of a 1.36 server.
struct ApiError {
    int code = 500;
    std::string reason; ///< "NotFound"; empty for plain text answers.
    std::string message;
    value::Value details; ///< Null or a map.
    value::Value metadata = value::Value::map();
    int retryAfterSeconds = 0;
    bool isPlainText = false; ///< Sent as text/plain, as the server does for paths it does not know.
};

template <typename T>
using ApiResult = tl::expected<T, ApiError>;

/// One field that is wrong; `reason` as in FieldValueInvalid, FieldValueRequired.
struct FieldCause {
    std::string reason;
    std::string message;
    std::string field;
};

/// What an error is about: the resource ("configmaps") or the kind ("ConfigMap"), as the case demands.
struct ErrorSubject {
    std::string group;
    std::string plural;
    std::string kind;

    [[nodiscard]] std::string qualifiedPlural() const { return group.empty() ? plural : plural + "." + group; }
    [[nodiscard]] std::string qualifiedKind() const { return group.empty() ? kind : kind + "." + group; }
};

[[nodiscard]] ApiError notFound(const ErrorSubject &subject, std::string_view name);
[[nodiscard]] ApiError alreadyExists(const ErrorSubject &subject, std::string_view name);
/// The object changed since the version the client read.
[[nodiscard]] ApiError staleVersion(const ErrorSubject &subject, std::string_view name);
[[nodiscard]] ApiError conflict(const ErrorSubject &subject, std::string_view name, std::string_view why);
[[nodiscard]] ApiError applyConflict(const std::vector<std::pair<std::string, std::string>> &managerAndField);
[[nodiscard]] ApiError invalid(const ErrorSubject &subject, std::string_view name, const std::vector<FieldCause> &causes);
[[nodiscard]] ApiError badRequest(std::string message);
[[nodiscard]] ApiError unprocessablePatch();
[[nodiscard]] ApiError unauthorized();
[[nodiscard]] ApiError forbidden(const ErrorSubject &subject, std::string_view name, std::string_view user,
    std::string_view verb, std::string_view subresource, std::string_view ns);
[[nodiscard]] ApiError methodNotAllowed(const ErrorSubject &subject);
[[nodiscard]] ApiError methodNotSupported();
[[nodiscard]] ApiError notAcceptable();
[[nodiscard]] ApiError unsupportedMediaType(std::string_view given);
[[nodiscard]] ApiError expired(std::string message);
[[nodiscard]] ApiError versionTooLarge(std::uint64_t asked, std::uint64_t current);
[[nodiscard]] ApiError pageNotFound();
[[nodiscard]] ApiError internalError(std::string message);

[[nodiscard]] value::Value statusObject(const ApiError &error);
/// The Status that answers a deletion.
[[nodiscard]] value::Value deletedStatus(const ErrorSubject &subject, std::string_view name, std::string_view uid);

} // namespace fairway::lab
