#include "core/route/overlaps.h"

#include "core/route/example_request.h"
#include "core/route/match_cover.h"
#include "core/route/resolve.h"

#include <algorithm>

namespace fairway::route {
namespace {

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
        std::vector<std::string> paths = examplePaths(second.match.path);
        for (std::string &path : examplePaths(first.match.path))
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
