#include "core/route/istio_validation.h"

#include "core/route/durations.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace fairway::route {
namespace {

    using value::Value;

    bool isAuthority(std::string_view name)
    {
        return equalsIgnoringCase(name, ":authority") || equalsIgnoringCase(name, "host");
    }

    double number(const Value &from)
    {
        return from.isFloat() ? from.asFloat() : from.isInt() ? static_cast<double>(from.asInt()) : 0;
    }

    bool isText(const Value &from, std::string_view key)
    {
        return !from[key].stringOr().empty();
    }

    void checkEditedName(Report &report, std::string_view path, std::string_view name, bool mayBeAuthority)
    {
        if (name.empty())
            report.error(path, "a header name must not be empty");
        else if (mayBeAuthority && isAuthority(name))
            return;
        else if (equalsIgnoringCase(name, "host"))
            report.error(path, "the Host header can't be changed here");
        else if (name.starts_with(':'))
            report.error(path, "header \"" + std::string(name) + "\" can't be changed: it begins with \":\"");
    }

    void checkEdits(Report &report, const std::string &path, const Value &operations, bool isRequest)
    {
        for (const char *kind : {"add", "set"}) {
            if (!operations[kind].isMap())
                continue;
            for (const auto &[name, text] : operations[kind].asMap()) {
                checkEditedName(report, field(path, kind), name, isRequest);
                checkHeaderValue(report, field(path, kind), text.stringOr());
            }
        }
        const Value &removed = operations["remove"];
        for (std::size_t i = 0; i < removed.size(); ++i)
            checkEditedName(report, item(field(path, "remove"), i), removed[i].stringOr(), false);
    }

    void checkHeaders(Report &report, const std::string &path, const Value &headers)
    {
        checkEdits(report, field(path, "request"), headers["request"], true);
        checkEdits(report, field(path, "response"), headers["response"], false);
    }

    void checkAuthorityOnce(Report &report, const std::string &path, const Value &rule)
    {
        std::size_t count = isText(rule["rewrite"], "authority") ? 1 : 0;
        for (const char *kind : {"set", "add"}) {
            const Value &edits = rule["headers"]["request"][kind];
            if (!edits.isMap())
                continue;
            for (const auto &[name, text] : edits.asMap()) {
                if (isAuthority(name) && count++ > 0)
                    report.error(path, "the authority can be set in one place only: rewrite.authority, or one header");
            }
        }
    }

    void checkConflicts(Report &report, const std::string &path, const Value &rule, HttpRuleRole role)
    {
        const bool hasRedirect = !rule["redirect"].isNull();
        const bool hasDirect = !rule["directResponse"].isNull();
        const bool hasRoute = rule["route"].size() > 0;
        if (!rule["delegate"].isNull()) {
            if (role == HttpRuleRole::Delegate) {
                report.error(field(path, "delegate"), "a rule that is delegated to can't delegate again");
            } else {
                if (hasRedirect)
                    report.error(field(path, "redirect"), "a rule that delegates can't redirect");
                if (!rule["route"].isNull())
                    report.error(field(path, "route"), "a rule that delegates can't have a route");
                return;
            }
        }
        const std::string_view action = hasRedirect ? "redirect" : "directResponse";
        if (hasRedirect || hasDirect) {
            if (hasRoute)
                report.error(path, "a rule can't have both route and " + std::string(action));
            for (const char *other : {"fault", "rewrite"}) {
                if (!rule[other].isNull())
                    report.error(field(path, other), "a rule can't have both " + std::string(other) + " and " + std::string(action));
            }
            if (hasRedirect && hasDirect)
                report.error(path, "a rule can't have both redirect and directResponse");
        } else if (!hasRoute) {
            report.error(path, "a rule needs a route, redirect or directResponse");
        }
        if (!rule["mirror"].isNull() && rule["mirrors"].size() > 0)
            report.error(path, "a rule can't have both mirror and mirrors");
    }

