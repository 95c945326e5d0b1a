#include "core/route/resolve.h"

#include <algorithm>

namespace fairway::route {
namespace {

    bool isGrpc(const Call &call)
    {
        if (call.protocol == Call::Protocol::Grpc)
            return true;
        const std::optional<std::string> type = headerOf(call.request, "content-type");
        return type && (*type == "application/grpc" || type->starts_with("application/grpc+"));
    }

    bool holds(const HeaderCondition &condition, const Call &call)
    {
        std::optional<std::string> given;
        // Single values are compared where they lie; only repeated fields need a joined copy.
        if (condition.name.starts_with(':') || condition.name == "host") {
            given = headerOf(call.request, condition.name);
        } else {
            const auto &headers = call.request.headers;
            const auto is = [&](const auto &field) { return field.first == condition.name; };
            const auto first = std::find_if(headers.begin(), headers.end(), is);
            if (first != headers.end()) {
                if (std::find_if(first + 1, headers.end(), is) == headers.end())
                    return condition.matcher.matches(first->second) != condition.isNegated;
                given = headerOf(call.request, condition.name);
            }
        }
        if (condition.matcher.kind() == TextMatcher::Kind::Present)
            return given.has_value() != condition.isNegated;
        if (!given) {
            if (!condition.isEmptyWhenMissing)
                return false;
            given.emplace();
        }
        return condition.matcher.matches(*given) != condition.isNegated;
    }

    bool holds(const MetadataCondition &condition, const Call &call)
    {
        const value::Value *at = &call.metadata[condition.filter];
        for (const std::string &step : condition.path)
            at = &(*at)[step];
        const bool isSame = at->isString() && condition.matcher.matches(at->asString());
        return isSame != condition.isNegated;
    }

    bool holds(const Fraction &fraction, const Call &call)
    {
        std::uint64_t numerator = fraction.numerator;
        if (const auto override = call.runtime.find(fraction.runtimeKey); override != call.runtime.end())
            numerator = override->second < 0 ? 0 : static_cast<std::uint64_t>(override->second);
        return call.random.value_or(0) % fraction.denominator < numerator;
    }

} // namespace

bool RouteMatch::isCatchAll() const
{
    if (!headers.empty() || !query.empty() || !metadata.empty() || fraction || onlyGrpc || onlyTls)
        return false;
    switch (path.kind) {
    case PathMatcher::Kind::Any:
        return true;
    case PathMatcher::Kind::Prefix:
        return path.text.text() == "/";
    case PathMatcher::Kind::PathPrefix:
        return path.text.text().empty() || path.text.text() == "/";
    case PathMatcher::Kind::Regex:
        return path.text.text() == ".*";
    case PathMatcher::Kind::Exact:
    case PathMatcher::Kind::Template:
        break;
    }
    return false;
}

std::string RuleOrigin::object() const
{
    return kind + " " + (ns.empty() ? "" : ns + "/") + name;
}

std::string RuleOrigin::display() const
{
    if (section == "annotations")
        return object() + " " + ruleName;
    return object() + (section.empty() ? "" : " " + section + "[" + std::to_string(index) + "]");
}

std::string RuleOrigin::path() const
{
    if (section.empty())
        return "spec";
    if (section == "annotations")
        return "metadata.annotations[\"nginx.ingress.kubernetes.io/" + ruleName + "\"]";
    const std::string rule = "spec." + section + "[" + std::to_string(index) + "]";
    return match < 0 ? rule : rule + (section == "rules" ? ".matches[" : ".match[") + std::to_string(match) + "]";
}

std::string_view toString(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Forwarded:
        return "forwarded";
    case Outcome::Redirected:
        return "redirected";
    case Outcome::Answered:
        return "answered";
    case Outcome::Failing:
        return "failing";
    case Outcome::Passthrough:
        return "passthrough";
    case Outcome::BlackHole:
        return "black hole";
    case Outcome::TlsRequired:
        return "redirected to https";
    case Outcome::NoListener:
        return "no listener";
    case Outcome::NoFilterChain:
        return "no filter chain";
    case Outcome::SeveralFilterChains:
        return "several filter chains";
    case Outcome::NoVirtualHost:
        return "no virtual host";
    case Outcome::NoRoute:
        return "no route";
    case Outcome::WrongProtocol:
        return "wrong protocol";
    case Outcome::WrongTls:
        return "TLS expected";
    case Outcome::WrongClientCertificate:
        return "client certificate expected";
    }
    return {};
}

bool matches(const RouteMatch &match, const Call &call)
{
    if (!match.path.matches(call.request.path))
        return false;
    if (match.onlyGrpc && !isGrpc(call))
        return false;
    if (match.onlyTls && *match.onlyTls != (call.tls != Call::Tls::None))
        return false;
    const auto headersHold = std::all_of(
        match.headers.begin(), match.headers.end(), [&](const HeaderCondition &c) { return holds(c, call); });
    if (!headersHold)
        return false;
    for (const QueryCondition &condition : match.query) {
        const std::optional<std::string_view> given = queryParameter(call.request.query, condition.name);
        if (!given || !condition.matcher.matches(*given))
            return false;
    }
    const auto metadataHolds = std::all_of(
        match.metadata.begin(), match.metadata.end(), [&](const MetadataCondition &c) { return holds(c, call); });
    return metadataHolds && (!match.fraction || holds(*match.fraction, call));
}

