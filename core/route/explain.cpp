#include "core/route/explain.h"

#include <algorithm>

namespace fairway::route {
namespace {

    std::string quoted(std::string_view text)
    {
        return "\"" + std::string(text) + "\"";
    }

    std::string describe(const PathMatcher &path)
    {
        switch (path.kind) {
        case PathMatcher::Kind::Any:
            return "is anything";
        case PathMatcher::Kind::PathPrefix:
            return "lies below " + quoted(path.text.text().empty() ? "/" : path.text.text());
        default:
            return path.text.describe();
        }
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

    std::string summaryOf(const Explanation &out, const Call &call)
    {
        const std::string host = quoted(call.request.authority);
        switch (out.decision.outcome) {
        case Outcome::Forwarded:
        case Outcome::Redirected:
        case Outcome::Answered:
        case Outcome::Failing:
            return out.decision.route->origin.display() + " takes it";
        case Outcome::NoListener:
            return "nothing listens on port " + std::to_string(call.port);
        case Outcome::NoFilterChain:
            return "the listener takes no such connection: no server has this SNI name or protocol";
        case Outcome::SeveralFilterChains:
            return "several servers claim the connection";
        case Outcome::NoVirtualHost:
            return "no host fits " + host + ": it is answered with 404";
        case Outcome::NoRoute:
            return "no rule of host " + out.domain + " takes it: it is answered with 404";
        case Outcome::TlsRequired:
            return "the host wants TLS: plain requests are redirected to https";
        case Outcome::Passthrough:
            return "no service of the mesh is meant: it goes on to where the client sends it";
        case Outcome::BlackHole:
            return "no service of the mesh is meant, and the outbound policy forbids others";
        case Outcome::WrongProtocol:
            return "the port expects another protocol";
        case Outcome::WrongTls:
            return "the port expects TLS";
        case Outcome::WrongClientCertificate:
            return "the port asks for a client certificate, or for none";
        }
        return {};
    }

} // namespace

TriedRule whyNot(const CompiledRoute &route, const Call &call)
{
    TriedRule out {route.origin, false, {}, {}};
    const RouteMatch &match = route.match;
    if (!match.path.matches(call.request.path)) {
        out.subject = "path";
        out.reason = "path " + quoted(call.request.path) + " is not one that " + describe(match.path);
        return out;
    }
    RouteMatch one;
    for (const HeaderCondition &condition : match.headers) {
        one.headers = {condition};
        if (matches(one, call))
            continue;
        const bool isPseudo = condition.name.starts_with(':');
        out.subject = isPseudo ? condition.name.substr(1) : "header " + condition.name;
        const std::optional<std::string> given = headerOf(call.request, condition.name);
        const std::string wanted = condition.matcher.describe();
        out.reason = out.subject + (given ? " " + quoted(*given) : " is absent") + (given ? " does not fit: " : ": ")
            + (condition.isNegated ? "it must not be one that " : "wanted is one that ") + wanted;
        return out;
    }
    for (const QueryCondition &condition : match.query) {
        const std::optional<std::string_view> given = queryParameter(call.request.query, condition.name);
        if (given && condition.matcher.matches(*given))
            continue;
        out.subject = "query parameter " + condition.name;
        out.reason = out.subject + (given ? " " + quoted(*given) + " does not fit: " : " is absent: ") + "wanted is one that "
            + condition.matcher.describe();
        return out;
    }
    if (!matches(match, call)) {
        out.subject = match.onlyGrpc ? "content-type" : "state";
        out.reason = match.onlyGrpc ? "the request is no gRPC" : "it depends on state that the request does not show";
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