    void checkMatch(Report &report, const std::string &path, const Value &match)
    {
        if (match["headers"].isMap()) {
            for (const auto &[name, compared] : match["headers"].asMap()) {
                const std::string here = field(field(path, "headers"), name);
                if (compared.isNull())
                    report.error(here, "a header match must not be null");
                checkHeaderName(report, here, name);
                checkStringMatch(report, here, compared);
            }
        }
        if (match["withoutHeaders"].isMap()) {
            for (const auto &[name, compared] : match["withoutHeaders"].asMap()) {
                const std::string here = field(field(path, "withoutHeaders"), name);
                checkHeaderName(report, here, name);
                // "*" is no expression: it asks whether the header is there.
                if (compared["regex"].stringOr() != "*")
                    checkStringMatch(report, here, compared);
            }
        }
        checkStringMatchRegex(report, field(path, "uri"), match["uri"]);
        for (const char *key : {"scheme", "method", "authority"})
            checkStringMatch(report, field(path, key), match[key]);
        if (match["queryParams"].isMap()) {
            for (const auto &[name, compared] : match["queryParams"].asMap())
                checkStringMatch(report, field(field(path, "queryParams"), name), compared);
        }
        if (const std::int64_t port = match["port"].intOr(0); port != 0)
            checkPort(report, field(path, "port"), port);
        checkLabels(report, field(path, "sourceLabels"), match["sourceLabels"]);
        checkGatewayNames(report, field(path, "gateways"), match["gateways"]);
        if (const std::string_view ns = match["sourceNamespace"].stringOr(); !ns.empty() && !isDnsLabel(ns))
            report.error(field(path, "sourceNamespace"), "is no namespace: \"" + std::string(ns) + "\"");
    }

    void checkSharePercent(Report &report, const std::string &path, double percent)
    {
        if (percent > 100 || percent < 0)
            report.error(path, "a percentage of mirrored requests must be 0 to 100");
    }

    void checkMirrors(Report &report, const std::string &path, const Value &rule)
    {
        if (!rule["mirrorPercent"].isNull()) {
            if (rule["mirrorPercent"].intOr(0) > 100)
                report.error(field(path, "mirrorPercent"), "must be 100 at most");
            report.warn(field(path, "mirrorPercent"), "mirrorPercent is deprecated: use mirrorPercentage");
        }
        if (!rule["mirrorPercentage"].isNull())
            checkSharePercent(report, field(path, "mirrorPercentage"), number(rule["mirrorPercentage"]["value"]));
        checkDestination(report, field(path, "mirror"), rule["mirror"]);
        const Value &several = rule["mirrors"];
        for (std::size_t i = 0; i < several.size(); ++i) {
            const std::string here = item(field(path, "mirrors"), i);
            if (several[i].isNull())
                report.error(here, "a mirror must not be null");
            else if (several[i]["destination"].isNull())
                report.error(here, "a mirror needs a destination");
            else
                checkDestination(report, field(here, "destination"), several[i]["destination"]);
            if (!several[i]["percentage"].isNull())
                checkSharePercent(report, field(here, "percentage"), number(several[i]["percentage"]["value"]));
        }
    }

    void checkFractional(Report &report, std::string_view path, const Value &percent)
    {
        const double value = number(percent["value"]);
        if (!percent.isNull() && (value < 0 || value > 100 || (value > 0 && value < 0.0001)))
            report.error(field(path, "percentage"), "must be 0, or 0.0001 to 100");
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

    void checkWeights(Report &report, std::string_view path, const Value &list, bool isHttp)
    {
        std::int64_t total = 0;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const std::string here = item(path, i);
            if (list[i].isNull()) {
                report.error(here, "a destination must not be null");
                continue;
            }
            if (list[i]["destination"].isNull())
                report.error(here, "destination is required");
            if (isHttp)
                checkHeaders(report, field(here, "headers"), list[i]["headers"]);
            checkDestination(report, field(here, "destination"), list[i]["destination"]);
            const std::int64_t weight = list[i]["weight"].intOr(0);
            if (weight < 0)
                report.error(field(here, "weight"), "weight " + std::to_string(weight) + " is below 0");
            total += std::clamp<std::int64_t>(weight, -2'147'483'648, 2'147'483'647);
        }
        if (list.size() > 1 && total == 0)
            report.error(path, "total destination weight = 0");
    }

} // namespace

void checkHttpDestinations(Report &report, std::string_view path, const Value &list)
{
    checkWeights(report, path, list, true);
}

