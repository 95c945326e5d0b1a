#include "core/route/effects.h"

#include "core/route/header_text.h"
#include "core/route/path_rewrite.h"

#include <algorithm>

namespace fairway::route {
namespace {

    int defaultPort(std::string_view scheme)
    {
        return scheme == "https" ? 443 : scheme == "http" ? 80 : 0;
    }

    std::string withQuery(std::string path, const RequestView &request, char separator = '?')
    {
        if (!request.query.empty())
            path.append(1, separator).append(request.query);
        return path;
    }

    /// The host of the request for a location: its port goes when the redirect brings one, or when it was only the old scheme's.
    std::string hostOf(const RedirectAction &redirect, const RequestView &request, std::string_view scheme)
    {
        const int port = portOfAuthority(request.authority);
        const bool isLeftover = port != 0 && scheme != request.scheme && port == defaultPort(request.scheme);
        const bool isDropped = redirect.port != 0 || redirect.stripsDefaultPort || isLeftover;
        return std::string(isDropped ? hostWithoutPort(request.authority) : request.authority);
    }

    Location locationOf(const RedirectAction &redirect, const PathMatcher &matcher, const RequestView &request)
    {
        Location out;
        out.scheme = redirect.scheme.empty() ? request.scheme : redirect.scheme;
        out.host = redirect.host.empty() ? hostOf(redirect, request, out.scheme) : redirect.host;
        out.port = redirect.port;
        if (redirect.stripsDefaultPort && out.port == defaultPort(out.scheme))
            out.port = 0;
        const std::string path = rewritten(redirect.path, matcher, request.path);
        // A new path may bring a query of its own.
        const bool hasQuery = redirect.stripsQuery || path.find('?') != std::string::npos;
        out.path = hasQuery ? path : withQuery(path, request);
        if (redirect.stripsLastSlash && out.path.ends_with('/'))
            out.path.pop_back();
        return out;
    }

    void redirected(Effects &out, const RedirectAction &redirect, const PathMatcher &matcher, const Call &call)
    {
        out.status = redirect.code;
        out.location = locationOf(redirect, matcher, call.request);
    }

    void append(HeaderEdits &to, const HeaderEdits &from)
    {
        to.insert(to.end(), from.begin(), from.end());
    }

    /// Within one list removals come first.
    void appendOrdered(HeaderEdits &to, const HeaderEdits &from)
    {
        for (const HeaderEdit &edit : from) {
            if (edit.kind == HeaderEdit::Kind::Remove)
                to.push_back(edit);
        }
        for (const HeaderEdit &edit : from) {
            if (edit.kind != HeaderEdit::Kind::Remove)
                to.push_back(edit);
        }
    }

    HeaderEdits ordered(const HeaderEdits &route, const HeaderEdits *target, bool firstTarget)
    {
        HeaderEdits out;
        if (target == nullptr) {
            appendOrdered(out, route);
        } else if (firstTarget) {
            appendOrdered(out, *target);
            appendOrdered(out, route);
        } else {
            HeaderEdits both = route;
            append(both, *target);
            appendOrdered(out, both);
        }
        return out;
    }

    /// What is not known stays as written; what comes out empty changes nothing.
    void fillIn(HeaderEdits &edits, const Call &call)
    {
        std::erase_if(edits, [&call](HeaderEdit &edit) {
            if (edit.isLiteral || edit.value.find('%') == std::string::npos)
                return false;
            edit.value = headerText(edit.value, call).text;
            return edit.value.empty();
        });
    }

