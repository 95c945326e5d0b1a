#include "core/route/overlaps.h"

#include "core/route/regex_sample.h"

#include "core/route/resolve.h"

#include <algorithm>

namespace fairway::route {
namespace {

    using Kind = TextMatcher::Kind;

    /// Every text that fits `inner` fits `outer`.
    bool covers(const TextMatcher &outer, const TextMatcher &inner)
    {
        if (outer.kind() == Kind::Present)
            return true;
        if (inner.kind() == Kind::Exact && (!inner.ignoresCase() || outer.ignoresCase()))
            return outer.matches(inner.text());
        if (outer.ignoresCase() != inner.ignoresCase() && !outer.ignoresCase())
            return false;
        if (outer.kind() == Kind::Regex)
            return outer.text() == ".*" || (inner.kind() == Kind::Regex && inner.text() == outer.text());
        if (outer.kind() == Kind::Prefix)
            return inner.kind() == Kind::Prefix && TextMatcher(outer).matches(inner.text());
        return outer.kind() == inner.kind() && outer.text() == inner.text();
    }

    bool covers(const PathMatcher &outer, const PathMatcher &inner)
    {
        using Path = PathMatcher::Kind;
        const bool isRoot = outer.kind == Path::Prefix && (outer.text.text().empty() || outer.text.text() == "/");
        if (outer.kind == Path::Any || isRoot || (outer.kind == Path::PathPrefix && outer.text.text().empty()))
            return true;
        if (inner.kind == Path::Any)
            return outer.kind == Path::Regex && outer.text.text() == ".*";
        if (inner.kind == Path::Exact && (!inner.text.ignoresCase() || outer.text.ignoresCase()))
            return outer.matches(inner.text.text());
        if (outer.text.ignoresCase() != inner.text.ignoresCase() && !outer.text.ignoresCase())
            return false;
        if (outer.kind == Path::PathPrefix)
            return inner.kind == Path::PathPrefix ? outer.matches(inner.text.text())
                                                  : inner.kind == Path::Prefix && inner.text.text().starts_with(outer.text.text() + "/");
        if (outer.kind == Path::Prefix && (inner.kind == Path::Prefix || inner.kind == Path::PathPrefix))
            return outer.text.matches(inner.text.text());
        if (outer.kind == Path::Regex)
            return outer.text.text() == ".*" || (inner.kind == Path::Regex && inner.text.text() == outer.text.text());
        return outer.kind == inner.kind && outer.text.text() == inner.text.text();
    }

    /// A condition that `match` is sure to fulfil whenever it holds.
    bool implies(const RouteMatch &match, const HeaderCondition &wanted)
    {
        return std::any_of(match.headers.begin(), match.headers.end(), [&](const HeaderCondition &own) {
            if (own.name != wanted.name || own.isNegated != wanted.isNegated)
                return false;
            if (!wanted.isNegated)
                return covers(wanted.matcher, own.matcher);
            return covers(own.matcher, wanted.matcher) && (own.isEmptyWhenMissing == wanted.isEmptyWhenMissing);
        });
    }

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

    std::vector<std::string> samplePaths(const PathMatcher &path)
    {
        const std::string &text = path.text.text();
        switch (path.kind) {
        case PathMatcher::Kind::Any:
            return {"/"};
        case PathMatcher::Kind::Exact:
            return {text};
        case PathMatcher::Kind::Prefix:
            return {text, text + "x", text + "/"};
        case PathMatcher::Kind::PathPrefix:
            return {text.empty() ? "/" : text, text + "/x"};
        case PathMatcher::Kind::Regex:
        case PathMatcher::Kind::Template:
            break;
        }
        const std::optional<std::string> found = sample(path.text);
        return found ? std::vector<std::string> {*found} : std::vector<std::string>();
    }

    /// Fulfils what the match asks of headers and query; false when it contradicts what is there.
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

    std::string hostOf(const VirtualHost &host)
    {
        for (const std::string &domain : host.domains) {
            if (domain.find('*') == std::string::npos)
                return domain;
        }
        if (host.domains.empty() || host.domains.front() == "*")
            return "example.com";
        std::string out = host.domains.front();
        return out.replace(out.find('*'), 1, "x");
    }

    /// A request that fits both, tried; nothing when none was found.
    std::optional<RequestView> common(const CompiledRoute &first, const CompiledRoute &second, const std::string &host)
    {
        Call call;
        call.request.authority = host;
        if (!fulfil(second.match, call) || !fulfil(first.match, call))
            return std::nullopt;
        std::vector<std::string> paths = samplePaths(second.match.path);
        for (std::string &path : samplePaths(first.match.path))
            paths.push_back(std::move(path));
        for (const std::string &path : paths) {
            call.request.path = path.empty() ? "/" : path;
            if (matches(first.match, call) && matches(second.match, call))
                return call.request;
        }
        return std::nullopt;
    }