void checkStreamDestinations(Report &report, std::string_view path, const Value &list)
{
    checkWeights(report, path, list, false);
}

void checkDestination(Report &report, std::string_view path, const Value &destination)
{
    if (destination.isNull())
        return;
    const std::string_view host = destination["host"].stringOr();
    if (host == "*")
        report.error(field(path, "host"), "\"*\" is no destination");
    else if (std::string problem = wildcardProblem(host); !problem.empty())
        report.error(field(path, "host"), std::move(problem));
    const std::string_view subset = destination["subset"].stringOr();
    if (!subset.empty() && !isDnsLabel(subset))
        report.error(field(path, "subset"), "is no name of a subset: \"" + std::string(subset) + "\"");
    if (!destination["port"].isNull())
        checkPort(report, field(field(path, "port"), "number"), destination["port"]["number"].intOr(0));
}

void checkCors(Report &report, std::string_view path, const Value &policy)
{
    if (policy.isNull())
        return;
    static constexpr std::string_view Methods[]
        = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE", "*"};
    const Value &origins = policy["allowOrigins"];
    for (std::size_t i = 0; i < origins.size(); ++i) {
        const std::string here = item(field(path, "allowOrigins"), i);
        if (!isText(origins[i], "exact") && !isText(origins[i], "prefix") && !isText(origins[i], "regex"))
            report.error(here, "an origin needs a text to compare with");
        checkStringMatchRegex(report, here, origins[i]);
    }
    const Value &methods = policy["allowMethods"];
    for (std::size_t i = 0; i < methods.size(); ++i) {
        if (std::find(std::begin(Methods), std::end(Methods), methods[i].stringOr()) == std::end(Methods))
            report.error(item(field(path, "allowMethods"), i), "\"" + std::string(methods[i].stringOr()) + "\" is no method of CORS");
    }
    for (const char *key : {"allowHeaders", "exposeHeaders"}) {
        for (std::size_t i = 0; i < policy[key].size(); ++i) {
            const std::string_view name = policy[key][i].stringOr();
            if (name != "*" && (name.empty() || name.starts_with(':') || isClaimName(name)))
                report.error(item(field(path, key), i), "is no header name");
            else if (name != "*")
                checkHeaderName(report, item(field(path, key), i), name);
        }
    }
    if (!policy["maxAge"].isNull()) {
        checkDuration(report, field(path, "maxAge"), policy["maxAge"]);
        const auto age = parseDuration(policy["maxAge"].stringOr());
        if (age && *age % std::chrono::seconds(1) != std::chrono::nanoseconds(0))
            report.error(field(path, "maxAge"), "maxAge counts whole seconds");
    }
}

void checkHttpStatus(Report &report, std::string_view path, std::int64_t status)
{
    if (status < 200 || status > 600)
        report.error(path, "HTTP status " + std::to_string(status) + " is not in the range 200-599");
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
            report.error(field(path, "grpcStatus"), "is no gRPC status; they are written like NOT_FOUND");
    } else if (!abort["http2Error"].isNull()) {
        report.error(field(path, "http2Error"), "HTTP/2 errors can't be injected");
    } else if (!abort["httpStatus"].isNull()) {
        checkHttpStatus(report, field(path, "httpStatus"), abort["httpStatus"].intOr(0));
    } else {
        report.warn(path, "an abort without a status does nothing");
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
        report.error(field(path, "exponentialDelay"), "exponentialDelay is not supported");
    }
}

void checkRetry(Report &report, std::string_view path, const Value &retries)
{
    if (retries.isNull())
        return;
    const std::int64_t attempts = retries["attempts"].intOr(0);
    if (attempts < 0)
        report.error(field(path, "attempts"), "attempts must not be negative");
    if (attempts == 0 && (!retries["perTryTimeout"].isNull() || isText(retries, "retryOn") || !retries["retryRemoteLocalities"].isNull()))
        report.error(path, "retries are switched off by attempts 0, yet configured");
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
            report.error(field(path, "retryOn"), "\"" + std::string(policy) + "\" is no retry condition");
        from = comma + 1;
    }
}

