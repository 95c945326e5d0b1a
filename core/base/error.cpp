#include "core/base/result.h"

#include <utility>

namespace fairway {

std::string_view toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput: return "InvalidInput";
    case ErrorCode::NotFound: return "NotFound";
    case ErrorCode::AlreadyExists: return "AlreadyExists";
    case ErrorCode::Conflict: return "Conflict";
    case ErrorCode::Unauthorized: return "Unauthorized";
    case ErrorCode::Forbidden: return "Forbidden";
    case ErrorCode::Gone: return "Gone";
    case ErrorCode::Unsupported: return "Unsupported";
    case ErrorCode::ProtocolViolation: return "ProtocolViolation";
    case ErrorCode::LimitExceeded: return "LimitExceeded";
    case ErrorCode::Timeout: return "Timeout";
    case ErrorCode::Unreachable: return "Unreachable";
    case ErrorCode::Unavailable: return "Unavailable";
    case ErrorCode::Locked: return "Locked";
    case ErrorCode::Io: return "Io";
    case ErrorCode::Cancelled: return "Cancelled";
    case ErrorCode::Internal: return "Internal";
    }
    return "Internal";
}

tl::unexpected<Error> fail(ErrorCode code, std::string message)
{
    return tl::unexpected<Error>(Error(code, std::move(message)));
}

tl::unexpected<Error> fail(ErrorCode code, Text message)
{
    return tl::unexpected<Error>(Error(code, std::move(message)));
}

tl::unexpected<Error> failWith(std::string_view context, const Error &error)
{
    if (error.text.empty())
        return fail(error.code, std::string(context) + ": " + error.message);
    return fail(error.code, phrase("base", "%1: %2").with(context, error.text));
}

tl::unexpected<Error> failWith(const Text &context, const Error &error)
{
    return fail(error.code, phrase("base", "%1: %2").with(context, error.said()));
}

} // namespace fairway
