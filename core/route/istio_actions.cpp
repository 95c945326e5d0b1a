#include "core/route/istio_rules.h"

#include "core/base/base64.h"
#include "core/route/durations.h"

#include <algorithm>
#include <charconv>

/// What a VirtualService's http rule does. Source: istio.io/api networking/v1alpha3/virtual_service.proto; Istio's route.go.
namespace fairway::route {
namespace {

    using value::Value;

    std::string text(const Value &from, std::string_view key)
    {
        return std::string(from[key].stringOr());
    }

    bool isAuthority(std::string_view name)
    {
        return equalsIgnoringCase(name, ":authority") || equalsIgnoringCase(name, "host");
    }

    bool isInternal(std::string_view name)
    {
        return name.starts_with(':') || equalsIgnoringCase(name, "host");
    }

    std::string readEdits(HeaderEdits &out, const Value &from, HeaderEdit::Kind kind)
    {
        std::string authority;
        if (!from.isMap())
            return authority;
        for (const auto &[name, item] : from.asMap()) {
            if (isAuthority(name))
                authority = item.stringOr();
            if (!isInternal(name))
                out.push_back({kind, name, std::string(item.stringOr())});
        }
        return authority;
    }

    void readRemovals(HeaderEdits &out, const Value &from)
    {
        for (std::size_t i = 0; i < from.size(); ++i) {
            const std::string name(from[i].stringOr());
            if (!name.empty() && !isInternal(name))
                out.push_back({HeaderEdit::Kind::Remove, name, {}});
        }
    }

    double number(const Value &from)
    {
        return from.isFloat() ? from.asFloat() : from.isInt() ? static_cast<double>(from.asInt()) : 0;
    }

    bool readRedirect(RouteAction &out, const Value &from, const IstioViewer &viewer)
    {
        out.kind = RouteAction::Kind::Redirect;
        RedirectAction &redirect = out.redirect;
        redirect.host = text(from, "authority");
        redirect.scheme = text(from, "scheme");
        if (const std::string prefix = text(from, "prefixRewrite"); !prefix.empty())
            redirect.path = {PathRewrite::Kind::Prefix, prefix, nullptr};
        else if (const std::string uri = text(from, "uri"); !uri.empty())
            redirect.path = {PathRewrite::Kind::Full, uri, nullptr};
        if (from["derivePort"].stringOr() == "FROM_REQUEST_PORT")
            redirect.port = viewer.port;
        else
            redirect.port = static_cast<int>(std::clamp<std::int64_t>(from["port"].intOr(0), 0, 65535));
        const std::string scheme = !redirect.scheme.empty() ? redirect.scheme : viewer.isTls ? "https" : "http";
        if ((redirect.port == 80 && scheme == "http") || (redirect.port == 443 && scheme == "https"))
            redirect.port = 0;
        const std::int64_t code = from["redirectCode"].intOr(0);
        static constexpr std::int64_t Known[] = {301, 302, 303, 307, 308};
        if (code != 0 && std::find(std::begin(Known), std::end(Known), code) == std::end(Known)) {
            out.kind = RouteAction::Kind::Failing; // Istio emits a route without an action
            out.direct.status = 404;
            return false;
        }
        redirect.code = code == 0 ? 301 : static_cast<int>(code);
        return true;
    }

    void readRewrite(RouteAction &out, const Value &from, const IstioViewer &viewer, const std::string &where)
    {
        if (const Value &regex = from["uriRegexRewrite"]; regex.isMap()) {
            const Result<std::shared_ptr<const re2::RE2>> compiled = viewer.regexes->compile(text(regex, "match"));
            if (compiled)
                out.rewrite = {PathRewrite::Kind::Regex, text(regex, "rewrite"), *compiled};
            else
                viewer.notes->push_back(phrase("route", "%1: %2: %3").with(where, "rewrite.uriRegexRewrite", compiled.error().said()));
        } else if (const std::string uri = text(from, "uri"); !uri.empty()) {
            out.rewrite = {PathRewrite::Kind::Prefix, uri, nullptr};
        }
        if (const std::string authority = text(from, "authority"); !authority.empty())
            out.authority = authority;
    }

