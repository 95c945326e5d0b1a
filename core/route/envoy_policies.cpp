#include "core/route/envoy_policies.h"

#include "core/route/durations.h"
#include "core/route/envoy_fields.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace fairway::route::envoy {
namespace {

    using value::Value;

    constexpr std::size_t MaxItems = 1000;

    std::chrono::milliseconds timeOf(const Value &from)
    {
        return std::max(durationOf(from).value_or(std::chrono::milliseconds {0}), std::chrono::milliseconds {0});
    }

    std::vector<std::string> wordsOf(const std::string &list)
    {
        std::vector<std::string> out;
        std::string word;
        for (const char c : list + ",") {
            if (c != ',' && c != ' ') {
                word += c;
            } else if (!word.empty()) {
                out.push_back(std::exchange(word, {}));
            }
        }
        return out;
    }

    void addLeft(std::vector<std::string> &to, std::string_view in, std::vector<std::string> names)
    {
        for (const std::string &name : names)
            to.push_back(std::string(in) + "." + name);
    }

} // namespace

std::optional<Policy<RetryAction>> retryPolicy(const Value &from)
{
    Policy<RetryAction> out;
    out.action.retryOn = text(from, "retry_on");
    const Value &tries = field(from, "num_retries");
    out.action.attempts = static_cast<int>(std::clamp<std::int64_t>(tries.isMap() ? tries["value"].intOr(1) : tries.intOr(1), 0, 1'000'000));
    out.action.perTryTimeout = timeOf(field(from, "per_try_timeout"));
    const Value &codes = field(from, "retriable_status_codes");
    const bool asksForCodes = out.action.retryOn.find("retriable-status-codes") != std::string::npos;
    for (std::size_t i = 0; asksForCodes && codes.isList() && i < std::min(codes.size(), MaxItems); ++i)
        out.action.codes.push_back(static_cast<int>(std::clamp<std::int64_t>(codes[i].intOr(0), 0, 999)));
    const Value &backOff = field(from, "retry_back_off");
    out.action.backoff = timeOf(field(backOff, "base_interval"));
    out.left = others(from, {"retry_on", "num_retries", "per_try_timeout", "retriable_status_codes", "retry_back_off"});
    addLeft(out.left, "retry_back_off", others(backOff, {"base_interval"}));
    if (out.action.retryOn.empty() || out.action.attempts == 0)
        return std::nullopt;
    return out;
}

Policy<FaultAction> fault(const Value &from)
{
    Policy<FaultAction> out;
    const Value &delay = from["delay"];
    out.action.delay = timeOf(field(delay, "fixed_delay"));
    out.action.delayPercent = percentOf(delay["percentage"]);
    const Value &abort = from["abort"];
    out.action.httpStatus = static_cast<int>(std::clamp<std::int64_t>(field(abort, "http_status").intOr(0), 0, 600));
    if (const std::int64_t number = field(abort, "grpc_status").intOr(0); number > 0)
        out.action.grpcStatus = std::to_string(number);
    const bool aborts = out.action.httpStatus != 0 || !out.action.grpcStatus.empty();
    out.action.abortPercent = aborts ? percentOf(abort["percentage"]) : 0;
    out.left = others(from, {"delay", "abort"});
    addLeft(out.left, "delay", others(delay, {"fixed_delay", "percentage"}));
    addLeft(out.left, "abort", others(abort, {"http_status", "grpc_status", "percentage"}));
    return out;
}

Policy<CorsAction> cors(const Value &from, RegexCache &regexes)
{
    Policy<CorsAction> out;
    CorsAction &action = out.action;
    out.left = others(from, {"allow_origin_string_match", "allow_methods", "allow_headers", "expose_headers", "allow_credentials",
                                "forward_not_matching_preflights", "max_age"});
    const Value &origins = field(from, "allow_origin_string_match");
    for (std::size_t i = 0; origins.isList() && i < std::min(origins.size(), MaxItems); ++i) {
        std::optional<TextMatcher> matcher = stringMatcher(origins[i], regexes);
        if (!matcher) {
            out.left.push_back("allow_origin_string_match[" + std::to_string(i) + "]");
            continue;
        }
        action.allowsAnyOrigin = action.allowsAnyOrigin || matcher->matches("*");
        action.origins.push_back(std::move(*matcher));
    }
    action.methods = wordsOf(text(from, "allow_methods"));
    action.headers = wordsOf(text(from, "allow_headers"));
    action.exposedHeaders = wordsOf(text(from, "expose_headers"));
    action.allowsCredentials = field(from, "allow_credentials").boolOr(false);
    action.forwardsUnmatchedPreflight = field(from, "forward_not_matching_preflights").boolOr(true);
    const std::string age = text(from, "max_age");
    std::int64_t seconds = 0;
    if (const auto [end, error] = std::from_chars(age.data(), age.data() + age.size(), seconds);
        !age.empty() && error == std::errc() && end == age.data() + age.size())
        action.maxAge = std::chrono::seconds(std::clamp<std::int64_t>(seconds, 0, std::numeric_limits<std::int32_t>::max()));
    return out;
}

} // namespace fairway::route::envoy