    /// Paths that can't meet: most pairs of a large table.
    bool pathsDiffer(const PathMatcher &a, const PathMatcher &b)
    {
        using Path = PathMatcher::Kind;
        const auto isPlain = [](const PathMatcher &path) {
            return !path.text.ignoresCase() && (path.kind == Path::Exact || path.kind == Path::Prefix || path.kind == Path::PathPrefix);
        };
        if (!isPlain(a) || !isPlain(b))
            return false;
        const std::string_view x = a.text.text();
        const std::string_view y = b.text.text();
        if (a.kind == Path::Exact && b.kind == Path::Exact)
            return x != y;
        return !x.starts_with(y) && !y.starts_with(x);
    }

    bool isSameRule(const RuleOrigin &a, const RuleOrigin &b)
    {
        return a.kind == b.kind && a.ns == b.ns && a.name == b.name && a.section == b.section && a.index == b.index;
    }

    std::string described(const RequestView &request)
    {
        std::string out = request.method + " " + request.authority + request.path + (request.query.empty() ? "" : "?" + request.query);
        for (const auto &[name, text] : request.headers)
            out.append(", ").append(name).append(": ").append(text);
        return out;
    }

    /// Whether the request arrives at a route of this very host; https where the host demands it.
    bool isTakenBy(const HostTable &hosts, const VirtualHost &host, RequestView &request)
    {
        Call call;
        if (host.tls != VirtualHost::Tls::Optional) {
            request.scheme = "https";
            call.tls = Call::Tls::Tls;
        }
        call.request = request;
        const Decision decision = resolveHttp(hosts, call);
        return decision.host == &host && decision.route != nullptr;
    }

} // namespace

bool covers(const RouteMatch &outer, const RouteMatch &inner)
{
    if (outer.onlyGrpc || outer.onlyTls || outer.fraction || !outer.metadata.empty())
        return false;
    if (!covers(outer.path, inner.path))
        return false;
    const bool headersImplied = std::all_of(
        outer.headers.begin(), outer.headers.end(), [&](const HeaderCondition &wanted) { return implies(inner, wanted); });
    return headersImplied && std::all_of(outer.query.begin(), outer.query.end(), [&](const QueryCondition &wanted) {
        return std::any_of(inner.query.begin(), inner.query.end(),
            [&](const QueryCondition &own) { return own.name == wanted.name && covers(wanted.matcher, own.matcher); });
    });
}

std::optional<RequestView> exampleFor(const RouteMatch &match, const std::string &host)
{
    Call call;
    call.request.authority = host;
    if (!fulfil(match, call))
        return std::nullopt;
    for (const std::string &path : samplePaths(match.path)) {
        call.request.path = path.empty() ? "/" : path;
        if (matches(match, call))
            return call.request;
    }
    return std::nullopt;
}

Result<std::vector<Overlap>> findOverlaps(const HostTable &hosts, const OverlapOptions &options, const CancelToken &token)
{
    std::vector<Overlap> out;
    for (const VirtualHost &host : hosts.hosts()) {
        const std::string name = hostOf(host);
        const std::size_t count = std::min(host.routes.size(), options.maxRoutesPerHost);
        for (std::size_t j = 1; j < count; ++j) {
            if (token.isCancelled())
                return fail(ErrorCode::Cancelled, "cancelled");
            const CompiledRoute &second = host.routes[j];
            for (std::size_t i = 0; i < j && out.size() < options.maxOverlaps; ++i) {
                const CompiledRoute &first = host.routes[i];
                if (pathsDiffer(first.match.path, second.match.path) || isSameRule(first.origin, second.origin))
                    continue;
                const bool isHidden = covers(first.match, second.match);
                const bool isSpecial = !isHidden && covers(second.match, first.match);
                const bool isForeign = first.origin.object() != second.origin.object();
                if (isSpecial && !isForeign)
                    continue; // the special case before the general one: as it should be
                std::optional<RequestView> example = common(first, second, name);
                if (!example || !isTakenBy(hosts, host, *example))
                    continue;
                Overlap claim {isHidden ? Overlap::Kind::Unreachable : isSpecial ? Overlap::Kind::OtherObject : Overlap::Kind::Crossing,
                    first.origin, second.origin, host.name, std::move(*example), {}};
                claim.text = (isHidden
                        ? phrase("route", "%1 never runs: %2 stands before it; for instance %3")
                        : phrase("route", "%1 does not get all that fits it: %2 stands before it; for instance %3"))
                                 .with(claim.second.display(), claim.first.display(), described(claim.example));
                out.push_back(std::move(claim));
                if (isHidden)
                    break; // one reason is enough
            }
        }
    }
    return out;
}

} // namespace fairway::route