    void addMirror(RouteAction &out, const Value &destination, double percent, const IstioViewer &viewer, std::string_view home)
    {
        if (!destination.isMap() || percent <= 0)
            return;
        const std::string host = fullHost(text(destination, "host"), home, viewer.domain);
        const int port = static_cast<int>(std::clamp<std::int64_t>(destination["port"]["number"].intOr(0), 0, 65535));
        out.mirrors.push_back({istioTarget(host, text(destination, "subset"), port, viewer), percent});
    }

    void readMirrors(RouteAction &out, const Value &from, const IstioViewer &viewer, std::string_view home)
    {
        double percent = 100;
        if (!from["mirrorPercentage"].isNull())
            percent = number(from["mirrorPercentage"]["value"]);
        else if (!from["mirrorPercent"].isNull())
            percent = number(from["mirrorPercent"]);
        addMirror(out, from["mirror"], percent, viewer, home);
        const Value &several = from["mirrors"];
        for (std::size_t i = 0; i < several.size(); ++i) {
            const Value &share = several[i]["percentage"];
            addMirror(out, several[i]["destination"], share.isNull() ? 100 : number(share["value"]), viewer, home);
        }
    }

    void readFault(RouteAction &out, const Value &from)
    {
        FaultAction fault;
        if (const Value &abort = from["abort"]; abort.isMap()) {
            fault.abortPercent = number(abort["percentage"]["value"]);
            fault.httpStatus = static_cast<int>(std::clamp<std::int64_t>(abort["httpStatus"].intOr(0), 0, 600));
            fault.grpcStatus = text(abort, "grpcStatus");
            if (fault.httpStatus == 0 && fault.grpcStatus.empty())
                fault.abortPercent = 0;
        }
        if (const Value &delay = from["delay"]; delay.isMap()) {
            fault.delayPercent = delay["percentage"].isMap() ? number(delay["percentage"]["value"]) : number(delay["percent"]);
            fault.delay = durationOf(delay["fixedDelay"]).value_or(std::chrono::milliseconds {0});
        }
        out.fault = std::move(fault);
    }

    void readRetries(RouteAction &out, const Value &from)
    {
        RetryAction retry {2, {}, "connect-failure,refused-stream,unavailable,cancelled", {}, {}};
        if (from.isMap()) {
            retry.attempts = static_cast<int>(std::clamp<std::int64_t>(from["attempts"].intOr(0), 0, 1'000'000));
            retry.perTryTimeout = durationOf(from["perTryTimeout"]).value_or(std::chrono::milliseconds {0});
            retry.backoff = durationOf(from["backoff"]).value_or(std::chrono::milliseconds {0});
            if (const std::string on = text(from, "retryOn"); !on.empty())
                retry.retryOn = on;
        }
        if (retry.attempts == 0)
            return;
        std::string conditions;
        std::string_view rest = retry.retryOn;
        while (!rest.empty()) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const std::string_view one = rest.substr(0, comma);
            int code = 0;
            const auto [end, error] = std::from_chars(one.data(), one.data() + one.size(), code);
            if (error == std::errc() && end == one.data() + one.size())
                retry.codes.push_back(code);
            else if (!one.empty())
                conditions.append(conditions.empty() ? "" : ",").append(one);
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
        retry.retryOn = std::move(conditions);
        out.retry = std::move(retry);
    }

