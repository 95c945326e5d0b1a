#include "core/route/istio_validation.h"

#include "core/route/durations.h"

#include <algorithm>
#include <charconv>

/// What a rule does with a request besides sending it on: CORS, faults, retries, rewrites, redirects, answers of its own.
namespace fairway::route {
namespace {

    using value::Value;

    void checkFractional(Report &report, std::string_view path, const Value &percent)
    {
        const double value = numberOf(percent["value"]);
        if (!percent.isNull() && (value < 0 || value > 100 || (value > 0 && value < 0.0001)))
            report.error(field(path, "percentage"), phrase("route", "must be 0, or 0.0001 to 100"));
    }

    bool isStatusCode(std::string_view text)
    {
        int code = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), code);
        if (error != std::errc() || end != text.data() + text.size())
            return false;
        // The codes with a name in IANA's registry.
        static constexpr std::pair<int, int> Ranges[] = {
            {100, 103}, {200, 208}, {226, 226}, {300, 305}, {307, 308}, {400, 418}, {421, 426}, {428, 429}, {431, 431}, {451, 451},
            {500, 508}, {510, 511}};
        return std::any_of(std::begin(Ranges), std::end(Ranges), [&](const auto &r) { return code >= r.first && code <= r.second; });
    }

} // namespace

void checkCors(Report &report, std::string_view path, const Value &policy)
{
    if (policy.isNull())
        return;
    static constexpr std::string_view Methods[]
        = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"};
    const Value &origins = policy["allowOrigins"];
    for (std::size_t i = 0; i < origins.size(); ++i) {
        const std::string here = item(field(path, "allowOrigins"), i);
        if (!hasText(origins[i], "exact") && !hasText(origins[i], "prefix") && !hasText(origins[i], "regex"))
            report.error(here, phrase("route", "an origin needs a text to compare with"));
        checkStringMatchRegex(report, here, origins[i]);
    }
    const Value &methods = policy["allowMethods"];
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (std::find(std::begin(Methods), std::end(Methods), methods[i].stringOr()) == std::end(Methods))
            report.error(item(field(path, "allowMethods"), i),
                phrase("route", "\"%1\" is no method of CORS").with(methods[i].stringOr()));
    }
    for (const char *key : {"allowHeaders", "exposeHeaders"}) {
        for (std::size_t i = 0; i < policy[key].size(); ++i) {
            const std::string_view name = policy[key][i].stringOr();
            if (name != "*" && (name.empty() || name.starts_with(':') || isClaimName(name)))
                report.error(item(field(path, key), i), phrase("route", "is no header name"));
            else if (name != "*")
                checkHeaderName(report, item(field(path, key), i), name);
        }
    }
    if (!policy["maxAge"].isNull()) {
        checkDuration(report, field(path, "maxAge"), policy["maxAge"]);
        const auto age = parseDuration(policy["maxAge"].stringOr());
        if (age && *age % std::chrono::seconds(1) != std::chrono::nanoseconds(0))
            report.error(field(path, "maxAge"), phrase("route", "maxAge counts whole seconds"));
    }
}

void checkHttpStatus(Report &report, std::string_view path, std::int64_t status)
{
    if (status < 200 || status > 600)
        report.error(path, phrase("route", "HTTP status %1 is not in the range 200-599").with(status));
}

void checkAbort(Report &report, std::string_view path, const Value &abort)
{
    if (abort.isNull())
        return;
    static constexpr std::string_view Codes[] = {"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
        "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
        "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"};
    checkFractional(report, path, abort["percentage"]);
    if (!abort["grpcStatus"].isNull()) {
        if (std::find(std::begin(Codes), std::end(Codes), abort["grpcStatus"].stringOr()) == std::end(Codes))
            report.error(
                field(path, "grpcStatus"), phrase("route", "is no gRPC status; they are written like NOT_FOUND"));
    } else if (!abort["http2Error"].isNull()) {
        report.error(field(path, "http2Error"), phrase("route", "HTTP/2 errors can't be injected"));
    } else if (!abort["httpStatus"].isNull()) {
        checkHttpStatus(report, field(path, "httpStatus"), abort["httpStatus"].intOr(0));
    } else {
        report.warn(path, phrase("route", "an abort without a status does nothing"));
    }
}

void checkDelay(Report &report, std::string_view path, const Value &delay)
{
    if (delay.isNull())
        return;
    checkFractional(report, path, delay["percentage"]);
    if (!delay["fixedDelay"].isNull()) {
        checkDuration(report, field(path, "fixedDelay"), delay["fixedDelay"]);
    } else if (!delay["exponentialDelay"].isNull()) {
        checkDuration(report, field(path, "exponentialDelay"), delay["exponentialDelay"]);
        report.error(field(path, "exponentialDelay"), phrase("route", "exponentialDelay is not supported"));
    }
}