void checkRegexRewrite(Report &report, std::string_view path, const Value &rewrite)
{
    if (rewrite.isNull())
        return;
    if (!isText(rewrite, "match") || !isText(rewrite, "rewrite"))
        report.error(path, "uriRegexRewrite needs both match and rewrite");
    else
        checkRegex(report, field(path, "match"), rewrite["match"].stringOr());
}

void checkRewrite(Report &report, std::string_view path, const Value &rewrite)
{
    if (rewrite.isNull())
        return;
    const Value &regex = rewrite["uriRegexRewrite"];
    if (isText(rewrite, "uri") && !regex.isNull())
        report.error(path, "a rewrite has either uri or uriRegexRewrite");
    else if (!isText(rewrite, "uri") && regex.isNull() && !isText(rewrite, "authority"))
        report.error(path, "a rewrite needs uri, uriRegexRewrite or authority");
    else
        checkRegexRewrite(report, field(path, "uriRegexRewrite"), regex);
}

void checkRedirect(Report &report, std::string_view path, const Value &redirect, const Value &matches)
{
    if (redirect.isNull())
        return;
    const bool hasPort = !redirect["port"].isNull() || !redirect["derivePort"].isNull();
    if (isText(redirect, "uri") && isText(redirect, "prefixRewrite"))
        return report.error(path, "a redirect has either uri or prefixRewrite");
    for (std::size_t i = 0; isText(redirect, "prefixRewrite") && i < matches.size(); ++i) {
        if (!matches[i]["uri"].isNull() && matches[i]["uri"]["prefix"].isNull())
            return report.error(field(path, "prefixRewrite"), "prefixRewrite needs prefix in every uri match of the rule");
    }
    if (!isText(redirect, "uri") && !isText(redirect, "prefixRewrite") && !isText(redirect, "authority") && !hasPort
        && !isText(redirect, "scheme"))
        return report.error(path, "a redirect needs uri, authority, scheme or port");
    const std::int64_t code = redirect["redirectCode"].intOr(0);
    if (code != 0 && (code < 300 || code > 399))
        return report.error(field(path, "redirectCode"), std::to_string(code) + " is no redirect code: it must be 3xx");
    const std::string_view scheme = redirect["scheme"].stringOr();
    if (!scheme.empty() && scheme != "http" && scheme != "https")
        return report.error(field(path, "scheme"), "the scheme must be http or https");
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
        report.error(field(path, "body"), "a direct response must be below 1 MB");
    else if (size > large)
        report.warn(field(path, "body"), "large direct responses weigh on the control plane");
    checkHttpStatus(report, field(path, "status"), response["status"].intOr(0));
}

void checkHttpRule(Report &report, std::string_view path, const Value &rule, HttpRuleRole role)
{
    const std::string here(path);
    checkConflicts(report, here, rule, role);
    const Value &matches = rule["match"];
    for (std::size_t i = 0; i < matches.size(); ++i) {
        if (!matches[i].isNull())
            checkMatch(report, item(field(here, "match"), i), matches[i]);
    }
    checkHeaders(report, field(here, "headers"), rule["headers"]);
    checkCors(report, field(here, "corsPolicy"), rule["corsPolicy"]);
    if (const Value &fault = rule["fault"]; !fault.isNull()) {
        if (fault["abort"].isNull() && fault["delay"].isNull())
            report.error(field(here, "fault"), "a fault needs an abort or a delay");
        report.muteWarnings(true); // as Istio: they get lost on the way
        checkAbort(report, field(here, "fault.abort"), fault["abort"]);
        checkDelay(report, field(here, "fault.delay"), fault["delay"]);
        report.muteWarnings(false);
    }
    checkMirrors(report, here, rule);
    checkRedirect(report, field(here, "redirect"), rule["redirect"], matches);
    checkDirectResponse(report, field(here, "directResponse"), rule["directResponse"]);
    checkRetry(report, field(here, "retries"), rule["retries"]);
    checkRewrite(report, field(here, "rewrite"), rule["rewrite"]);
    checkAuthorityOnce(report, here, rule);
    checkHttpDestinations(report, field(here, "route"), rule["route"]);
    if (!rule["timeout"].isNull())
        checkDuration(report, field(here, "timeout"), rule["timeout"]);
}

} // namespace fairway::route
