#pragma once

#include "core/base/text.h"

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace fairway {

/// Why an operation failed, in terms the caller can act on.
enum class ErrorCode {
    InvalidInput,      ///< Text, file or object that can't be read; `message` names it with its line or field.
    NotFound,          ///< The named object, file or context does not exist.
    AlreadyExists,     ///< Creation of something that exists.
    Conflict,          ///< The object changed meanwhile, or another manager owns the field.
    Unauthorized,      ///< Credentials are missing, expired or refused (HTTP 401).
    Forbidden,         ///< The credentials are good, the right is missing (HTTP 403).
    Gone,              ///< The resource version or continue token is too old (HTTP 410): list again.
    Unsupported,       ///< The other side can't do that (HTTP 404 on a kind, 405, 406, 415, dry run refused by a webhook).
    ProtocolViolation, ///< The peer broke the protocol; close the connection.
    LimitExceeded,     ///< A configured bound was hit; the input may be legal.
    Timeout,           ///< No answer within the deadline.
    Unreachable,       ///< No connection: refused, no route, name not found, TLS not agreed.
    Unavailable,       ///< The server answered that it can't now (429, 5xx); trying again may help.
    Locked,            ///< The context is read-only; nothing was sent.
    Io,                ///< The operating system refused; `message` holds the reason.
    Cancelled,         ///< The caller asked to stop. Never shown to the user.
    Internal,          ///< Our own mistake, reported rather than hidden.
};

/// The enumerator's name, for logs and JSON: "InvalidInput".
[[nodiscard]] std::string_view toString(ErrorCode code);

/// An error is a code to branch on and a sentence to read. The sentence names the input
/// ("chunk size has 17 hex digits"), never the function that noticed it, and never holds a secret.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    /// The same sentence in parts, for a window in another language; empty where it is only there in English.
    Text text;

    Error() = default;
    Error(ErrorCode why, std::string sentence)
        : code(why)
        , message(std::move(sentence))
    {
    }
    Error(ErrorCode why, Text sentence)
        : code(why)
        , message(sentence.plain())
        , text(std::move(sentence))
    {
    }
    /// The sentence as a text, whether it can be translated or not: to build another around it.
    [[nodiscard]] Text said() const { return text.empty() ? Text::verbatim(message) : text; }

    friend bool operator==(const Error &a, const Error &b) { return a.code == b.code && a.message == b.message; }
};

/// Value or Error. Functions returning it are [[nodiscard]]; core never throws across a module edge.
template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, std::string message);
[[nodiscard]] tl::unexpected<Error> fail(ErrorCode code, Text message);

/// The same error with `context` and ": " put before its sentence; for the layer that knows the file or object.
[[nodiscard]] tl::unexpected<Error> failWith(std::string_view context, const Error &error);
[[nodiscard]] tl::unexpected<Error> failWith(const Text &context, const Error &error);

} // namespace fairway
