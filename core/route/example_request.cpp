#include "core/route/example_request.h"

#include "core/route/match_cover.h"
#include "core/route/regex_sample.h"
#include "core/route/resolve.h"

#include <algorithm>
#include <utility>

namespace fairway::route {
namespace {

    constexpr int MostTries = 24; ///< For one path.

    using Kind = TextMatcher::Kind;

    /// A text that fits; nothing when an expression gives no hint.
    std::optional<std::string> sample(const TextMatcher &matcher)
    {
        switch (matcher.kind()) {
        case Kind::Present:
            return "x";
        case Kind::Exact:
        case Kind::Prefix:
        case Kind::Suffix:
        case Kind::Contains:
            return matcher.text();
        case Kind::Range:
            break;
        case Kind::Regex: {
            std::optional<std::string> text = sampleOfRegex(matcher.text());
            if (text && matcher.matches(*text))
                return text;
            break;
        }
        }
        return std::nullopt;
    }

    /// Names for the host, exact ones first.
    std::vector<std::string> hostsOf(const VirtualHost &host)
    {
        std::vector<std::string> out;
        for (const std::string &domain : host.domains) {
            if (domain.find('*') == std::string::npos)
                out.push_back(domain);
        }
        for (std::string domain : host.domains) {
            const std::size_t star = domain.find('*');
            if (star == std::string::npos)
                continue;
            out.push_back(domain == "*" ? "any.example" : domain.replace(star, 1, "any"));
        }
        return out;
    }

    bool asksForMethod(const RouteMatch &match)
    {
        return std::any_of(match.headers.begin(), match.headers.end(), [](const HeaderCondition &condition) { return condition.name == ":method"; });
    }

    /// Changes the call so that `other` no longer takes it; false when nothing is left to try.
    bool evade(const RouteMatch &other, const RouteMatch &own, Call &call)
    {
        for (const HeaderCondition &condition : other.headers) {
            if (condition.name == ":method" && !condition.isNegated && !asksForMethod(own)) {
                for (const char *const method : {"POST", "GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"}) {
                    if (!condition.matcher.matches(method) && call.request.method != method) {
                        call.request.method = method;
                        return true;
                    }
                }
            }
            const std::optional<std::string> text = condition.isNegated && !condition.name.starts_with(':') ? sample(condition.matcher) : std::nullopt;
            if (text && !headerOf(call.request, condition.name)) {
                call.request.headers.emplace_back(condition.name, *text);
                return true;
            }
        }
        return false;
    }

    /// From this path, or from one that the rules before it leave over.
    bool find(const RouteTable &table, const CompiledRoute &route, Call &call)
    {
        for (int i = 0; i < MostTries; ++i) {
            if (!matches(route.match, call))
                return false;
            const Decision decision = resolve(table, call);
            if (decision.route == &route)
                return true;
            if (decision.route == nullptr || !evade(decision.route->match, route.match, call))
                return false;
        }
        return false;
    }

} // namespace

std::vector<std::string> examplePaths(const PathMatcher &path)
{
    const std::string &text = path.text.text();
    switch (path.kind) {
    case PathMatcher::Kind::Any:
        return {"/", "/x", "/x/y"};
    case PathMatcher::Kind::Exact:
        return {text};
    case PathMatcher::Kind::Prefix:
        return {text, text + "x", text + "/", text + "/x/y"};
    case PathMatcher::Kind::PathPrefix:
        return {text.empty() ? "/" : text, text + "/x", text + "/x/y"};
    case PathMatcher::Kind::Regex:
    case PathMatcher::Kind::Template:
        break;
    }
    const std::optional<std::string> found = sample(path.text);
    return found ? std::vector<std::string> {*found} : std::vector<std::string>();
}

bool fulfil(const RouteMatch &match, Call &call)
{
    RequestView &request = call.request;
    for (const HeaderCondition &condition : match.headers) {
        if (condition.isNegated)
            continue;
        const std::optional<std::string> text = sample(condition.matcher);
        if (!text)
            return false;
        if (condition.name == ":method") {
            request.method = *text;
        } else if (condition.name == ":scheme") {
            request.scheme = *text;
        } else if (condition.name == ":authority") {
            request.authority = *text;
        } else {
            const auto known = std::find_if(request.headers.begin(), request.headers.end(),
                [&](const auto &field) { return field.first == condition.name; });
            if (known == request.headers.end())
                request.headers.emplace_back(condition.name, *text);
            else if (!condition.matcher.matches(known->second))
                known->second = *text;
        }
    }
    for (const QueryCondition &condition : match.query) {
        const std::optional<std::string_view> known = queryParameter(request.query, condition.name);
        if (known && condition.matcher.matches(*known))
            continue;
        const std::optional<std::string> text = sample(condition.matcher);
        if (!text || known)
            return false;
        request.query.append(request.query.empty() ? "" : "&").append(condition.name).append("=").append(*text);
    }
    if (match.onlyGrpc)
        call.protocol = Call::Protocol::Grpc;
    return true;
}

CallForRule callFor(const RouteTable &table, const VirtualHost &host, const CompiledRoute &route, const Call &base)
{
    CallForRule out;
    for (const std::string &name : hostsOf(host)) {
        for (const std::string &path : examplePaths(route.match.path)) {
            Call call = base;
            call.request.authority = name;
            if (route.origin.kind == "GRPCRoute") {
                call.request.method = "POST";
                call.request.headers.emplace_back("content-type", "application/grpc");
            }
            if (call.tls != Call::Tls::None && call.sni.empty())
                call.sni = hostWithoutPort(name);
            if (!fulfil(route.match, call))
                continue;
            call.request.path = path.empty() ? "/" : path;
            if (find(table, route, call)) {
                out.call = std::move(call);
                return out;
            }
        }
    }
    for (const CompiledRoute &other : host.routes) {
        if (&other == &route)
            break;
        if (covers(other.match, route.match)) {
            out.hiddenBy = &other;
            break;
        }
    }
    return out;
}

} // namespace fairway::route