    void readCors(RouteAction &out, const Value &from, const IstioViewer &viewer, const std::string &where)
    {
        CorsAction cors;
        const auto add = [&](TextMatcher matcher) {
            cors.allowsAnyOrigin = cors.allowsAnyOrigin || matcher.matches("*");
            cors.origins.push_back(std::move(matcher));
        };
        const Value &origins = from["allowOrigins"];
        for (std::size_t i = 0; i < origins.size(); ++i) {
            if (origins[i]["exact"].isString())
                add({TextMatcher::Kind::Exact, text(origins[i], "exact")});
            else if (origins[i]["prefix"].isString())
                add({TextMatcher::Kind::Prefix, text(origins[i], "prefix")});
            else if (Result<TextMatcher> regex = TextMatcher::regex(text(origins[i], "regex"), *viewer.regexes); regex)
                add(std::move(*regex));
            else
                viewer.notes->push_back(phrase("route", "%1: %2: %3").with(where, "corsPolicy.allowOrigins", regex.error().said()));
        }
        for (std::size_t i = 0; origins.isNull() && i < from["allowOrigin"].size(); ++i)
            add({TextMatcher::Kind::Exact, std::string(from["allowOrigin"][i].stringOr())});
        const auto list = [&](std::vector<std::string> &to, const char *key) {
            for (std::size_t i = 0; i < from[key].size(); ++i)
                to.emplace_back(from[key][i].stringOr());
        };
        list(cors.methods, "allowMethods");
        list(cors.headers, "allowHeaders");
        list(cors.exposedHeaders, "exposeHeaders");
        cors.allowsCredentials = from["allowCredentials"].boolOr(false);
        cors.forwardsUnmatchedPreflight = from["unmatchedPreflights"].stringOr() != "IGNORE";
        if (const std::optional<std::chrono::milliseconds> age = durationOf(from["maxAge"]))
            cors.maxAge = std::chrono::duration_cast<std::chrono::seconds>(*age);
        out.cors = std::move(cors);
    }

} // namespace

IstioHeaders readIstioHeaders(const Value &headers)
{
    IstioHeaders out;
    const Value &request = headers["request"];
    const Value &response = headers["response"];
    readRemovals(out.request, request["remove"]);
    const std::string set = readEdits(out.request, request["set"], HeaderEdit::Kind::Set);
    const std::string added = readEdits(out.request, request["add"], HeaderEdit::Kind::Add);
    out.authority = set.empty() ? added : set;
    readRemovals(out.response, response["remove"]);
    readEdits(out.response, response["set"], HeaderEdit::Kind::Set);
    readEdits(out.response, response["add"], HeaderEdit::Kind::Add);
    return out;
}

void readHttpActions(
    RouteAction &action, const Value &rule, const IstioViewer &viewer, std::string_view home, const std::string &where)
{
    IstioHeaders headers = readIstioHeaders(rule["headers"]);
    action.requestEdits = std::move(headers.request);
    action.responseEdits = std::move(headers.response);
    if (rule["corsPolicy"].isMap())
        readCors(action, rule["corsPolicy"], viewer, where);
    // Translation order: redirect, then directResponse, then route.
    if (rule["redirect"].isMap()) {
        if (!readRedirect(action, rule["redirect"], viewer))
            viewer.notes->push_back(phrase("route", "%1: this redirect code is not supported, the rule answers nothing").with(where));
        return;
    }
    if (const Value &direct = rule["directResponse"]; direct.isMap()) {
        action.kind = RouteAction::Kind::Answer;
        action.direct.status = static_cast<int>(std::clamp<std::int64_t>(direct["status"].intOr(200), 100, 600));
        action.direct.body = text(direct["body"], "string");
        if (const Value &bytes = direct["body"]["bytes"]; bytes.isString())
            action.direct.body = decodeBase64(bytes.asString()).value_or(std::string());
        return;
    }
    action.authority = std::move(headers.authority);
    if (rule["rewrite"].isMap())
        readRewrite(action, rule["rewrite"], viewer, where);
    readMirrors(action, rule, viewer, home);
    if (rule["fault"].isMap())
        readFault(action, rule["fault"]);
    readRetries(action, rule["retries"]);
    action.timeout = durationOf(rule["timeout"]).value_or(std::chrono::milliseconds {0});
}

} // namespace fairway::route