    void forwarded(Effects &out, const RouteAction &action, const PathMatcher &matcher, const RouteTarget *target, const Call &call)
    {
        const RequestView &request = call.request;
        std::string path = rewritten(action.rewrite, matcher, request.path);
        if (target != nullptr && target->rewrite.kind != PathRewrite::Kind::None)
            path = rewritten(target->rewrite, matcher, request.path);
        const bool hasOwnQuery = action.rewrite.kind == PathRewrite::Kind::Captures && path.find('?') != std::string::npos;
        out.path = withQuery(std::move(path), request, hasOwnQuery ? '&' : '?');
        out.authority = request.authority;
        if (target != nullptr && !target->authority.empty())
            out.authority = target->authority;
        if (!action.authority.empty())
            out.authority = action.authority;
        if (const auto from = headerOf(request, action.authorityHeader); !action.authorityHeader.empty() && from)
            out.authority = *from;
        out.requestEdits = ordered(action.requestEdits, target == nullptr ? nullptr : &target->requestEdits, action.firstEditsOfTarget);
        out.responseEdits
            = ordered(action.responseEdits, target == nullptr ? nullptr : &target->responseEdits, action.firstEditsOfTarget);
        if (action.fault && action.fault->abortPercent >= 100) {
            out.status = action.fault->httpStatus;
            out.grpcStatus = action.fault->grpcStatus;
            if (out.status == 0)
                out.status = 200; // gRPC's errors travel in trailers
            return;
        }
        if (target != nullptr && target->redirect)
            redirected(out, *target->redirect, matcher, call);
        else if ((target != nullptr && !target->problem.empty()) || action.totalWeight == 0)
            out.status = 500;
    }

} // namespace

std::string Location::text() const
{
    return scheme + "://" + host + (port == 0 ? "" : ":" + std::to_string(port)) + path;
}

Effects effectsOf(const Decision &decision, const Call &call, const RouteTarget *target)
{
    Effects out;
    out.path = withQuery(call.request.path, call.request);
    out.authority = call.request.authority;
    if (target == nullptr)
        target = decision.target;
    switch (decision.outcome) {
    case Outcome::Forwarded:
    case Outcome::Redirected:
    case Outcome::Answered:
    case Outcome::Failing:
        break;
    case Outcome::TlsRequired:
        out.status = 301;
        out.location = locationOf({"https", {}, 0, {}, 301, false, false}, {}, call.request);
        return out;
    case Outcome::NoRoute:
    case Outcome::NoVirtualHost:
        out.status = 404;
        return out;
    default:
        return out; // no HTTP answer at all
    }
    const RouteAction &action = *decision.route->action;
    if (action.cors) {
        const CorsVerdict verdict = evaluateCors(*action.cors, call.request);
        out.corsHeaders = verdict.headers;
        if (verdict.answersPreflight) {
            out.isPreflight = true;
            out.status = verdict.status;
            return out;
        }
    }
    const PathMatcher &matcher = decision.route->match.path;
    if (decision.outcome == Outcome::Forwarded) {
        forwarded(out, action, matcher, target, call);
    } else if (decision.outcome == Outcome::Redirected) {
        redirected(out, action.redirect, matcher, call);
        out.responseEdits = ordered(action.responseEdits, nullptr, false);
    } else {
        out.status = action.direct.status;
        out.body = action.direct.body;
        out.responseEdits = ordered(action.responseEdits, nullptr, false);
    }
    if (decision.host != nullptr) {
        appendOrdered(out.requestEdits, decision.host->requestEdits);
        appendOrdered(out.responseEdits, decision.host->responseEdits);
    }
    fillIn(out.requestEdits, call);
    fillIn(out.responseEdits, call);
    return out;
}

void applyEdits(const HeaderEdits &edits, HeaderFields &headers, bool joined)
{
    for (const HeaderEdit &edit : edits) {
        const auto is = [&](const auto &field) { return equalsIgnoringCase(field.first, edit.name); };
        const auto found = std::find_if(headers.begin(), headers.end(), is);
        const bool isThere = found != headers.end();
        switch (edit.kind) {
        case HeaderEdit::Kind::Remove:
            std::erase_if(headers, is);
            break;
        case HeaderEdit::Kind::SetIfPresent:
            if (!isThere)
                break;
            [[fallthrough]];
        case HeaderEdit::Kind::Set:
            std::erase_if(headers, is);
            headers.emplace_back(edit.name, edit.value);
            break;
        case HeaderEdit::Kind::AddIfAbsent:
            if (!isThere)
                headers.emplace_back(edit.name, edit.value);
            break;
        case HeaderEdit::Kind::Add:
            if (isThere && joined)
                found->second += "," + edit.value;
            else
                headers.emplace_back(edit.name, edit.value);
            break;
        }
    }
}

} // namespace fairway::route