void checkRetry(Report &report, std::string_view path, const Value &retries)
{
    if (retries.isNull())
        return;
    const std::int64_t attempts = retries["attempts"].intOr(0);
    if (attempts < 0)
        report.error(field(path, "attempts"), phrase("route", "attempts must not be negative"));
    if (attempts == 0 && (!retries["perTryTimeout"].isNull() || hasText(retries, "retryOn") || !retries["retryRemoteLocalities"].isNull()))
        report.error(path, phrase("route", "retries are switched off by attempts 0, yet configured"));
    for (const char *key : {"perTryTimeout", "backoff"}) {
        if (!retries[key].isNull())
            checkDuration(report, field(path, key), retries[key]);
    }
    static constexpr std::string_view Policies[] = {"5xx", "gateway-error", "reset", "reset-before-request", "connect-failure",
        "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers", "envoy-ratelimited",
        "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable"};
    const std::string_view on = retries["retryOn"].stringOr();
    for (std::size_t from = 0; !on.empty() && from <= on.size();) {
        const std::size_t comma = std::min(on.find(',', from), on.size());
        const std::string_view policy = on.substr(from, comma - from);
        if (std::find(std::begin(Policies), std::end(Policies), policy) == std::end(Policies) && !isStatusCode(policy))
            report.error(field(path, "retryOn"), phrase("route", "\"%1\" is no retry condition").with(policy));
        from = comma + 1;
    }
}

void checkRegexRewrite(Report &report, std::string_view path, const Value &rewrite)
{
    if (rewrite.isNull())
        return;
    if (!hasText(rewrite, "match") || !hasText(rewrite, "rewrite"))
        report.error(path, phrase("route", "uriRegexRewrite needs both match and rewrite"));
    else
        checkRegex(report, field(path, "match"), rewrite["match"].stringOr());
}

void checkRewrite(Report &report, std::string_view path, const Value &rewrite)
{
    if (rewrite.isNull())
        return;
    const Value &regex = rewrite["uriRegexRewrite"];
    if (hasText(rewrite, "uri") && !regex.isNull())
        report.error(path, phrase("route", "a rewrite has either uri or uriRegexRewrite"));
    else if (!hasText(rewrite, "uri") && regex.isNull() && !hasText(rewrite, "authority"))
        report.error(path, phrase("route", "a rewrite needs uri, uriRegexRewrite or authority"));
    else
        checkRegexRewrite(report, field(path, "uriRegexRewrite"), regex);
}

void checkRedirect(Report &report, std::string_view path, const Value &redirect, const Value &matches)
{
    if (redirect.isNull())
        return;
    const bool hasPort = !redirect["port"].isNull() || !redirect["derivePort"].isNull();
    if (hasText(redirect, "uri") && hasText(redirect, "prefixRewrite"))
        return report.error(path, phrase("route", "a redirect has either uri or prefixRewrite"));
    for (std::size_t i = 0; hasText(redirect, "prefixRewrite") && i < matches.size(); ++i) {
        if (!matches[i]["uri"].isNull() && matches[i]["uri"]["prefix"].isNull())
            return report.error(field(path, "prefixRewrite"),
                phrase("route", "prefixRewrite needs prefix in every uri match of the rule"));
    }
    if (!hasText(redirect, "uri") && !hasText(redirect, "prefixRewrite") && !hasText(redirect, "authority") && !hasPort
        && !hasText(redirect, "scheme"))
        return report.error(path, phrase("route", "a redirect needs uri, authority, scheme or port"));
    const std::int64_t code = redirect["redirectCode"].intOr(0);
    if (code != 0 && (code < 300 || code > 399))
        return report.error(
            field(path, "redirectCode"), phrase("route", "%1 is no redirect code: it must be 3xx").with(code));
    const std::string_view scheme = redirect["scheme"].stringOr();
    if (!scheme.empty() && scheme != "http" && scheme != "https")
        return report.error(field(path, "scheme"), phrase("route", "the scheme must be http or https"));
    if (redirect["port"].intOr(0) > 0)
        checkPort(report, field(path, "port"), redirect["port"].intOr(0));
}

void checkDirectResponse(Report &report, std::string_view path, const Value &response)
{
    if (response.isNull())
        return;
    constexpr std::size_t most = std::size_t {1024} * 1024;
    constexpr std::size_t large = std::size_t {100} * 1024;
    const Value &body = response["body"];
    std::size_t size = body["string"].stringOr().size();
    if (body["bytes"].isString()) {
        const std::string &base64 = body["bytes"].asString();
        const auto padding = static_cast<std::size_t>(std::count(base64.begin(), base64.end(), '='));
        size = base64.size() / 4 * 3 - std::min(padding, base64.size() / 4 * 3);
    }
    if (size > most)
        report.error(field(path, "body"), phrase("route", "a direct response must be below 1 MB"));
    else if (size > large)
        report.warn(field(path, "body"), phrase("route", "large direct responses weigh on the control plane"));
    checkHttpStatus(report, field(path, "status"), response["status"].intOr(0));
}

} // namespace fairway::route
