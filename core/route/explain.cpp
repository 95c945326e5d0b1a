#include "core/route/explain.h"

#include <algorithm>

namespace fairway::route {
namespace {

    std::string quoted(std::string_view text)
    {
        return "\"" + std::string(text) + "\"";
    }

    Text describe(const PathMatcher &path)
    {
        switch (path.kind) {
        case PathMatcher::Kind::Any:
            return phrase("route", "is anything");
        case PathMatcher::Kind::PathPrefix:
            return phrase("route", "lies below %1").with(quoted(path.text.text().empty() ? "/" : path.text.text()));
        default:
            return path.text.describe();
        }
    }

    /// What a condition looks at; ":method" and the like are parts of the request.
    Text subjectOf(const HeaderCondition &condition)
    {
        return condition.name.starts_with(':') ? Text::verbatim(condition.name.substr(1)) : phrase("route", "header %1").with(condition.name);
    }

    bool domainTakes(std::string_view domain, std::string_view host)
    {
        if (domain == "*")
            return true;
        if (domain.starts_with('*'))
            return host.size() >= domain.size() && host.ends_with(domain.substr(1));
        if (domain.ends_with('*'))
            return host.size() >= domain.size() && host.starts_with(domain.substr(0, domain.size() - 1));
        return domain == host;
    }

    void tellHost(Explanation &out, const HostTable &hosts, const Call &call)
    {
        const std::string host
            = lowerAscii(hosts.ignoresPort() ? hostWithoutPort(call.request.authority) : std::string_view(call.request.authority));
        constexpr std::size_t most = 20;
        for (const VirtualHost &candidate : hosts.hosts()) {
            for (const std::string &domain : candidate.domains) {
                if (!domainTakes(domain, host))
                    continue;
                if (&candidate == out.decision.host && (out.domain.empty() || domain.size() > out.domain.size()))
                    out.domain = domain;
                else if (&candidate != out.decision.host && out.otherHosts.size() < most)
                    out.otherHosts.push_back(domain);
            }
        }
    }

    void tellRules(Explanation &out, const Call &call, std::size_t maxTried)
    {
        for (const CompiledRoute &route : out.decision.host->routes) {
            const bool isTaken = &route == out.decision.route;
            if (out.tried.size() >= maxTried && !isTaken) {
                ++out.untold;
                continue;
            }
            TriedRule tried = whyNot(route, call);
            tried.isTaken = isTaken;
            out.tried.push_back(std::move(tried));
            if (isTaken)
                return;
        }
    }

    Text summaryOf(const Explanation &out, const Call &call)
    {
        const std::string host = quoted(call.request.authority);
        switch (out.decision.outcome) {
        case Outcome::Forwarded:
        case Outcome::Redirected:
        case Outcome::Answered:
        case Outcome::Failing:
            return phrase("route", "%1 takes it").with(out.decision.route->origin.display());
        case Outcome::NoListener:
            return call.port == 0 ? phrase("route", "nothing listens on the port that the request means")
                                  : phrase("route", "nothing listens on port %1").with(call.port);
        case Outcome::NoFilterChain:
            return phrase("route", "the listener takes no such connection: no server has this SNI name or protocol");
        case Outcome::SeveralFilterChains:
            return phrase("route", "several servers claim the connection");
        case Outcome::NoVirtualHost:
            return phrase("route", "no host fits %1: it is answered with 404").with(host);
        case Outcome::NoRoute:
            return phrase("route", "no rule of host %1 takes it: it is answered with 404").with(out.domain);
        case Outcome::TlsRequired:
            return phrase("route", "the host wants TLS: plain requests are redirected to https");
        case Outcome::Passthrough:
            return phrase("route", "no service of the mesh is meant: it goes on to where the client sends it");
        case Outcome::BlackHole:
            return phrase("route", "no service of the mesh is meant, and the outbound policy forbids others");
        case Outcome::WrongProtocol:
            return phrase("route", "the port expects another protocol");
        case Outcome::WrongTls:
            return phrase("route", "the port expects TLS");
        case Outcome::WrongClientCertificate:
            return phrase("route", "the port asks for a client certificate, or for none");
        }
        return {};
    }

} // namespace

TriedRule whyNot(const CompiledRoute &route, const Call &call)
{
    TriedRule out;
    out.origin = route.origin;
    const RouteMatch &match = route.match;
    if (!match.path.matches(call.request.path)) {
        out.subject = phrase("route", "path");
        out.reason = phrase("route", "path %1 is not one that %2").with(quoted(call.request.path), describe(match.path));
        return out;
    }
    RouteMatch one;
    for (const HeaderCondition &condition : match.headers) {
        one.headers = {condition};
        if (matches(one, call))
            continue;
        out.subject = subjectOf(condition);
        const std::optional<std::string> given = headerOf(call.request, condition.name);
        const Text wanted = condition.matcher.describe();
        if (given) {
            out.reason = (condition.isNegated ? phrase("route", "%1 %2 does not fit: it must not be one that %3")
                                              : phrase("route", "%1 %2 does not fit: wanted is one that %3"))
                             .with(out.subject, quoted(*given), wanted);
        } else {
            out.reason = (condition.isNegated ? phrase("route", "%1 is absent: it must not be one that %2")
                                              : phrase("route", "%1 is absent: wanted is one that %2"))
                             .with(out.subject, wanted);
        }
        return out;
    }
    for (const QueryCondition &condition : match.query) {
        const std::optional<std::string_view> given = queryParameter(call.request.query, condition.name);
        if (given && condition.matcher.matches(*given))
            continue;
        out.subject = phrase("route", "query parameter %1").with(condition.name);
        out.reason = given ? phrase("route", "%1 %2 does not fit: wanted is one that %3").with(out.subject, quoted(*given), condition.matcher.describe())
                           : phrase("route", "%1 is absent: wanted is one that %2").with(out.subject, condition.matcher.describe());
        return out;
    }
    if (!matches(match, call)) {
        out.subject = match.onlyGrpc ? Text::verbatim("content-type") : phrase("route", "state");
        out.reason = match.onlyGrpc ? phrase("route", "the request is no gRPC")
                                    : phrase("route", "it depends on state that the request does not show");
    }
    return out;
}

Explanation explain(const RouteTable &table, const Call &call, std::size_t maxTried)
{
    Explanation out;
    out.decision = resolve(table, call);
    out.effects = effectsOf(out.decision, call);
    if (out.decision.listener != nullptr)
        out.listener = out.decision.listener->name;
    if (out.decision.chain != nullptr) {
        out.chain = out.decision.chain->name;
        if (out.decision.chain->http)
            tellHost(out, *out.decision.chain->http, call);
    }
    if (out.decision.host != nullptr) {
        out.host = out.decision.host->name;
        tellRules(out, call, maxTried);
    }
    out.summary = summaryOf(out, call);
    return out;
}

} // namespace fairway::route