const RequestClass *classOf(const VirtualHost &host, const Call &call)
{
    const auto found = std::find_if(host.classes.begin(), host.classes.end(), [&](const RequestClass &requests) {
        return std::all_of(requests.headers.begin(), requests.headers.end(), [&](const HeaderCondition &c) { return holds(c, call); });
    });
    return found == host.classes.end() ? nullptr : &*found;
}

const RouteTarget *pick(const RouteAction &action, std::uint64_t random)
{
    if (action.totalWeight == 0)
        return nullptr;
    std::uint64_t rest = random % action.totalWeight;
    for (const RouteTarget &target : action.targets) {
        if (rest < target.weight)
            return &target;
        rest -= target.weight;
    }
    return nullptr;
}

Decision resolveHttp(const HostTable &hosts, const Call &call)
{
    Decision out;
    out.host = hosts.find(call.request.authority);
    if (out.host == nullptr) {
        out.outcome = Outcome::NoVirtualHost;
        return out;
    }
    const bool needsTls = out.host->tls == VirtualHost::Tls::Required
        || (out.host->tls == VirtualHost::Tls::RequiredForExternal && !call.isInternal);
    if (needsTls && call.tls == Call::Tls::None) {
        out.outcome = Outcome::TlsRequired;
        return out;
    }
    out.outcome = Outcome::NoRoute;
    std::vector<std::uint32_t> candidates;
    hosts.candidates(*out.host, call.request.path, candidates);
    for (const std::uint32_t index : candidates) {
        const CompiledRoute &route = out.host->routes[index];
        if (!matches(route.match, call))
            continue;
        out.route = &route;
        break;
    }
    if (out.route == nullptr)
        return out;
    switch (out.route->action->kind) {
    case RouteAction::Kind::Forward: {
        const std::vector<RouteTarget> &targets = out.route->action->targets;
        out.outcome = Outcome::Forwarded;
        if (targets.size() == 1)
            out.target = &targets.front();
        else if (call.random)
            out.target = pick(*out.route->action, *call.random);
        break;
    }
    case RouteAction::Kind::Redirect:
        out.outcome = Outcome::Redirected;
        break;
    case RouteAction::Kind::Answer:
        out.outcome = Outcome::Answered;
        break;
    case RouteAction::Kind::Failing:
        out.outcome = Outcome::Failing;
        break;
    }
    return out;
}

Decision resolve(const RouteTable &table, const Call &call)
{
    Decision out;
    int port = call.port;
    if (port == 0 && call.isHttp())
        port = portOfAuthority(call.request.authority);
    if (port == 0 && table.listeners.size() == 1)
        port = table.listeners.front().port;
    if (port == 0 && call.isHttp())
        port = call.tls == Call::Tls::None ? 80 : 443;
    const Listener *listener = table.listenerOf(call.address, port);
    const auto missed = [&](Outcome outcome) {
        out.outcome = !table.isMesh ? outcome : table.fallthrough == "BlackHoleCluster" ? Outcome::BlackHole : Outcome::Passthrough;
        return out;
    };
    if (listener == nullptr)
        return missed(Outcome::NoListener);
    bool isAmbiguous = false;
    const FilterChain *chain = chainOf(*listener, call, isAmbiguous);
    if (isAmbiguous) {
        out.listener = listener;
        out.outcome = Outcome::SeveralFilterChains;
        return out;
    }
    if (chain == nullptr) {
        out.listener = listener;
        return missed(Outcome::NoFilterChain);
    }
    if (chain->http && call.isHttp() && !(call.tls != Call::Tls::None && !chain->terminatesTls))
        out = resolveHttp(*chain->http, call);
    out.listener = listener;
    out.chain = chain;
    const bool isTls = call.tls != Call::Tls::None;
    if (chain->terminatesTls && !isTls)
        out.outcome = Outcome::WrongTls;
    else if (chain->terminatesTls && chain->needsClientCertificate != (call.tls == Call::Tls::Mutual))
        out.outcome = Outcome::WrongClientCertificate;
    else if (chain->http && ((isTls && !chain->terminatesTls) || !call.isHttp()))
        out.outcome = Outcome::WrongProtocol;
    else if (chain->http && out.outcome == Outcome::NoVirtualHost && table.isMesh)
        return missed(Outcome::NoVirtualHost);
    else if (!chain->http) {
        out.route = chain->tcp.get();
        out.outcome = out.route == nullptr ? Outcome::NoRoute : Outcome::Forwarded;
        if (out.route != nullptr && out.route->action->kind != RouteAction::Kind::Forward)
            out.outcome = table.isMesh ? Outcome::BlackHole : Outcome::Failing;
        if (out.route != nullptr && out.route->action->targets.size() == 1)
            out.target = &out.route->action->targets.front();
        else if (out.route != nullptr && call.random)
            out.target = pick(*out.route->action, *call.random);
    }
    return out;
}

} // namespace fairway::route
